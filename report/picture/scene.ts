import { rangeText } from "../../components/model/address-range";
import { type Claim, type Verdict, worst } from "../../components/model/claims/claim";
import type {
  Estate,
  Subnet,
  VirtualMachine,
  VirtualNetwork,
} from "../../components/model/estate/estate";
import { isInside, isKnown } from "../../components/model/estate/known";
import { grouped } from "../../components/model/grouped";
import { Attachments } from "../../components/model/network/attachments";
import type { Certainty } from "../../components/model/network/peers";
import { isBastionSubnet, Topology } from "../../components/model/network/topology";
import { inOrder } from "../in-order";
import { type Report, theoremOf, VERDICTS } from "../proof-report";
import { wayOutText } from "./way-out-text";

export interface Tile {
  readonly name: string;
  readonly verdict: Verdict | undefined;
  readonly os: string;
}

/** A subnet as it is drawn. */
export interface SubnetScene {
  readonly key: string;
  readonly name: string;
  readonly ranges: string;
  /** First and last address of each range, for the ruler. */
  readonly spans: readonly { readonly first: number; readonly last: number }[];
  readonly bastion: string | undefined;
  readonly machines: readonly Tile[];
  /** Sign-in ports of its VMs, and whether Bastion reaches them. */
  readonly ports: readonly number[];
  readonly reached: Verdict | undefined;
  readonly guard: string;
  readonly wayOut: string;
}

/** A network as it is drawn. */
export interface NetworkScene {
  readonly key: string;
  readonly name: string;
  readonly ranges: string;
  readonly spans: readonly { readonly first: number; readonly last: number }[];
  readonly size: number;
  readonly subnets: readonly SubnetScene[];
  /** The networks that it is peered with. */
  readonly peers: readonly { readonly name: string; readonly connected: Certainty }[];
  readonly machines: number;
  /** The worst that is claimed of the network path to it and its VMs. */
  readonly verdict: Verdict;
}

export interface Scene {
  /** Networks in which a Bastion host stands, or that hold no VM. */
  readonly hubs: readonly NetworkScene[];
  readonly spokes: readonly NetworkScene[];
  /** Whether nobody but Bastion reaches any VM (N1, N4), as far as there are VMs. */
  readonly refused: boolean;
  /** VMs whose place in the network is not known. */
  readonly adrift: readonly string[];
}

/** The network of a report, as parts to draw. */
export function sceneOf({ estate, claims }: Report): Scene {
  const topology = new Topology(estate);
  const attachments = new Attachments(topology);
  const bySubject = grouped(
    claims.filter(({ id }) => theoremOf(id) === "network"),
    ({ subject }) => subject,
  );
  const machinesOf = new Map<string, VirtualMachine[]>();
  const adrift: string[] = [];
  for (const machine of inOrder(estate.machines, ({ subject }) => subject)) {
    const { places } = attachments.of(machine);
    const subnets = [...new Set(places.map(({ subnet }) => subnet.key))];
    if (subnets.length === 0) adrift.push(machine.subject);
    for (const key of subnets) machinesOf.set(key, [...(machinesOf.get(key) ?? []), machine]);
  }
  const subnetsOf = grouped(estate.subnets, ({ network }) => network);
  const networks = inOrder(estate.networks, ({ subject }) => subject).map((network) =>
    networkScene(network, subnetsOf.get(network.key) ?? [], machinesOf, bySubject, topology),
  );
  const isHub = ({ subnets, machines }: NetworkScene): boolean =>
    machines === 0 || subnets.some(({ bastion }) => bastion !== undefined);
  return {
    hubs: networks.filter(isHub),
    // What needs attention comes first.
    spokes: VERDICTS.flatMap((verdict) =>
      networks.filter((network) => !isHub(network) && network.verdict === verdict),
    ),
    refused: isRefused(claims),
    adrift,
  };
}

function isRefused(claims: readonly Claim[]): boolean {
  const own = claims.filter(({ id }) => id === "N1" || id === "N4");
  return own.length > 0 && own.every(({ verdict }) => verdict === "proved");
}

function networkScene(
  network: VirtualNetwork,
  subnets: readonly Subnet[],
  machinesOf: ReadonlyMap<string, readonly VirtualMachine[]>,
  claims: ReadonlyMap<string, readonly Claim[]>,
  topology: Topology,
): NetworkScene {
  const spans = isKnown(network.ranges) ? network.ranges : [];
  const scenes = subnets
    .map((subnet) => subnetScene(subnet, machinesOf.get(subnet.key) ?? [], claims, topology))
    .sort((one, other) => (one.spans[0]?.first ?? 0) - (other.spans[0]?.first ?? 0));
  const told = [
    network.subject,
    ...scenes.flatMap(({ machines }) => machines.map(({ name }) => name)),
  ];
  const machines = new Set(scenes.flatMap((scene) => scene.machines.map(({ name }) => name)));
  return {
    key: network.key,
    name: network.subject,
    ranges: isKnown(network.ranges) ? spans.map(rangeText).join(", ") : "range not known",
    spans,
    size: spans.reduce((sum, { first, last }) => sum + last - first + 1, 0),
    subnets: scenes,
    peers: peersOf(network, topology),
    machines: machines.size,
    verdict: worst(told.flatMap((name) => (claims.get(name) ?? []).map(({ verdict }) => verdict))),
  };
}

function subnetScene(
  subnet: Subnet,
  machines: readonly VirtualMachine[],
  claims: ReadonlyMap<string, readonly Claim[]>,
  topology: Topology,
): SubnetScene {
  const { estate } = topology;
  const spans = isKnown(subnet.ranges) ? subnet.ranges : [];
  const ofMachine = (machine: VirtualMachine): readonly Claim[] =>
    claims.get(machine.subject) ?? [];
  const reached = machines.flatMap((machine) =>
    ofMachine(machine).flatMap(({ id, verdict }) => (id === "N2" ? [verdict] : [])),
  );
  const group = topology.securityGroup(subnet.securityGroup);
  return {
    key: subnet.key,
    name: isKnown(subnet.name) ? subnet.name : subnet.subject,
    ranges: isKnown(subnet.ranges) ? spans.map(rangeText).join(", ") : "range not known",
    spans,
    bastion: bastionOf(subnet, estate),
    machines: machines.map((machine) => {
      const verdicts = ofMachine(machine).map(({ verdict }) => verdict);
      return {
        name: machine.subject,
        verdict: verdicts.length === 0 ? undefined : worst(verdicts),
        os: isKnown(machine.os) ? machine.os : "system not known",
      };
    }),
    ports: [...new Set(machines.flatMap(({ signInPorts }) => signInPorts))].sort((a, b) => a - b),
    reached: reached.length === 0 ? undefined : worst(reached),
    guard:
      group === undefined
        ? "no security group"
        : isKnown(group)
          ? group.subject
          : "group not in the graph",
    wayOut: wayOutText(subnet, topology),
  };
}

function bastionOf(subnet: Subnet, { bastionHosts }: Estate): string | undefined {
  const host = bastionHosts.find((candidate) => candidate.subnet === subnet.key);
  if (host !== undefined) return host.subject;
  return isBastionSubnet(subnet) ? "no host in the graph" : undefined;
}

function peersOf({ key }: VirtualNetwork, topology: Topology): NetworkScene["peers"] {
  return topology.peers(key).map(({ remote, connected }) => {
    const network = topology.network(remote);
    const name = isKnown(network)
      ? network.subject
      : isInside(remote)
        ? remote
        : "a network outside";
    return { name, connected };
  });
}
