import type { BastionHost, Subnet, VirtualMachine } from "../../../components/model/estate/estate";
import { isPublic, PLATFORM } from "./addresses";
import { tagHolds } from "./cells";
import { hiddenSeats } from "./exposure";
import { headers } from "./headers";
import { type End, type Ground, type Seat, unknown } from "./ground";
import { neighbours, virtualNetworkHolds } from "./neighbours";
import { Walk } from "./packet-walk";
import { nextHop } from "./ways";
import { fact, type Formula, open, type World } from "./worlds";

/**
 * What SKUs do: https://learn.microsoft.com/azure/bastion/bastion-sku-comparison. Developer reaches its own
 * network alone, and other ports than 22 and 3389 take Standard.
 */
const PEERED = ["Basic", "Standard", "Premium"];
const ANY_PORT = ["Standard", "Premium"];

function skuAmong(host: BastionHost, skus: readonly string[], world: World): boolean {
  if (!unknown(host.sku)) return skus.includes(host.sku);
  return skus.includes(["Developer", "Basic", "Standard"][world.choose(`SKU of ${host.key}`, 3)]!);
}

/** N2: some host reaches the machine. Which of several interfaces is the primary one is not known. */
export function bastionReaches(ground: Ground, machine: VirtualMachine): Formula {
  const { seats, hidden } = ground.seats(machine);
  const parts = seats.map((seat): Formula => {
    const hosts = ground.estate.bastionHosts.map((host) => hostReaches(ground, host, seat));
    const abroad = fact((world) =>
      neighbours(ground, seat.network, world).some(
        ({ network, half }) =>
          network === undefined && world.maybe(`a host beyond ${half.key} that reaches it`),
      ),
    );
    return { kind: "some", parts: [...hosts, abroad] };
  });
  return { kind: "one", parts: hidden ? [...parts, hiddenSeats(machine)] : parts };
}

function hostReaches(ground: Ground, host: BastionHost, seat: Seat): Formula {
  const subnet = ground.subnet(host.subnet);
  const home = subnet === undefined ? undefined : ground.networkOf(subnet);
  if (subnet === undefined || home === undefined) return open(`where ${host.key} stands`);
  const ports = seat.machine.signInPorts;
  const custom = ports.some((port) => port !== 22 && port !== 3389);
  const connected = fact(
    (world) =>
      (home === seat.network ||
        (skuAmong(host, PEERED, world) &&
          neighbours(ground, seat.network, world).some(({ network }) => network === home))) &&
      (!custom || skuAmong(host, ANY_PORT, world)),
  );
  const packets = headers(ground, ["Tcp"], ports, ground.clientPorts);
  const sources = ground.usableIn(subnet).map((address): Formula => {
    const origin = ground.origin(address);
    return {
      kind: "packets",
      about: origin.about,
      headers: packets,
      holds: (world, header) => {
        const source = origin.end(world);
        const packet = { ...header, source, destination: ground.endOf(seat, world) };
        return (
          new Walk(ground, world, subnet).passes(subnet.securityGroup, "Outbound", packet) &&
          new Walk(ground, world, seat.subnet).into(seat, packet) &&
          answered(ground, seat, home, source, world)
        );
      },
    };
  });
  const all = everyAddress(subnet, sources);
  return { kind: "every", parts: [connected, all] };
}

function answered(ground: Ground, seat: Seat, home: string, to: End, world: World): boolean {
  return world.within("answer", () => {
    const hop = nextHop(ground, seat.subnet, to, world);
    if (hop === "system") return true;
    // It has not seen the question, and may drop the answer.
    if (hop === "VirtualAppliance" || hop === "VirtualNetworkGateway") {
      return world.maybe("what it did not see passes");
    }
    // Whether it carries to a peer, Microsoft's page does not say.
    return (
      hop === "VnetLocal" && (home === seat.network || world.maybe("VnetLocal reaches a peer"))
    );
  });
}

interface Row {
  readonly from: string;
  readonly to: string;
  readonly ports: readonly number[];
}
/** Source: https://learn.microsoft.com/azure/bastion/bastion-nsg (read as of 2026-02-24) */
const INBOUND: readonly Row[] = [
  { from: "internet", to: "*", ports: [443] },
  { from: "gatewaymanager", to: "*", ports: [443] },
  { from: "azureloadbalancer", to: "*", ports: [443] },
  { from: "virtualnetwork", to: "virtualnetwork", ports: [8080, 5701] },
];
const OUTBOUND: readonly Row[] = [
  { from: "*", to: "virtualnetwork", ports: [22, 3389] },
  { from: "*", to: "azurecloud", ports: [443] },
  { from: "virtualnetwork", to: "virtualnetwork", ports: [8080, 5701] },
  { from: "*", to: "internet", ports: [80] },
];

/** N3: the group of a host's subnet lets through what Microsoft's eight rows name, and nothing routes it away. */
export function bastionGroup(ground: Ground, subnet: Subnet): Formula {
  const { securityGroup: group, routeTable } = subnet;
  const parts = [
    fact((world) => routeTable === undefined || (unknown(routeTable) && world.maybe("no table"))),
    fact((world) => group !== undefined && (!unknown(group) || world.maybe("a group is there"))),
    ...INBOUND.map((row) => through(ground, subnet, row, "Inbound")),
    ...OUTBOUND.map((row) => through(ground, subnet, row, "Outbound")),
  ];
  return { kind: "every", parts };
}

function through(
  ground: Ground,
  subnet: Subnet,
  row: Row,
  direction: "Inbound" | "Outbound",
): Formula {
  const far = direction === "Inbound" ? row.from : row.to;
  const packets = headers(ground, ["Tcp"], row.ports, ground.clientPorts);
  // The platform is in VirtualNetwork too, but nothing that a Bastion host talks to.
  const origins = far === "azureloadbalancer" ? [ground.origin(PLATFORM)] : ground.origins;
  const parts = ground.usableIn(subnet).map((address): Formula => {
    const facts = origins.map((origin): Formula => ({
      kind: "packets",
      about: origin.about,
      headers: packets,
      holds: (world, header) => {
        const there = origin.end(world);
        if (!world.within("row", () => named(ground, subnet, far, there, world))) return true;
        const near = ground.origin(address).end(world);
        const [source, destination] = direction === "Inbound" ? [there, near] : [near, there];
        const walk = new Walk(ground, world, subnet, true);
        return walk.passes(subnet.securityGroup, direction, { ...header, source, destination });
      },
    }));
    return { kind: "every", parts: facts };
  });
  return everyAddress(subnet, parts);
}

/** Where the subnet's range is not known, Bastion may have just the addresses that get through. */
function everyAddress({ key, ranges }: Subnet, parts: readonly Formula[]): Formula {
  const all: Formula = { kind: "every", parts };
  return unknown(ranges) ? { kind: "some", parts: [all, open(`what ${key} holds`)] } : all;
}

function named(ground: Ground, subnet: Subnet, tag: string, end: End, world: World): boolean {
  if (tag === "virtualnetwork") return virtualNetworkHolds(ground, subnet, end, world);
  if (tag === "azureloadbalancer") return end.address === PLATFORM;
  if (tag === "internet") {
    return isPublic(end.address) && !virtualNetworkHolds(ground, subnet, end, world);
  }
  if (end.address === PLATFORM) return false;
  const cell = end.cell(world);
  return cell !== undefined && tagHolds(tag, cell);
}
