import type { AddressRange } from "../address-range";
import { grouped } from "../grouped";
import type {
  Estate,
  Peering,
  RouteTable,
  SecurityGroup,
  Subnet,
  VirtualNetwork,
} from "../estate/estate";
import { isInside, isKnown, type Known, Outside, type Reference, Unknown } from "../estate/known";
import {
  type Bounds,
  either,
  EVERY_ADDRESS,
  PLATFORM,
  possibly,
  surely,
} from "../packets/address-cells";
import { intervals, type IntervalSet } from "../packets/interval-set";

/** Whether something is so, where the graph may not tell. */
export type Certainty = "yes" | "no" | "maybe";

/** A network that another one is peered with, as that other one sees it. */
export interface Peer {
  readonly peering: Peering;
  readonly remote: Reference;
  readonly connected: Certainty;
  readonly ranges: Bounds;
}

const BASTION_SUBNET = "azurebastionsubnet";
const DEFAULT_ROUTE_BITS = 0;

/** The networks of an estate and how they hang together; everything is looked up once. */
export class Topology {
  readonly #networks: ReadonlyMap<string, VirtualNetwork>;
  readonly #subnets: ReadonlyMap<string, Subnet>;
  readonly #subnetsOf: ReadonlyMap<Reference, readonly Subnet[]>;
  readonly #peers: ReadonlyMap<string, readonly Peer[]>;
  readonly #groups: ReadonlyMap<string, SecurityGroup>;
  readonly #tables: ReadonlyMap<string, RouteTable>;

  public constructor(public readonly estate: Estate) {
    this.#networks = byKey(estate.networks);
    this.#subnets = byKey(estate.subnets);
    this.#groups = byKey(estate.securityGroups);
    this.#tables = byKey(estate.routeTables);
    this.#subnetsOf = grouped(estate.subnets, ({ network }) => network);
    this.#peers = peersByNetwork(estate, this.#networks);
  }

