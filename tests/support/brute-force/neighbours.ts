import type { Peering, Subnet } from "../../../components/model/estate/estate";
import type { Reference } from "../../../components/model/estate/known";
import { inside, PLATFORM, isPublic } from "./addresses";
import { type End, type Ground, listOf, outside, unknown } from "./ground";
import type { World } from "./worlds";

/** A network that packets can come from: one of the estate, or one that stands outside it. */
export interface Neighbour {
  /** This side's half of the peering. */
  readonly half: Peering;
  /** Key of the network; undefined outside the estate. */
  readonly network: string | undefined;
}

/** Networks whose peering with this one has both halves. */
export function neighbours(ground: Ground, network: string, world: World): readonly Neighbour[] {
  return world.once(`neighbours of ${network}`, () => findNeighbours(ground, network, world));
}

function findNeighbours(ground: Ground, network: string, world: World): Neighbour[] {
  const halves = ground.estate.peerings.map((half) => ({
    half,
    from: end(ground, half.network, `${half.key} stands in`, world),
    to: end(ground, half.remote, `${half.key} leads to`, world),
  }));
  return halves.flatMap(({ half, from, to }) => {
    if (from !== network || to === network) return [];
    const back =
      half.state === "Connected" ||
      (to === undefined
        ? world.maybe(`the other half of ${half.key}`)
        : halves.some((other) => other.from === to && other.to === network));
    return back ? [{ half, network: to }] : [];
  });
}

function end(
  ground: Ground,
  reference: Reference,
  question: string,
  world: World,
): string | undefined {
  const keys = ground.estate.networks.map(({ key }) => key);
  if (typeof reference === "string") return keys.includes(reference) ? reference : undefined;
  if (outside(reference)) return undefined;
  return [undefined, ...keys][world.choose(question, keys.length + 1)];
}

/** A flag, or both ways where it is not known. */
export function flag(value: boolean | object, question: string, world: World): boolean {
  return typeof value === "boolean" ? value : world.maybe(question);
}

export function networkHolds(ground: Ground, key: string, end: End, world: World): boolean {
  const network = ground.estate.networks.find((one) => one.key === key);
  if (network !== undefined && !unknown(network.ranges)) {
    return network.ranges.some((range) => inside(range, end.address));
  }
  if (claimed(ground, end, key)) return false;
  const subnets = ground.estate.subnets.filter((subnet) => subnet.network === key);
  return (
    subnets.some(({ ranges }) => listOf(ranges).some((range) => inside(range, end.address))) ||
    world.maybe(`${key} holds ${end.about}`, end.about)
  );
}

/** Networks of one estate share no address: Azure peers none that do. */
function claimed(ground: Ground, end: End, besides: string | undefined): boolean {
  return ground.estate.networks.some(
    ({ key, ranges }) =>
      key !== besides && listOf(ranges).some((range) => inside(range, end.address)),
  );
}

export function neighbourHolds(
  ground: Ground,
  { half, network }: Neighbour,
  end: End,
  world: World,
): boolean {
  if (network !== undefined) return networkHolds(ground, network, end, world);
  if (half.remoteRanges !== undefined) {
    return half.remoteRanges.some((range) => inside(range, end.address));
  }
  return (
    !claimed(ground, end, undefined) && world.maybe(`beyond ${half.key} is ${end.about}`, end.about)
  );
}

/** A gateway in the network itself, or used through a peering. */
export function besideGateway(ground: Ground, network: string, world: World): boolean {
  return (
    ground.estate.gateways.some((gateway) => {
      const where = gateway.network;
      if (unknown(where)) return world.maybe(`${gateway.key} stands in ${network}`);
      return where === network;
    }) ||
    neighbours(ground, network, world).some(({ half }) =>
      flag(half.remoteGateways, `${half.key} uses the gateway there`, world),
    )
  );
}

/** The tag VirtualNetwork, as the groups of a subnet see it. */
export function virtualNetworkHolds(
  ground: Ground,
  subnet: Subnet,
  end: End,
  world: World,
): boolean {
  if (end.address === PLATFORM) return true;
  const network = ground.networkOf(subnet);
  if (network === undefined) return world.maybe(`${subnet.key} sees ${end.about}`, end.about);
  return (
    networkHolds(ground, network, end, world) ||
    neighbours(ground, network, world).some(
      (neighbour) =>
        flag(neighbour.half.access, `${neighbour.half.key} gives access`, world) &&
        neighbourHolds(ground, neighbour, end, world),
    ) ||
    routesHold(ground, subnet, end, world) ||
    (besideGateway(ground, network, world) &&
      world.maybe(`a gateway leads ${subnet.key} to ${end.about}`, end.about))
  );
}

/** Prefixes of the subnet's own routes are in the tag; whether a default route is, Microsoft leaves open. */
function routesHold(ground: Ground, subnet: Subnet, end: End, world: World): boolean {
  const reference = subnet.routeTable;
  if (reference === undefined) return false;
  const table = ground.estate.routeTables.find(({ key }) => key === reference);
  if (table === undefined || unknown(table.routes)) {
    return world.maybe(`routes of ${subnet.key} name ${end.about}`, end.about);
  }
  return table.routes.some(({ range }, place) => {
    if (range === undefined || unknown(range)) {
      const possible = unknown(range) || isPublic(end.address);
      return (
        possible && world.maybe(`route ${place} of ${table.key} names ${end.about}`, end.about)
      );
    }
    if (range.bits === 0) return world.maybe(`the default route counts for ${subnet.key}`);
    return inside(range, end.address);
  });
}
