import fc from "fast-check";
import type { NextHop } from "../../../components/model/estate/estate";
import { Outside, type Reference, Unknown } from "../../../components/model/estate/known";
import { card, half, keyOf, machine, part, peered, range, subnet } from "../estate-parts";
import { bastionSubnets, type Change, changeOf, machineSubnets, nothing } from "./changes";

const notKnown = new Unknown("it is not known");
const maybe = fc.constantFrom<boolean | Unknown>(true, true, false, false, notKnown);

const flags = changeOf(
  "flags",
  (estate) => estate.peerings,
  fc.tuple(fc.constantFrom("access", "forwarded", "remoteGateways"), maybe),
  (peering, [flag, value]) => {
    peering[flag as "access"] = value;
  },
);
const dropHalf = changeOf(
  "drop half",
  (estate) => estate.peerings,
  nothing,
  (peering, _, estate) => {
    estate.peerings = estate.peerings.filter((other) => other !== peering);
  },
);
const hiddenEnd = changeOf(
  "hidden end",
  (estate) => estate.peerings,
  fc.constantFrom("network" as const, "remote" as const),
  (peering, side) => {
    peering[side] = notKnown;
  },
);
const directPeering = changeOf(
  "direct peering",
  (estate) => estate.networks.slice(1, -1),
  fc.tuple(maybe, maybe),
  (network, [access, forwarded], estate) => {
    const halves = peered(network.subject, estate.networks.at(-1)!.subject);
    const there = estate.peerings.map(({ key }) => key);
    for (const one of halves.filter(({ key }) => !there.includes(key))) {
      estate.peerings.push({ ...one, access, forwarded });
    }
  },
);
/** A network beyond the hub: with machines or without, of private addresses or public ones. */
const thirdNetwork = changeOf(
  "third network",
  (estate) => estate.networks,
  fc.record({
    ranges: fc.constantFrom("172.16.0.0/24", "172.16.0.0/24", "51.4.0.0/24"),
    machines: fc.boolean(),
    forwarded: maybe,
    access: maybe,
  }),
  (network, third, estate) => {
    if (estate.networks.some(({ subject }) => subject === "third")) return;
    estate.networks.push({ ...part("third"), ranges: [range(third.ranges)] });
    const [here, there] = peered(network.subject, "third");
    estate.peerings.push({ ...here!, forwarded: third.forwarded, access: third.access }, there!);
    if (!third.machines) return;
    estate.subnets.push(subnet("third-machines", "third", third.ranges));
    estate.interfaces.push(card("third-web-nic", "third-machines"));
    estate.machines.push(machine("third-web", "linux"));
  },
);
const outsideNetwork = changeOf(
  "outside network",
  (estate) => estate.networks,
  fc.record({
    state: fc.constantFrom(undefined, "Initiated", "Connected"),
    ranges: fc.constantFrom(undefined, "192.168.0.0/24"),
    forwarded: maybe,
  }),
  (network, { state, ranges, forwarded }, estate) => {
    const outside = half(network.subject, "outside");
    if (estate.peerings.some(({ key }) => key === outside.key)) return;
    estate.peerings.push({
      ...outside,
      remote: new Outside("/outside/network"),
      state,
      remoteRanges: ranges === undefined ? undefined : [range(ranges)],
      forwarded,
    });
  },
);
const gateway = changeOf(
  "gateway",
  (estate) => estate.networks,
  fc.constantFrom<"here" | "outside" | "unknown">("here", "here", "here", "outside", "unknown"),
  (network, where, estate) => {
    const places: Record<typeof where, Reference> = {
      here: network.key,
      outside: new Outside("/outside/network"),
      unknown: notKnown,
    };
    estate.gateways.push({ ...part(`gateway-${estate.gateways.length}`), network: places[where] });
  },
);
const hiddenRanges = changeOf(
  "hidden ranges",
  (estate) => [...estate.networks, ...estate.subnets],
  nothing,
  (holder) => {
    holder.ranges = notKnown;
  },
);
const hiddenSubnet = changeOf(
  "hidden subnet",
  (estate) => estate.subnets,
  fc.constantFrom("name" as const, "network" as const),
  (one, what) => {
    one[what] = notKnown;
  },
);

const PREFIXES = [
  "0.0.0.0/0",
  "0.0.0.0/0",
  "0.0.0.0/1",
  "10.0.0.0/8",
  "10.10.0.0/24",
  "10.10.0.0/26",
  "10.10.0.0/25",
  "10.10.0.4",
  "10.20.0.0/24",
  "51.4.0.0/16",
  "192.168.0.0/16",
];
const HOPS: NextHop[] = [
  "VirtualAppliance",
  "None",
  "Internet",
  "VirtualNetworkGateway",
  "VnetLocal",
];
const route = fc
  .record({
    prefix: fc.constantFrom(...PREFIXES, "tag", "unknown"),
    hop: fc.constantFrom(...HOPS, HOPS[0]!, HOPS[1]!, notKnown),
  })
  .map(({ prefix, hop }) => ({
    name: prefix,
    range: prefix === "unknown" ? notKnown : prefix === "tag" ? undefined : range(prefix),
    nextHop: hop,
    address: undefined,
  }));
/** Each prefix once: Azure refuses two routes for the same. */
const routes = fc.uniqueArray(route, { minLength: 1, maxLength: 2, selector: ({ name }) => name });

const routeTable = changeOf("route table", machineSubnets, routes, (one, list, estate) => {
  const name = `own-routes-${estate.routeTables.length}`;
  estate.routeTables.push({ ...part(name), routes: list });
  one.routeTable = keyOf(name);
});
const bastionTable = changeOf("bastion table", bastionSubnets, routes, (one, list, estate) => {
  const name = `bastion-routes-${estate.routeTables.length}`;
  estate.routeTables.push({ ...part(name), routes: list });
  one.routeTable = keyOf(name);
});
const hiddenTable = changeOf(
  "hidden table",
  (estate) => estate.subnets,
  fc.constantFrom(new Outside("/outside/routes"), notKnown),
  (one, table) => {
    one.routeTable = table;
  },
);

export const networkChanges: { arbitrary: fc.Arbitrary<Change>; weight: number }[] = [
  { arbitrary: flags, weight: 6 },
  { arbitrary: dropHalf, weight: 2 },
  { arbitrary: hiddenEnd, weight: 1 },
  { arbitrary: directPeering, weight: 2 },
  { arbitrary: thirdNetwork, weight: 3 },
  { arbitrary: outsideNetwork, weight: 2 },
  { arbitrary: gateway, weight: 2 },
  { arbitrary: hiddenRanges, weight: 1 },
  { arbitrary: hiddenSubnet, weight: 1 },
  { arbitrary: routeTable, weight: 5 },
  { arbitrary: bastionTable, weight: 2 },
  { arbitrary: hiddenTable, weight: 1 },
];
