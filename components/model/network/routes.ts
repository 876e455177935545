import type { AddressRange } from "../address-range";
import type { Route, Subnet } from "../estate/estate";
import { isKnown, Unknown } from "../estate/known";
import { EVERYWHERE } from "../estate/rule-syntax";
import { PUBLIC } from "../packets/address-cells";
import { intersect, type IntervalSet, subtract } from "../packets/interval-set";
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
  const unclear = user.find(({ range }) => !isKnown(range));
  if (unclear !== undefined) {
    return [
      { to: destinations, hop: "unknown", why: `the range of route ${unclear.name} is not known` },
    ];
  }
  const candidates = [...user.flatMap(userRoute), ...systemRoutes(topology, subnet)].toSorted(
    (one, other) => other.range.bits - one.range.bits || Number(other.user) - Number(one.user),
  );
  const ways: Way[] = [];
  let open = destinations;
  for (const { range, way } of candidates) {
    const to = intersect(open, [range]);
    if (to.length === 0) continue;
    open = subtract(open, to);
    // Azure drops what is not public where only its own default route would carry it.
    const lost = way.route === undefined && way.hop === "internet" ? subtract(to, PUBLIC) : [];
    if (lost.length > 0) ways.push({ to: lost, hop: "nowhere" });
    const sent = subtract(to, lost);
    if (sent.length > 0) ways.push({ to: sent, ...way });
  }
  return ways;
}

function userRoute(route: Route): Candidate[] {
  const { range, nextHop, name } = route;
  if (range === undefined || !isKnown(range)) return [];
  const way = isKnown(nextHop)
    ? { hop: HOPS[nextHop], route }
    : { hop: "unknown" as const, route, why: `the next hop of route ${name} is not known` };
  return [{ range, user: true, way }];
}

function systemRoutes(topology: Topology, subnet: Subnet): Candidate[] {
  const own = topology.network(subnet.network);
  const local = isKnown(own) && isKnown(own.ranges) ? own.ranges : [];
  const peered = topology
    .peers(subnet.network)
    .filter(({ connected }) => connected === "yes")
    .flatMap(({ remote, peering }) => {
      const network = topology.network(remote);
      const ranges = isKnown(network) ? network.ranges : peering.remoteRanges;
      return ranges === undefined || !isKnown(ranges) ? [] : ranges;
    });
  return [
    ...local.map((range): Candidate => ({ range, user: false, way: { hop: "network" } })),
    ...peered.map((range): Candidate => ({ range, user: false, way: { hop: "peering" } })),
    { range: EVERYWHERE, user: false, way: { hop: "internet" } },
  ];
}
