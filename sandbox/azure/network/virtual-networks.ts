import { guidOf } from "../guid";
import type { JsonObject } from "../json";
import { asObject, asTexts, at, compact, textAt } from "../json";
import { AzureRefusal } from "../refusal";
import type { ResourceType, Write } from "../resource-type";
import { contains, overlap, type AddressPrefix } from "./address-prefix";
import { checkInline, renderInline, writeInline, type InlineList } from "./inline-children";
import { checkedPrefix, checkName } from "./names";
import { checkPeeredSpaces, peering } from "./peerings";
import { checkSubnetDelete, subnet } from "./subnets";
import { networkTypes, networkVersions } from "./versions";

function spacesOf(body: JsonObject, id: string): AddressPrefix[] {
  const prefixes = asTexts(at(body, "properties.addressSpace.addressPrefixes"));
  if (prefixes.length === 0) {
    // Code and text from general knowledge, no page found.
    throw new AzureRefusal(
      400,
      "AddressSpaceCannotBeEmpty",
      `Virtual network ${id} has no address space; properties.addressSpace.addressPrefixes holds one prefix at least.`,
    );
  }
  const spaces = prefixes.map((prefix) => checkedPrefix(prefix, id));
  spaces.forEach((space, index) => {
    const other = spaces.slice(0, index).find((before) => overlap(before, space));
    if (other === undefined) return;
    // Code and text from general knowledge, no page found.
    throw new AzureRefusal(
      400,
      "AddressPrefixOverlap",
      `Address prefixes ${other.text} and ${space.text} of virtual network ${id} overlap.`,
    );
  });
  return spaces;
}

/** A smaller space must still hold every subnet. */
function checkSubnetsStay(write: Write, spaces: readonly AddressPrefix[]): void {
  if (write.existing === undefined || "subnets" in asObject(write.body.properties)) return;
  for (const held of write.simulation.store.childrenOf(write.existing.id, networkTypes.subnet)) {
    const text = textAt(held.body, "properties.addressPrefix") ?? "";
    const prefix = checkedPrefix(text, held.id);
    if (spaces.some((space) => contains(space, prefix))) continue;
    throw new AzureRefusal(
      400,
      "NetcfgSubnetRangeOutsideVnet",
      `Subnet '${held.name}' is not valid because its IP address range is outside the IP address range of virtual network '${write.id.name}'.`,
    );
  }
}

function put(write: Write): { body: JsonObject } {
  const { body, id, existing } = write;
  checkName(id.name);
  const properties = asObject(body.properties);
  const spaces = spacesOf(body, id.text);
  checkSubnetsStay(write, spaces);
  if (existing !== undefined) checkPeeredSpaces(write.simulation, existing.id, spaces);
  if (existing !== undefined) {
    checkInline({ simulation: write.simulation, resource: existing }, body, subnets);
  }
  return {
    body: compact({
      location: body.location,
      extendedLocation: body.extendedLocation,
      tags: body.tags,
      properties: compact({
        ...properties,
        resourceGuid: guidOf(`resourceGuid/${id.key}`),
        addressSpace: properties.addressSpace,
        dhcpOptions: properties.dhcpOptions,
        enableDdosProtection: properties.enableDdosProtection ?? false,
        enableVmProtection: properties.enableVmProtection === true ? true : undefined,
        privateEndpointVNetPolicies: properties.privateEndpointVNetPolicies ?? "Disabled",
        subnets: undefined,
        virtualNetworkPeerings: undefined,
      }),
    }),
  };
}

const subnets: InlineList = { property: "subnets", type: subnet };
const peerings: InlineList = { property: "virtualNetworkPeerings", type: peering };

/** https://learn.microsoft.com/rest/api/virtualnetwork/virtual-networks */
export const virtualNetwork: ResourceType = {
  type: networkTypes.virtualNetwork,
  apiVersions: networkVersions,
  placement: "resourceGroup",
  located: true,
  longRunning: { put: "virtualNetworkPut", delete: "virtualNetworkDelete" },
  etag: true,
  put,
  written(held, request) {
    writeInline(held, request, subnets);
    writeInline(held, request, peerings);
  },
  checkDelete({ simulation, resource }) {
    for (const child of simulation.store.childrenOf(resource.id, networkTypes.subnet)) {
      checkSubnetDelete({ simulation, resource: child });
    }
  },
  read(held) {
    const { body } = held.resource;
    return {
      ...body,
      properties: {
        ...asObject(body.properties),
        subnets: renderInline(held, subnets),
        virtualNetworkPeerings: renderInline(held, peerings),
      },
    };
  },
};
