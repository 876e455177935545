import {
  type PortRange,
  type Protocol,
  PROTOCOLS,
  type SecurityGroup,
  type SecurityRule,
  type Selector,
} from "../estate/estate";
import { isInside, isKnown, type Known } from "../estate/known";
import { ANY_PORT, NO_PORT } from "../estate/rule-syntax";
import {
  AddressCells,
  type Bounds,
  either,
  type GroupMember,
  possibly,
  surely,
  type TagMeaning,
} from "./address-cells";
import { DEFAULT_RULES } from "./default-rules";
import { intersect, intervals, type IntervalSet, NOTHING, points } from "./interval-set";
import { meet, type PacketBox, withoutAll } from "./packet-set";

export type Direction = "Inbound" | "Outbound";

/** What stands between an interface and the rest: the groups of its subnet and its own, in whatever order. */
export type Guard = Known<SecurityGroup> | undefined;

/** Packets that were let through or stopped, and the word of each guard that decided. */
export interface Judged {
  readonly box: PacketBox;
  readonly rules: readonly { readonly guard: SecurityGroup; readonly rule: SecurityRule }[];
}

/** What a packet's two sides can be, where a guard stands. */
export interface Place {
  /** Addresses that the local side can have. */
  readonly local: IntervalSet;
  /** Application security groups of the local side; `undefined` where they are not all known. */
  readonly localGroups: readonly string[] | undefined;
  readonly meaning: TagMeaning;
  readonly members: readonly GroupMember[];
}

/** Protocols whose packets have ports. */
export const PORTED: readonly Protocol[] = ["Tcp", "Udp"];
export const PORTLESS: readonly Protocol[] = PROTOCOLS.filter((one) => !PORTED.includes(one));

/** A rule as sets of packets: those that it surely matches and those that it possibly does. */
interface Matcher {
  readonly guard: SecurityGroup;
  readonly rule: SecurityRule;
  readonly must: PacketBox | undefined;
  readonly may: PacketBox | undefined;
}

/**
 * The guards of one place in one direction. Decides exactly, over every packet at once, which are surely
 * admitted, which possibly, and which surely stopped.
 */
export class Guards {
  public readonly cells: AddressCells;
  /** Why nothing can be said of one of the guards. */
  public readonly unclear: string | undefined;
  /** One list for each guard that is known, rules in the order in which Azure takes them. */
  readonly #chains: readonly (readonly Matcher[] | undefined)[];

  public constructor(
    guards: readonly Guard[],
    public readonly direction: Direction,
    private readonly place: Place,
    /** What else a question names, so that its tags are told apart. */
    asked: readonly Selector[] = [],
    /** What Azure puts below the groups' own rules. */
    private readonly defaults: readonly SecurityRule[] = DEFAULT_RULES,
  ) {
    const present = guards.filter((guard) => guard !== undefined);
    const selectors = [...asked, ...present.flatMap((guard) => selectorsOf(guard, direction))];
    this.cells = new AddressCells(selectors, place.members, place.meaning);
    this.#chains = present.map((guard) => this.#chain(guard));
    this.unclear = present.map(whyUnclear).find((why) => why !== undefined);
  }

  /** All packets between the local side and the rest. */
  public packets(part: Partial<PacketBox> = {}): PacketBox {
    const anyPort = [ANY_PORT];
    return {
      remote: this.cells.everything,
      local: this.place.local,
      remotePort: anyPort,
      localPort: anyPort,
      protocol: protocolSet(PROTOCOLS),
      ...part,
    };
  }

  /** Packets of a box that are surely let through by every guard. */
  public surelyAdmitted(box: PacketBox): Judged[] {
    return this.#pass(box, "must");
  }

  /** Packets of a box that are let through if what is unknown is as bad as it can be. */
  public possiblyAdmitted(box: PacketBox): Judged[] {
    return this.#pass(box, "may");
  }

