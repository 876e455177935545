import type {
  Estate,
  IpConfiguration,
  NetworkInterface,
  SecurityGroup,
  SecurityRule,
  Subnet,
  VirtualMachine,
} from "../../../components/model/estate/estate";
import type { Known, Outside, Reference, Unknown } from "../../../components/model/estate/known";
import { inside, isPublic, portProbes, probes, type Stretch, usable } from "./addresses";
import { type Cell, cellsOf } from "./cells";
import type { Settled } from "./packet-walk";
import type { World } from "./worlds";

export function unknown(value: unknown): value is Unknown {
  return typeof value === "object" && value !== null && "why" in value;
}
export function outside(value: unknown): value is Outside {
  return typeof value === "object" && value !== null && "id" in value;
}
/** A list that is known, or nothing of it. */
export function listOf<Item>(value: Known<readonly Item[]>): readonly Item[] {
  return unknown(value) ? [] : value;
}

/** One end of a packet. */
export interface End {
  /** What open questions about it are filed under. */
  readonly about: string;
  readonly address: number;
  /** Which of Azure's tags hold a public address; asked for only where a rule names one. */
  readonly cell: (world: World) => Cell | undefined;
  /** The interface's address that it is, where it is one of the estate's machines. */
  readonly configuration?: IpConfiguration;
}

/** Where a packet can come from or go to: an address, or a tag whose addresses Microsoft alone knows. */
export interface Origin {
  readonly about: string;
  readonly public: boolean;
  /** Undefined where it is a tag's. */
  readonly address: number | undefined;
  readonly end: (world: World) => End;
}

/** An address of a machine, with what stands before it. */
export interface Seat {
  readonly machine: VirtualMachine;
  readonly card: NetworkInterface;
  readonly configuration: IpConfiguration;
  readonly subnet: Subnet;
  readonly network: string;
}

/** An estate with its parts found by key, and the addresses and ports that stand for all. */
export class Ground {
  public readonly probes: readonly number[];
  public readonly cells: readonly Cell[];
  public readonly sourcePorts: readonly number[];
  /** Those that a system gives to clients: 1024 and above. */
  public readonly clientPorts: readonly number[];
  public readonly ports: readonly number[];
  public readonly origins: readonly Origin[];
  /** Every address of every interface. */
  public readonly configurations: readonly IpConfiguration[];
  /** Rules of a group in their order, where nothing of it is open. */
  public readonly ordered = new Map<string, readonly Settled[]>();
  readonly #subnets: ReadonlyMap<string, Subnet>;
  readonly #groups: ReadonlyMap<string, SecurityGroup>;
  readonly #cards: ReadonlyMap<string, NetworkInterface>;
  readonly #usable = new Map<string, readonly number[]>();
  readonly #places = new Map<number, Origin>();
  readonly #ends = new Map<string, End>();

