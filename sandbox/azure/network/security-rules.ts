import type { JsonObject } from "../json";
import { asObject, asText, asTexts, compact } from "../json";
import { AzureRefusal } from "../refusal";
import { keyOf } from "../resource-id";
import type { Held, ResourceType, Write } from "../resource-type";
import type { Simulation } from "../simulation";
import type { StoredResource } from "../store";
import { parsePrefix } from "./address-prefix";
import { checkBastionRules } from "./bastion-rules";
import ipaddr from "ipaddr.js";
import { checkName } from "./names";
import { bastionSubnetName } from "./bastion-subnet";
import { networkTypes, networkVersions } from "./versions";

// Bounds: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview. Codes and texts from
// general knowledge of the service's answers, no page found for each.

function problem(code: string, message: string): AzureRefusal {
  return new AzureRefusal(400, code, message);
}

function isAddress(text: string): boolean {
  return (
    text === "*" ||
    parsePrefix(text) !== undefined ||
    ipaddr.isValid(text) ||
    /^[A-Za-z][\w.]*$/.test(text)
  );
}

function isPortRange(text: string): boolean {
  if (text === "*") return true;
  const [, first, last] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  if (first === undefined) return false;
  const end = Number(last ?? first);
  return Number(first) <= end && end <= 65535;
}

function checkValues(rule: string, properties: JsonObject): void {
  for (const side of ["source", "destination"]) {
    const address = asText(properties[`${side}AddressPrefix`]);
    const addresses = asTexts(properties[`${side}AddressPrefixes`]);
    const groups = properties[`${side}ApplicationSecurityGroups`];
    const port = asText(properties[`${side}PortRange`]);
    const ports = asTexts(properties[`${side}PortRanges`]);
    const hasGroups = Array.isArray(groups) && groups.length > 0;
    if ((address === undefined || address === "") && addresses.length === 0 && !hasGroups) {
      throw problem(
        "SecurityRuleParameterNotSpecified",
        `Required security rule parameters are missing. Security rule ${rule}: ${side}AddressPrefix, ${side}AddressPrefixes or ${side}ApplicationSecurityGroups must be specified.`,
      );
    }
    if ((port === undefined || port === "") && ports.length === 0) {
      throw problem(
        "SecurityRuleParameterNotSpecified",
        `Required security rule parameters are missing. Security rule ${rule}: ${side}PortRange or ${side}PortRanges must be specified.`,
      );
    }
    for (const text of [address, ...addresses]) {
      if (text === undefined || text === "" || isAddress(text)) continue;
      throw problem(
        "SecurityRuleInvalidAddressPrefix",
        `Security rule ${rule} has invalid Address prefix. Value provided: ${text}`,
      );
    }
    for (const text of [port, ...ports]) {
      if (text === undefined || text === "" || isPortRange(text)) continue;
      throw problem(
        "SecurityRuleInvalidPortRange",
        `Security rule ${rule} has invalid Port range. Value provided: ${text}. Value should be an integer OR integer range with '-' delimiter. Valid range 0-65535.`,
      );
    }
  }
}

/** The values that each property may have, in Azure's own letters. */
const choices = {
  access: ["Allow", "Deny"],
  direction: ["Inbound", "Outbound"],
  protocol: ["*", "Tcp", "Udp", "Icmp", "Esp", "Ah"],
} as const;

function choice(rule: string, properties: JsonObject, property: keyof typeof choices): string {
  const text = asText(properties[property]);
  const found = choices[property].find((known) => known.toLowerCase() === text?.toLowerCase());
  if (found !== undefined) return found;
  throw problem(
    "SecurityRuleParameterNotSpecified",
    `Security rule ${rule} has an invalid ${property}: '${text ?? ""}'. Allowed values: ${choices[property].join(", ")}.`,
  );
}

