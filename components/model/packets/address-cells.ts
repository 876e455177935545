import { addressText } from "../address-range";
import type { Selector } from "../estate/estate";
import { isInside } from "../estate/known";
import {
  covers,
  type Interval,
  intersect,
  intervals,
  type IntervalSet,
  NOTHING,
  subtract,
  union,
} from "./interval-set";

/** What surely is in a set, and what possibly is. The first is part of the second. */
export interface Bounds {
  readonly must: IntervalSet;
  readonly may: IntervalSet;
}

export function surely(set: IntervalSet): Bounds {
  return { must: set, may: set };
}

export function possibly(set: IntervalSet): Bounds {
  return { must: NOTHING, may: set };
}

export function either(...bounds: readonly Bounds[]): Bounds {
  return {
    must: union(...bounds.map(({ must }) => must)),
    may: union(...bounds.map(({ may }) => may)),
  };
}

/** How many of a subnet's first addresses Azure keeps. */
const KEPT = 4;
const ADDRESSES = 2 ** 32;
export const EVERY_ADDRESS: IntervalSet = [{ first: 0, last: ADDRESSES - 1 }];

/**
 * The host's own address: health probes, DHCP, DNS, the agent.
 * Source: https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
export const PLATFORM: IntervalSet = [range("168.63.129.16", 32)];

/** Ranges that the Internet does not route: private, shared, special. RFC 1918, 6598, 6890. */
const NOT_PUBLIC: IntervalSet = intervals([
  range("0.0.0.0", 8),
  range("10.0.0.0", 8),
  range("100.64.0.0", 10),
  range("127.0.0.0", 8),
  range("169.254.0.0", 16),
  range("172.16.0.0", 12),
  range("192.168.0.0", 16),
  range("224.0.0.0", 3),
  ...PLATFORM,
]);
export const PUBLIC: IntervalSet = subtract(EVERY_ADDRESS, NOT_PUBLIC);

function range(first: string, bits: number): Interval {
  const from = first.split(".").reduce((number, octet) => number * 256 + Number(octet), 0);
  return { first: from, last: from + 2 ** (32 - bits) - 1 };
}

/** An interface in an application security group that a rule names. */
export interface GroupMember {
  readonly name: string;
  /** Addresses that it can have. */
  readonly addresses: IntervalSet;
  /** Keys of the groups that it is in. */
  readonly groups: readonly string[];
  /** Its groups are not all known: it may be in any. */
  readonly open: boolean;
}

/** What the tags mean that depend on where a rule stands. */
export interface TagMeaning {
  readonly virtualNetwork: Bounds;
  /** Every range that some network is known to have. */
  readonly owned: IntervalSet;
}

const MEANT_BY_PLACE = ["virtualnetwork", "internet", "azureloadbalancer"];

/** One copy of the address line, and what is known of every address in it. */
interface Cell {
  /** Service tags that hold it, the narrowest first; none for an address that no named tag holds. */
  readonly tags: readonly string[];
  /** Whether its addresses are in the tag VirtualNetwork. */
  readonly inNetwork: (addresses: IntervalSet) => IntervalSet;
  /** The interface that it belongs to. */
  readonly member?: GroupMember;
  readonly universe: IntervalSet;
}

/**
 * The other side of a packet: an IPv4 address, and what is known of it besides. A service tag is a set of
 * public addresses that only Azure knows, so an address of it is told apart from the same number outside
 * it; likewise a member of an application security group, and an address of which it is not known whether
 * the tag VirtualNetwork holds it. Each such kind is a cell: a copy of the address line, shifted by its
 * number. Everything then is arithmetic on intervals, and exact.
 */
export class AddressCells {
  readonly #cells: readonly Cell[];
  /** Number of cells outside the network; as many follow that are the same, but in it. */
  readonly #base: number;
  readonly #open: IntervalSet;
  /** Public addresses that a network gives to its own: whether Azure's tags hold them too, nobody here knows. */
  readonly #ownPublic: IntervalSet;
  readonly #spelling: ReadonlyMap<string, string>;
  /** Every address of every cell. */
  public readonly everything: IntervalSet;

