import type { Subnet } from "../estate/estate";
import { isInside, isKnown, type Reference, Unknown } from "../estate/known";
import { type Bounds, either, possibly, surely } from "../packets/address-cells";
import { intersect } from "../packets/interval-set";
import { isBastionSubnet, mayBeBastionSubnet, type Topology } from "./topology";

/** Addresses of the Bastion hosts that surely can reach a network: of its own Bastion subnet and of its peers'. */
export function bastionAddresses(topology: Topology, network: Reference): Bounds {
  const found = topology.bastionSubnets(network).map(({ subnet, connected }) => {
    const bounds = connected === "no" ? surely([]) : boundsOf(topology, subnet);
    return connected === "yes" ? bounds : possibly(bounds.may);
  });
  // A peer that is not in the graph may hold a Bastion host, anywhere in it; one that is not known may be any.
  const peers = topology.peers(network).filter(({ connected }) => connected !== "no");
  const hidden = peers
    .filter(({ remote }) => !isKnown(topology.network(remote)))
    .map(({ ranges }) => possibly(intersect(ranges.may, topology.unclaimed)));
  const any = peers.some(({ remote }) => remote instanceof Unknown)
    ? topology.estate.subnets
        .filter(mayBeBastionSubnet)
        .map((subnet) => possibly(boundsOf(topology, subnet).may))
    : [];
  return either(...found, ...hidden, ...any);
}

/** Addresses of Bastion in one network. */
export function bastionAddressesIn(topology: Topology, network: Reference): Bounds {
  return either(
    ...topology.estate.subnets
      .filter(
        (subnet) =>
          (subnet.network === network || subnet.network instanceof Unknown) &&
          mayBeBastionSubnet(subnet),
      )
      .map((subnet) => boundsOf(topology, subnet)),
  );
}

function boundsOf(topology: Topology, subnet: Subnet): Bounds {
  const bounds = topology.subnetRanges(subnet);
  return isBastionSubnet(subnet) && isInside(subnet.network) ? bounds : possibly(bounds.may);
}