  /** Packets of a box that some guard surely stops, with the rule that does. */
  public surelyStopped(box: PacketBox): Judged[] {
    const passed = this.possiblyAdmitted(box).map((judged) => judged.box);
    const stopped = withoutAll([box], passed);
    return stopped.flatMap((part) => this.#stoppers(part));
  }

  #pass(box: PacketBox, bound: "must" | "may"): Judged[] {
    return this.#chains.reduce<Judged[]>(
      (let_, chain) =>
        let_.flatMap(({ box: part, rules }) =>
          chain === undefined
            ? bound === "may"
              ? [{ box: part, rules }]
              : []
            : admittedBy(chain, part, bound).map(({ box: admitted, rules: own }) => ({
                box: admitted,
                rules: [...rules, ...own],
              })),
        ),
      [{ box, rules: [] }],
    );
  }

  /**
   * What is sure of packets that were found: they are real whichever copy of an address is, and sent
   * whichever address an interface has.
   */
  public settled(found: readonly Judged[]): Judged[] {
    const { cells } = this;
    const sure = found.flatMap((judged) => narrowed(judged, cells.sure(judged.box.remote)));
    const outside = found.flatMap((judged) =>
      narrowed(judged, cells.seenOutside(judged.box.remote)),
    );
    const inside = found.flatMap((judged) => narrowed(judged, cells.seenInside(judged.box.remote)));
    const both = outside.flatMap((judged) =>
      inside.flatMap(({ box }) => {
        const common = meet(judged.box, box);
        return common === undefined ? [] : [{ ...judged, box: common }];
      }),
    );
    return [...sure, ...both];
  }

  /** Splits packets that are stopped by the first rule that matches each. */
  #stoppers(box: PacketBox): Judged[] {
    const found: Judged[] = [];
    let open = [box];
    for (const chain of this.#chains) {
      if (chain === undefined) continue;
      let here = open;
      open = [];
      for (const { guard, rule, must } of chain) {
        if (must === undefined) continue;
        const hit = here.flatMap((part) => meet(part, must) ?? []);
        if (rule.access === "Deny")
          found.push(...hit.map((part) => ({ box: part, rules: [{ guard, rule }] })));
        else open.push(...hit);
        here = withoutAll(here, [must]);
      }
      open.push(...here);
    }
    return found;
  }

  #chain(guard: Known<SecurityGroup>): readonly Matcher[] | undefined {
    if (!isKnown(guard) || !isKnown(guard.rules)) return undefined;
    const matcher = (rule: SecurityRule): Matcher[] =>
      this.#match(rule).map((bounds) => ({ guard, rule, ...bounds }));
    const inPlay = (rules: readonly SecurityRule[]): SecurityRule[] =>
      rules.filter(({ direction }) => !isKnown(direction) || direction === this.direction);
    const own = inPlay(guard.rules);
    const placed = own.filter(({ priority }) => isKnown(priority));
    const adrift = own.filter(({ priority }) => !isKnown(priority)).flatMap(matcher);
    return [
      // A rule without a known priority may come before all others, and surely comes before Azure's own.
      ...adrift.map((early) => ({ ...early, must: undefined })),
      ...placed.toSorted((one, other) => rank(one) - rank(other)).flatMap(matcher),
      ...adrift,
      ...inPlay(this.defaults).flatMap(matcher),
    ];
  }

  /** What a rule matches of the protocols that have ports, and of those without, which only `*` as a port holds. */
  #match(rule: SecurityRule): Pick<Matcher, "must" | "may">[] {
    const inbound = this.direction === "Inbound";
    const remote = this.#remote(inbound ? rule.sources : rule.destinations);
    const local = this.#local(inbound ? rule.destinations : rule.sources);
    const remotePorts = inbound ? rule.sourcePorts : rule.destinationPorts;
    const localPorts = inbound ? rule.destinationPorts : rule.sourcePorts;
    return [PORTED, PORTLESS].map((among) => {
      const portSet = among === PORTED ? portsOf : anyPortOf;
      const remotePort = portSet(remotePorts);
      const localPort = portSet(localPorts);
      const protocol = protocolsOf(rule.protocols, among);
      const box = (bound: "must" | "may"): PacketBox | undefined => {
        const sides = {
          remote: remote[bound],
          local: local[bound],
          remotePort: remotePort[bound],
          localPort: localPort[bound],
          protocol: protocol[bound],
        };
        return Object.values(sides).some((set) => set.length === 0) ? undefined : sides;
      };
      return { must: isKnown(rule.direction) ? box("must") : undefined, may: box("may") };
    });
  }

  #remote(selectors: SecurityRule["sources"]): Bounds {
    if (!isKnown(selectors)) return possibly(this.cells.everything);
    return either(...selectors.map((selector) => this.cells.select(selector)));
  }

  /** Which of the local side's addresses a rule names. A tag of public addresses names none. */
  #local(selectors: SecurityRule["sources"]): Bounds {
    const { local, localGroups, meaning } = this.place;
    if (!isKnown(selectors)) return possibly(local);
    const named = selectors.map((selector): Bounds => {
      switch (selector.kind) {
        case "any":
          return surely(local);
        case "nothing":
          return surely(NOTHING);
        case "range":
          return surely(intersect(local, [selector.range]));
        case "group": {
          if (localGroups === undefined || !isInside(selector.group)) return possibly(local);
          return localGroups.includes(selector.group) ? surely(local) : surely(NOTHING);
        }
        case "tag": {
          const { must, may } = meaning.virtualNetwork;
          return selector.tag === "virtualnetwork"
            ? { must: intersect(local, must), may: intersect(local, may) }
            : surely(NOTHING);
        }
      }
    });
    return either(...named);
  }
}

