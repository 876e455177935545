import type { SecurityRule, Selector } from "../estate/estate";
import { PROTOCOLS } from "../estate/estate";
import { ANY_PORT } from "../estate/rule-syntax";

const ANY: Selector = { kind: "any" };
const tag = (text: string): Selector => ({ kind: "tag", tag: text.toLowerCase(), text });
const VIRTUAL_NETWORK = tag("VirtualNetwork");

function rule(
  name: string,
  priority: number,
  direction: "Inbound" | "Outbound",
  access: "Allow" | "Deny",
  source: Selector,
  destination: Selector,
): SecurityRule {
  return {
    name,
    priority,
    direction,
    access,
    protocols: PROTOCOLS,
    sources: [source],
    sourcePorts: [ANY_PORT],
    destinations: [destination],
    destinationPorts: [ANY_PORT],
  };
}

/**
 * What Azure puts below the rules of every security group.
 * Source: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules
 */
export const DEFAULT_RULES: readonly SecurityRule[] = [
  rule("AllowVnetInBound", 65000, "Inbound", "Allow", VIRTUAL_NETWORK, VIRTUAL_NETWORK),
  rule("AllowAzureLoadBalancerInBound", 65001, "Inbound", "Allow", tag("AzureLoadBalancer"), ANY),
  rule("DenyAllInBound", 65500, "Inbound", "Deny", ANY, ANY),
  rule("AllowVnetOutBound", 65000, "Outbound", "Allow", VIRTUAL_NETWORK, VIRTUAL_NETWORK),
  rule("AllowInternetOutBound", 65001, "Outbound", "Allow", ANY, tag("Internet")),
  rule("DenyAllOutBound", 65500, "Outbound", "Deny", ANY, ANY),
];

/** What is left of them on AzureBastionSubnet, where Azure asks for rules of the group's own (MicrosoftDocs/azure-docs#80806). */
export const DEFAULT_DENIALS: readonly SecurityRule[] = DEFAULT_RULES.filter(
  ({ access }) => access === "Deny",
);
