import * as authorization from "@pulumi/azure-native/authorization";
import * as azuread from "@pulumi/azuread";
import type * as pulumi from "@pulumi/pulumi";
import { GROUPS } from "../support/environment";
import { groupId, lock, type Place, READER, VM_USER_LOGIN } from "../support/plain-azure";
import { type RefusalScene, testRefusals } from "../support/refusals";

function reader(
  at: Place,
  key: string,
  more: Partial<authorization.RoleAssignmentArgs> = {},
  opts: pulumi.CustomResourceOptions = {},
): authorization.RoleAssignment {
  return new authorization.RoleAssignment(
    `${at.name}-${key}`,
    {
      scope: groupScope(at),
      roleDefinitionId: READER,
      principalId: GROUPS.operators,
      principalType: "Group",
      ...more,
    },
    opts,
  );
}

/** The scope as an output, so that it exists first. */
function groupScope(at: Place): pulumi.Output<string> {
  return at.resourceGroupName.apply(() => groupId(at));
}

function eligible(
  at: Place,
  expiration: { type: string; duration?: string },
): authorization.PimRoleEligibilitySchedule {
  return new authorization.PimRoleEligibilitySchedule(`${at.name}-eligible`, {
    scope: groupScope(at),
    roleDefinitionId: VM_USER_LOGIN,
    principalId: GROUPS.operators,
    justification: "a plain program",
    scheduleInfo: { expiration },
  });
}

/** The name that the tenant file gives the policy of the scene's scope; Azure's own cannot be known beforehand. */
const PINNED = "99999999-0000-4000-8000-000000000001";

const target = {
  caller: "EndUser",
  level: "Assignment",
  operations: ["All"],
  targetObjects: [],
  inheritableSettings: [],
  enforcedSettings: [],
};

function policy(
  at: Place,
  roleManagementPolicyName: pulumi.Input<string>,
  rules: readonly object[],
): void {
  new authorization.RoleManagementPolicy(`${at.name}-policy`, {
    scope: groupScope(at),
    roleManagementPolicyName,
    rules: rules as unknown as authorization.RoleManagementPolicyArgs["rules"],
  });
}

const SCENES: readonly RefusalScene[] = [
  {
    code: "RoleAssignmentExists",
    of: "a second assignment of a role to somebody at a scope",
    says: /The role assignment already exists/,
    after: (at) => {
      reader(at, "second", {}, { dependsOn: [reader(at, "first")] });
    },
    refused: "second",
  },
  {
    code: "PrincipalNotFound",
    of: "a role for a principal that was only just made",
    says: /If you are creating this principal and then immediately assigning a role/,
    after: (at) => {
      const { objectId } = new azuread.Group(`${at.name}-new`, {
        displayName: `new ${at.name}`,
        securityEnabled: true,
      });
      // azure-native sends "User" where a program says nothing, so leaving it out takes a transform.
      const leftOut: pulumi.ResourceTransform = ({ props, opts }) => ({
        props: { ...(props as object), principalType: undefined },
        opts,
      });
      reader(at, "early", { principalId: objectId }, { transforms: [leftOut] });
    },
    refused: "early",
  },
  {
    code: "UnmatchedPrincipalType",
    of: "a group that is called a user, as azure-native calls everybody",
    says: /has type 'Group' , which is different from specified \w+ 'User'/,
    after: (at) => {
      reader(at, "user", { principalType: undefined });
    },
    refused: "user",
  },
  {
    code: "RoleAssignmentRequestPolicyValidationFailed",
    of: "a permanent eligibility under the policy that a scope begins with",
    says: /\["ExpirationRule"\]/,
    after: (at) => {
      eligible(at, { type: "NoExpiration" });
    },
    refused: "eligible",
  },
  {
    code: "ActiveDurationTooShort",
    of: "the removal of an eligibility younger than five minutes",
    says: /Required is 5 minutes/,
    // The provider asks again for two minutes and then says only that: custom_pim_eligibility.go@183dec92.
    shows: /timed out during requesting role eligibility schedule removal/,
    before: (at) => {
      eligible(at, { type: "AfterDuration", duration: "P30D" });
    },
    after: () => undefined,
    refused: "eligible",
  },
  {
    code: "MfaAndAcrsConflict",
    of: "MFA and an authentication context at once",
    says: /Mfa and Acrs policy settings cannot be enabled simultaneously/,
    after: (at) => {
      policy(at, PINNED, [
        {
          id: "Enablement_EndUser_Assignment",
          ruleType: "RoleManagementPolicyEnablementRule",
          enabledRules: ["MultiFactorAuthentication", "Justification"],
          target,
        },
        {
          id: "AuthenticationContext_EndUser_Assignment",
          ruleType: "RoleManagementPolicyAuthenticationContextRule",
          isEnabled: true,
          claimValue: "c1",
          target,
        },
      ]);
    },
    refused: "policy",
  },
  {
    code: "RoleManagementPolicyNotFound",
    of: "a management policy by a name that was made up (404)",
    says: /Status=404 .*was not found at this scope/,
    after: (at) => {
      policy(at, "99999999-0000-4000-8000-000000000000", [
        {
          id: "Expiration_EndUser_Assignment",
          ruleType: "RoleManagementPolicyExpirationRule",
          isExpirationRequired: true,
          maximumDuration: "PT1H",
          target,
        },
      ]);
    },
    refused: "policy",
  },
  {
    code: "ScopeLocked",
    of: "the removal of a role under a lock",
    says: /locked: '\S+resourceGroups\/rg-s7'/,
    before: (at) => {
      reader(at, "kept");
      lock(at, groupScope(at));
    },
    after: (at) => {
      lock(at, groupScope(at));
    },
    refused: "kept",
  },
];

testRefusals("simulated access, asked for by a plain program,", SCENES, {
  tenant: {
    roleManagementPolicyNames: SCENES.map((_, index) => ({
      scope: groupId({ name: `s${index}` }),
      roleDefinitionId: "fb879df8-f326-4884-b1cf-06f3ad86be52",
      name: PINNED,
    })),
  },
});
