import * as network from "@pulumi/azure-native/network";
import type * as pulumi from "@pulumi/pulumi";
import type { Egress } from "./model/egress";
import { resourceName } from "./model/resource-names";

/** Where the way out is put. */
export interface EgressPlace {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly location: string;
  readonly baseName: string;
  readonly tags: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
}

/** Makes what a spoke's way out takes; the subnet refers to it. */
export function spokeEgress(
  name: string,
  egress: Egress,
  { resourceGroupName, location, baseName, tags }: EgressPlace,
  parent: pulumi.ComponentResource,
): { natGateway?: network.NatGateway; routeTable?: network.RouteTable } {
  switch (egress.kind) {
    case "none":
      return {};
    case "nextHop":
      return {
        routeTable: new network.RouteTable(
          `${name}-routes`,
          {
            resourceGroupName,
            routeTableName: resourceName("routeTable", baseName),
            location,
            routes: [
              {
                name: "everything",
                addressPrefix: "0.0.0.0/0",
                nextHopType: "VirtualAppliance",
                nextHopIpAddress: egress.address,
              },
            ],
            tags,
          },
          { parent },
        ),
      };
    case "natGateway": {
      const zones = egress.zone === undefined ? undefined : [egress.zone];
      // Azure moves neither to another zone, and deletes no gateway that a subnet uses
      // (InUseNatGatewayCannotBeDeleted). Under names of their own new ones stand beside the old until the
      // subnet has changed over.
      const names = egress.zone === undefined ? [baseName] : [baseName, `z${egress.zone}`];
      const movesOver = { parent, replaceOnChanges: ["zones"], deleteBeforeReplace: false };
      const address = new network.PublicIPAddress(
        `${name}-nat-address`,
        {
          resourceGroupName,
          publicIpAddressName: resourceName("publicAddress", ...names, "nat"),
          location,
          sku: { name: "Standard", tier: "Regional" },
          publicIPAllocationMethod: "Static",
          publicIPAddressVersion: "IPv4",
          zones,
          tags,
        },
        {
          ...movesOver,
          // Azure writes the gateway that took the address here; a refresh would see a change of ours.
          ignoreChanges: ["natGateway"],
        },
      );
      const natGateway = new network.NatGateway(
        `${name}-nat`,
        {
          resourceGroupName,
          natGatewayName: resourceName("natGateway", ...names),
          location,
          sku: { name: "Standard" },
          publicIpAddresses: [{ id: address.id }],
          zones,
          tags,
        },
        movesOver,
      );
      return { natGateway };
    }
  }
}