  public constructor(public readonly estate: Estate) {
    this.#subnets = new Map(estate.subnets.map((subnet) => [subnet.key, subnet]));
    this.#groups = new Map(estate.securityGroups.map((group) => [group.key, group]));
    this.#cards = new Map(estate.interfaces.map((card) => [card.key, card]));
    this.configurations = estate.interfaces.flatMap((card) => listOf(card.configurations));
    const rules = estate.securityGroups.flatMap((group) => listOf(group.rules));
    const balanced = estate.loadBalancers.flatMap((balancer) => balancer.rules);
    this.probes = probes(rangesIn(estate, rules), this.#subnetRanges());
    this.cells = cellsOf(tagsIn(rules));
    const sources = rules.flatMap((rule) => listOf(rule.sourcePorts));
    this.sourcePorts = portProbes(sources);
    const clients = { first: 1024, last: 65_535 };
    this.clientPorts = portProbes([...sources, clients]).filter((port) => inside(clients, port));
    this.ports = portProbes([
      ...rules.flatMap((rule) => listOf(rule.destinationPorts)),
      ...balanced.flatMap(({ backendPorts }) => (unknown(backendPorts) ? [] : [backendPorts])),
    ]);
    this.origins = [...this.probes.map((at) => this.origin(at)), ...this.#tagOrigins()];
  }

  public subnet(reference: Reference | undefined): Subnet | undefined {
    return typeof reference === "string" ? this.#subnets.get(reference) : undefined;
  }
  public group(reference: Reference | undefined): SecurityGroup | undefined {
    return typeof reference === "string" ? this.#groups.get(reference) : undefined;
  }
  public networkOf(subnet: Subnet): string | undefined {
    return typeof subnet.network === "string" ? subnet.network : undefined;
  }

  /** Addresses of a machine; `hidden` where it might have more, or stand where the estate does not reach. */
  public seats(machine: VirtualMachine): { seats: Seat[]; hidden: boolean } {
    const seats: Seat[] = [];
    let hidden = unknown(machine.interfaces);
    for (const reference of listOf(machine.interfaces)) {
      const card = typeof reference === "string" ? this.#cards.get(reference) : undefined;
      if (card === undefined || unknown(card.configurations)) hidden = true;
      for (const configuration of listOf(card?.configurations ?? [])) {
        const subnet = this.subnet(configuration.subnet);
        const network = subnet === undefined ? undefined : this.networkOf(subnet);
        if (card === undefined || subnet === undefined || network === undefined) hidden = true;
        else seats.push({ machine, card, configuration, subnet, network });
      }
    }
    return { seats, hidden };
  }

  public origin(address: number): Origin {
    const known = this.#places.get(address);
    if (known !== undefined) return known;
    const about = `address ${address}`;
    const { cells } = this;
    const end: End = {
      about,
      address,
      cell: (world) =>
        isPublic(address)
          ? cells[world.choose(`tags of ${about}`, cells.length, about)]
          : undefined,
    };
    const origin = { about, public: isPublic(address), address, end: () => end };
    this.#places.set(address, origin);
    return origin;
  }

  /** The end of a packet that a machine is. */
  public endOf({ configuration, subnet }: Seat, world: World): End {
    const address = this.addressOf(configuration, subnet, world);
    const about = `interface ${this.placeOf(configuration)} at ${address}`;
    const known = this.#ends.get(about);
    if (known !== undefined) return known;
    const { cell } = this.origin(address).end(world);
    const end = { about, address, cell, configuration };
    this.#ends.set(about, end);
    return end;
  }

  /** The address of an interface; where Azure chooses, any that its subnet has to give. */
  public addressOf(configuration: IpConfiguration, subnet: Subnet, world: World): number {
    const { address } = configuration;
    if (typeof address === "number") return address;
    const given = this.configurations.map((one) => one.address);
    const all = this.usableIn(subnet);
    const left = all.filter((at) => !given.includes(at));
    const free = world.loose || left.length === 0 ? all : left;
    const question = `address that Azure chooses for ${this.placeOf(configuration)}`;
    return free[world.choose(question, free.length)]!;
  }

  /** What tells an interface's address from the others: its place in the estate. */
  public placeOf(configuration: IpConfiguration): number {
    return this.configurations.indexOf(configuration);
  }

  /** Probes among the addresses that machines of a subnet can have. */
  public usableIn(subnet: Subnet): readonly number[] {
    const known = this.#usable.get(subnet.key);
    if (known !== undefined) return known;
    const ranges = unknown(subnet.ranges) ? undefined : subnet.ranges.map(usable);
    const network = this.estate.networks.find(({ key }) => key === subnet.network);
    const around = ranges ?? listOf(network?.ranges ?? []);
    const found = this.probes.filter((at) => around.some((range) => inside(range, at)));
    const all = found.length > 0 ? found : this.probes;
    this.#usable.set(subnet.key, all);
    return all;
  }

  #subnetRanges(): Stretch[] {
    return this.estate.subnets.flatMap((subnet) => listOf(subnet.ranges));
  }

  /** A tag of Azure has addresses, and they can be any public ones that are no network's here. */
  #tagOrigins(): Origin[] {
    const { networks, peerings } = this.estate;
    const owned = [
      ...networks.flatMap(({ ranges }) => listOf(ranges)),
      ...peerings.flatMap(({ remoteRanges }) => remoteRanges ?? []),
    ];
    const everywhere = this.probes
      .filter(isPublic)
      .filter((address) => !owned.some((range) => inside(range, address)));
    return this.cells.map((cell): Origin => {
      const about = cell.name;
      const end = (world: World): End => ({
        about,
        address: everywhere[world.choose(`where ${about} is`, everywhere.length, about)]!,
        cell: () => cell,
      });
      return { about, public: true, address: undefined, end };
    });
  }
}

function rangesIn(estate: Estate, rules: readonly SecurityRule[]): Stretch[] {
  const subnets = estate.subnets.flatMap(({ ranges }) => listOf(ranges));
  const cards = estate.interfaces.flatMap(({ configurations }) => listOf(configurations));
  const tables = estate.routeTables.flatMap(({ routes }) => listOf(routes));
  return [
    ...estate.networks.flatMap(({ ranges }) => listOf(ranges)),
    ...estate.peerings.flatMap(({ remoteRanges }) => remoteRanges ?? []),
    ...subnets,
    ...subnets.map(usable),
    ...cards.flatMap(({ address }) =>
      typeof address === "number" ? [{ first: address, last: address }] : [],
    ),
    ...tables.flatMap(({ range }) => (range === undefined || unknown(range) ? [] : [range])),
    ...rules
      .flatMap((rule) => [...listOf(rule.sources), ...listOf(rule.destinations)])
      .flatMap((selector) => (selector.kind === "range" ? [selector.range] : [])),
  ];
}

function tagsIn(rules: readonly SecurityRule[]): string[] {
  return rules
    .flatMap((rule) => [...listOf(rule.sources), ...listOf(rule.destinations)])
    .flatMap((selector) => (selector.kind === "tag" ? [selector.tag] : []))
    .filter((tag) => !["virtualnetwork", "internet", "azureloadbalancer"].includes(tag));
}
