import type { AddressRange } from "../address-range";
import { grouped } from "../grouped";
import type {
  Estate,
  NetworkInterface,
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
  PUBLIC,
  surely,
  type TagMeaning,
} from "../packets/address-cells";
import { intervals, type IntervalSet, subtract, union } from "../packets/interval-set";
import { type Certainty, likeliest, type Peer, peersByNetwork } from "./peers";

const BASTION_SUBNET = "azurebastionsubnet";
const DEFAULT_ROUTE_BITS = 0;

/** The networks of an estate and how they hang together; everything is looked up once. */
export class Topology {
  readonly #networks: ReadonlyMap<string, VirtualNetwork>;
  readonly #subnets: ReadonlyMap<string, Subnet>;
  readonly #subnetsOf: ReadonlyMap<Reference, readonly Subnet[]>;
  readonly #peers: ReadonlyMap<string, readonly Peer[]>;
  readonly #groups: ReadonlyMap<string, SecurityGroup>;
  /** Addresses that no network of the graph is known to have; networks that hang together share none. */
  public readonly unclaimed: IntervalSet;
  /** Every range that some network is known to have. */
  public readonly owned: IntervalSet;
  /** Interfaces that pass on, or might, what is not for them. */
  readonly #forwarding: readonly NetworkInterface[];
  readonly #tables: ReadonlyMap<string, RouteTable>;

  public constructor(public readonly estate: Estate) {
    this.#networks = byKey(estate.networks);
    this.#subnets = byKey(estate.subnets);
    this.#groups = byKey(estate.securityGroups);
    this.#tables = byKey(estate.routeTables);
    this.#subnetsOf = grouped(estate.subnets, ({ network }) => network);
    const claimed = estate.networks.map(({ ranges }) => rangeBounds(ranges).must);
    this.unclaimed = subtract(EVERY_ADDRESS, union(...claimed));
    this.owned = union(
      ...estate.networks.map(({ key }) => this.ranges(key).must),
      ...estate.peerings.map(({ remoteRanges }) => rangeSet(remoteRanges ?? [])),
    );
    this.#forwarding = estate.interfaces.filter(({ forwarding }) => forwarding !== false);
    this.#peers = peersByNetwork(estate, this.#networks, (key) => this.ranges(key));
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

  /** A network's ranges; where they are not known, at least those of its subnets. */
  public ranges(network: Reference): Bounds {
    const found = this.network(network);
    // What is not known may be any network; what is outside the graph is none of these.
    if (network instanceof Unknown) return possibly(EVERY_ADDRESS);
    if (!isKnown(found)) return possibly(this.unclaimed);
    if (isKnown(found.ranges)) return rangeBounds(found.ranges);
    const subnets = (this.#subnetsOf.get(found.key) ?? []).map(({ ranges }) => rangeBounds(ranges));
    const { must } = either(...subnets);
    return { must, may: union(must, this.unclaimed) };
  }

  /** The prefixes that Azure routes to a network, and whether there might be shorter ones. */
  public prefixes(network: Reference): { ranges: readonly AddressRange[]; open: boolean } {
    const found = this.network(network);
    if (!isKnown(found)) return { ranges: [], open: true };
    if (isKnown(found.ranges)) return { ranges: found.ranges, open: false };
    const subnets = this.#subnetsOf.get(found.key) ?? [];
    const ranges = subnets.flatMap((subnet) => (isKnown(subnet.ranges) ? subnet.ranges : []));
    return { ranges, open: true };
  }

  /** A subnet's ranges; where they are not known, what its network has beside its other subnets. */
  public subnetRanges(subnet: Subnet): Bounds {
    if (isKnown(subnet.ranges)) return surely(rangeSet(subnet.ranges));
    const others = isInside(subnet.network) ? (this.#subnetsOf.get(subnet.network) ?? []) : [];
    const taken = others.map(({ ranges }) => rangeBounds(ranges).must);
    return possibly(subtract(this.ranges(subnet.network).may, union(...taken)));
  }

  /** The Bastion subnets that can reach a network: its own and those of its peers. */
  public bastionSubnets(network: Reference): { subnet: Subnet; connected: Certainty }[] {
    const adrift = this.estate.subnets.filter(
      (subnet) => !isInside(subnet.network) && mayBeBastionSubnet(subnet),
    );
    const found = [{ remote: network, connected: "yes" as const }, ...this.peers(network)].flatMap(
      ({ remote, connected }) =>
        (isInside(remote) ? (this.#subnetsOf.get(remote) ?? []) : [])
          .filter(mayBeBastionSubnet)
          .map((subnet) => ({
            subnet,
            connected: isBastionSubnet(subnet) ? connected : ("maybe" as const),
          })),
    );
    return [...found, ...adrift.map((subnet) => ({ subnet, connected: "maybe" as const }))];
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

  /** Whether an interface besides these passes on packets of others into a network. */
  public forwarder(network: Reference, besides: readonly string[]): Certainty {
    return likeliest(
      this.#forwarding
        .filter(({ key }) => !besides.includes(key))
        .map(({ forwarding, configurations }): Certainty => {
          const places = isKnown(configurations) ? configurations : [];
          const here = places.map(({ subnet }): Certainty => {
            // A subnet that is not in the graph is in none of its networks.
            if (subnet === undefined || subnet instanceof Outside) return "no";
            const found = this.subnet(subnet);
            if (!isKnown(found) || found.network instanceof Unknown) return "maybe";
            return found.network === network ? "yes" : "no";
          });
          const there = isKnown(configurations) ? likeliest(here) : "maybe";
          return isKnown(forwarding) || there === "no" ? there : "maybe";
        }),
    );
  }

  /** What tags mean on a subnet. */
  public tagMeaning(subnet: Subnet): TagMeaning {
    return { virtualNetwork: this.virtualNetworkTag(subnet), owned: this.owned };
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

export function mayBeBastionSubnet(subnet: Subnet): boolean {
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
      // A service tag takes public addresses, and only Azure knows which.
      if (range === undefined) return possibly(PUBLIC);
      return range.bits === DEFAULT_ROUTE_BITS ? possibly([range]) : surely([range]);
    }),
  );
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
