/** Where a resource lives in Resource Manager: its namespace, and each segment with the input that names it. */
export interface ArmType {
  readonly namespace: string;
  readonly segments: readonly (readonly [segment: string, nameInput: string])[];
}

const network = (...segments: ArmType["segments"]): ArmType => ({
  namespace: "microsoft.network",
  segments,
});
const NETWORK = ["virtualnetworks", "virtualNetworkName"] as const;
const SECURITY_GROUP = ["networksecuritygroups", "networkSecurityGroupName"] as const;
const ROUTE_TABLE = ["routetables", "routeTableName"] as const;
const LOAD_BALANCER = ["loadbalancers", "loadBalancerName"] as const;
const MACHINE = ["virtualmachines", "vmName"] as const;

/**
 * Types that others refer to by id, with the inputs that make the id, so that a reference is followed
 * before there are ids. Names of inputs: @pulumi/azure-native 3.28; segments: Microsoft's resource types.
 */
export const ARM_TYPES: Readonly<Record<string, ArmType>> = {
  "azure-native:network:VirtualNetwork": network(NETWORK),
  "azure-native:network:Subnet": network(NETWORK, ["subnets", "subnetName"]),
  "azure-native:network:VirtualNetworkPeering": network(NETWORK, [
    "virtualnetworkpeerings",
    "virtualNetworkPeeringName",
  ]),
  "azure-native:network:NetworkSecurityGroup": network(SECURITY_GROUP),
  "azure-native:network:SecurityRule": network(SECURITY_GROUP, [
    "securityrules",
    "securityRuleName",
  ]),
  "azure-native:network:ApplicationSecurityGroup": network([
    "applicationsecuritygroups",
    "applicationSecurityGroupName",
  ]),
  "azure-native:network:RouteTable": network(ROUTE_TABLE),
  "azure-native:network:Route": network(ROUTE_TABLE, ["routes", "routeName"]),
  "azure-native:network:NetworkInterface": network(["networkinterfaces", "networkInterfaceName"]),
  "azure-native:network:PublicIPAddress": network(["publicipaddresses", "publicIpAddressName"]),
  "azure-native:network:NatGateway": network(["natgateways", "natGatewayName"]),
  "azure-native:network:LoadBalancer": network(LOAD_BALANCER),
  "azure-native:network:LoadBalancerBackendAddressPool": network(LOAD_BALANCER, [
    "backendaddresspools",
    "backendAddressPoolName",
  ]),
  "azure-native:network:InboundNatRule": network(LOAD_BALANCER, [
    "inboundnatrules",
    "inboundNatRuleName",
  ]),
  "azure-native:network:VirtualNetworkGateway": network([
    "virtualnetworkgateways",
    "virtualNetworkGatewayName",
  ]),
  "azure-native:network:BastionHost": network(["bastionhosts", "bastionHostName"]),
  "azure-native:network:AzureFirewall": network(["azurefirewalls", "azureFirewallName"]),
  "azure-native:compute:VirtualMachine": {
    namespace: "microsoft.compute",
    segments: [MACHINE],
  },
  "azure-native:compute:VirtualMachineExtension": {
    namespace: "microsoft.compute",
    segments: [MACHINE, ["extensions", "vmExtensionName"]],
  },
};

/** A resource's id without its subscription, in lower case, and the subscription apart. */
export interface ArmPath {
  readonly subscription: string | undefined;
  readonly path: string;
}

/** Splits `/subscriptions/<guid>/resourceGroups/...`; undefined for what is no id below a subscription. */
export function parseArmId(id: string): ArmPath | undefined {
  const match = /^\/subscriptions\/(?<subscription>[^/]+)(?<path>\/resourcegroups\/.+)$/i.exec(id);
  const path = match?.groups?.path;
  return path === undefined
    ? undefined
    : {
        subscription: match?.groups?.subscription?.toLowerCase(),
        path: path.toLowerCase().replace(/\/+$/, ""),
      };
}

/** The path of a resource group, the first step of every other. */
export function resourceGroupPath(name: string): string {
  return `/resourcegroups/${name.toLowerCase()}`;
}
