import * as rest from "./rest-shape";
import type { SdkName, SdkWrite } from "./sdk-client";
import type { ObjectShape } from "./shape";

/** A resource type of azure-native 3.28, as data. */
export interface ResourceEntry {
  readonly apiVersion: string;
  /** Path template of the REST specification. */
  readonly path: string;
  /** How its body travels: through Microsoft's client, or written from a shape by hand. */
  readonly body: { readonly sdk: SdkWrite } | { readonly shape: ObjectShape };
  /** Properties whose change replaces the resource, besides path parameters (forceNewMap, x-ms-mutability). */
  readonly forceNew?: readonly string[];
  /** Lists that are resources of their own, kept as they are where the program leaves them out. */
  readonly maintained?: readonly string[];
  /**
   * Properties that the specification marks read-only and Microsoft's client does not, because they refer to a
   * model: never inputs, and refused as such. Source: the arguments of the class in @pulumi/azure-native 3.28.0, which lack them.
   */
  readonly outputOnly?: readonly string[];
  /** Inputs that are query parameters of the write. */
  readonly query?: readonly string[];
  /** Inputs that azure-native asks for and does not send. */
  readonly unsent?: readonly string[];
  /** Behaviour of its own instead of GET, PUT and DELETE. */
  readonly custom?: "roleManagementPolicy" | "eligibilitySchedule";
}

const group = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";

const sdk = (
  client: SdkName,
  operations: string,
  begins = "beginCreateOrUpdate",
): { readonly sdk: SdkWrite } => ({
  sdk: {
    client,
    group: operations,
    begins,
    method: begins.startsWith("begin") ? `${begins}AndWait` : begins,
  },
});

function network(
  type: string,
  operations: string,
  more: Partial<ResourceEntry> = {},
): ResourceEntry {
  const path = `${group}/providers/Microsoft.Network/${type}`;
  return { apiVersion: "2024-05-01", path, body: sdk("network", operations), ...more };
}

function lockAt(path: string, more: Partial<ResourceEntry> = {}): ResourceEntry {
  return {
    ...more,
    apiVersion: "2020-05-01",
    path: `${path}/providers/Microsoft.Authorization/locks/{lockName}`,
    body: { shape: rest.lock },
  };
}

/**
 * Sources. API versions: the doc comments of @pulumi/azure-native 3.28.0 ("Uses Azure REST API version"). Paths:
 * https://learn.microsoft.com/rest/api. Replacement: provider/pkg/gen/replacement.go@1b7112af of
 * pulumi/pulumi-azure-native, and `x-ms-mutability` of the tracked resource's location where the specification uses
 * the common types (Microsoft.OperationalInsights). Maintained lists: CONTRIBUTING.md of the same, "Sub-resources".
 */
