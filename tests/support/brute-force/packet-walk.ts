import type {
  IpConfiguration,
  PortRange,
  SecurityGroup,
  SecurityRule,
  Selector,
  Subnet,
} from "../../../components/model/estate/estate";
import type { Known, Reference } from "../../../components/model/estate/known";
import { inside, isPublic, PLATFORM } from "./addresses";
import { tagHolds } from "./cells";
import { type End, type Ground, listOf, outside, type Seat, unknown } from "./ground";
import type { Header } from "./headers";
import { virtualNetworkHolds } from "./neighbours";
import type { World } from "./worlds";

export interface Packet extends Header {
  readonly source: End;
  readonly destination: End;
}

type Direction = "Inbound" | "Outbound";
/** Own rules have priorities 100 to 4096; one whose priority is not known may come before or after them all. */
const BEFORE_ALL = 0;
const AFTER_ALL = 4097;
const ACCESS: readonly ("Allow" | "Deny")[] = ["Allow", "Deny"];

/** A rule with what decides its place and its word. */
export interface Settled {
  readonly rule: SecurityRule;
  readonly name: string;
  readonly access: "Allow" | "Deny";
  readonly priority: number;
}

/** One packet before the groups that guard a subnet and its interfaces. */
export class Walk {
  public constructor(
    private readonly ground: Ground,
    private readonly world: World,
    private readonly subnet: Subnet,
    /** On AzureBastionSubnet Azure counts no rules but the group's own. */
    private readonly ownRulesOnly = false,
  ) {}

  /** Into a machine: the subnet's group, then the interface's. */
  public into({ card, subnet }: Seat, packet: Packet): boolean {
    return (
      this.passes(subnet.securityGroup, "Inbound", packet) &&
      this.passes(card.securityGroup, "Inbound", packet)
    );
  }

  /** Out of a machine: the interface's group, then the subnet's. */
  public outOf({ card, subnet }: Seat, packet: Packet): boolean {
    return (
      this.passes(card.securityGroup, "Outbound", packet) &&
      this.passes(subnet.securityGroup, "Outbound", packet)
    );
  }

  public passes(reference: Reference | undefined, direction: Direction, packet: Packet): boolean {
    if (reference === undefined) return true;
    const group = this.ground.group(reference);
    const name = group?.key ?? (outside(reference) ? reference.id : `group of ${this.subnet.key}`);
    if (group === undefined || unknown(group.rules)) {
      return this.world.maybe(`${name} admits ${direction}`);
    }
    for (const { rule, name: ruleName, access } of this.#inOrder(group, group.rules, direction)) {
      const matches = this.world.loose
        ? this.world.within(ruleName, () => this.#matches(rule, ruleName, packet))
        : this.#matches(rule, ruleName, packet);
      if (matches) return access === "Allow";
    }
    if (this.ownRulesOnly) return false;
    return direction === "Inbound" ? this.#defaultInbound(packet) : this.#defaultOutbound(packet);
  }

  /** The rules of one direction by priority; worked out once where nothing of it is open. */
  #inOrder(
    group: SecurityGroup,
    rules: readonly SecurityRule[],
    direction: Direction,
  ): readonly Settled[] {
    const known = this.ground.ordered.get(`${group.key} ${direction}`);
    if (known !== undefined) return known;
    const settled = rules
      .flatMap((rule, index) => this.#settle(rule, `${group.key} rule ${index}`, direction))
      .sort((one, other) => one.priority - other.priority);
    if (!rules.some(open)) this.ground.ordered.set(`${group.key} ${direction}`, settled);
    return settled;
  }

  #settle(rule: SecurityRule, name: string, direction: Direction): Settled[] {
    const { world } = this;
    return world.within(name, () => {
      // Judged by itself, a rule that is not known in full is one that might as well not be there.
      if (world.loose && open(rule) && world.maybe(`${name} is not there`)) return [];
      const way = settle(rule.direction, ["Inbound", "Outbound"], `${name} direction`, world);
      if (way !== direction) return [];
      const priority = settle(rule.priority, [BEFORE_ALL, AFTER_ALL], `${name} priority`, world);
      return [
        { rule, name, access: settle(rule.access, ACCESS, `${name} access`, world), priority },
      ];
    });
  }

