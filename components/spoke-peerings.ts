import * as network from "@pulumi/azure-native/network";
import type * as pulumi from "@pulumi/pulumi";
import { resourceName } from "./model/resource-names";

/** The hub as a spoke sees it. */
export interface HubPeer {
  /** Resource id of the hub's network. */
  virtualNetworkId: pulumi.Input<string>;
  /** Name of the hub's network, as an output of it: a replaced network takes the peering with it. */
  virtualNetworkName: pulumi.Input<string>;
  /** Resource group of the hub's network. */
  resourceGroupName: pulumi.Input<string>;
}

interface Ends {
  readonly hub: HubPeer;
  readonly spoke: {
    readonly resourceGroupName: pulumi.Output<string>;
    readonly virtualNetwork: network.VirtualNetwork;
    readonly baseName: string;
  };
  readonly forwarded: boolean;
  readonly after: readonly pulumi.Resource[];
}

/**
 * Both halves of a peering in one unit: one half alone stays "Initiated" and carries nothing. One after
 * the other, and after the subnets, because Azure takes one write to a network at a time
 * (github.com/pulumi/pulumi-azure-native/issues/4340).
 */
export function spokePeerings(
  name: string,
  { hub, spoke, forwarded, after }: Ends,
  parent: pulumi.ComponentResource,
): { spokeToHub: network.VirtualNetworkPeering; hubToSpoke: network.VirtualNetworkPeering } {
  const closed = {
    allowVirtualNetworkAccess: true,
    allowGatewayTransit: false,
    useRemoteGateways: false,
    // Brings the other side's changed address space over; without it Azure asks for a sync by hand.
    syncRemoteAddressSpace: "true",
  };
  // Neither field can be changed on a peering, and the provider does not know: said here.
  const options = {
    parent,
    replaceOnChanges: ["remoteVirtualNetwork.id"],
    deleteBeforeReplace: true,
    // Azure's to say: the first half becomes "Connected" when the second is there, and a refresh would
    // take that for a change of ours.
    ignoreChanges: ["peeringState", "peeringSyncLevel"],
  };
  const spokeToHub = new network.VirtualNetworkPeering(
    `${name}-to-hub`,
    {
      resourceGroupName: spoke.resourceGroupName,
      virtualNetworkName: spoke.virtualNetwork.name,
      virtualNetworkPeeringName: resourceName("peering", "to-hub"),
      remoteVirtualNetwork: { id: hub.virtualNetworkId },
      allowForwardedTraffic: forwarded,
      ...closed,
    },
    { ...options, dependsOn: [...after] },
  );
  const hubToSpoke = new network.VirtualNetworkPeering(
    `${name}-from-hub`,
    {
      resourceGroupName: hub.resourceGroupName,
      virtualNetworkName: hub.virtualNetworkName,
      virtualNetworkPeeringName: resourceName("peering", "to", spoke.baseName),
      remoteVirtualNetwork: { id: spoke.virtualNetwork.id },
      allowForwardedTraffic: false,
      ...closed,
    },
    { ...options, dependsOn: [spokeToHub] },
  );
  return { spokeToHub, hubToSpoke };
}
