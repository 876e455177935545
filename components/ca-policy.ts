import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import { checkedGroups } from "./checked-groups";
import { componentOptions } from "./component-options";
import { InvalidArgsError } from "./invalid-args-error";
import { checkGroups, type NamedGroup } from "./model/access-groups";
import {
  PHISHING_RESISTANT_STRENGTH,
  type PhishingResistantMethod,
  strengthPath,
} from "./model/authentication-strength";
import {
  checkSignIn,
  policyApplications,
  policyDocument,
  type Stage,
} from "./model/conditional-access";
import { at } from "./model/issue";
import { OPERATING_SYSTEMS, type OperatingSystem } from "./model/operating-system";
import { SIGN_IN_APPS, type SignInAppKey } from "./model/sign-in-apps";

/** Arguments of `CaPolicy`. */
export interface CaPolicyArgs {
  /** What the policies are called in the tenant. @default the component's name */
  displayName?: string;
  /** Groups that may activate a login role, by name, each by its object id. At least one. */
  accessGroups: Record<string, pulumi.Input<string>>;
  /**
   * Groups that approve activations. They get a policy of their own, for Azure management, where they
   * approve. @default none
   */
  approverGroups?: Record<string, pulumi.Input<string>>;
  /** Operating systems of the VMs; decides which sign-in apps are covered. @default both */
  operatingSystems?: OperatingSystem[];
  /**
   * The emergency group, excluded from the policies: two or more cloud-only accounts, each with a key
   * of its own, whose use raises an alarm. Excluded because a policy can be wrong.
   * Source: https://learn.microsoft.com/entra/identity/role-based-access-control/security-emergency-access
   */
  breakGlass?: {
    /** Object id of the group. Must be no access or approver group. */
    groupId: pulumi.Input<string>;
    /** Why it is excluded, for the reader of an audit. */
    reason: string;
  };
  /**
   * `reportOnly` records what the policy would have done and refuses nobody; `enforced` refuses, and
   * needs `breakGlass` and `acknowledgeLockout`. Entra ID changes it in place.
   * @default `reportOnly`: a policy that is enforced untried can lock people out
   */
  stage?: Stage;
  /** Says that whoever has no phishing-resistant method is locked out once the stage is `enforced`. */
  acknowledgeLockout?: {
    /** Why that is accepted, and how it was made sure that nobody is. */
    reason: string;
  };
  /**
   * A strength of your own, with a narrower list of methods. Made in the tenant, deleted on destroy.
   * @default the built-in "Phishing-resistant MFA": FIDO2, Windows Hello for Business, certificate
   */
  strength?: {
    combinations: PhishingResistantMethod[];
    /** @default none */
    description?: string;
  };
  /**
   * Sign-in apps whose service principal is to be made where the tenant has none yet; Conditional
   * Access cannot name an app without one. An existing one is adopted, and all are kept on destroy,
   * because others in the tenant rely on them. @default none: they are expected to exist
   */
  createMissing?: SignInAppKey[];
  /** Ask for the sign-in again after so many hours, 1 to 23. @default Entra ID's own: 90 days rolling */
  signInFrequency?: { hours: number };
}

/**
 * Conditional Access that demands phishing-resistant MFA of everybody who can get at a VM, on every app
 * through which they do: VM sign-in, remote desktop and Azure management, the last so that the CLI, PIM
 * activation and the connection itself are covered too.
 *
 * It names the access groups, never all users: enforced on the remote desktop apps for everybody it
 * would reach every virtual desktop of the tenant. Entra ID P1 is needed for all whom it names.
 */
export class CaPolicy extends pulumi.ComponentResource {
  /** For the access groups, on every sign-in app. */
  public readonly policy: azuread.ConditionalAccessPolicy;
  /** For the approver groups, on Azure management. */
  public readonly approverPolicy: azuread.ConditionalAccessPolicy | undefined;
  /** The strength of the caller's own. */
  public readonly strength: azuread.AuthenticationStrengthPolicy | undefined;
  /** Service principals that were asked for with `createMissing`. */
  public readonly servicePrincipals: Readonly<Record<string, azuread.ServicePrincipal>>;
  public readonly stage: Stage;

