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
import { rangeSet, type Topology } from "./topology";

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
  /** Rules of load balancers that lead here. */
  readonly balanced: Known<readonly LoadBalancerRule[]>;
}

/** The addresses of a VM, or why they are not known. */
export type Attached = Known<readonly Attachment[]>;

/** Azure keeps the first four addresses of a subnet and the last. https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq */
export function usable(ranges: IntervalSet): IntervalSet {
  return intervals(ranges.map(({ first, last }) => ({ first: first + 4, last: last - 1 })));
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

  public of(machine: VirtualMachine): Attached {
    return (
      this.#byMachine.get(machine.key) ?? new Unknown(`${machine.subject} is not in the graph`)
    );
  }

  /** Every attachment that is known, of every VM. */
  public known(): Attachment[] {
    return [...this.#byMachine.values()].flatMap((attached) => (isKnown(attached) ? attached : []));
  }
}

function attachmentsOf(
  machine: VirtualMachine,
  interfaces: ReadonlyMap<string, NetworkInterface>,
  rules: readonly LoadBalancerRule[],
  topology: Topology,
): Attached {
  if (!isKnown(machine.interfaces)) return machine.interfaces;
  const found: Attachment[] = [];
  for (const reference of machine.interfaces) {
    const nic = isInside(reference) ? interfaces.get(reference) : undefined;
    if (nic === undefined)
      return new Unknown(`an interface of ${machine.subject} is not in the graph`);
    if (!isKnown(nic.configurations)) return nic.configurations;
    for (const configuration of nic.configurations) {
      const place = addressesOf(nic, configuration, topology);
      if (!isKnown(place)) return place;
      const { applicationGroups } = configuration;
      found.push({
        machine,
        networkInterface: nic,
        configuration,
        ...place,
        groups: isKnown(applicationGroups) ? keysOf(applicationGroups) : undefined,
        balanced: balancedBy(configuration, rules),
      });
    }
  }
  return found;
}

/** A group that is not known leaves open which ones an interface is in. */
function keysOf(groups: readonly Reference[]): readonly string[] | undefined {
  return groups.some((group) => group instanceof Unknown)
    ? undefined
    : groups.filter((group) => isInside(group));
}

function addressesOf(
  nic: NetworkInterface,
  { subnet: reference, address }: IpConfiguration,
  topology: Topology,
): Known<{ subnet: Subnet; addresses: IntervalSet }> {
  if (reference === undefined) return new Unknown(`${nic.subject} names no subnet`);
  const subnet = topology.subnet(reference);
  if (!isKnown(subnet)) return subnet;
  if (isKnown(address) && address !== undefined) {
    return { subnet, addresses: [{ first: address, last: address }] };
  }
  if (!isKnown(subnet.ranges)) return subnet.ranges;
  return { subnet, addresses: usable(rangeSet(subnet.ranges)) };
}

/** Rules that lead to an address: through a pool that it is in, or a NAT rule that it names. */
function balancedBy(
  { backendPools, natRules }: IpConfiguration,
  rules: readonly LoadBalancerRule[],
): Known<readonly LoadBalancerRule[]> {
  if (!isKnown(backendPools)) return backendPools;
  if (!isKnown(natRules)) return natRules;
  const unclear = [...backendPools, ...natRules].find((reference) => !isInside(reference));
  if (unclear instanceof Unknown) return unclear;
  // A balancer outside the graph may lead anywhere from anywhere.
  if (unclear !== undefined) return new Unknown("its load balancer is not in the graph");
  return rules.filter(
    ({ key, pool }) =>
      natRules.includes(key) ||
      (pool !== undefined && isInside(pool) && backendPools.includes(pool)),
  );
}

function membersOf(estate: Estate, topology: Topology): GroupMember[] {
  return estate.interfaces.flatMap((nic) => {
    if (!isKnown(nic.configurations)) return [];
    return nic.configurations.flatMap((configuration): GroupMember[] => {
      const { applicationGroups } = configuration;
      const groups = isKnown(applicationGroups) ? keysOf(applicationGroups) : undefined;
      const place = addressesOf(nic, configuration, topology);
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
