import * as authorization from "@pulumi/azure-native/authorization";
import * as azuread from "@pulumi/azuread";
import { interpolate } from "@pulumi/pulumi";
import { login, machine } from "./compute";
import { balancer, machines, vnet } from "./network";
import { engineers, group, resourceGroupName, subscriptionId } from "./place";
import { account, audit } from "./watch";

const definitions = `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions`;
const userLogin = `${definitions}/fb879df8-f326-4884-b1cf-06f3ad86be52`;

const starter = new authorization.RoleDefinition("starter", {
  scope: group.id,
  roleName: "Machine starter",
  description: "Starts machines and nothing else",
  permissions: [{ actions: ["Microsoft.Compute/virtualMachines/start/action"] }],
  assignableScopes: [group.id],
});
const assignment = new authorization.RoleAssignment("assignment", {
  scope: group.id,
  roleDefinitionId: starter.id,
  principalId: engineers,
  principalType: "Group",
});

const policy = new authorization.RoleManagementPolicy("policy", {
  scope: group.id,
  // Azure's own name for it, which the tenant file pins.
  roleManagementPolicyName: "cccccccc-0000-4000-8000-000000000000",
  rules: [
    {
      id: "Expiration_EndUser_Assignment",
      ruleType: "RoleManagementPolicyExpirationRule",
      isExpirationRequired: true,
      maximumDuration: "PT2H",
      target: {
        caller: "EndUser",
        level: "Assignment",
        operations: ["All"],
        targetObjects: [],
        inheritableSettings: [],
        enforcedSettings: [],
      },
    },
  ],
});
const eligible = new authorization.PimRoleEligibilitySchedule(
  "eligible",
  {
    scope: group.id,
    roleDefinitionId: userLogin,
    principalId: engineers,
    justification: "A foreign program",
    scheduleInfo: { expiration: { type: "AfterDuration", duration: "P30D" } },
  },
  { dependsOn: policy },
);

// Locks last, so that they go first.
const under = { level: "CanNotDelete" } as const;
const after = { dependsOn: [login, balancer, account, audit, assignment, eligible] };
new authorization.ManagementLockByScope("lock-scope", { scope: machine.id, ...under }, after);
new authorization.ManagementLockAtResourceLevel(
  "lock-resource",
  {
    resourceGroupName,
    resourceProviderNamespace: "Microsoft.Network",
    parentResourcePath: interpolate`virtualNetworks/${vnet.name}`,
    resourceType: "subnets",
    apiVersion: "2024-05-01",
    resourceName: interpolate`${machines.name}`,
    ...under,
  },
  after,
);
new authorization.ManagementLockAtResourceGroupLevel(
  "lock-group",
  { resourceGroupName, ...under },
  after,
);
new authorization.ManagementLockAtSubscriptionLevel("lock-subscription", { ...under }, after);

const sam = new azuread.User("sam", {
  userPrincipalName: "sam.new@fabrikam.onmicrosoft.com",
  displayName: "Sam the newer",
  password: "Foreign-Program-2!",
});
const team = new azuread.Group("team", { displayName: "team", securityEnabled: true });
new azuread.GroupMember("member", { groupObjectId: team.objectId, memberObjectId: sam.objectId });
const app = new azuread.ServicePrincipal("app", {
  clientId: "270efc09-cd0d-444b-a71f-39af4910ec45",
});
const office = new azuread.NamedLocation("office", {
  displayName: "office",
  ip: { ipRanges: ["192.0.2.0/24"], trusted: true },
});
const strength = new azuread.AuthenticationStrengthPolicy("strength", {
  displayName: "keys only",
  allowedCombinations: ["fido2"],
});
export const signIn = new azuread.ConditionalAccessPolicy(
  "sign-in",
  {
    displayName: "keys for the team",
    state: "enabledForReportingButNotEnforced",
    conditions: {
      clientAppTypes: ["all"],
      applications: { includedApplications: [app.clientId] },
      users: { includedGroups: [team.objectId] },
      locations: { includedLocations: ["All"], excludedLocations: [office.objectId] },
    },
    grantControls: { operator: "OR", authenticationStrengthPolicyId: strength.id },
  },
  { dependsOn: app },
);