  #matches(rule: SecurityRule, name: string, packet: Packet): boolean {
    const { protocols } = rule;
    return (
      (unknown(protocols)
        ? this.world.maybe(`${name} matches every protocol`)
        : protocols.includes(packet.protocol)) &&
      this.#isPort(rule.destinationPorts, packet.destinationPort, name, "port") &&
      this.#isPort(rule.sourcePorts, packet.sourcePort, name, "source port") &&
      this.#isNamed(rule.sources, packet.source, name, "source") &&
      this.#isNamed(rule.destinations, packet.destination, name, "destination")
    );
  }

  #isPort(ranges: Known<readonly PortRange[]>, port: number, name: string, what: string): boolean {
    if (unknown(ranges)) return this.world.maybe(`${name} matches every ${what}`);
    return ranges.some((range) => inside(range, port));
  }

  #isNamed(selectors: Known<readonly Selector[]>, end: End, name: string, what: string): boolean {
    if (unknown(selectors)) return this.world.maybe(`${name} matches every ${what}`);
    return selectors.some((selector) => this.#selects(selector, end));
  }

  #selects(selector: Selector, end: End): boolean {
    switch (selector.kind) {
      case "any":
        return true;
      case "nothing":
        return false;
      case "range":
        return inside(selector.range, end.address);
      case "group":
        return this.#isMember(selector.group, end);
      case "tag":
        if (selector.tag === "virtualnetwork") return this.#inVirtualNetwork(end);
        if (selector.tag === "internet") return this.#inInternet(end);
        if (selector.tag === "azureloadbalancer") return end.address === PLATFORM;
        return this.#inTag(selector.tag, end);
    }
  }

  #inVirtualNetwork(end: End): boolean {
    return virtualNetworkHolds(this.ground, this.subnet, end, this.world);
  }

  #inInternet(end: End): boolean {
    return isPublic(end.address) && !this.#inVirtualNetwork(end);
  }

  #inTag(tag: string, end: End): boolean {
    if (end.address === PLATFORM) return false;
    const cell = end.cell(this.world);
    return cell !== undefined && tagHolds(tag, cell);
  }

  #isMember(group: Reference, end: End): boolean {
    const { ground, world } = this;
    if (unknown(group)) return world.maybe(`a group not known has ${end.about}`, end.about);
    const name = typeof group === "string" ? group : group.id;
    if (end.configuration !== undefined) return this.#isIn(end.configuration, name);
    // Who else is in a group that stands outside the estate is not known.
    if (outside(group) && world.maybe(`${name} has ${end.about}`, end.about)) return true;
    return ground.configurations.some((configuration) => {
      if (!this.#isIn(configuration, name)) return false;
      const subnet = ground.subnet(configuration.subnet);
      if (subnet !== undefined) {
        return ground.addressOf(configuration, subnet, world) === end.address;
      }
      const place = ground.placeOf(configuration);
      return world.maybe(`interface ${place} is ${end.about}`, end.about);
    });
  }

  #isIn(configuration: IpConfiguration, name: string): boolean {
    const groups = configuration.applicationGroups;
    if (unknown(groups) || groups.some(unknown)) {
      return this.world.maybe(`interface ${this.ground.placeOf(configuration)} is in ${name}`);
    }
    return groups.some((one) => (outside(one) ? one.id : one) === name);
  }

  /** Azure's own rules: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview */
  #defaultInbound({ source, destination }: Packet): boolean {
    if (this.#inVirtualNetwork(source) && this.#inVirtualNetwork(destination)) return true;
    return source.address === PLATFORM;
  }

  #defaultOutbound({ source, destination }: Packet): boolean {
    if (this.#inVirtualNetwork(source) && this.#inVirtualNetwork(destination)) return true;
    return this.#inInternet(destination);
  }
}

function open(rule: SecurityRule): boolean {
  const { sources, destinations } = rule;
  return (
    [rule.priority, rule.direction, rule.access, rule.protocols].some(unknown) ||
    [sources, destinations, rule.sourcePorts, rule.destinationPorts].some(unknown) ||
    [...listOf(sources), ...listOf(destinations)].some(
      (selector) => selector.kind === "group" && unknown(selector.group),
    )
  );
}

function settle<Value>(
  value: Known<Value>,
  all: readonly Value[],
  question: string,
  world: World,
): Value {
  return unknown(value) ? all[world.choose(question, all.length)]! : value;
}
