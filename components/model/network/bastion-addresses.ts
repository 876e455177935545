import { isKnown, type Reference } from "../estate/known";
import { type Bounds, EVERY_ADDRESS, possibly } from "../packets/address-cells";
import { NOTHING, union } from "../packets/interval-set";
import { isBastionSubnet, rangeBounds, type Topology } from "./topology";

/** Addresses of the Bastion hosts that can reach a network: of its own Bastion subnet and of its peers'. */
export function bastionAddresses(topology: Topology, network: Reference): Bounds {
  const subnets = topology.bastionSubnets(network);
  const ranges = subnets.map(({ subnet }) => {
    const bounds = rangeBounds(subnet.ranges);
    return isBastionSubnet(subnet) ? bounds : possibly(bounds.may);
  });
  // A peer that is not in the graph may hold a Bastion host, anywhere in it.
  const hidden = topology
    .peers(network)
    .some(({ remote, connected }) => connected !== "no" && !isKnown(topology.network(remote)));
  return {
    must: union(NOTHING, ...ranges.map(({ must }) => must)),
    may: hidden ? EVERY_ADDRESS : union(NOTHING, ...ranges.map(({ may }) => may)),
  };
}