/** A rule as Azure keeps it: checked, letters corrected, empty lists filled in. */
export function checkedRule(name: string, properties: JsonObject): JsonObject {
  checkName(name);
  const { priority, description } = properties;
  if (
    typeof priority !== "number" ||
    !Number.isInteger(priority) ||
    priority < 100 ||
    priority > 4096
  ) {
    throw problem(
      "SecurityRuleInvalidPriority",
      `Security rule ${name} has invalid Priority. Value provided: ${JSON.stringify(priority ?? null)} Allowed range 100-4096.`,
    );
  }
  if (typeof description === "string" && description.length > 140) {
    throw problem(
      "SecurityRuleDescriptionTooLong",
      `Security rule ${name} has a description of ${description.length} characters; at most 140 are allowed.`,
    );
  }
  checkValues(name, properties);
  return compact({
    ...properties,
    access: choice(name, properties, "access"),
    direction: choice(name, properties, "direction"),
    protocol: choice(name, properties, "protocol"),
    sourceAddressPrefixes: properties.sourceAddressPrefixes ?? [],
    destinationAddressPrefixes: properties.destinationAddressPrefixes ?? [],
    sourcePortRanges: properties.sourcePortRanges ?? [],
    destinationPortRanges: properties.destinationPortRanges ?? [],
    provisioningState: undefined,
  });
}

/** Two rules of one direction may not share a priority. */
export function checkConflicts(rules: readonly { name: string; properties: JsonObject }[]): void {
  rules.forEach((rule, index) => {
    const other = rules
      .slice(0, index)
      .find(
        (before) =>
          before.properties.priority === rule.properties.priority &&
          before.properties.direction === rule.properties.direction,
      );
    if (other === undefined) return;
    throw problem(
      "SecurityRuleConflict",
      `Security rule ${rule.name} conflicts with rule ${other.name}. Rules cannot have the same Priority and Direction.`,
    );
  });
}

/** The subnets that a security group is associated with. */
export function subnetsOf(simulation: Simulation, groupId: string): StoredResource[] {
  return simulation.store.ofType(networkTypes.subnet).filter((subnet) => {
    const group = asText(asObject(asObject(subnet.body.properties).networkSecurityGroup).id);
    return group !== undefined && keyOf(group) === keyOf(groupId);
  });
}

/** A group on AzureBastionSubnet must stay complete (hashicorp/terraform-provider-azurerm#5232). */
export function checkStaysCompliant(
  simulation: Simulation,
  group: StoredResource,
  rules: readonly { name: string; properties: JsonObject }[],
): void {
  if (!subnetsOf(simulation, group.id).some((subnet) => subnet.name === bastionSubnetName)) return;
  checkBastionRules({
    name: group.name,
    body: { properties: { securityRules: rules.map((rule) => ({ ...rule })) } },
  });
}

/** The own rules of a stored group. */
export function rulesOf(
  simulation: Simulation,
  groupId: string,
): { name: string; properties: JsonObject }[] {
  return simulation.store
    .childrenOf(groupId, networkTypes.securityRule)
    .map((rule) => ({ name: rule.name, properties: asObject(rule.body.properties) }));
}

function put(write: Write): { body: JsonObject } {
  const { simulation, parent, id } = write;
  const properties = checkedRule(id.name, asObject(write.body.properties));
  if (parent === undefined)
    throw new AzureRefusal(404, "ParentResourceNotFound", "The group does not exist.");
  const others = rulesOf(simulation, parent.id).filter(
    (rule) => rule.name.toLowerCase() !== id.name.toLowerCase(),
  );
  const all = [...others, { name: id.name, properties }];
  checkConflicts(all);
  checkStaysCompliant(simulation, parent, all);
  return { body: { properties } };
}

function checkDelete({ simulation, resource }: Held): void {
  const group = simulation.store.get(resource.id.replace(/\/securityRules\/[^/]+$/i, ""));
  if (group === undefined) return;
  const rest = rulesOf(simulation, group.id).filter((rule) => rule.name !== resource.name);
  checkStaysCompliant(simulation, group, rest);
}

/** https://learn.microsoft.com/rest/api/virtualnetwork/security-rules */
export const securityRule: ResourceType = {
  type: networkTypes.securityRule,
  apiVersions: networkVersions,
  placement: "resourceGroup",
  located: false,
  longRunning: { put: "securityRulePut", delete: "securityRuleDelete" },
  etag: true,
  holds: (id) => [id.key, id.parent?.key ?? id.key],
  put,
  checkDelete,
};

/** The same, for rules that arrive in their group's list: there the group compares them, all at once. */
export const listedRule: ResourceType = {
  ...securityRule,
  put: ({ id, body }) => ({
    body: { properties: checkedRule(id.name, asObject(body.properties)) },
  }),
  checkDelete: () => undefined,
};
