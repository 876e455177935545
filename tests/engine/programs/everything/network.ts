import * as network from "@pulumi/azure-native/network";
import { existingNetwork, location, resourceGroupName } from "./place";

const at = { resourceGroupName, location };

const standard = { sku: { name: "Standard" }, publicIPAllocationMethod: "Static" } as const;
const hostAddress = new network.PublicIPAddress("host-address", { ...at, ...standard });
const gatewayAddress = new network.PublicIPAddress(
  "gateway-address",
  { ...at, ...standard },
  // Azure writes the gateway into the address; a refresh would show it as a change.
  { ignoreChanges: ["natGateway"] },
);
const gateway = new network.NatGateway("gateway", {
  ...at,
  sku: { name: "Standard" },
  publicIpAddresses: [{ id: gatewayAddress.id }],
});

const rules = new network.NetworkSecurityGroup("rules", at);
export const web = new network.ApplicationSecurityGroup("web", at);
new network.SecurityRule("https", {
  resourceGroupName,
  networkSecurityGroupName: rules.name,
  priority: 200,
  direction: "Inbound",
  access: "Allow",
  protocol: "Tcp",
  sourceAddressPrefix: "10.0.0.0/8",
  sourcePortRange: "*",
  destinationApplicationSecurityGroups: [{ id: web.id }],
  destinationPortRange: "443",
});

const table = new network.RouteTable("table", at);
new network.Route("elsewhere", {
  resourceGroupName,
  routeTableName: table.name,
  routeName: "elsewhere",
  addressPrefix: "192.168.0.0/16",
  nextHopType: "None",
});

export const vnet = new network.VirtualNetwork("vnet", {
  ...at,
  addressSpace: { addressPrefixes: ["10.0.0.0/24"] },
});
export const machines = new network.Subnet("machines", {
  resourceGroupName,
  virtualNetworkName: vnet.name,
  addressPrefix: "10.0.0.64/26",
  networkSecurityGroup: { id: rules.id },
  routeTable: { id: table.id },
  natGateway: { id: gateway.id },
  defaultOutboundAccess: false,
});
const bastionSubnet = new network.Subnet(
  "bastion-subnet",
  {
    resourceGroupName,
    virtualNetworkName: vnet.name,
    subnetName: "AzureBastionSubnet",
    addressPrefix: "10.0.0.0/26",
  },
  { dependsOn: machines },
);
const peering = new network.VirtualNetworkPeering(
  "peering",
  {
    resourceGroupName,
    virtualNetworkName: vnet.name,
    remoteVirtualNetwork: { id: existingNetwork },
    allowVirtualNetworkAccess: true,
  },
  { dependsOn: bastionSubnet },
);

export const bastion = new network.BastionHost(
  "bastion",
  {
    ...at,
    sku: { name: "Standard" },
    enableTunneling: true,
    ipConfigurations: [
      { name: "ip", subnet: { id: bastionSubnet.id }, publicIPAddress: { id: hostAddress.id } },
    ],
  },
  { dependsOn: peering },
);

export const balancer = new network.LoadBalancer("balancer", {
  ...at,
  sku: { name: "Standard" },
  frontendIPConfigurations: [{ name: "front", subnet: { id: machines.id } }],
  backendAddressPools: [{ name: "machines" }],
});
