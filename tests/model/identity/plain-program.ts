import type { Claim, ClaimId } from "../../../components/model/claims/claim";
import type { Declaration } from "../../../components/model/estate/access-estate";
import { readEstate } from "../../../components/model/estate/read-estate";
import {
  type GraphResource,
  Hidden,
  type Properties,
  type ResourceGraph,
  type Value,
} from "../../../components/model/graph/resource-graph";
import { identityClaims } from "../../../components/model/identity/identity-claims";

export const SUBSCRIPTION = "22222222-2222-4222-8222-222222222222";
export const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-app`;
export const ADMINS = "33333333-0000-4000-8000-000000000002";
export const EMERGENCY = "33333333-0000-4000-8000-000000000004";
export const SOMEBODY = "33333333-0000-4000-8000-000000000009";

/** GUIDs of built-in roles: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
export const ROLE = {
  owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  userAccessAdministrator: "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
  userLogin: "fb879df8-f326-4884-b1cf-06f3ad86be52",
  administratorLogin: "1c0163c0-47e6-4577-8991-ea5c82e286e4",
  vmContributor: "9980e02c-c2be-4d73-94e8-173b1dc7cf3c",
  vmDataAccessAdministrator: "66f75aeb-eabe-4b70-9f1e-c350c4c9ad04",
  networkContributor: "4d97b98b-1d4f-4787-a291-c67834d212e7",
  securityAdmin: "fb1c8493-542b-48eb-b624-b4c8fea62acd",
  logAnalyticsContributor: "92aaf0da-9dab-42b6-94a3-d43ce8d16293",
} as const;

export const APP = {
  windowsVm: "372140e0-b3b7-4226-8ef9-d57986796201",
  linuxVm: "ce6ff14a-7fdc-4685-bbe0-f6afdfcfa8e0",
  management: "797f4846-ba00-4fd7-ba43-dac1f8f63013",
} as const;

export const NOT_KNOWN = new Hidden("unknown");

const TYPES = {
  group: "azure-native:resources:ResourceGroup",
  machine: "azure-native:compute:VirtualMachine",
  securityGroup: "azure-native:network:NetworkSecurityGroup",
  assignment: "azure-native:authorization:RoleAssignment",
  definition: "azure-native:authorization:RoleDefinition",
  eligibility: "azure-native:authorization:PimRoleEligibilitySchedule",
  rolePolicy: "azure-native:authorization:RoleManagementPolicy",
  accessPolicy: "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy",
  strength: "azuread:index/authenticationStrengthPolicy:AuthenticationStrengthPolicy",
  directoryGroup: "azuread:index/group:Group",
  groupMember: "azuread:index/groupMember:GroupMember",
} as const;

export function urnOf(kind: keyof typeof TYPES, name: string): string {
  return `urn:pulumi:dev::plain::${TYPES[kind]}::${name}`;
}

/** A resource of a hand-written program. */
export function resource(
  kind: keyof typeof TYPES,
  name: string,
  properties: Record<string, Value>,
  more: Partial<GraphResource> = {},
): GraphResource {
  return {
    urn: urnOf(kind, name),
    type: TYPES[kind],
    name,
    properties,
    propertyDependencies: {},
    dependencies: [],
    external: false,
    ...more,
  };
}

export function roleId(role: string): string {
  return `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
}

export function assignment(
  role: string,
  scope: Value,
  more: Record<string, Value> = {},
): GraphResource {
  return resource("assignment", "standing", {
    principalId: SOMEBODY,
    principalType: "Group",
    roleDefinitionId: roleId(role),
    scope,
    ...more,
  });
}

function rule(id: string, content: Record<string, Value>): Value {
  return {
    id,
    target: { caller: "EndUser", level: "Assignment", operations: ["All"] },
    ...content,
  };
}

/** Rules of an activation of eight hours with MFA and a justification. */
export function activationRules(): Record<string, Value> {
  return {
    expiration: rule("Expiration_EndUser_Assignment", {
      isExpirationRequired: true,
      maximumDuration: "PT8H",
    }),
    enablement: rule("Enablement_EndUser_Assignment", {
      enabledRules: ["MultiFactorAuthentication", "Justification"],
    }),
  };
}

