import {
  accessOf,
  type EnvironmentChoice,
  environmentGroups,
  groupsByName,
  operatingSystemsOf,
} from "../environment-check";
import type { NamedGroup } from "../access-groups";
import { PHISHING_RESISTANT_STRENGTH, strengthPath } from "../authentication-strength";
import { policyApplications, policyDocument } from "../conditional-access";
import type { GraphResource } from "../graph/resource-graph";
import { LOGIN_ROLES, type LoginRole, READER_ROLE_ID, roleDefinitionId } from "../login-roles";
import { activationDemands, policyRules, scheduleInfo } from "../pim-policy";
import { planned } from "./planned-resource";

const STRENGTH = "azuread:index/authenticationStrengthPolicy:AuthenticationStrengthPolicy";
const SIGN_IN = "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy";

/** A group's id, or words that stand for one that is known later: a name stands for the same group everywhere. */
function principalOf({ id, key }: NamedGroup<unknown>): string {
  return typeof id === "string" ? id : `group ${key}`;
}

function sorted(groups: readonly NamedGroup<unknown>[], use: NamedGroup<unknown>["use"]): string[] {
  return [...new Set(groups.filter((group) => group.use === use).map(principalOf))].sort();
}

/** What `CaPolicy` makes. */
export function plannedSignIn(name: string, args: EnvironmentChoice<unknown>): GraphResource[] {
  const { signIn = {} } = args;
  const { stage = "reportOnly", strength, breakGlass, signInFrequency } = signIn;
  const groups = environmentGroups(args);
  const excluded = sorted(groups, "breakGlass");
  const applications = policyApplications(operatingSystemsOf(args.spokes));
  const own = `${name}-sign-in-strength`;
  const strengthId = strengthPath(strength === undefined ? PHISHING_RESISTANT_STRENGTH : own);
  const policy = (role: string, covered: readonly string[], included: string[]): GraphResource =>
    planned(
      SIGN_IN,
      `${name}-sign-in-${role}`,
      policyDocument({
        stage,
        applications: covered,
        includedGroups: included,
        excludedGroups: breakGlass === undefined ? undefined : excluded,
        strength: strengthId,
        signInFrequencyHours: signInFrequency?.hours,
      }),
    );
  const approvers = sorted(groups, "approver");
  return [
    planned(
      "secure-jump-access:index:CaPolicy",
      `${name}-sign-in`,
      breakGlass === undefined ? {} : { breakGlass: { groupId: excluded[0] } },
    ),
    ...(strength === undefined
      ? []
      : [
          planned(
            STRENGTH,
            own,
            { allowedCombinations: strength.combinations },
            { id: strengthId },
          ),
        ]),
    policy("policy", applications.access, sorted(groups, "access")),
    ...(approvers.length === 0 ? [] : [policy("approvers", applications.approvers, approvers)]),
  ];
}

/** The standing Reader on the Bastion host of each access group. */
export function plannedReaders(
  name: string,
  args: EnvironmentChoice<unknown>,
  hostId: string,
): GraphResource[] {
  const groups = environmentGroups(args).filter(({ use }) => use === "access");
  return [...groupsByName(groups)].map(([key, group]) =>
    planned("azure-native:authorization:RoleAssignment", `${name}-bastion-reader-${key}`, {
      scope: hostId,
      roleDefinitionId: roleDefinitionId(args.subscriptionId, READER_ROLE_ID),
      principalId: principalOf(group),
      principalType: "Group",
    }),
  );
}

/** What `PimEligibility` makes for a spoke. */
export function plannedEligibility(
  name: string,
  key: string,
  args: EnvironmentChoice<unknown>,
  scope: string,
): GraphResource[] {
  const spoke = args.spokes[key];
  if (spoke === undefined) return [];
  const access = accessOf(spoke, args);
  const logical = `${name}-${key}-${args.environment}-${args.location}`;
  const principal = (group: string, id: unknown): string =>
    principalOf({ path: "", key: group, id, use: "access" });
  const resources: GraphResource[] = [
    planned("secure-jump-access:index:PimEligibility", logical, {
      scope,
      activation: activationDemands(access),
    }),
  ];
  for (const role of Object.keys(LOGIN_ROLES) as LoginRole[]) {
    const choice = access[role];
    if (choice === undefined) continue;
    const policy = planned(
      "azure-native:authorization:RoleManagementPolicy",
      `${logical}-${role}-policy`,
      {
        scope,
        rules: policyRules({
          role,
          ...(choice.activation === undefined ? {} : { activation: choice.activation }),
          ...(choice.eligibility === undefined ? {} : { eligibility: choice.eligibility }),
          approvers: Object.entries(choice.approverGroups ?? {}).map(([group, id]) => ({
            name: group,
            id: principal(group, id),
          })),
        }),
      },
    );
    resources.push(policy);
    for (const [group, id] of Object.entries(choice.groups)) {
      resources.push(
        planned(
          "azure-native:authorization:PimRoleEligibilitySchedule",
          `${logical}-${role}-${group}`,
          {
            scope,
            roleDefinitionId: roleDefinitionId(args.subscriptionId, LOGIN_ROLES[role].id),
            principalId: principal(group, id),
            scheduleInfo: scheduleInfo(choice.eligibility),
          },
          { after: [policy.urn] },
        ),
      );
    }
  }
  return resources;
}
