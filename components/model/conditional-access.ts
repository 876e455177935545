import { checkCombinations, type PhishingResistantMethod } from "./authentication-strength";
import { checkReason } from "./egress";
import { at, type Issue, shown } from "./issue";
import type { OperatingSystem } from "./operating-system";
import { appsFor, SIGN_IN_APPS, type SignInAppKey } from "./sign-in-apps";

/** Whether the policy only records what it would have done, or refuses. */
export const STAGES = ["reportOnly", "enforced"] as const;
export type Stage = (typeof STAGES)[number];

/** Microsoft Graph's word for each stage. */
export const POLICY_STATE: Readonly<Record<Stage, string>> = {
  reportOnly: "enabledForReportingButNotEnforced",
  enforced: "enabled",
};

/** What a policy says, in azuread's words; ids may be known later. */
export interface PolicyDocument<Id> {
  readonly state: string;
  readonly conditions: {
    readonly clientAppTypes: string[];
    readonly applications: { readonly includedApplications: string[] };
    readonly users: { readonly includedGroups: Id; readonly excludedGroups?: Id };
  };
  readonly grantControls: {
    readonly operator: string;
    readonly authenticationStrengthPolicyId: string;
  };
  readonly sessionControls?: {
    readonly signInFrequency: number;
    readonly signInFrequencyPeriod: string;
    readonly signInFrequencyInterval: string;
  };
}

/** What a policy is made from. `Id` is a list of group ids: plain in tests, an output in use. */
export interface PolicyChoice<Id> {
  readonly stage: Stage;
  readonly applications: readonly string[];
  readonly includedGroups: Id;
  readonly excludedGroups: Id | undefined;
  readonly strength: string;
  readonly signInFrequencyHours?: number;
}

/**
 * The document of one policy. Groups, never "All": enforced for everybody on the remote desktop apps it
 * would reach every virtual desktop of the tenant. No MFA grant beside the strength: Graph refuses both
 * in one policy, and joined by OR the weaker would win.
 * Source: https://learn.microsoft.com/entra/identity/conditional-access/policy-admin-phish-resistant-mfa
 */
export function policyDocument<Id>(choice: PolicyChoice<Id>): PolicyDocument<Id> {
  return {
    state: POLICY_STATE[choice.stage],
    conditions: {
      clientAppTypes: ["all"],
      // azuread compares lists in order, so they have one.
      applications: { includedApplications: [...choice.applications].sort() },
      users: {
        includedGroups: choice.includedGroups,
        ...(choice.excludedGroups === undefined ? {} : { excludedGroups: choice.excludedGroups }),
      },
    },
    grantControls: { operator: "OR", authenticationStrengthPolicyId: choice.strength },
    ...(choice.signInFrequencyHours === undefined
      ? {}
      : {
          sessionControls: {
            signInFrequency: choice.signInFrequencyHours,
            signInFrequencyPeriod: "hours",
            signInFrequencyInterval: "timeBased",
          },
        }),
  };
}

/** The applications of the two policies: everything for access groups, Azure management for approvers. */
export function policyApplications(systems: readonly OperatingSystem[]): {
  access: string[];
  approvers: string[];
} {
  return {
    access: appsFor(systems).map(({ appId }) => appId),
    approvers: [SIGN_IN_APPS.azureManagement.appId],
  };
}

/** What is judged of the sign-in policy. */
export interface SignInChoice {
  readonly stage?: Stage;
  readonly breakGlass?: { readonly groupId: unknown; readonly reason: string };
  readonly acknowledgeLockout?: { readonly reason: string };
  readonly strength?: { readonly combinations: readonly PhishingResistantMethod[] };
  readonly createMissing?: readonly SignInAppKey[];
  readonly signInFrequency?: { readonly hours: number };
}

export function checkSignIn(choice: SignInChoice): Issue[] {
  const { stage = "reportOnly", breakGlass, acknowledgeLockout, strength } = choice;
  const { createMissing = [], signInFrequency } = choice;
  const issues: Issue[] = [];
  if (!STAGES.includes(stage)) {
    issues.push({
      path: "stage",
      problem: `${shown(stage)} is no stage; use ${STAGES.join(" or ")}`,
    });
  }
  if (breakGlass !== undefined) {
    issues.push(...checkReason(breakGlass.reason, "breakGlass.reason"));
    if (breakGlass.groupId === undefined || breakGlass.groupId === "") {
      issues.push({ path: "breakGlass.groupId", problem: "missing; give the group's object id" });
    }
  }
  if (acknowledgeLockout !== undefined) {
    issues.push(...checkReason(acknowledgeLockout.reason, "acknowledgeLockout.reason"));
  }
  if (stage === "enforced" && breakGlass === undefined) {
    issues.push({
      path: "breakGlass",
      problem:
        "missing; an enforced policy without an excluded emergency group can lock everybody out",
    });
  }
  if (stage === "enforced" && acknowledgeLockout === undefined) {
    issues.push({
      path: "acknowledgeLockout",
      problem:
        "missing; say with a reason that whoever has no phishing-resistant method is locked out, or stay reportOnly",
    });
  }
  if (strength !== undefined) {
    issues.push(...checkCombinations(strength.combinations, "strength.combinations"));
  }
  createMissing.forEach((key, index) => {
    if (!(key in SIGN_IN_APPS)) {
      const known = Object.keys(SIGN_IN_APPS).join(", ");
      issues.push({
        path: at("createMissing", index),
        problem: `${shown(key)} is no sign-in app; known are ${known}`,
      });
    }
  });
  const hours = signInFrequency?.hours;
  if (hours !== undefined && !(Number.isInteger(hours) && hours >= 1 && hours <= 23)) {
    issues.push({
      path: "signInFrequency.hours",
      problem: `${shown(hours)} is no number of hours; use 1 to 23`,
    });
  }
  return issues;
}
