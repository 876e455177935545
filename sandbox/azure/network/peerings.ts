import { guidOf } from "../guid";
import type { JsonObject } from "../json";
import { asObject, canonical, compact, textAt } from "../json";
import { holdersOf } from "../operations";
import { AzureRefusal } from "../refusal";
import { keyOf } from "../resource-id";
import type { Held, ResourceType, Write } from "../resource-type";
import type { Simulation } from "../simulation";
import type { StoredResource } from "../store";
import type { AddressPrefix } from "./address-prefix";
import { checkName } from "./names";
import { referenced } from "./references";
import { networkSpaces, overlapping } from "./spaces";
import { networkTypes, networkVersions } from "./versions";

// States: https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering, "Initiated" until the other
// half exists, then both "Connected"; "Disconnected" when the other half is deleted.

const remotePath = "properties.remoteVirtualNetwork.id";

function remoteOf(resource: StoredResource): string {
  return textAt(resource.body, remotePath) ?? "";
}

/** The other half of a peering: the remote network's peering back to this one. */
function otherHalf(
  simulation: Simulation,
  localNetwork: string,
  remoteNetwork: string,
): StoredResource | undefined {
  return simulation.store
    .childrenOf(remoteNetwork, networkTypes.peering)
    .find((half) => keyOf(remoteOf(half)) === keyOf(localNetwork));
}

/** The networks that a network is peered with, the named one left out. */
function peersOf(simulation: Simulation, network: string, except: string): StoredResource[] {
  return simulation.store
    .childrenOf(network, networkTypes.peering)
    .map(remoteOf)
    .filter((remote) => keyOf(remote) !== keyOf(except))
    .flatMap((remote) => simulation.store.get(remote) ?? []);
}

/**
 * Peered spaces may not overlap, neither the two networks' own nor one network's with another peer of the other.
 * Codes and texts: Azure/ResourceModules#731 and microsoft/AzureTRE#4641 for an existing peer; the pair itself as
 * printed by `az network vnet peering create` in public walk-throughs of subnet peering.
 */
function checkSpaces(write: Write, local: StoredResource, remote: StoredResource): void {
  const { simulation, id } = write;
  const start = `Cannot create or update peering ${id.text}. Virtual networks ${local.id} and ${remote.id} cannot be peered because`;
  const shared = overlapping(networkSpaces(local), networkSpaces(remote));
  if (shared.length > 0) {
    throw new AzureRefusal(
      400,
      "VnetAddressSpacesOverlap",
      `${start} their address spaces overlap. Overlapping address prefixes: ${shared.join(", ")}`,
    );
  }
  const pairs: readonly (readonly [StoredResource, StoredResource, string, string])[] = [
    [local, remote, "first", "second"],
    [remote, local, "second", "first"],
  ];
  for (const [one, other, position, otherPosition] of pairs) {
    for (const peer of peersOf(simulation, other.id, one.id)) {
      const taken = overlapping(networkSpaces(one), networkSpaces(peer));
      if (taken.length === 0) continue;
      throw new AzureRefusal(
        400,
        "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet",
        `${start} address space of the ${position} virtual network overlaps with address space of virtual network ${peer.id} already peered with the ${otherPosition} virtual network. Overlapping address prefixes: ${taken.join(", ")}. For more information please refer to https://aka.ms/VnetPeeringInfo`,
      );
    }
  }
}

/** Refuses a new address space of a network that would overlap one of its peers. */
export function checkPeeredSpaces(
  simulation: Simulation,
  network: string,
  spaces: readonly AddressPrefix[],
): void {
  for (const peer of peersOf(simulation, network, "")) {
    const shared = overlapping(spaces, networkSpaces(peer));
    if (shared.length === 0) continue;
    throw new AzureRefusal(
      400,
      "VnetAddressSpacesOverlap",
      `Cannot update virtual network ${network}: its address space overlaps with that of the peered virtual network ${peer.id}. Overlapping address prefixes: ${shared.join(", ")}`,
    );
  }
}

/**
 * The remote network must not be in the middle of a change. Code and text: hashicorp/terraform-provider-azurerm#30197;
 * status 400 for peerings: pulumi/pulumi-azure-native#4340.
 */
function checkProvisioned(write: Write, remote: StoredResource): void {
  const [holder] = holdersOf(write.simulation, [remote.id]);
  if (holder === undefined) return;
  throw new AzureRefusal(
    400,
    "ReferencedResourceNotProvisioned",
    `Cannot proceed with operation because resource ${remote.id} used by resource ${write.id.text} is not in Succeeded state. Resource is in Updating state and the last operation that updated/is updating the resource is on ${holder.resource}.`,
  );
}