function narrowed(judged: Judged, remote: IntervalSet): Judged[] {
  return remote.length === 0 ? [] : [{ ...judged, box: { ...judged.box, remote } }];
}

/** First match, in order. For what is sure a possible match already takes a packet away, for what is possible only a sure one. */
function admittedBy(chain: readonly Matcher[], box: PacketBox, bound: "must" | "may"): Judged[] {
  const admitted: Judged[] = [];
  let open = [box];
  for (const { guard, rule, must, may } of chain) {
    if (open.length === 0) break;
    const allows = bound === "must" ? rule.access === "Allow" : rule.access !== "Deny";
    const matched = bound === "must" ? must : may;
    if (allows && matched !== undefined) {
      for (const part of open) {
        const hit = meet(part, matched);
        if (hit !== undefined) admitted.push({ box: hit, rules: [{ guard, rule }] });
      }
    }
    // An Allow that only may match harms nothing that a later rule admits.
    const taken =
      bound === "must" ? (allows ? must : may) : isKnown(rule.access) ? must : undefined;
    if (taken !== undefined) open = withoutAll(open, [taken]);
  }
  return admitted;
}

function selectorsOf(guard: Known<SecurityGroup>, direction: Direction): readonly Selector[] {
  if (!isKnown(guard) || !isKnown(guard.rules)) return [];
  return guard.rules.flatMap((rule) => {
    if (isKnown(rule.direction) && rule.direction !== direction) return [];
    const named = direction === "Inbound" ? rule.sources : rule.destinations;
    return isKnown(named) ? named : [];
  });
}

function whyUnclear(guard: Known<SecurityGroup>): string | undefined {
  if (!isKnown(guard)) return guard.why;
  if (!isKnown(guard.rules)) return guard.rules.why;
  return guard.rules.flatMap(({ priority }) => (isKnown(priority) ? [] : [priority.why]))[0];
}

function rank({ priority }: SecurityRule): number {
  return isKnown(priority) ? priority : Infinity;
}

export function protocolSet(protocols: readonly Protocol[]): IntervalSet {
  return points(protocols.map((protocol) => PROTOCOLS.indexOf(protocol)));
}

function protocolsOf(protocols: SecurityRule["protocols"], among: readonly Protocol[]): Bounds {
  return isKnown(protocols)
    ? surely(protocolSet(among.filter((one) => protocols.includes(one))))
    : possibly(protocolSet(among));
}

function portsOf(ports: Known<readonly PortRange[]>): Bounds {
  return isKnown(ports) ? surely(intervals(ports)) : possibly([ANY_PORT]);
}

/** The same for what has no ports: every one, or none. */
function anyPortOf(ports: Known<readonly PortRange[]>): Bounds {
  if (!isKnown(ports)) return possibly([ANY_PORT]);
  const all = ports.some(({ first, last }) => first <= NO_PORT && NO_PORT <= last);
  return surely(all ? [ANY_PORT] : NOTHING);
}
