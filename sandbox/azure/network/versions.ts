/**
 * Versions of Microsoft.Network: 2024-05-01 is what azure-native 3.28 and `@azure/arm-network` 33.5.0 send, the others
 * are stable versions of the same shape that a hand-written request may name.
 */
export const networkVersions = [
  "2024-05-01",
  "2024-03-01",
  "2024-01-01",
  "2023-11-01",
  "2023-09-01",
] as const;

export const networkTypes = {
  virtualNetwork: "Microsoft.Network/virtualNetworks",
  subnet: "Microsoft.Network/virtualNetworks/subnets",
  peering: "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
  securityGroup: "Microsoft.Network/networkSecurityGroups",
  securityRule: "Microsoft.Network/networkSecurityGroups/securityRules",
  publicAddress: "Microsoft.Network/publicIPAddresses",
  natGateway: "Microsoft.Network/natGateways",
  networkInterface: "Microsoft.Network/networkInterfaces",
  bastionHost: "Microsoft.Network/bastionHosts",
  routeTable: "Microsoft.Network/routeTables",
  route: "Microsoft.Network/routeTables/routes",
  applicationSecurityGroup: "Microsoft.Network/applicationSecurityGroups",
  loadBalancer: "Microsoft.Network/loadBalancers",
} as const;