function put(write: Write): { body: JsonObject } {
  const { body, id, parent, existing, simulation } = write;
  checkName(id.name);
  const properties = asObject(body.properties);
  if (parent === undefined)
    throw new AzureRefusal(404, "ParentResourceNotFound", "The network does not exist.");
  const remote = referenced(
    write,
    body,
    "properties.remoteVirtualNetwork",
    networkTypes.virtualNetwork,
    "any",
  );
  if (remote === undefined) {
    throw new AzureRefusal(
      400,
      "InvalidRequestFormat",
      `Peering ${id.text} has no properties.remoteVirtualNetwork.id.`,
    );
  }
  checkProvisioned(write, remote);
  const before = existing === undefined ? undefined : remoteOf(existing);
  if (before !== undefined && keyOf(before) !== keyOf(remote.id)) {
    // Code and text from general knowledge, no page found.
    throw new AzureRefusal(
      400,
      "ChangingRemoteVirtualNetworkNotAllowed",
      `Peering ${id.text} refers to ${before}; its remote virtual network cannot be changed.`,
    );
  }
  const duplicate = simulation.store
    .childrenOf(parent.id, networkTypes.peering)
    .find((other) => keyOf(other.id) !== id.key && keyOf(remoteOf(other)) === keyOf(remote.id));
  if (duplicate !== undefined) {
    // Code and text from general knowledge, no page found.
    throw new AzureRefusal(
      400,
      "AnotherPeeringAlreadyReferencesRemoteVnet",
      `Peering ${id.text} cannot have remote virtual network ${remote.id}: peering ${duplicate.id} of the same network already has.`,
    );
  }
  checkSpaces(write, parent, remote);
  const other = otherHalf(simulation, parent.id, remote.id);
  if (other !== undefined && textAt(other.body, "properties.peeringState") === "Disconnected") {
    // https://learn.microsoft.com/troubleshoot/azure/virtual-network/virtual-network-troubleshoot-peering-issues
    throw new AzureRefusal(
      400,
      "RemotePeeringIsDisconnected",
      `Cannot create or update peering ${id.text} because remote peering ${other.id} referencing parent virtual network ${parent.id} is in Disconnected state. Update or re-create the remote peering to get it back to Initiated state. Peering gets Disconnected when remote vnet or remote peering is deleted and re-created.`,
    );
  }
  const space = asObject(asObject(remote.body.properties).addressSpace);
  return {
    body: {
      properties: compact({
        ...properties,
        resourceGuid: guidOf(`resourceGuid/${id.key}`),
        peeringState: other === undefined ? "Initiated" : "Connected",
        peeringSyncLevel: other === undefined ? "RemoteNotInSync" : "FullyInSync",
        remoteVirtualNetwork: { id: remote.id },
        allowVirtualNetworkAccess: properties.allowVirtualNetworkAccess ?? true,
        allowForwardedTraffic: properties.allowForwardedTraffic ?? false,
        allowGatewayTransit: properties.allowGatewayTransit ?? false,
        useRemoteGateways: properties.useRemoteGateways ?? false,
        doNotVerifyRemoteGateways: properties.doNotVerifyRemoteGateways ?? false,
        peerCompleteVnets: properties.peerCompleteVnets ?? true,
        remoteAddressSpace: space,
        remoteVirtualNetworkAddressSpace: space,
        provisioningState: undefined,
      }),
    },
  };
}

function setState(
  simulation: Simulation,
  half: StoredResource,
  state: string,
  level: string,
): void {
  const properties = {
    ...asObject(half.body.properties),
    peeringState: state,
    peeringSyncLevel: level,
  };
  simulation.store.put({ ...half, body: { ...half.body, properties } });
}

function networkOf(half: StoredResource): string {
  return half.id.replace(/\/virtualNetworkPeerings\/[^/]+$/i, "");
}

function written({ simulation, resource }: Held): void {
  const other = otherHalf(simulation, networkOf(resource), remoteOf(resource));
  if (other !== undefined) setState(simulation, other, "Connected", "FullyInSync");
}

function deleted({ simulation, resource }: Held): void {
  const other = otherHalf(simulation, networkOf(resource), remoteOf(resource));
  if (other !== undefined) setState(simulation, other, "Disconnected", "FullyInSync");
}

/** Whether the remote network's space is still the one that this half knows. */
function syncLevel({ simulation, resource }: Held): string | undefined {
  const remote = simulation.store.get(remoteOf(resource));
  const connected = textAt(resource.body, "properties.peeringState") === "Connected";
  if (remote === undefined || !connected) return undefined;
  const known = asObject(asObject(resource.body.properties).remoteAddressSpace);
  const present = asObject(asObject(remote.body.properties).addressSpace);
  return canonical(known) === canonical(present) ? undefined : "RemoteNotInSync";
}

/** https://learn.microsoft.com/rest/api/virtualnetwork/virtual-network-peerings */
export const peering: ResourceType = {
  type: networkTypes.peering,
  apiVersions: networkVersions,
  placement: "resourceGroup",
  located: false,
  longRunning: { put: "peeringPut", delete: "peeringDelete" },
  etag: true,
  holds: (id) => [id.key, id.parent?.key ?? id.key],
  put,
  written,
  deleted,
  read(held) {
    const { body } = held.resource;
    const level = syncLevel(held);
    const properties = asObject(body.properties);
    const remote = held.simulation.store.get(remoteOf(held.resource));
    const space =
      remote === undefined ? undefined : asObject(asObject(remote.body.properties).addressSpace);
    if (level === undefined) return body;
    return {
      ...body,
      properties: {
        ...properties,
        peeringSyncLevel: level,
        remoteVirtualNetworkAddressSpace: space,
      },
    };
  },
};
