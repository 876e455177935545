import type { JsonObject } from "../json";
import { asObject, asObjects, asText, asTexts, at, compact, objectsAt, textAt } from "../json";
import { AzureRefusal } from "../refusal";
import { keyOf } from "../resource-id";
import type { Held, ResourceType, Write } from "../resource-type";
import type { Simulation } from "../simulation";
import type { StoredResource } from "../store";
import { contains, overlap, type AddressPrefix } from "./address-prefix";
import { checkBastionRules } from "./bastion-rules";
import { bastionSubnetName } from "./bastion-subnet";
import { checkedPrefix, checkName } from "./names";
import { referenceTo, referenced } from "./references";
import { rulesOf } from "./security-rules";
import { networkTypes, networkVersions } from "./versions";

/** What uses a subnet: the ip configurations of interfaces, Bastion hosts and load balancers. */
export function usersOf(simulation: Simulation, subnetId: string): string[] {
  const { store } = simulation;
  const wanted = keyOf(subnetId);
  const inside = (configuration: JsonObject): boolean =>
    keyOf(textAt(configuration, "properties.subnet.id") ?? "") === wanted;
  const found = (type: string, property: string): string[] =>
    store.ofType(type).flatMap((resource) =>
      objectsAt(resource.body, `properties.${property}`)
        .filter(inside)
        .map((configuration) => asText(configuration.id) ?? resource.id),
    );
  return [
    ...found(networkTypes.networkInterface, "ipConfigurations"),
    ...found(networkTypes.bastionHost, "ipConfigurations"),
    ...found(networkTypes.loadBalancer, "frontendIPConfigurations"),
  ];
}

function prefixesOf(write: Write): AddressPrefix[] {
  const properties = asObject(write.body.properties);
  const single = asText(properties.addressPrefix);
  const texts = single === undefined ? asTexts(properties.addressPrefixes) : [single];
  if (texts.length === 0) {
    // Code and text from general knowledge, no page found.
    throw new AzureRefusal(
      400,
      "InvalidRequestFormat",
      `Subnet ${write.id.text} has neither addressPrefix nor addressPrefixes.`,
    );
  }
  return texts.map((text) => checkedPrefix(text, write.id.text));
}

/** Sources of both codes and texts: MicrosoftDocs/azure-docs#123869. */
function checkRange(
  write: Write,
  prefixes: readonly AddressPrefix[],
  network: StoredResource,
): void {
  const { name } = write.id;
  const spaces = asTexts(at(network.body, "properties.addressSpace.addressPrefixes")).map((text) =>
    checkedPrefix(text, network.id),
  );
  for (const prefix of prefixes) {
    if (!spaces.some((space) => contains(space, prefix))) {
      throw new AzureRefusal(
        400,
        "NetcfgSubnetRangeOutsideVnet",
        `Subnet '${name}' is not valid because its IP address range is outside the IP address range of virtual network '${network.name}'.`,
      );
    }
    // https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq: /29 is the smallest for IPv4
    if (prefix.kind === "ipv4" && prefix.bits > 29) {
      throw new AzureRefusal(
        400,
        "NetcfgInvalidSubnet",
        `Subnet '${name}' is not valid in virtual network '${network.name}': ${prefix.text} is smaller than /29.`,
      );
    }
  }
  for (const other of write.simulation.store.childrenOf(network.id, networkTypes.subnet)) {
    if (keyOf(other.id) === write.id.key) continue;
    const taken = storedPrefixes(other);
    if (!taken.some((range) => prefixes.some((prefix) => overlap(range, prefix)))) continue;
    throw new AzureRefusal(
      400,
      "NetcfgSubnetRangesOverlap",
      `Subnet '${name}' is not valid because its IP address range overlaps with that of an existing subnet in virtual network '${network.name}'.`,
    );
  }
}

/** The address prefixes of a stored subnet. */
export function storedPrefixes(resource: StoredResource): AddressPrefix[] {
  const single = textAt(resource.body, "properties.addressPrefix");
  const texts =
    single === undefined ? asTexts(at(resource.body, "properties.addressPrefixes")) : [single];
  return texts.map((text) => checkedPrefix(text, resource.id));
}

/** A range in use does not move: InUsePrefixCannotBeDeleted, text from general knowledge, no page found. */
function checkRangeStays(write: Write, prefixes: readonly AddressPrefix[]): void {
  const { existing, simulation } = write;
  if (existing === undefined) return;
  const before = storedPrefixes(existing).map((prefix) => prefix.text);
  const kept = before.every((text) => prefixes.some((prefix) => prefix.text === text));
  const [user] = kept ? [] : usersOf(simulation, existing.id);
  if (user === undefined) return;
  throw new AzureRefusal(
    400,
    "InUsePrefixCannotBeDeleted",
    `IpPrefix ${before.join(", ")} on Subnet ${existing.name} has active allocations and cannot be deleted. It is in use by ${user}.`,
  );
}

