import type { GraphIndex } from "../graph/graph-index";
import type { GraphResource, Theorem, Unread } from "../graph/resource-graph";

/** Types that a reader of the estate takes in. */
const READ: ReadonlySet<string> = new Set(
  [
    "network:VirtualNetwork",
    "network:Subnet",
    "network:VirtualNetworkPeering",
    "network:VirtualNetworkGateway",
    "network:NetworkSecurityGroup",
    "network:SecurityRule",
    "network:ApplicationSecurityGroup",
    "network:RouteTable",
    "network:Route",
    "network:NetworkInterface",
    "network:PublicIPAddress",
    "network:NatGateway",
    "network:LoadBalancer",
    "network:LoadBalancerBackendAddressPool",
    "network:InboundNatRule",
    "network:BastionHost",
    "network:AzureFirewall",
    "compute:VirtualMachine",
    "compute:VirtualMachineExtension",
    "resources:ResourceGroup",
    "authorization:RoleAssignment",
    "authorization:RoleDefinition",
    "authorization:PimRoleEligibilitySchedule",
    "authorization:RoleManagementPolicy",
  ].map((type) => `azure-native:${type}`),
);

const READ_IN_DIRECTORY: ReadonlySet<string> = new Set([
  "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy",
  "azuread:index/authenticationStrengthPolicy:AuthenticationStrengthPolicy",
  "azuread:index/group:Group",
  "azuread:index/groupWithoutMembers:GroupWithoutMembers",
  "azuread:index/groupMember:GroupMember",
  "azuread:index/servicePrincipal:ServicePrincipal",
  "azuread:index/user:User",
]);

/**
 * Types, and whole modules, that open no way in and change none: names, logs, disks, monitoring. A type
 * that is in neither list is unread, and bears on what its module could overturn.
 */
const WITHOUT_BEARING: readonly RegExp[] = [
  /^pulumi:(?:pulumi:Stack|providers:.+)$/,
  /^secure-jump-access:index:/,
  /^azure-native:(?:monitor|insights|operationalinsights|recoveryservices|dataprotection|maintenance):/,
  /^azure-native:network:(?:NetworkWatcher|FlowLog|DdosProtectionPlan|PublicIPPrefix|FirewallPolicy)$/,
  /^azure-native:network:FirewallPolicyRuleCollectionGroup$/,
  /^azure-native:(?:privatedns|dns):/,
  /^azure-native:network:(?:PrivateZone|PrivateRecordSet|Zone|RecordSet|VirtualNetworkLink)$/,
  /^azure-native:authorization:(?:ManagementLock|PolicyAssignment|PolicyDefinition|PolicySetDefinition|PolicyExemption)/,
  /^azure-native:compute:(?:Disk|AvailabilitySet|ProximityPlacementGroup|DiskEncryptionSet|Gallery)/,
  /^azuread:index\/(?:namedLocation|application|administrativeUnit)/,
];

/** What a type that nobody reads could overturn, by where it comes from; most specific first. */
const BEARINGS: readonly (readonly [pattern: RegExp, bearsOn: readonly Theorem[], why: string])[] =
  [
    [
      /^azure-native:resources:(?:Deployment|TemplateDeployment|Resource)|^azapi:|^azure:/,
      ["network", "identity"],
      "can make anything in Azure, and what it makes is not in the graph",
    ],
    [/^azure-native:network:/, ["network"], "a network resource that this version does not read"],
    [
      /^azure-native:authorization:/,
      ["identity"],
      "an authorization resource that this version does not read",
    ],
    [
      /^azure-native:managedservices:/,
      ["identity"],
      "can give roles to another tenant, and is not read by this version",
    ],
    [
      /^azure-native:(?:guestconfiguration:|compute:VirtualMachineRunCommand)/,
      ["identity"],
      "can run a script in a VM, which can make an account there",
    ],
    [/^azuread:/, ["identity"], "a directory resource that this version does not read"],
    [/^azure-native:compute:/, ["network"], "a compute resource that this version does not read"],
    [/^azure-native:/, [], "a resource of Azure that the claims do not look at"],
  ];

/** What the graph holds besides: nothing is dropped without a word. */
export function readRest(index: GraphIndex): Unread[] {
  return index.graph.resources.filter(isUnread).map(({ name, type }) => ({
    subject: name,
    type,
    why: bearings(type)?.[2] ?? "not a resource of Azure or Entra ID; nothing is claimed of it",
    bearsOn: bearingOf(type),
  }));
}

/** What could be overturned by a resource of which nothing is known but its type. */
export function bearingOf(type: string): readonly Theorem[] {
  return bearings(type)?.[1] ?? [];
}

function bearings(type: string): (typeof BEARINGS)[number] | undefined {
  return BEARINGS.find(([pattern]) => pattern.test(type));
}

function isUnread({ type }: GraphResource): boolean {
  if (READ.has(type) || READ_IN_DIRECTORY.has(type)) return false;
  return !WITHOUT_BEARING.some((pattern) => pattern.test(type));
}
