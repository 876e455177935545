import type { AddressRange } from "../address-range";
import type { Route, Subnet } from "../estate/estate";
import { isKnown, Unknown } from "../estate/known";
import { EVERYWHERE } from "../estate/rule-syntax";
import { PUBLIC } from "../packets/address-cells";
import { intersect, intervals, type IntervalSet, subtract, union } from "../packets/interval-set";
import type { Peer } from "./peers";
import type { Topology } from "./topology";

/** Where packets to some addresses go from a subnet. */
export interface Way {
  readonly to: IntervalSet;
  readonly hop:
    "network" | "peering" | "internet" | "appliance" | "gateway" | "nowhere" | "unknown";
  /** The user's route that says so. */
  readonly route?: Route;
  /** Why it is not known. */
  readonly why?: string;
  /** Only possible: a route of which it is not known what it takes. */
  readonly perhaps?: boolean;
}

const HOPS = {
  VirtualAppliance: "appliance",
  VirtualNetworkGateway: "gateway",
  VnetLocal: "network",
  Internet: "internet",
  None: "nowhere",
} as const;

interface Candidate {
  readonly range: AddressRange;
  readonly user: boolean;
  readonly way: Omit<Way, "to">;
}

/**
 * Splits addresses by where a subnet's routes send them: the longest prefix wins, and at the same length a
 * user's route before Azure's own. Routes that are learnt by BGP are not in the graph.
 * Source: https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#how-azure-selects-a-route
 */
export function waysOf(topology: Topology, subnet: Subnet, destinations: IntervalSet): Way[] {
  const table = topology.routeTable(subnet.routeTable);
  const user = table === undefined ? [] : isKnown(table) ? table.routes : table;
  if (user instanceof Unknown) return [{ to: destinations, hop: "unknown", why: user.why }];
  const candidates = [...user.flatMap(userRoute), ...systemRoutes(topology, subnet)].toSorted(
    (one, other) => other.range.bits - one.range.bits || Number(other.user) - Number(one.user),
  );
  // No prefix is longer than that of a single address.
  const pinned = intervals(
    user.flatMap(({ range }) =>
      range !== undefined && isKnown(range) && range.bits === 32 ? [range] : [],
    ),
  );
  const doubt = subtract(doubtful(topology, subnet, user), pinned);
  const unsure = subtract(intersect(destinations, doubt), PUBLIC);
  const why = "whether a peer has the address, or by which prefix, is not in the graph";
  const ways: Way[] = unsure.length === 0 ? [] : [{ to: unsure, hop: "unknown", why }];
  let open = subtract(destinations, unsure);
  for (const { range, way } of candidates) {
    const to = intersect(open, [range]);
    if (to.length === 0) continue;
    open = subtract(open, to);
    // Azure drops what is not public where only its own default route would carry it.
    const lost = way.route === undefined && way.hop === "internet" ? subtract(to, PUBLIC) : [];
    if (lost.length > 0) ways.push({ to: lost, hop: "nowhere" });
    const sent = subtract(to, lost);
    if (sent.length === 0) continue;
    if (way.route?.nextHop === "VnetLocal") ways.push(...local(way.route, sent, topology, subnet));
    else ways.push({ to: sent, ...way });
  }
  // Public addresses that a network might have for itself leave as if no route named them.
  const away = intersect(intersect(destinations, doubt), PUBLIC);
  if (away.length > 0) ways.push({ to: away, hop: "internet", perhaps: true });
  for (const route of user) {
    // Which addresses it takes is not known here, or, for a service tag, known to Azure alone.
    const to =
      route.range === undefined
        ? intersect(destinations, PUBLIC)
        : isKnown(route.range)
          ? []
          : subtract(destinations, pinned);
    if (to.length === 0) continue;
    const taken =
      route.nextHop === "VnetLocal"
        ? local(route, to, topology, subnet)
        : [{ ...wayOf(route), to }];
    ways.push(...taken.map((way) => ({ ...way, perhaps: true })));
  }
  return ways;
}

/** VnetLocal keeps packets in the own network; whether it reaches a peer, Microsoft's page does not say. */
function local(route: Route, to: IntervalSet, topology: Topology, subnet: Subnet): Way[] {
  const own = topology.ranges(subnet.network).must;
  const peers = union(
    ...topology
      .peers(subnet.network)
      .flatMap(({ ranges: { must, may } }) => [must, subtract(may, PUBLIC)]),
  );
  const away = subtract(to, own);
  const why = `whether route ${route.name} leads out of its own network is not known`;
  const parts: Way[] = [
    { to: intersect(to, own), hop: "network", route },
    { to: intersect(away, peers), hop: "unknown", route, why },
    { to: subtract(away, peers), hop: "nowhere", route },
  ];
  return parts.filter((part) => part.to.length > 0);
}

function userRoute(route: Route): Candidate[] {
  const { range } = route;
  return range === undefined || !isKnown(range) ? [] : [{ range, user: true, way: wayOf(route) }];
}

function wayOf(route: Route): Omit<Way, "to"> {
  const { nextHop, name } = route;
  return isKnown(nextHop)
    ? { hop: HOPS[nextHop], route }
    : { hop: "unknown", route, why: `the next hop of route ${name} is not known` };
}

/** What Azure routes by itself: own ranges stay, a peer's go over the peering, the rest to the Internet. */
function systemRoutes(topology: Topology, subnet: Subnet): Candidate[] {
  const system = (ranges: readonly AddressRange[], hop: "network" | "peering"): Candidate[] =>
    ranges.map((range) => ({ range, user: false, way: { hop } }));
  return [
    ...system(topology.prefixes(subnet.network).ranges, "network"),
    ...connectedPeers(topology, subnet).flatMap(({ remote, peering }) => {
      const { ranges } = topology.prefixes(remote);
      return system(ranges.length > 0 ? ranges : (peering.remoteRanges ?? []), "peering");
    }),
    { range: EVERYWHERE, user: false, way: { hop: "internet" } },
  ];
}

function connectedPeers(topology: Topology, subnet: Subnet): readonly Peer[] {
  return topology.peers(subnet.network).filter(({ connected }) => connected === "yes");
}

/**
 * Addresses of which it is open whether a network takes them: private ones that a peer may have, and those
 * that a user's route takes from a network whose prefixes are not all known.
 */
function doubtful(topology: Topology, subnet: Subnet, user: readonly Route[]): IntervalSet {
  const peers = topology.peers(subnet.network).filter(({ connected }) => connected !== "no");
  const settled = union(
    topology.ranges(subnet.network).must,
    ...connectedPeers(topology, subnet).map(({ ranges }) => ranges.must),
  );
  const may = union(topology.ranges(subnet.network).may, ...peers.map(({ ranges }) => ranges.may));
  const open = [subnet.network, ...peers.map(({ remote }) => remote)]
    .map((network) => topology.prefixes(network))
    .filter((prefixes) => prefixes.open)
    .flatMap(({ ranges }) => ranges);
  const taken = user.flatMap(({ range }) =>
    range !== undefined && isKnown(range) && range.bits > 0 ? [range] : [],
  );
  const hidden = [subnet.network, ...peers.map(({ remote }) => remote)].some((network) => {
    const found = topology.network(network);
    return isKnown(found) && !isKnown(found.ranges);
  });
  // The ranges of a network outside the graph are taken for private.
  return union(
    subtract(subtract(may, settled), hidden ? [] : PUBLIC),
    intersect(intervals(open), intervals(taken)),
  );
}