  /** @param selectors everything that the rules in question name */
  public constructor(
    selectors: readonly Selector[],
    members: readonly GroupMember[],
    meaning: TagMeaning,
  ) {
    const named = new Set(
      selectors.flatMap((s) => (s.kind === "group" && isInside(s.group) ? [s.group] : [])),
    );
    const inPlay = members.filter(
      (member) => member.open || member.groups.some((group) => named.has(group)),
    );
    const { must, may } = meaning.virtualNetwork;
    this.#open = subtract(may, must);
    this.#spelling = new Map(
      selectors.flatMap((s) => (s.kind === "tag" ? [[s.tag, s.text] as const] : [])),
    );
    // A single fixed address is its interface's alone.
    const taken = intervals(
      inPlay.flatMap(({ addresses: [only, another] }) =>
        only !== undefined && another === undefined && only.first === only.last ? [only] : [],
      ),
    );
    const own = union(must, meaning.owned);
    const ofAzure = subtract(PUBLIC, union(own, taken));
    const inNetwork = (addresses: IntervalSet): IntervalSet => intersect(addresses, must);
    const outside: Cell[] = [
      { tags: [], inNetwork, universe: subtract(EVERY_ADDRESS, taken) },
      ...tagCells(selectors).map((tags) => ({
        tags,
        inNetwork: () => NOTHING,
        universe: ofAzure,
      })),
      ...inPlay.map((member) => ({ tags: [], inNetwork, member, universe: member.addresses })),
    ];
    const inside = outside.map((cell): Cell => ({
      ...cell,
      inNetwork: (addresses) => addresses,
      universe: intersect(cell.universe, this.#open),
    }));
    this.#base = outside.length;
    this.#cells = [...outside, ...inside];
    this.everything = this.#inEach(({ universe }) => universe);
    const ownPublic = intersect(PUBLIC, own);
    this.#ownPublic = this.#inEach(({ tags, universe }) =>
      tags.length === 0 ? intersect(universe, ownPublic) : NOTHING,
    );
  }

  /** The addresses themselves, whatever else is known of them. */
  public plain(addresses: IntervalSet): IntervalSet {
    return this.#inEach(({ universe }) => intersect(universe, addresses));
  }

  /** The addresses that a selector names. */
  public select(selector: Selector): Bounds {
    switch (selector.kind) {
      case "any":
        return surely(this.everything);
      case "nothing":
        return surely(NOTHING);
      case "range":
        return surely(this.plain([selector.range]));
      case "group":
        return this.#selectGroup(selector.group);
      case "tag": {
        const told = this.#inEach((cell) => ofTag(cell, selector.tag));
        return MEANT_BY_PLACE.includes(selector.tag)
          ? surely(told)
          : { must: told, may: union(told, this.#ownPublic) };
      }
    }
  }

  /** The numbers of a set's addresses, whatever their cells. */
  public numbers(set: IntervalSet): IntervalSet {
    return union(
      ...this.#cells.map((_, index) =>
        shifted(intersect(set, shifted(EVERY_ADDRESS, index)), -index),
      ),
    );
  }

  /**
   * What is sure of a set that was found: without the copies of which only one can be real, and without an
   * interface's addresses where only some of those that it can have are in the set.
   */
  public sure(set: IntervalSet): IntervalSet {
    let left = subtract(
      set,
      this.#inEach((_, index) => (this.#isCopy(index) ? EVERY_ADDRESS : NOTHING)),
    );
    left = subtract(left, this.#doubtful());
    for (const [index, { member }] of this.#cells.entries()) {
      if (member === undefined || this.#isCopy(index)) continue;
      const all = shifted(member.addresses, index);
      const own = intersect(left, all);
      if (own.length > 0 && !covers(own, all)) left = subtract(left, own);
    }
    return left;
  }

  /** Of a set, the addresses that may or may not be in the network, seen as outside it. */
  public seenOutside(set: IntervalSet): IntervalSet {
    return intersect(set, this.#doubtful());
  }

  /** The same addresses seen as inside, with the numbers that they have outside. */
  public seenInside(set: IntervalSet): IntervalSet {
    const copies = this.#inEach((_, index) => (this.#isCopy(index) ? EVERY_ADDRESS : NOTHING));
    const offset = this.#base * ADDRESSES;
    return intersect(set, copies).map(({ first, last }) => ({
      first: first - offset,
      last: last - offset,
    }));
  }

  /** Some address of the set, in words: one of documentation, or one past those that Azure keeps of a subnet. */
  public describe(set: IntervalSet): string {
    const documentation = range("203.0.113.7", 32);
    const chosen = intersect(set, [documentation])[0] ?? set[0];
    if (chosen === undefined) return "none";
    const address = Math.min(chosen.first + KEPT, chosen.last);
    const [tag] = this.#cells[Math.floor(address / ADDRESSES)]?.tags ?? [];
    return tag === undefined
      ? addressText(address % ADDRESSES)
      : `an address of ${this.#spelling.get(tag) ?? tag}`;
  }

  #isCopy(index: number): boolean {
    return index >= this.#base && index < 2 * this.#base;
  }

  #doubtful(): IntervalSet {
    return this.#inEach(({ universe }, index) =>
      index < this.#base ? intersect(universe, this.#open) : NOTHING,
    );
  }

  #selectGroup(group: Extract<Selector, { kind: "group" }>["group"]): Bounds {
    // A group outside the graph may have any member.
    if (!isInside(group)) return possibly(this.everything);
    const chosen = (open: boolean): IntervalSet =>
      this.#inEach(({ member, universe }) => {
        const inside = member?.groups.includes(group) === true || (open && member?.open === true);
        return inside ? universe : NOTHING;
      });
    return { must: chosen(false), may: chosen(true) };
  }

  #inEach(choose: (cell: Cell, index: number) => IntervalSet): IntervalSet {
    return this.#cells.flatMap((cell, index) => shifted(choose(cell, index), index));
  }
}

