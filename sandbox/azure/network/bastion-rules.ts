import type { JsonObject } from "../json";
import { asObject, asText, asTexts, objectsAt } from "../json";
import { AzureRefusal } from "../refusal";
import type { StoredResource } from "../store";

/** A rule that a network security group on AzureBastionSubnet must hold. */
interface RequiredRule {
  readonly direction: "Inbound" | "Outbound";
  readonly source: string;
  readonly destination: string;
  readonly ports: readonly number[];
}

/**
 * Ingress and egress that Microsoft lists as required for AzureBastionSubnet
 * (https://learn.microsoft.com/azure/bastion/bastion-nsg, ms.date 02/24/2026). The `Internet` ingress may be narrowed to
 * the users' own public addresses, so any source satisfies it.
 */
const requiredRules: readonly RequiredRule[] = [
  { direction: "Inbound", source: "any", destination: "*", ports: [443] },
  { direction: "Inbound", source: "GatewayManager", destination: "*", ports: [443] },
  { direction: "Inbound", source: "AzureLoadBalancer", destination: "*", ports: [443] },
  {
    direction: "Inbound",
    source: "VirtualNetwork",
    destination: "VirtualNetwork",
    ports: [8080, 5701],
  },
  { direction: "Outbound", source: "*", destination: "VirtualNetwork", ports: [22, 3389] },
  { direction: "Outbound", source: "*", destination: "AzureCloud", ports: [443] },
  {
    direction: "Outbound",
    source: "VirtualNetwork",
    destination: "VirtualNetwork",
    ports: [8080, 5701],
  },
  { direction: "Outbound", source: "*", destination: "Internet", ports: [80] },
];

function textsOf(rule: JsonObject, single: string, list: string): string[] {
  const one = asText(rule[single]);
  return [...(one === undefined || one === "" ? [] : [one]), ...asTexts(rule[list])];
}

/** Tags that hold another one, so that a wider rule satisfies the narrower requirement. */
function admits(found: readonly string[], wanted: string): boolean {
  if (wanted === "any") return found.length > 0;
  const names = found.map((item) => item.toLowerCase());
  return names.includes("*") || names.includes(wanted.toLowerCase());
}

function coversPort(ranges: readonly string[], port: number): boolean {
  return ranges.some((range) => {
    if (range === "*") return true;
    const [first = "", last = first] = range.split("-");
    return Number(first) <= port && port <= Number(last);
  });
}

function covers(rule: JsonObject, required: RequiredRule, port: number): boolean {
  const properties = asObject(rule.properties);
  if (properties.access !== "Allow" || properties.direction !== required.direction) return false;
  const protocol = asText(properties.protocol)?.toLowerCase();
  if (protocol !== "*" && protocol !== "tcp") return false;
  const sources = textsOf(properties, "sourceAddressPrefix", "sourceAddressPrefixes");
  const destinations = textsOf(
    properties,
    "destinationAddressPrefix",
    "destinationAddressPrefixes",
  );
  const ports = textsOf(properties, "destinationPortRange", "destinationPortRanges");
  // A narrowed Internet ingress must not be taken for one of the service tags' own rules.
  const isInternet = required.source === "any";
  const own = isInternet
    ? sources.filter(
        (source) =>
          !["gatewaymanager", "azureloadbalancer", "virtualnetwork"].includes(source.toLowerCase()),
      )
    : sources;
  return (
    admits(own, required.source) &&
    admits(destinations, required.destination) &&
    coversPort(ports, port)
  );
}

/** What of the required rules a set of security rules lacks, in words; empty where it is complete. */
export function lackingBastionRules(rules: readonly JsonObject[]): string[] {
  return requiredRules.flatMap((required) =>
    required.ports
      .filter((port) => !rules.some((rule) => covers(rule, required, port)))
      .map((port) => `${required.direction} ${required.source} -> ${required.destination} ${port}`),
  );
}

/**
 * Refuses a security group that lacks a rule which Azure Bastion needs. Only the group's own rules count, the default
 * ones do not (MicrosoftDocs/azure-docs#80806).
 *
 * Code and text: Azure/azure-quickstart-templates#8655.
 * @throws AzureRefusal 400 NetworkSecurityGroupNotCompliantForAzureBastionSubnet
 */
export function checkBastionRules(group: Pick<StoredResource, "name" | "body">): void {
  if (lackingBastionRules(objectsAt(group.body, "properties.securityRules")).length === 0) return;
  throw new AzureRefusal(
    400,
    "NetworkSecurityGroupNotCompliantForAzureBastionSubnet",
    `Network security group ${group.name} does not have necessary rules for Azure Bastion Subnet AzureBastionSubnet.`,
  );
}