  public constructor(name: string, args: CaPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    const { displayName = name, stage = "reportOnly", createMissing = [], breakGlass } = args;
    const subject = `CaPolicy "${name}"`;
    const groups = groupsOfArgs(args);
    InvalidArgsError.throwIfAny(subject, [
      ...(Object.keys(args.accessGroups).length === 0
        ? [{ path: "accessGroups", problem: "is empty; name who signs in" }]
        : []),
      ...checkSignIn(args),
      ...checkGroups(groups),
    ]);
    // What is meant, for whoever reads the preview or the state: the proof holds the policies against it.
    super(
      "secure-jump-access:index:CaPolicy",
      name,
      breakGlass === undefined
        ? {}
        : { breakGlass: { groupId: breakGlass.groupId, reason: breakGlass.reason } },
      componentOptions(opts),
    );
    const parent = { parent: this };
    this.stage = stage;

    this.servicePrincipals = Object.fromEntries(
      [...createMissing].sort().map((key) => [
        key,
        new azuread.ServicePrincipal(
          `${name}-app-${key}`,
          { clientId: SIGN_IN_APPS[key].appId, useExisting: true },
          // Microsoft's own application: never deleted from here, and its settings are not ours.
          {
            ...parent,
            retainOnDelete: true,
            ignoreChanges: ["appRoleAssignmentRequired", "accountEnabled", "tags", "notes"],
          },
        ),
      ]),
    );

    this.strength =
      args.strength === undefined
        ? undefined
        : new azuread.AuthenticationStrengthPolicy(
            `${name}-strength`,
            {
              displayName: `${displayName}: phishing-resistant`,
              description: args.strength.description ?? "Made by SecureJumpAccess",
              allowedCombinations: [...args.strength.combinations].sort(),
            },
            parent,
          );
    const strength = this.strength?.id ?? strengthPath(PHISHING_RESISTANT_STRENGTH);

    const id = checkedGroups(subject, groups);
    // azuread compares lists in order; ids that are known late are put in order when they are.
    const sortedIds = (use: NamedGroup<unknown>["use"]): pulumi.Output<string[]> =>
      pulumi
        .all(groups.filter((group) => group.use === use).map(({ path }) => id(path)))
        .apply((ids) => [...new Set(ids)].sort());
    const excludedGroups = breakGlass === undefined ? undefined : sortedIds("breakGlass");
    const applications = policyApplications(args.operatingSystems ?? [...OPERATING_SYSTEMS]);

    const policy = (
      role: string,
      title: string,
      covered: readonly string[],
      includedGroups: pulumi.Output<string[]>,
    ): azuread.ConditionalAccessPolicy => {
      const document = policyDocument<pulumi.Output<string[]>>({
        stage,
        applications: covered,
        includedGroups,
        excludedGroups,
        strength: "",
        signInFrequencyHours: args.signInFrequency?.hours,
      });
      return new azuread.ConditionalAccessPolicy(
        `${name}-${role}`,
        {
          displayName: `${displayName}: ${title}`,
          ...document,
          grantControls: { ...document.grantControls, authenticationStrengthPolicyId: strength },
        },
        // A policy that names an app without a service principal is refused.
        { ...parent, dependsOn: Object.values(this.servicePrincipals) },
      );
    };
    this.policy = policy("policy", "VM sign-in", applications.access, sortedIds("access"));
    this.approverPolicy = groups.some(({ use }) => use === "approver")
      ? policy("approvers", "approvals", applications.approvers, sortedIds("approver"))
      : undefined;

    this.registerOutputs({
      policyId: this.policy.objectId,
      approverPolicyId: this.approverPolicy?.objectId,
      stage: this.stage,
    });
  }
}

function groupsOfArgs(args: CaPolicyArgs): NamedGroup<pulumi.Input<string>>[] {
  const list = (
    groups: Record<string, pulumi.Input<string>>,
    path: string,
    use: NamedGroup<unknown>["use"],
  ): NamedGroup<pulumi.Input<string>>[] =>
    Object.entries(groups).map(([key, id]) => ({ path: at(path, key), key, id, use }));
  return [
    ...list(args.accessGroups, "accessGroups", "access"),
    ...list(args.approverGroups ?? {}, "approverGroups", "approver"),
    ...(args.breakGlass === undefined
      ? []
      : [
          {
            path: "breakGlass.groupId",
            key: "breakGlass",
            id: args.breakGlass.groupId,
            use: "breakGlass" as const,
          },
        ]),
  ];
}
