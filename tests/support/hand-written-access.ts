import * as authorization from "@pulumi/azure-native/authorization";
import type * as compute from "@pulumi/azure-native/compute";
import type * as resources from "@pulumi/azure-native/resources";
import * as azuread from "@pulumi/azuread";
import { GROUPS, SUBSCRIPTION } from "./environment";

const ADMINISTRATOR_LOGIN = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/1c0163c0-47e6-4577-8991-ea5c82e286e4`;

/** Who signs in, in a hand-written program. */
export interface HandWrittenAccess {
  /** The access group is made in the program. */
  readonly ownGroup?: boolean;
  /** A strength of the program's own, and the policy enforced. */
  readonly ownStrength?: boolean;
}

function target(caller: string, level: string): object {
  return {
    caller,
    level,
    operations: ["All"],
    targetObjects: [],
    inheritableSettings: [],
    enforcedSettings: [],
  };
}

/** One eligibility for VM Administrator Login at the group's scope, its policy, and Conditional Access. */
export function giveAccess(
  way: HandWrittenAccess,
  named: (name: string) => string,
  group: resources.ResourceGroup,
  machine: compute.VirtualMachine,
): void {
  const principalId =
    way.ownGroup === true
      ? new azuread.Group(named("admins"), { displayName: "admins", securityEnabled: true })
          .objectId
      : GROUPS.admins;
  const rules: unknown = [
    {
      id: "Expiration_EndUser_Assignment",
      ruleType: "RoleManagementPolicyExpirationRule",
      isExpirationRequired: true,
      maximumDuration: "PT4H",
      target: target("EndUser", "Assignment"),
    },
    {
      id: "Enablement_EndUser_Assignment",
      ruleType: "RoleManagementPolicyEnablementRule",
      enabledRules: ["MultiFactorAuthentication", "Justification"],
      target: target("EndUser", "Assignment"),
    },
    {
      id: "Expiration_Admin_Eligibility",
      ruleType: "RoleManagementPolicyExpirationRule",
      isExpirationRequired: true,
      maximumDuration: "P180D",
      target: target("Admin", "Eligibility"),
    },
  ];
  const policy = new authorization.RoleManagementPolicy(named("activation"), {
    scope: group.id,
    roleManagementPolicyName: "6f2b6a0e-0000-4000-8000-00000000aaaa",
    rules: rules as authorization.RoleManagementPolicyArgs["rules"],
  });
  new authorization.PimRoleEligibilitySchedule(
    named("eligible"),
    {
      scope: group.id,
      roleDefinitionId: ADMINISTRATOR_LOGIN,
      principalId,
      scheduleInfo: { expiration: { type: "AfterDuration", duration: "P180D" } },
    },
    { dependsOn: [policy, machine] },
  );
  const strength =
    way.ownStrength === true
      ? new azuread.AuthenticationStrengthPolicy(named("strength"), {
          displayName: "keys only",
          allowedCombinations: ["fido2"],
        }).id
      : "/policies/authenticationStrengthPolicies/00000000-0000-0000-0000-000000000004";
  new azuread.ConditionalAccessPolicy(named("sign-in"), {
    displayName: "VM sign-in",
    state: way.ownStrength === true ? "enabled" : "enabledForReportingButNotEnforced",
    conditions: {
      clientAppTypes: ["all"],
      applications: {
        includedApplications: [
          "270efc09-cd0d-444b-a71f-39af4910ec45",
          "372140e0-b3b7-4226-8ef9-d57986796201",
          "797f4846-ba00-4fd7-ba43-dac1f8f63013",
          "a4a365df-50f1-4397-bc59-1a1564b8bb9c",
          "ce6ff14a-7fdc-4685-bbe0-f6afdfcfa8e0",
        ],
      },
      users: { includedGroups: [principalId], excludedGroups: [GROUPS.emergency] },
    },
    grantControls: { operator: "OR", authenticationStrengthPolicyId: strength },
  });
}
