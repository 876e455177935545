import { isDay } from "./day";
import { at, type Issue, shown } from "./issue";
import type { LoginRole } from "./login-roles";

/** Bounds of an activation. */
export interface Activation {
  /**
   * Longest activation in hours, 0.5 to 24 in half hours. It bounds when a session may start, not how
   * long one that is open goes on. @default 8 for users, a working day; 4 for administrators
   */
  maxHours?: number;
  /** Ask for a written reason at each activation. @default `true` */
  justification?: boolean;
  /** Ask for a ticket number and system at each activation. @default `false` */
  ticket?: boolean;
  /**
   * Id of an authentication context, `c1` to `c99`, that activation steps up to, in place of PIM's own
   * MFA. Where no enforced Conditional Access policy targets it, activation asks for nothing: PIM falls
   * back to MFA only when no policy names the context at all.
   * @default none: PIM asks for MFA itself
   */
  authenticationContext?: string;
}

/** How long somebody stays eligible. */
export interface Eligibility {
  /** Days, 1 to 365. Azure refuses P1Y. @default 365 */
  days?: number;
  /**
   * First day, `2026-01-31`, in UTC; not in the future: the provider cannot remove an eligibility that
   * has not begun (it cancels by a wrong id, and Azure answers InvalidScope).
   * @default left out: Azure starts it when it takes the request, and no input changes from one preview
   * to the next
   */
  startsOn?: string;
}

/** Who has to agree to an activation. */
export interface ApproverGroup<Id> {
  /** Name of the group in the configuration; becomes the approver's description. */
  readonly name: string;
  readonly id: Id;
}

/** Everything that decides a role's management policy. */
export interface ActivationRules<Id> {
  readonly role: LoginRole;
  readonly activation?: Activation;
  readonly eligibility?: Eligibility;
  readonly approvers: readonly ApproverGroup<Id>[];
}

export const DEFAULT_HOURS: Readonly<Record<LoginRole, number>> = { users: 8, administrators: 4 };
export const DEFAULT_DAYS = 365;
/** Longest active assignment that an administrator may make by hand; a permanent one is refused. */
const LONGEST_ACTIVE_ASSIGNMENT = "P15D";

/** Hours as an ISO 8601 duration: 1.5 is PT1H30M. */
export function hoursDuration(hours: number): string {
  const minutes = Math.round(hours * 60);
  const whole = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return `PT${whole > 0 ? `${whole}H` : ""}${rest > 0 ? `${rest}M` : ""}`;
}

type Caller = "Admin" | "EndUser";
type Level = "Eligibility" | "Assignment";

/**
 * Azure ignores a rule whose target is incomplete, without an error
 * (github.com/pulumi/pulumi-azure-native/issues/4398), so each carries the whole.
 */
function target(caller: Caller, level: Level): object {
  return {
    caller,
    level,
    operations: ["All"],
    targetObjects: [],
    inheritableSettings: [],
    enforcedSettings: [],
  };
}

/** One rule of a role management policy, as the provider takes it. */
export interface PolicyRule {
  readonly id: string;
  readonly ruleType: string;
  readonly [property: string]: unknown;
}

/**
 * The rules of a role's policy that this package holds; Azure's notifications stay as they are.
 * Rule ids and shapes: Azure/azure-rest-api-specs, Microsoft.Authorization 2020-10-01,
 * examples/PatchRoleManagementPolicy.json.
 */
