import type {
  Estate,
  IpConfiguration,
  LoadBalancerRule,
  NetworkInterface,
  Subnet,
  VirtualMachine,
} from "../estate/estate";
import { isInside, isKnown, type Known, type Reference, Unknown } from "../estate/known";
import type { GroupMember } from "../packets/address-cells";
import { intervals, type IntervalSet } from "../packets/interval-set";
import type { Topology } from "./topology";

/** One address of a VM: the place where its packets come in and go out. */
export interface Attachment {
  readonly machine: VirtualMachine;
  readonly networkInterface: NetworkInterface;
  readonly configuration: IpConfiguration;
  readonly subnet: Subnet;
  /** Addresses that it can have: one where it is fixed, the subnet's where Azure chooses. */
  readonly addresses: IntervalSet;
  /** Application security groups that it is in; undefined where they are not all known. */
  readonly groups: readonly string[] | undefined;
  /** Rules of load balancers that surely lead here. */
  readonly balanced: readonly LoadBalancerRule[];
  /** Why others may. */
  readonly otherwiseBalanced: string | undefined;
}

/** An address of an interface, wherever it is. */
export type Addressed = Pick<Attachment, "networkInterface" | "configuration">;

/** The addresses of a VM, as far as they are in the graph. */
export interface Attached {
  readonly places: readonly Attachment[];
  /** Every address of its interfaces, those in places that are not in the graph among them. */
  readonly addressed: readonly Addressed[];
  /** Why there may be more, or why a place may be another than it seems. */
  readonly hidden: string | undefined;
}

const NOWHERE: Attached = { places: [], addressed: [], hidden: undefined };

/** Azure keeps the first four addresses of a subnet and the last. https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq */
export function usable(ranges: IntervalSet): IntervalSet {
  return intervals(ranges.map(({ first, last }) => ({ first: first + 4, last: last - 1 })));
}

/** Addresses that something in a subnet can have; of a range that is not known, some part of the network's. */
export function usableIn(topology: Topology, subnet: Subnet): IntervalSet {
  const { may } = topology.subnetRanges(subnet);
  return isKnown(subnet.ranges) ? usable(may) : may;
}

/** Keys of all interfaces of its VM: none of them is somebody else. */
export function ownInterfaces({ machine, networkInterface }: Attachment): readonly string[] {
  const { interfaces } = machine;
  const known = isKnown(interfaces) ? interfaces.filter((one) => isInside(one)) : [];
  return [networkInterface.key, ...known];
}

/** Finds the attachments of every VM, and the members of application security groups. */
export class Attachments {
  readonly #byMachine = new Map<string, Attached>();
  /** Interfaces in application security groups. */
  public readonly members: readonly GroupMember[];

  public constructor(topology: Topology) {
    const { estate } = topology;
    const interfaces = new Map(estate.interfaces.map((nic) => [nic.key, nic]));
    const rules = estate.loadBalancers.flatMap((balancer) => balancer.rules);
    for (const machine of estate.machines) {
      this.#byMachine.set(machine.key, attachmentsOf(machine, interfaces, rules, topology));
    }
    this.members = membersOf(estate, topology);
  }

  public of({ key }: VirtualMachine): Attached {
    return this.#byMachine.get(key) ?? NOWHERE;
  }

  /** Those of every VM. */
  public all(): readonly Attached[] {
    return [...this.#byMachine.values()];
  }
}

function attachmentsOf(
  machine: VirtualMachine,
  interfaces: ReadonlyMap<string, NetworkInterface>,
  rules: readonly LoadBalancerRule[],
  topology: Topology,
): Attached {
  if (!isKnown(machine.interfaces)) return { ...NOWHERE, hidden: machine.interfaces.why };
  const places: Attachment[] = [];
  const addressed: Addressed[] = [];
  let hidden: string | undefined;
  for (const reference of machine.interfaces) {
    const nic = isInside(reference) ? interfaces.get(reference) : undefined;
    if (nic === undefined || !isKnown(nic.configurations)) {
      hidden ??=
        nic === undefined || isKnown(nic.configurations)
          ? `an interface of ${machine.subject} is not in the graph`
          : nic.configurations.why;
      continue;
    }
    for (const configuration of nic.configurations) {
      addressed.push({ networkInterface: nic, configuration });
      const place = placeOf(nic, configuration, topology);
      if (!isKnown(place)) {
        hidden ??= place.why;
        continue;
      }
      const { applicationGroups } = configuration;
      places.push({
        machine,
        networkInterface: nic,
        configuration,
        ...place,
        groups: isKnown(applicationGroups) ? keysOf(applicationGroups) : undefined,
        ...balancedBy(configuration, rules),
      });
    }
  }
  return { places, addressed, hidden };
}

/** A group that is not known leaves open which ones an interface is in. */
function keysOf(groups: readonly Reference[]): readonly string[] | undefined {
  return groups.some((group) => group instanceof Unknown)
    ? undefined
    : groups.filter((group) => isInside(group));
}

/** Where an address is: in a subnet and a network of the graph, or not known. */
function placeOf(
  nic: NetworkInterface,
  { subnet: reference, address }: IpConfiguration,
  topology: Topology,
): Known<{ subnet: Subnet; addresses: IntervalSet }> {
  if (reference === undefined) return new Unknown(`${nic.subject} names no subnet`);
  const subnet = topology.subnet(reference);
  if (!isKnown(subnet)) return subnet;
  const network = topology.network(subnet.network);
  if (!isKnown(network)) return network;
  if (isKnown(address) && address !== undefined) {
    return { subnet, addresses: [{ first: address, last: address }] };
  }
  return { subnet, addresses: usableIn(topology, subnet) };
}

/** Rules that lead to an address: through a pool that it is in, or a NAT rule that it names. */
function balancedBy(
  { backendPools, natRules }: IpConfiguration,
  rules: readonly LoadBalancerRule[],
): Pick<Attachment, "balanced" | "otherwiseBalanced"> {
  const named = [backendPools, natRules].flatMap((list) => (isKnown(list) ? list : []));
  const hidden = [backendPools, natRules].find((list) => !isKnown(list));
  const open = named.find((reference) => !isInside(reference));
  return {
    balanced: rules.filter(
      ({ key, pool }) =>
        named.includes(key) || (pool !== undefined && isInside(pool) && named.includes(pool)),
    ),
    // A balancer outside the graph may lead anywhere from anywhere.
    otherwiseBalanced:
      hidden instanceof Unknown
        ? hidden.why
        : open instanceof Unknown
          ? open.why
          : open === undefined
            ? undefined
            : "its load balancer is not in the graph",
  };
}

function membersOf(estate: Estate, topology: Topology): GroupMember[] {
  return estate.interfaces.flatMap((nic) => {
    if (!isKnown(nic.configurations)) return [];
    return nic.configurations.flatMap((configuration): GroupMember[] => {
      const { applicationGroups } = configuration;
      const groups = isKnown(applicationGroups) ? keysOf(applicationGroups) : undefined;
      const place = placeOf(nic, configuration, topology);
      if (!isKnown(place) || groups?.length === 0) return [];
      return [
        {
          name: nic.subject,
          addresses: place.addresses,
          groups: groups ?? [],
          open: groups === undefined,
        },
      ];
    });
  });
}