  public network(reference: Reference): Known<VirtualNetwork> {
    return lookUp(this.#networks, reference, "network");
  }

  public subnet(reference: Reference): Known<Subnet> {
    return lookUp(this.#subnets, reference, "subnet");
  }

  public securityGroup(reference: Reference | undefined): Known<SecurityGroup> | undefined {
    return reference === undefined ? undefined : lookUp(this.#groups, reference, "security group");
  }

  public routeTable(reference: Reference | undefined): Known<RouteTable> | undefined {
    return reference === undefined ? undefined : lookUp(this.#tables, reference, "route table");
  }

  public peers(network: Reference): readonly Peer[] {
    return isInside(network) ? (this.#peers.get(network) ?? []) : [];
  }

  public ranges(network: Reference): Bounds {
    const found = this.network(network);
    return isKnown(found) ? rangeBounds(found.ranges) : possibly(EVERY_ADDRESS);
  }

  /** The Bastion subnets that can reach a network: its own and those of its peers. */
  public bastionSubnets(network: Reference): { subnet: Subnet; connected: Certainty }[] {
    return [{ remote: network, connected: "yes" as const }, ...this.peers(network)].flatMap(
      ({ remote, connected }) =>
        (isInside(remote) ? (this.#subnetsOf.get(remote) ?? []) : [])
          .filter(mayBeBastionSubnet)
          .map((subnet) => ({
            subnet,
            connected: isBastionSubnet(subnet) ? connected : ("maybe" as const),
          })),
    );
  }

  /** Whether a network, or a peer whose gateway it uses, has a gateway to elsewhere. */
  public gateway(network: Reference): Certainty {
    const own = this.estate.gateways.map((gateway) =>
      gateway.network === network ? "yes" : gateway.network instanceof Unknown ? "maybe" : "no",
    );
    const used = this.peers(network).map(({ peering: { remoteGateways }, connected }): Certainty =>
      remoteGateways === false || connected === "no"
        ? "no"
        : isKnown(remoteGateways)
          ? connected
          : "maybe",
    );
    return likeliest([...own, ...used]);
  }

  /** What the tag VirtualNetwork means on a subnet. */
  public virtualNetworkTag(subnet: Subnet): Bounds {
    const { network } = subnet;
    const table = this.routeTable(subnet.routeTable);
    return either(
      this.ranges(network),
      surely(PLATFORM),
      ...this.peers(network).map(({ ranges, connected, peering: { access } }) => {
        if (access === false) return surely([]);
        return connected === "yes" && access === true ? ranges : possibly(ranges.may);
      }),
      ...(table === undefined ? [] : [routeBounds(table)]),
      // Ranges behind a gateway are learnt, and belong to the tag.
      this.gateway(network) === "no" ? surely([]) : possibly(EVERY_ADDRESS),
    );
  }
}

export function isBastionSubnet({ name }: Subnet): boolean {
  return isKnown(name) && name.toLowerCase() === BASTION_SUBNET;
}

function mayBeBastionSubnet(subnet: Subnet): boolean {
  return isBastionSubnet(subnet) || !isKnown(subnet.name);
}

export function rangeSet(ranges: readonly AddressRange[]): IntervalSet {
  return intervals(ranges);
}

export function rangeBounds(ranges: Known<readonly AddressRange[]>): Bounds {
  return isKnown(ranges) ? surely(rangeSet(ranges)) : possibly(EVERY_ADDRESS);
}

/** Prefixes of a route table in the tag; a default route might be among them, the page says. */
function routeBounds(table: Known<RouteTable>): Bounds {
  if (!isKnown(table) || !isKnown(table.routes)) return possibly(EVERY_ADDRESS);
  return either(
    ...table.routes.map(({ range }) => {
      if (!isKnown(range)) return possibly(EVERY_ADDRESS);
      if (range === undefined) return surely([]);
      return range.bits === DEFAULT_ROUTE_BITS ? possibly([range]) : surely([range]);
    }),
  );
}

function likeliest(certainties: readonly Certainty[]): Certainty {
  if (certainties.includes("yes")) return "yes";
  return certainties.includes("maybe") ? "maybe" : "no";
}

function byKey<Item extends { readonly key: string }>(items: readonly Item[]): Map<string, Item> {
  return new Map(items.map((item) => [item.key, item]));
}

function lookUp<Item>(
  items: ReadonlyMap<string, Item>,
  reference: Reference,
  what: string,
): Known<Item> {
  if (reference instanceof Unknown) return reference;
  if (reference instanceof Outside) {
    return new Unknown(`the ${what} ${reference.id} is not in the graph`);
  }
  return items.get(reference) ?? new Unknown(`the ${what} ${reference} is not in the graph`);
}

function peersByNetwork(
  estate: Estate,
  networks: ReadonlyMap<string, VirtualNetwork>,
): Map<string, Peer[]> {
  const peers = new Map<string, Peer[]>();
  const halves = new Set(
    estate.peerings.map(({ network, remote }) => `${endOf(network)}>${endOf(remote)}`),
  );
  // A half of which one end is not known may be the one that is missed.
  const adrift = estate.peerings.some(
    ({ network, remote }) => network instanceof Unknown || remote instanceof Unknown,
  );
  const add = (network: string, peer: Peer): void => {
    const there = peers.get(network);
    if (there === undefined) peers.set(network, [peer]);
    else there.push(peer);
  };
  for (const peering of estate.peerings) {
    const { network, remote } = peering;
    const paired = halves.has(`${endOf(remote)}>${endOf(network)}`);
    const peer = { peering, remote, connected: connectedBy(peering, paired, adrift, networks) };
    if (isInside(network)) add(network, { ...peer, ranges: remoteRanges(peering, networks) });
    else if (network instanceof Unknown) {
      // It may be anybody's.
      for (const key of networks.keys()) {
        add(key, {
          ...peer,
          connected: "maybe",
          ranges: possibly(remoteRanges(peering, networks).may),
        });
      }
    }
  }
  return peers;
}

function endOf(reference: Reference): string {
  if (isInside(reference)) return reference;
  return reference instanceof Outside ? reference.id.toLowerCase() : "?";
}

function connectedBy(
  { remote, state }: Peering,
  paired: boolean,
  adrift: boolean,
  networks: ReadonlyMap<string, VirtualNetwork>,
): Certainty {
  if (remote instanceof Unknown) return "maybe";
  if (paired || state?.toLowerCase() === "connected") return "yes";
  if (!isInside(remote)) return "maybe";
  return adrift || networks.get(remote)?.external === true ? "maybe" : "no";
}

function remoteRanges(
  { remote, remoteRanges: told }: Peering,
  networks: ReadonlyMap<string, VirtualNetwork>,
): Bounds {
  const network = isInside(remote) ? networks.get(remote) : undefined;
  if (network !== undefined) return rangeBounds(network.ranges);
  return told === undefined ? possibly(EVERY_ADDRESS) : surely(rangeSet(told));
}