export function endUserRule(id: string, content: Record<string, Value>): Value {
  return rule(`${id}_EndUser_Assignment`, content);
}

/**
 * The smallest sound program without this package's components: one Linux VM, one group that may activate
 * its administrator login, the rules of that activation, and the policy that guards it.
 */
export function plainProgram(): Record<string, GraphResource> {
  return {
    group: resource("group", "app", { resourceGroupName: "rg-app" }, { id: GROUP }),
    machine: resource(
      "machine",
      "web",
      {
        resourceGroupName: "rg-app",
        vmName: "vm-web",
        osProfile: { linuxConfiguration: { disablePasswordAuthentication: true } },
        networkProfile: { networkInterfaces: [] },
      },
      { id: `${GROUP}/providers/Microsoft.Compute/virtualMachines/vm-web` },
    ),
    securityGroup: resource(
      "securityGroup",
      "nsg",
      { resourceGroupName: "rg-app", networkSecurityGroupName: "nsg-app" },
      { id: `${GROUP}/providers/Microsoft.Network/networkSecurityGroups/nsg-app` },
    ),
    rolePolicy: resource("rolePolicy", "rules", {
      scope: GROUP,
      rules: Object.values(activationRules()),
    }),
    eligibility: resource(
      "eligibility",
      "admins-may",
      {
        scope: GROUP,
        principalId: ADMINS,
        roleDefinitionId: roleId(ROLE.administratorLogin),
        scheduleInfo: { expiration: { type: "AfterDuration", duration: "P180D" } },
      },
      { dependencies: [urnOf("rolePolicy", "rules")] },
    ),
    accessPolicy: resource("accessPolicy", "mfa", accessPolicy()),
  };
}

/** A policy for the apps of a Linux VM that demands the built-in strength. */
export function accessPolicy(
  conditions: Record<string, Value> = {},
  grantControls: Value = {
    operator: "OR",
    authenticationStrengthPolicyId:
      "/policies/authenticationStrengthPolicies/00000000-0000-0000-0000-000000000004",
  },
): Record<string, Value> {
  return {
    displayName: "VM sign-in",
    state: "enabled",
    conditions: {
      clientAppTypes: ["all"],
      applications: { includedApplications: [APP.linuxVm, APP.management] },
      users: { includedGroups: [ADMINS], excludedGroups: [EMERGENCY] },
      ...conditions,
    },
    grantControls,
  };
}

export function graphOf(
  program: Readonly<Record<string, GraphResource>>,
  ...more: GraphResource[]
): ResourceGraph {
  return { resources: [...Object.values(program), ...more], unread: [] };
}

/** What the author of the plain program declares. */
export const DECLARED: Partial<Declaration> = { breakGlass: [EMERGENCY] };

export function claimsOf(graph: ResourceGraph, declared: Partial<Declaration> = DECLARED): Claim[] {
  return identityClaims(readEstate(graph, declared));
}

/** The claims with that id about the plain program with some resources besides, or in place of its own. */
export function claims(
  id: ClaimId,
  change: Readonly<Record<string, GraphResource>> = {},
  declared: Partial<Declaration> = DECLARED,
): Claim[] {
  const graph = graphOf({ ...plainProgram(), ...change });
  return claimsOf(graph, declared).filter((claim) => claim.id === id);
}

/** The only claim with that id. */
export function claim(
  id: ClaimId,
  change: Readonly<Record<string, GraphResource>> = {},
  declared: Partial<Declaration> = DECLARED,
): Claim {
  const found = claims(id, change, declared);
  const [only] = found;
  if (only === undefined || found.length !== 1) {
    throw new Error(`${found.length} claims ${id}, expected one`);
  }
  return only;
}

/** A resource of the plain program with other properties. */
export function changed(name: string, properties: Properties): Record<string, GraphResource> {
  const own = plainProgram()[name];
  if (own === undefined) throw new Error(`the plain program has no ${name}`);
  return { [name]: { ...own, properties: { ...own.properties, ...properties } } };
}
