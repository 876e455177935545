import * as authorization from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import { checkedGroups } from "./checked-groups";
import { componentOptions } from "./component-options";
import { InvalidArgsError } from "./invalid-args-error";
import { checkAccess, checkGroups, groupsOf } from "./model/access-groups";
import { at } from "./model/issue";
import { LOGIN_ROLES, type LoginRole, roleDefinitionId } from "./model/login-roles";
import {
  type Activation,
  activationDemands,
  type Eligibility,
  policyRules,
  scheduleInfo,
} from "./model/pim-policy";
import { getRoleManagementPolicyNameOutput } from "./role-management-policy-name";

/** Who may activate one role, and how. */
export interface RoleAccess {
  /** Groups that are eligible, by name, each by its object id. At least one. */
  groups: Record<string, pulumi.Input<string>>;
  /**
   * Groups whose members have to agree to each activation. Azure advises two approvers or more.
   * @default none: an activation needs nobody's consent
   */
  approverGroups?: Record<string, pulumi.Input<string>>;
  /** Bounds of an activation. @default 8 hours for users, 4 for administrators, justification, MFA */
  activation?: Activation;
  /** How long the groups stay eligible. @default 365 days from the moment Azure takes the request */
  eligibility?: Eligibility;
  /**
   * Name (GUID) of the role's management policy at the scope. @default looked up, see
   * `getRoleManagementPolicyName`
   */
  policyName?: pulumi.Input<string>;
}

/** Arguments of `PimEligibility`. */
export interface PimEligibilityArgs {
  /**
   * Resource id of the scope, as an output of what makes it: usually a spoke's resource group. For
   * another scope use another component name, because the name of a policy that was found once stays.
   */
  scope: pulumi.Input<string>;
  /** Subscription of the scope (GUID). */
  subscriptionId: string;
  /** Virtual Machine User Login. */
  users?: RoleAccess;
  /** Virtual Machine Administrator Login. */
  administrators?: RoleAccess;
  /** Resource Manager to ask for policy names. @default the audience of the provider's own token */
  resourceManagerEndpoint?: string;
}

/** Where a person activates what they are eligible for. */
export const ACTIVATION_LINK =
  "https://portal.azure.com/#view/Microsoft_Azure_PIMCommon/ActivationMenuBlade/~/azurerbac";

/**
 * Eligibility in place of standing roles: for each login role its management policy at the scope, and a
 * schedule per group. The policy comes first; a group whose policy could not be set is not eligible.
 *
 * An activation bounds when a session may start. A session that is open when it lapses goes on.
 *
 * Entra ID P2 or Governance is needed; without it Azure takes eligibilities away.
 */
export class PimEligibility extends pulumi.ComponentResource {
  /** The management policy of each role. */
  public readonly policies: Readonly<
    Partial<Record<LoginRole, authorization.RoleManagementPolicy>>
  >;
  /** Schedules by role and group name: `users/operators`. */
  public readonly schedules: Readonly<Record<string, authorization.PimRoleEligibilitySchedule>>;
  /** Where a person activates. */
  public readonly activationLink: string;

  public constructor(
    name: string,
    args: PimEligibilityArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const { scope, subscriptionId, users, administrators } = args;
    const subject = `PimEligibility "${name}"`;
    const access = { users, administrators };
    const groups = groupsOf(access, "");
    InvalidArgsError.throwIfAny(subject, [...checkAccess(access, ""), ...checkGroups(groups)]);
    // What is meant, for whoever reads the preview or the state: the proof holds the rules against it.
    super(
      "secure-jump-access:index:PimEligibility",
      name,
      { scope, activation: activationDemands(access) },
      componentOptions(opts),
    );
    const parent = { parent: this };
    const id = checkedGroups(subject, groups);

    const policies: Partial<Record<LoginRole, authorization.RoleManagementPolicy>> = {};
    const schedules: Record<string, authorization.PimRoleEligibilitySchedule> = {};
    for (const role of Object.keys(LOGIN_ROLES) as LoginRole[]) {
      const choice = access[role];
      if (choice === undefined) continue;
      const roleId = roleDefinitionId(subscriptionId, LOGIN_ROLES[role].id);

      const policy = new authorization.RoleManagementPolicy(
        `${name}-${role}-policy`,
        {
          scope,
          roleManagementPolicyName:
            choice.policyName ??
            getRoleManagementPolicyNameOutput(
              {
                scope,
                roleDefinitionId: roleId,
                endpoint: args.resourceManagerEndpoint,
              },
              parent,
            ),
          rules: policyRules({
            role,
            activation: choice.activation,
            eligibility: choice.eligibility,
            approvers: Object.keys(choice.approverGroups ?? {})
              .sort()
              .map((key) => ({ name: key, id: id(at("", role, "approverGroups", key)) })),
          }) as unknown as authorization.RoleManagementPolicyArgs["rules"],
        },
        {
          ...parent,
          // Azure is said to give a policy another name when it is changed, while the old one goes on
          // to resolve (comments in hashicorp/terraform-provider-azurerm): a looked-up name would then
          // differ at each preview. The first one found stays.
          ignoreChanges: choice.policyName === undefined ? ["roleManagementPolicyName"] : [],
        },
      );
      policies[role] = policy;

      for (const key of Object.keys(choice.groups).sort()) {
        schedules[`${role}/${key}`] = new authorization.PimRoleEligibilitySchedule(
          `${name}-${role}-${key}`,
          {
            scope,
            roleDefinitionId: roleId,
            principalId: id(at("", role, "groups", key)),
            justification: "Declared by SecureJumpAccess",
            scheduleInfo: scheduleInfo(choice.eligibility),
          },
          {
            ...parent,
            dependsOn: [policy],
            // A schedule cannot be changed, and the provider does not say so; a second one for the
            // same group, role and scope is refused, so the old one goes first.
            replaceOnChanges: [
              "scope",
              "roleDefinitionId",
              "principalId",
              "justification",
              "scheduleInfo",
            ],
            deleteBeforeReplace: true,
          },
        );
      }
    }
    this.policies = policies;
    this.schedules = schedules;
    this.activationLink = ACTIVATION_LINK;
    this.registerOutputs({ activationLink: this.activationLink });
  }
}