/**
 * What Azure Bastion asks of its subnet when somebody writes it.
 * Sources: blog.cloudtrooper.net 2022-09-17 (code and text for the route table);
 * https://learn.microsoft.com/azure/bastion/bastion-nsg for the rules.
 */
function checkBastionSubnet(
  write: Write,
  group: StoredResource | undefined,
  table: StoredResource | undefined,
): void {
  if (write.id.name !== bastionSubnetName) return;
  if (table !== undefined) {
    throw new AzureRefusal(
      400,
      "RouteTableCannotBeAttachedForAzureBastionSubnet",
      `Route Table ${table.name} cannot be attached to Azure Bastion Subnet ${bastionSubnetName}.`,
    );
  }
  if (group === undefined) return;
  const securityRules = rulesOf(write.simulation, group.id);
  checkBastionRules({
    name: group.name,
    body: { properties: { securityRules: securityRules.map((rule) => ({ ...rule })) } },
  });
}

function delegationsOf(write: Write): JsonObject[] {
  return asObjects(asObject(write.body.properties).delegations).map((delegation) => {
    const name = asText(delegation.name) ?? "";
    return {
      ...delegation,
      id: `${write.id.text}/delegations/${name}`,
      name,
      type: "Microsoft.Network/virtualNetworks/subnets/delegations",
      properties: { ...asObject(delegation.properties), provisioningState: "Succeeded" },
    };
  });
}

function put(write: Write): { body: JsonObject } {
  const { body, parent, existing } = write;
  checkName(write.id.name);
  if (parent === undefined)
    throw new AzureRefusal(404, "ParentResourceNotFound", "The network does not exist.");
  const properties = asObject(body.properties);
  const prefixes = prefixesOf(write);
  checkRange(write, prefixes, parent);
  checkRangeStays(write, prefixes);
  const group = referenced(
    write,
    body,
    "properties.networkSecurityGroup",
    networkTypes.securityGroup,
  );
  const table = referenced(write, body, "properties.routeTable", networkTypes.routeTable);
  const gateway = referenced(write, body, "properties.natGateway", networkTypes.natGateway);
  checkBastionSubnet(write, group, table);
  const single = asText(properties.addressPrefix);
  // Settable only when the subnet is made: description of defaultOutboundAccess in the 2024-05-01 API.
  const outbound =
    existing === undefined ? properties.defaultOutboundAccess : outboundOf(existing, properties);
  return {
    body: {
      properties: compact({
        ...properties,
        addressPrefix: single,
        addressPrefixes: single === undefined ? properties.addressPrefixes : undefined,
        networkSecurityGroup: referenceTo(group),
        routeTable: referenceTo(table),
        natGateway: referenceTo(gateway),
        defaultOutboundAccess: outbound,
        delegations: delegationsOf(write),
        privateEndpointNetworkPolicies: properties.privateEndpointNetworkPolicies ?? "Disabled",
        privateLinkServiceNetworkPolicies:
          properties.privateLinkServiceNetworkPolicies ?? "Enabled",
        ipConfigurations: undefined,
        provisioningState: undefined,
      }),
    },
  };
}

function outboundOf(existing: StoredResource, properties: JsonObject): boolean | undefined {
  const before = at(existing.body, "properties.defaultOutboundAccess");
  const asked = properties.defaultOutboundAccess;
  return typeof asked === "boolean" ? asked : typeof before === "boolean" ? before : undefined;
}

/** Code and text: kubernetes-sigs/cluster-api-provider-azure#172 and microsoft/nav-arm-templates#161. */
export function checkSubnetDelete({ simulation, resource }: Held): void {
  const users = usersOf(simulation, resource.id);
  if (users.length === 0) return;
  throw new AzureRefusal(
    400,
    "InUseSubnetCannotBeDeleted",
    `Subnet ${resource.name} is in use by ${users.join(" and ")} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.`,
  );
}

/** https://learn.microsoft.com/rest/api/virtualnetwork/subnets */
export const subnet: ResourceType = {
  type: networkTypes.subnet,
  apiVersions: networkVersions,
  placement: "resourceGroup",
  located: false,
  longRunning: { put: "subnetPut", delete: "subnetDelete" },
  etag: true,
  // Writes to one network go one after the other: pulumi/pulumi-azure-native#903.
  holds: (id) => [id.key, id.parent?.key ?? id.key],
  put,
  checkDelete: checkSubnetDelete,
  read({ simulation, resource }) {
    const users = usersOf(simulation, resource.id);
    if (users.length === 0) return resource.body;
    return {
      ...resource.body,
      properties: {
        ...asObject(resource.body.properties),
        ipConfigurations: users.map((id) => ({ id })),
      },
    };
  },
};
