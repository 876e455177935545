import fc from "fast-check";
import type { SecurityRule, Selector } from "../../../components/model/estate/estate";
import { Unknown } from "../../../components/model/estate/known";
import { type Draft, EVERY_PORT, ports, PROTOCOLS, selector } from "../estate-parts";

/** Around what is there: the Bastion subnet, single machines, a spoke, the hub, halves of everything. */
const SELECTORS = [
  "*",
  "*",
  "0.0.0.0/0",
  "0.0.0.0/1",
  "128.0.0.0/1",
  "10.0.0.0/8",
  "10.10.0.0/24",
  "10.10.0.0/26",
  "10.10.0.0/26",
  "10.10.0.0/27",
  "10.10.0.5",
  "10.10.0.64/27",
  "10.20.0.0/24",
  "10.20.0.0/27",
  "10.20.0.4",
  "10.20.0.5",
  "10.20.0.16/28",
  "10.30.0.0/24",
  "10.30.0.4",
  "172.16.0.0/24",
  "192.168.0.0/16",
  "51.4.0.0/16",
  "VirtualNetwork",
  "VirtualNetwork",
  "Internet",
  "Internet",
  "AzureLoadBalancer",
  "GatewayManager",
  "AzureCloud",
  "Storage",
  "Storage.WestEurope",
  "AzureCloud.WestEurope",
  "group:servers",
];
const PORTS = ["*", "*", "22", "3389", "20-30", "443", "445", "5985", "80", "8080", "2222"];

const selectors: fc.Arbitrary<Draft<Selector>[]> = fc
  .uniqueArray(fc.constantFrom(...SELECTORS), { minLength: 1, maxLength: 2 })
  .map((texts) => texts.map(selector));

/** Before the spoke's own rules, between them, or among Bastion's; ties are broken where the rule is put. */
const priority = fc.constantFrom(100, 125, 135, 145, 199, 201, 1000, 4095);

export const anyRule: fc.Arbitrary<Draft<SecurityRule>> = fc
  .record({
    priority,
    direction: fc.constantFrom("Inbound", "Inbound", "Outbound"),
    access: fc.constantFrom("Allow", "Allow", "Deny"),
    protocols: fc.constantFrom(PROTOCOLS, PROTOCOLS, ["Tcp"], ["Tcp"], ["Udp"], ["Icmp"]),
    sources: selectors,
    sourcePorts: fc.constantFrom("*", "*", "*", "*", "1024-65535", "22"),
    destinations: selectors,
    destinationPorts: fc.uniqueArray(fc.constantFrom(...PORTS), { minLength: 1, maxLength: 3 }),
  })
  .map((rule) => ({
    ...rule,
    name: "any rule",
    protocols: [...rule.protocols],
    sourcePorts: [rule.sourcePorts === "*" ? { ...EVERY_PORT } : ports(rule.sourcePorts)],
    destinationPorts: rule.destinationPorts.map(ports),
  }));

/** Parts of a rule that a graph may not show. */
export const RULE_PARTS = [
  "priority",
  "direction",
  "access",
  "protocols",
  "sources",
  "sourcePorts",
  "destinations",
  "destinationPorts",
] as const;

export function blur(rule: Draft<SecurityRule>, part: (typeof RULE_PARTS)[number]): void {
  rule[part] = new Unknown(`the ${part} is not known`);
}