export function policyRules<Id>(rules: ActivationRules<Id>): PolicyRule[] {
  const { role, activation = {}, eligibility = {}, approvers } = rules;
  const { justification = true, ticket = false, authenticationContext } = activation;
  const enabled = [
    // The rule is the whole set: what is left out is switched off. A context replaces MFA, both
    // together are refused (MfaAndAcrsConflict).
    ...(authenticationContext === undefined ? ["MultiFactorAuthentication"] : []),
    ...(justification ? ["Justification"] : []),
    ...(ticket ? ["Ticketing"] : []),
  ];
  return [
    {
      id: "Expiration_Admin_Eligibility",
      ruleType: "RoleManagementPolicyExpirationRule",
      isExpirationRequired: true,
      maximumDuration: `P${eligibility.days ?? DEFAULT_DAYS}D`,
      target: target("Admin", "Eligibility"),
    },
    {
      id: "Enablement_Admin_Eligibility",
      ruleType: "RoleManagementPolicyEnablementRule",
      enabledRules: [],
      target: target("Admin", "Eligibility"),
    },
    {
      // Nobody can be made permanently active past this policy, by hand either.
      id: "Expiration_Admin_Assignment",
      ruleType: "RoleManagementPolicyExpirationRule",
      isExpirationRequired: true,
      maximumDuration: LONGEST_ACTIVE_ASSIGNMENT,
      target: target("Admin", "Assignment"),
    },
    {
      id: "Enablement_Admin_Assignment",
      ruleType: "RoleManagementPolicyEnablementRule",
      enabledRules: ["MultiFactorAuthentication", "Justification"],
      target: target("Admin", "Assignment"),
    },
    {
      id: "Expiration_EndUser_Assignment",
      ruleType: "RoleManagementPolicyExpirationRule",
      isExpirationRequired: true,
      maximumDuration: hoursDuration(activation.maxHours ?? DEFAULT_HOURS[role]),
      target: target("EndUser", "Assignment"),
    },
    {
      id: "Enablement_EndUser_Assignment",
      ruleType: "RoleManagementPolicyEnablementRule",
      enabledRules: enabled,
      target: target("EndUser", "Assignment"),
    },
    {
      id: "Approval_EndUser_Assignment",
      ruleType: "RoleManagementPolicyApprovalRule",
      setting: {
        isApprovalRequired: approvers.length > 0,
        isApprovalRequiredForExtension: false,
        isRequestorJustificationRequired: justification,
        approvalMode: "SingleStage",
        approvalStages: [
          {
            approvalStageTimeOutInDays: 1,
            isApproverJustificationRequired: true,
            escalationTimeInMinutes: 0,
            isEscalationEnabled: false,
            primaryApprovers: approvers.map(({ name, id }) => ({
              id,
              description: name,
              isBackup: false,
              userType: "Group",
            })),
          },
        ],
      },
      target: target("EndUser", "Assignment"),
    },
    {
      id: "AuthenticationContext_EndUser_Assignment",
      ruleType: "RoleManagementPolicyAuthenticationContextRule",
      isEnabled: authenticationContext !== undefined,
      claimValue: authenticationContext ?? "",
      target: target("EndUser", "Assignment"),
    },
  ];
}

/** What activation of a role has to ask for, in plain words. */
export interface ActivationDemand {
  readonly maxHours: number;
  /** MFA, PIM's own or by an authentication context. */
  readonly mfa: boolean;
  readonly justification: boolean;
  readonly ticket: boolean;
  /** Somebody else has to agree. */
  readonly approval: boolean;
}

/** What is asked of each role that is given; the rules above are made from the same. */
export function activationDemands(
  access: Readonly<
    Partial<
      Record<
        LoginRole,
        | {
            readonly activation?: Activation;
            readonly approverGroups?: Readonly<Record<string, unknown>>;
          }
        | undefined
      >
    >
  >,
): Partial<Record<LoginRole, ActivationDemand>> {
  const demands: Partial<Record<LoginRole, ActivationDemand>> = {};
  for (const role of Object.keys(DEFAULT_HOURS) as LoginRole[]) {
    const choice = access[role];
    if (choice === undefined) continue;
    const { maxHours = DEFAULT_HOURS[role], justification = true } = choice.activation ?? {};
    demands[role] = {
      maxHours,
      mfa: true,
      justification,
      ticket: choice.activation?.ticket ?? false,
      approval: Object.keys(choice.approverGroups ?? {}).length > 0,
    };
  }
  return demands;
}

/** When a schedule runs, as the provider takes it. */
export function scheduleInfo({ days = DEFAULT_DAYS, startsOn }: Eligibility = {}): {
  startDateTime?: string;
  expiration: { type: string; duration: string };
} {
  return {
    ...(startsOn === undefined ? {} : { startDateTime: `${startsOn}T00:00:00Z` }),
    // A missing duration would be taken for ever (Azure/azure-rest-api-specs#24242).
    expiration: { type: "AfterDuration", duration: `P${days}D` },
  };
}

export function checkActivation(activation: Activation, path: string): Issue[] {
  const { maxHours, authenticationContext } = activation;
  const issues: Issue[] = [];
  if (
    maxHours !== undefined &&
    !(maxHours >= 0.5 && maxHours <= 24 && Number.isInteger(maxHours * 2))
  ) {
    issues.push({
      path: at(path, "maxHours"),
      problem: `${shown(maxHours)} is no length of an activation; use 0.5 to 24 in half hours`,
    });
  }
  if (authenticationContext !== undefined && !/^c[1-9]\d?$/.test(authenticationContext)) {
    issues.push({
      path: at(path, "authenticationContext"),
      problem: `${shown(authenticationContext)} is no authentication context; use c1 to c99`,
    });
  }
  return issues;
}

export function checkEligibility({ days, startsOn }: Eligibility, path: string): Issue[] {
  const issues: Issue[] = [];
  if (days !== undefined && !(Number.isInteger(days) && days >= 1 && days <= 365)) {
    issues.push({
      path: at(path, "days"),
      problem: `${shown(days)} is no number of days; use 1 to 365, a permanent eligibility has no place here`,
    });
  }
  if (startsOn !== undefined && !isDay(startsOn)) {
    issues.push({
      path: at(path, "startsOn"),
      problem: `${shown(startsOn)} is no day; write 2026-01-31`,
    });
  }
  return issues;
}