function ofTag({ tags, inNetwork, universe }: Cell, tag: string): IntervalSet {
  switch (tag) {
    case "virtualnetwork":
      return inNetwork(universe);
    case "internet":
      return subtract(intersect(universe, PUBLIC), inNetwork(universe));
    case "azureloadbalancer":
      return intersect(universe, PLATFORM);
    default:
      return tags.includes(tag) ? universe : NOTHING;
  }
}

function shifted(set: IntervalSet, cell: number): IntervalSet {
  if (cell === 0) return set;
  const offset = cell * ADDRESSES;
  return set.map(({ first, last }) => ({ first: first + offset, last: last + offset }));
}

/**
 * Cells of the service tags that the rules name: each with itself and every tag that holds it. Where one
 * rule names a service and another a region, their common part is a cell of its own.
 */
function tagCells(selectors: readonly Selector[]): string[][] {
  const named = new Set(
    selectors.flatMap((s) => (s.kind === "tag" && !MEANT_BY_PLACE.includes(s.tag) ? [s.tag] : [])),
  );
  const regions = new Set([...named].flatMap((tag) => tag.split(".").slice(1)));
  const services = new Set([...named].map((tag) => tag.split(".")[0] ?? tag));
  const all = new Set(named);
  for (const service of services) for (const region of regions) all.add(`${service}.${region}`);
  return [...all].toSorted().map((tag) => [tag, ...holders(tag)]);
}

/** Tags that hold a tag: AzureCloud has every service's addresses, a service those of its regions. */
function holders(tag: string): string[] {
  const [service, region] = tag.split(".");
  const wider = [
    ...(region === undefined ? [] : [service ?? tag]),
    ...(region === undefined || service === "azurecloud" ? [] : [`azurecloud.${region}`]),
    ...(service === "azurecloud" && region === undefined ? [] : ["azurecloud"]),
  ];
  return [...new Set(wider)];
}
