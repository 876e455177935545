import type { VirtualMachine } from "../../../components/model/estate/estate";
import { inside } from "./addresses";
import { hiddenSeats } from "./exposure";
import { headers } from "./headers";
import { type End, type Ground, listOf, type Seat, unknown } from "./ground";
import { Walk } from "./packet-walk";
import { flag } from "./neighbours";
import { hasPublicAddress, inPool, mayBeOutside, nextHop } from "./ways";
import type { Formula, World } from "./worlds";

/**
 * N6: the machine reaches the Internet on 443. Which addresses the extension's services have, Microsoft alone
 * knows, so it depends on one of all; as it depends on one of several interfaces.
 */
export function extensionGetsOut(ground: Ground, machine: VirtualMachine): Formula {
  const { seats, hidden } = ground.seats(machine);
  const parts = seats.map((seat) => getsOut(ground, seat));
  return { kind: "one", parts: hidden ? [...parts, hiddenSeats(machine)] : parts };
}

function getsOut(ground: Ground, seat: Seat): Formula {
  const owned = [
    ...ground.estate.networks.flatMap(({ ranges }) => listOf(ranges)),
    ...ground.estate.peerings.flatMap(({ remoteRanges }) => remoteRanges ?? []),
  ];
  const packets = headers(ground, ["Tcp"], [443], ground.clientPorts);
  const parts = ground.origins
    .filter(
      ({ address }) => address !== undefined && !owned.some((range) => inside(range, address)),
    )
    .filter((origin) => origin.public)
    .map((origin): Formula => ({
      kind: "packets",
      about: origin.about,
      headers: packets,
      holds: (world, header) => {
        const source = ground.endOf(seat, world);
        const destination = origin.end(world);
        const walk = new Walk(ground, world, seat.subnet);
        return (
          walk.outOf(seat, { ...header, source, destination }) &&
          carried(ground, seat, destination, world)
        );
      },
    }));
  return { kind: "one", parts };
}

function carried(ground: Ground, seat: Seat, to: End, world: World): boolean {
  switch (nextHop(ground, seat.subnet, to, world)) {
    case "VirtualAppliance":
    case "VirtualNetworkGateway":
      return true;
    case "None":
    case "VnetLocal":
      return false;
    default:
      return hasWayOut(ground, seat, world);
  }
}

function hasWayOut(ground: Ground, seat: Seat, world: World): boolean {
  const { subnet, configuration } = seat;
  const { natGateway } = subnet;
  if (natGateway !== undefined) {
    if (!unknown(natGateway) || world.maybe(`NAT gateway of ${subnet.key}`)) return true;
  }
  if (hasPublicAddress(ground, configuration, world)) return true;
  if (hasOutboundRule(ground, seat, world)) return true;
  return (
    flag(subnet.defaultOutbound, `implicit way out of ${subnet.key}`, world) &&
    !inAnyPool(ground, seat, world)
  );
}

function hasOutboundRule(ground: Ground, { configuration }: Seat, world: World): boolean {
  if (mayBeOutside(configuration.backendPools) && world.maybe("a balancer outside lets it out")) {
    return true;
  }
  return ground.estate.loadBalancers
    .flatMap(({ outboundPools }) => outboundPools)
    .some((pool) => inPool(ground, configuration, pool, world));
}

/**
 * Behind a Standard load balancer there is no implicit way out:
 * https://learn.microsoft.com/azure/load-balancer/load-balancer-outbound-connections
 */
function inAnyPool(ground: Ground, { configuration }: Seat, world: World): boolean {
  const { backendPools } = configuration;
  if (!unknown(backendPools)) return backendPools.length > 0;
  return world.maybe(`interface ${ground.placeOf(configuration)} is in a pool`);
}
