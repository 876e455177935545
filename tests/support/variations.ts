import { SUBSCRIPTION } from "./environment";
import type { HandWritten } from "./hand-written";
import { BASTION_RANGE, BASTION_ROWS, HUB_RANGE, plainRule } from "./hand-written-rules";

const HUB = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-shared/providers/Microsoft.Network`;
const HUB_NETWORK = `${HUB}/virtualNetworks/vnet-hub`;

/** What stands already, for the program that only reads its hub. */
export const EXISTING_HUB: Readonly<Record<string, Record<string, unknown>>> = {
  [HUB_NETWORK]: { name: "vnet-hub", addressSpace: { addressPrefixes: [HUB_RANGE] } },
  [`${HUB}/networkSecurityGroups/hub-nsg`]: { name: "hub-nsg", securityRules: BASTION_ROWS },
  [`${HUB_NETWORK}/subnets/AzureBastionSubnet`]: {
    name: "AzureBastionSubnet",
    addressPrefix: BASTION_RANGE,
    networkSecurityGroup: { id: `${HUB}/networkSecurityGroups/hub-nsg` },
  },
  [`${HUB}/bastionHosts/bastion`]: {
    name: "bastion",
    sku: { name: "Standard" },
    enableTunneling: true,
    ipConfigurations: [{ name: "ip", subnet: { id: `${HUB_NETWORK}/subnets/AzureBastionSubnet` } }],
  },
};

/** Right programs that look unlike the component's: each has to be proved, or the proof is an alarm for nothing. */
export const VARIATIONS: Readonly<Record<string, HandWritten>> = {
  "the plain one": {},
  "a Windows VM": { os: "windows" },
  "other names, and names in Azure left to the provider": { otherNames: true },
  "one network for Bastion and VM": { singleNetwork: true },
  "subnets written inside their networks": { inlineSubnets: true },
  "rules as resources of their own": { standaloneRules: true },
  "one group on the subnet, another on the interface": {
    rules: [
      plainRule("bastion", 100, "Inbound", "Allow", BASTION_RANGE, "*", "*"),
      plainRule("rest", 4096, "Inbound", "Deny", "*", "*", "*"),
    ],
    interfaceRules: [
      plainRule("ssh", 100, "Inbound", "Allow", "*", "*", "22", "Tcp"),
      plainRule("no-network", 200, "Inbound", "Deny", "VirtualNetwork", "*", "*"),
    ],
  },
  "anywhere written as two halves": {
    rules: [
      plainRule("bastion", 100, "Inbound", "Allow", BASTION_RANGE, "*", "22", "Tcp"),
      plainRule("low", 200, "Inbound", "Deny", "0.0.0.0/1", "*", "*"),
      plainRule("high", 201, "Inbound", "Deny", "128.0.0.0/1", "*", "*"),
    ],
  },
  "denials of management ports alone, after the network's own": {
    rules: [
      plainRule("bastion", 100, "Inbound", "Allow", BASTION_RANGE, "*", "22", "Tcp"),
      plainRule("network", 200, "Inbound", "Deny", "VirtualNetwork", "*", "*"),
      plainRule("internet", 300, "Inbound", "Deny", "Internet", "*", "*"),
    ],
  },
  "a fixed address that the rules name": {
    staticAddress: "10.60.0.10",
    rules: [
      plainRule("bastion", 100, "Inbound", "Allow", BASTION_RANGE, "10.60.0.10", "22", "Tcp"),
      plainRule("rest", 4000, "Inbound", "Deny", "*", "10.60.0.0/26", "*"),
    ],
  },
  "the VM in an application security group": { applicationGroup: true },
  "a firewall as the next hop": { firewall: true },
  "a hub that stands already": { existingHub: true },
  "a private-only host": { privateBastion: true },
  "an internal load balancer before the VM": {
    internalBalancer: true,
    rules: [
      plainRule("bastion", 100, "Inbound", "Allow", BASTION_RANGE, "*", "22", "Tcp"),
      plainRule("probe", 110, "Inbound", "Allow", "AzureLoadBalancer", "*", "8443", "Tcp"),
      plainRule("clients", 120, "Inbound", "Allow", "10.60.0.128/25", "*", "8443", "Tcp"),
      plainRule("rest", 4000, "Inbound", "Deny", "*", "*", "*"),
    ],
  },
  "an access group of the program's own": { ownGroup: true },
  "a strength of the program's own, enforced": { ownStrength: true },
};