export const resourceTable: Readonly<Record<string, ResourceEntry>> = {
  "resources:ResourceGroup": {
    apiVersion: "2024-03-01",
    path: group,
    body: { shape: rest.resourceGroup },
    forceNew: ["location"],
  },
  "network:VirtualNetwork": network("virtualNetworks/{virtualNetworkName}", "virtualNetworks", {
    forceNew: ["location"],
    maintained: ["subnets", "virtualNetworkPeerings"],
  }),
  "network:Subnet": network("virtualNetworks/{virtualNetworkName}/subnets/{subnetName}", "subnets"),
  "network:VirtualNetworkPeering": network(
    "virtualNetworks/{virtualNetworkName}/virtualNetworkPeerings/{virtualNetworkPeeringName}",
    "virtualNetworkPeerings",
    { query: ["syncRemoteAddressSpace"], outputOnly: ["remoteVirtualNetworkEncryption"] },
  ),
  "network:NetworkSecurityGroup": network(
    "networkSecurityGroups/{networkSecurityGroupName}",
    "networkSecurityGroups",
    {
      maintained: ["securityRules"],
    },
  ),
  "network:SecurityRule": network(
    "networkSecurityGroups/{networkSecurityGroupName}/securityRules/{securityRuleName}",
    "securityRules",
  ),
  "network:PublicIPAddress": network(
    "publicIPAddresses/{publicIpAddressName}",
    "publicIPAddresses",
    {
      forceNew: ["location", "publicIPAddressVersion", "publicIPPrefix", "sku"],
      outputOnly: ["ipConfiguration"],
    },
  ),
  "network:NatGateway": network("natGateways/{natGatewayName}", "natGateways"),
  "network:NetworkInterface": network(
    "networkInterfaces/{networkInterfaceName}",
    "networkInterfaces",
    { outputOnly: ["virtualMachine", "privateEndpoint", "dscpConfiguration"] },
  ),
  "network:BastionHost": network("bastionHosts/{bastionHostName}", "bastionHosts"),
  "network:RouteTable": network("routeTables/{routeTableName}", "routeTables", {
    maintained: ["routes"],
  }),
  "network:Route": network("routeTables/{routeTableName}/routes/{routeName}", "routes"),
  "network:ApplicationSecurityGroup": network(
    "applicationSecurityGroups/{applicationSecurityGroupName}",
    "applicationSecurityGroups",
  ),
  "network:LoadBalancer": network("loadBalancers/{loadBalancerName}", "loadBalancers"),
  "compute:VirtualMachine": {
    apiVersion: "2024-11-01",
    path: `${group}/providers/Microsoft.Compute/virtualMachines/{vmName}`,
    body: sdk("compute", "virtualMachines"),
    outputOnly: ["instanceView"],
  },
  "compute:VirtualMachineExtension": {
    apiVersion: "2024-11-01",
    path: `${group}/providers/Microsoft.Compute/virtualMachines/{vmName}/extensions/{vmExtensionName}`,
    body: sdk("compute", "virtualMachineExtensions"),
  },
  "authorization:RoleAssignment": {
    apiVersion: "2022-04-01",
    path: "/{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
    body: sdk("authorization", "roleAssignments", "create"),
    forceNew: ["principalId", "scope"],
  },
  "authorization:RoleDefinition": {
    apiVersion: "2022-05-01-preview",
    path: "/{scope}/providers/Microsoft.Authorization/roleDefinitions/{roleDefinitionId}",
    body: { shape: rest.roleDefinition },
  },
  "authorization:RoleManagementPolicy": {
    apiVersion: "2024-09-01-preview",
    path: "/{scope}/providers/Microsoft.Authorization/roleManagementPolicies/{roleManagementPolicyName}",
    body: { shape: rest.roleManagementPolicy },
    custom: "roleManagementPolicy",
  },
  "authorization:RoleManagementPolicyAssignment": {
    apiVersion: "2024-09-01-preview",
    path: "/{scope}/providers/Microsoft.Authorization/roleManagementPolicyAssignments/{roleManagementPolicyAssignmentName}",
    body: { shape: rest.roleManagementPolicyAssignment },
  },
  "authorization:PimRoleEligibilitySchedule": {
    apiVersion: "2020-10-01",
    path: "/{scope}/providers/Microsoft.Authorization/roleEligibilityScheduleRequests/{roleEligibilityScheduleRequestName}",
    body: { shape: rest.eligibilitySchedule },
    custom: "eligibilitySchedule",
  },
  "authorization:ManagementLockByScope": lockAt("/{scope}"),
  "authorization:ManagementLockAtSubscriptionLevel": lockAt("/subscriptions/{subscriptionId}"),
  "authorization:ManagementLockAtResourceGroupLevel": lockAt(group),
  "authorization:ManagementLockAtResourceLevel": lockAt(
    `${group}/providers/{resourceProviderNamespace}/{parentResourcePath}/{resourceType}/{resourceName}`,
    // That of the locked resource's type, which the path of a lock has no place for.
    { unsent: ["apiVersion"] },
  ),
  "monitor:DiagnosticSetting": {
    apiVersion: "2021-05-01-preview",
    path: "/{resourceUri}/providers/Microsoft.Insights/diagnosticSettings/{name}",
    body: { shape: rest.diagnosticSetting },
  },
  "operationalinsights:Workspace": {
    apiVersion: "2023-09-01",
    path: `${group}/providers/Microsoft.OperationalInsights/workspaces/{workspaceName}`,
    body: { shape: rest.workspace },
    forceNew: ["location"],
  },
  "storage:StorageAccount": {
    apiVersion: "2024-01-01",
    path: `${group}/providers/Microsoft.Storage/storageAccounts/{accountName}`,
    body: sdk("storage", "storageAccounts", "beginCreate"),
    forceNew: ["isHnsEnabled", "location"],
  },
};

/**
 * The entry of a type token such as `azure-native:network:Subnet`.
 * @throws Error where the token is of another API version than the default, or not simulated.
 */
export function entryOf(token: string): ResourceEntry {
  const [, module = "", type = ""] = token.split(":");
  const entry = resourceTable[`${module}:${type}`];
  if (entry !== undefined) return entry;
  const [plain] = module.split("/");
  if (module.includes("/")) {
    throw new Error(
      `${token}: the simulated azure-native has only the default API version of a type; use azure-native:${plain ?? ""}:${type}`,
    );
  }
  const types = Object.keys(resourceTable).sort().join(", ");
  throw new Error(`${token}: the simulated azure-native does not have this type; it has ${types}`);
}
