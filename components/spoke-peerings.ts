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
  /**
   * Ranges of the hub's network, as an output of it: a range that changes in place is made known to the
   * spoke. @default nothing is made known; Azure then asks for a sync by hand
   */
  addressPrefixes?: pulumi.Input<string[]>;
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
  const options = {
    parent,
    // Azure changes no peering's other end, and makes no half while the other is "Disconnected"
    // (RemotePeeringIsDisconnected): with a replaced network both halves go and come. The whole property
    // is named, because that is what the engine takes for unknown when it looks for dependents.
    // https://learn.microsoft.com/troubleshoot/azure/virtual-network/virtual-network-troubleshoot-peering-issues
    replaceOnChanges: ["remoteVirtualNetwork"],
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
      // Written again when it changes, which brings the hub's new range over.
      remoteAddressSpace:
        hub.addressPrefixes === undefined ? undefined : { addressPrefixes: hub.addressPrefixes },
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
