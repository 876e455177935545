import type { NsgRule } from "./nsg-rule";

/**
 * The eight rules of AzureBastionSubnet's network security group, with Microsoft's names and sample
 * priorities. Azure refuses the association of a group that lacks one of them
 * (NetworkSecurityGroupNotCompliantForAzureBastionSubnet), so they are written inline and in one piece.
 * Source: https://learn.microsoft.com/azure/bastion/bastion-nsg (read as of 2026-02-24)
 */
export const BASTION_NSG_RULES: readonly NsgRule[] = [
  {
    name: "AllowHttpsInbound",
    priority: 120,
    direction: "Inbound",
    access: "Allow",
    protocol: "Tcp",
    from: ["Internet"],
    to: ["*"],
    ports: ["443"],
    why: "Clients reach the host's public address, the only port that is open to them",
  },
  {
    name: "AllowGatewayManagerInbound",
    priority: 130,
    direction: "Inbound",
    access: "Allow",
    protocol: "Tcp",
    from: ["GatewayManager"],
    to: ["*"],
    ports: ["443"],
    why: "The control plane reaches the host",
  },
  {
    name: "AllowAzureLoadBalancerInbound",
    priority: 140,
    direction: "Inbound",
    access: "Allow",
    protocol: "Tcp",
    from: ["AzureLoadBalancer"],
    to: ["*"],
    ports: ["443"],
    why: "The load balancer's health probe reaches the host",
  },
  {
    name: "AllowBastionHostCommunication",
    priority: 150,
    direction: "Inbound",
    access: "Allow",
    protocol: "*",
    from: ["VirtualNetwork"],
    to: ["VirtualNetwork"],
    ports: ["8080", "5701"],
    why: "The host's own parts reach each other",
  },
  {
    name: "AllowSshRdpOutbound",
    priority: 100,
    direction: "Outbound",
    access: "Allow",
    protocol: "*",
    from: ["*"],
    to: ["VirtualNetwork"],
    ports: ["22", "3389"],
    why: "The host reaches the virtual machines",
  },
  {
    name: "AllowAzureCloudOutbound",
    priority: 110,
    direction: "Outbound",
    access: "Allow",
    protocol: "Tcp",
    from: ["*"],
    to: ["AzureCloud"],
    ports: ["443"],
    why: "The host writes its diagnostics and metering records",
  },
  {
    name: "AllowBastionCommunication",
    priority: 120,
    direction: "Outbound",
    access: "Allow",
    protocol: "*",
    from: ["VirtualNetwork"],
    to: ["VirtualNetwork"],
    ports: ["8080", "5701"],
    why: "The host's own parts reach each other",
  },
  {
    name: "AllowHttpOutbound",
    priority: 130,
    direction: "Outbound",
    access: "Allow",
    protocol: "*",
    from: ["*"],
    to: ["Internet"],
    ports: ["80"],
    why: "The host validates sessions and certificates",
  },
];

/**
 * The same with further ports of virtual machines: a host reaches a custom port only where its own
 * outbound rule names it. Microsoft's page opens everything to VirtualNetwork for that; naming the
 * ports is narrower and passes the same validation.
 */
export function bastionNsgRules(customPorts: readonly number[] = []): NsgRule[] {
  const further = [...new Set(customPorts)]
    .filter((port) => port !== 22 && port !== 3389)
    .sort((a, b) => a - b)
    .map(String);
  return BASTION_NSG_RULES.map((rule) =>
    rule.name === "AllowSshRdpOutbound" ? { ...rule, ports: [...rule.ports, ...further] } : rule,
  );
}
