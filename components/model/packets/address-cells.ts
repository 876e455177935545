import { addressText } from "../address-range";
import type { Selector } from "../estate/estate";
import { isInside } from "../estate/known";
import {
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
}

const MEANT_BY_PLACE = ["virtualnetwork", "internet", "azureloadbalancer"];

/**
 * The other side of a packet: an IPv4 address, and what is known of it besides. A service tag is a set of
 * public addresses that only Azure knows, so an address of it is told apart from the same number outside
 * it; likewise a member of an application security group. Each such kind is a cell: a copy of the address
 * line, shifted by its number. Everything then is arithmetic on intervals, and exact.
 */
export class AddressCells {
  readonly #tags: readonly (readonly string[])[];
  readonly #members: readonly GroupMember[];
  readonly #universe: readonly IntervalSet[];
  readonly #meaning: TagMeaning;
  readonly #spelling: ReadonlyMap<string, string>;
  /** Every address of every cell. */
  public readonly everything: IntervalSet;

  /** @param selectors everything that the rules in question name */
  public constructor(
    selectors: readonly Selector[],
    members: readonly GroupMember[],
    meaning: TagMeaning,
  ) {
    const groups = new Set(
      selectors.flatMap((s) => (s.kind === "group" && isInside(s.group) ? [s.group] : [])),
    );
    this.#meaning = meaning;
    this.#spelling = new Map(
      selectors.flatMap((s) => (s.kind === "tag" ? [[s.tag, s.text] as const] : [])),
    );
    this.#tags = tagCells(selectors);
    this.#members = members.filter(
      (member) => member.open || member.groups.some((group) => groups.has(group)),
    );
    // A single fixed address is its interface's alone.
    const taken = intervals(
      this.#members.flatMap(({ addresses: [only, another] }) =>
        another === undefined && only?.first === only?.last && only !== undefined ? [only] : [],
      ),
    );
    const published = subtract(PUBLIC, meaning.virtualNetwork.must);
    this.#universe = [
      subtract(EVERY_ADDRESS, taken),
      ...this.#tags.map(() => published),
      ...this.#members.map(({ addresses }) => addresses),
    ];
    this.everything = this.#inEach((cell) => this.#universe[cell] ?? NOTHING);
  }

  /** The addresses themselves, whatever else is known of them. */
  public plain(addresses: IntervalSet): IntervalSet {
    return this.#inEach((cell) => intersect(this.#universe[cell] ?? NOTHING, addresses));
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
      case "tag":
        return this.#selectTag(selector.tag);
    }
  }

  /** Interfaces in the cells, with the encoded addresses that each can have. */
  public members(): { name: string; addresses: IntervalSet }[] {
    return this.#members.map(({ name, addresses }, index) => ({
      name,
      addresses: this.#shifted(addresses, 1 + this.#tags.length + index),
    }));
  }

  /** The numbers of a set's addresses, whatever their cells. */
  public numbers(set: IntervalSet): IntervalSet {
    return intervals(
      set.map(({ first, last }) => ({ first: first % ADDRESSES, last: last % ADDRESSES })),
    );
  }

  /** Some address of the set, in words. */
  public describe(set: IntervalSet): string {
    const documentation = range("203.0.113.7", 32);
    const nice = intersect(set, [documentation])[0] ?? set[0];
    if (nice === undefined) return "none";
    const cell = Math.floor(nice.first / ADDRESSES);
    const tag = this.#tags[cell - 1]?.[0];
    return tag === undefined
      ? addressText(nice.first % ADDRESSES)
      : `an address of ${this.#spelling.get(tag) ?? tag}`;
  }

  #selectGroup(group: Extract<Selector, { kind: "group" }>["group"]): Bounds {
    // A group outside the graph may have any member.
    if (!isInside(group)) return possibly(this.everything);
    const chosen = (open: boolean): IntervalSet =>
      this.#inEach((cell) => {
        const member = this.#members[cell - 1 - this.#tags.length];
        const inside =
          member !== undefined && (member.groups.includes(group) || (open && member.open));
        return inside ? member.addresses : NOTHING;
      });
    return { must: chosen(false), may: chosen(true) };
  }

  #selectTag(tag: string): Bounds {
    const { must, may } = this.#meaning.virtualNetwork;
    switch (tag) {
      case "virtualnetwork":
        return { must: this.plain(must), may: this.plain(may) };
      case "internet":
        return {
          must: this.plain(subtract(PUBLIC, may)),
          may: this.plain(subtract(PUBLIC, must)),
        };
      case "azureloadbalancer":
        return surely(this.plain(PLATFORM));
      default:
        return surely(
          this.#inEach((cell) =>
            this.#tags[cell - 1]?.includes(tag) === true
              ? (this.#universe[cell] ?? NOTHING)
              : NOTHING,
          ),
        );
    }
  }

  #inEach(choose: (cell: number) => IntervalSet): IntervalSet {
    return this.#universe.flatMap((_, cell) => this.#shifted(choose(cell), cell));
  }

  #shifted(set: IntervalSet, cell: number): IntervalSet {
    if (cell === 0) return set;
    const offset = cell * ADDRESSES;
    return set.map(({ first, last }) => ({ first: first + offset, last: last + offset }));
  }
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
