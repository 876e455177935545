import { addressText } from "../address-range";
import type { Claim, Counterexample } from "../claims/claim";
import type { BastionHost, Subnet, VirtualMachine } from "../estate/estate";
import { isInside, isKnown, type Reference } from "../estate/known";
import { protocolSet } from "../packets/guards";
import { intersect, type IntervalSet, points, subtract, union } from "../packets/interval-set";
import { coversLocal, withoutAll } from "../packets/packet-set";
import { GETTING_THROUGH } from "./assumptions";
import { type Attachment, type Attachments, usableIn } from "./attachments";
import { ADMITTED, type Answer, refuted, unknown } from "./answer";
import { CLIENT_PORTS } from "./client-ports";
import { lackOf } from "./bastion-ability";
import { answersComeBack } from "./bastion-answers";
import type { Inbound } from "./inbound";
import { ruleOf, ruleText } from "./named-rule";
import type { Outbound } from "./outbound";
import { packetOf, packetText } from "./showing";
import { type Certainty, likeliest } from "./peers";
import type { Topology } from "./topology";

const TCP = protocolSet(["Tcp"]);

/** A Bastion host that might serve a network. */
interface Server {
  readonly host: BastionHost;
  readonly subnet: Subnet;
  readonly connected: Certainty;
}

/** N2: Bastion reaches a VM's sign-in ports, and the VM's answers come back. */
export class BastionReaches {
  public constructor(
    private readonly topology: Topology,
    private readonly attachments: Attachments,
    private readonly inbound: Inbound,
    private readonly outbound: Outbound,
  ) {}

  public claim(machine: VirtualMachine): Claim {
    const { places, hidden } = this.attachments.of(machine);
    const found = hidden === undefined ? this.#everyAddress(machine, places) : unknown(hidden);
    // Which port it is follows from the system: where that is not said, the other one may be it.
    const answer =
      found.verdict === "refuted" && !isKnown(machine.os) ? unknown(machine.os.why) : found;
    return {
      id: "N2",
      subject: machine.subject,
      ...answer,
      assumptions: answer.verdict === "proved" ? GETTING_THROUGH : [],
    };
  }

  /** Bastion connects to a VM's primary address; which of several that is, is not read, so all have to agree. */
  #everyAddress(machine: VirtualMachine, attached: readonly Attachment[]): Answer {
    const answers = attached.map((attachment) => this.#anyHost(attachment));
    const [first] = answers;
    if (first === undefined) {
      return refuted("the VM has no network interface", {
        hop: "entering the VM",
        resource: machine.subject,
      });
    }
    return answers.every(({ verdict }) => verdict === first.verdict)
      ? first
      : unknown("Bastion reaches some of its addresses, and which one is its primary is not read");
  }

  /** One host that serves the network is enough. */
  #anyHost(attachment: Attachment): Answer {
    const { network } = attachment.subnet;
    const answer = best(this.#servers(network).map((server) => this.#reaches(server, attachment)));
    if (answer?.verdict === "proved") return answer;
    const hidden = this.topology.estate.bastionHosts.find(
      (host) => this.#placeOf(host) === undefined,
    );
    if (hidden !== undefined) return unknown(`where ${hidden.subject} stands is not in the graph`);
    const outside = this.topology
      .peers(network)
      .some(
        ({ remote, connected }) => connected !== "no" && !isKnown(this.topology.network(remote)),
      );
    if (outside || !isInside(network)) {
      return answer?.verdict === "unknown"
        ? answer
        : unknown("a Bastion host may stand in a network that is not in the graph");
    }
    const because = "no Bastion host stands in its network or in one that is peered with it";
    const { subject } = attachment.subnet;
    return answer ?? refuted(because, { hop: `entering ${subject}`, resource: subject });
  }

  /** Hosts that may serve a network: in it, in a peer, or in a network that is not known. */
  #servers(network: Reference): Server[] {
    const peers = this.topology.peers(network);
    return this.topology.estate.bastionHosts.flatMap((host): Server[] => {
      const subnet = this.#placeOf(host);
      if (subnet === undefined) return [];
      if (subnet.network === network) return [{ host, subnet, connected: "yes" }];
      const connected = likeliest(
        peers.filter(({ remote }) => remote === subnet.network).map((peer) => peer.connected),
      );
      const joined = peers.some(({ remote }) => remote === subnet.network);
      return joined ? [{ host, subnet, connected }] : [];
    });
  }

  /** The subnet of a host, where it and its network are in the graph. */
  #placeOf({ subnet: reference }: BastionHost): Subnet | undefined {
    const subnet = reference === undefined ? undefined : this.topology.subnet(reference);
    if (subnet === undefined || !isKnown(subnet)) return undefined;
    return isKnown(this.topology.network(subnet.network)) ? subnet : undefined;
  }

  #reaches({ host, subnet, connected }: Server, attachment: Attachment): Answer {
    const from = usableIn(this.topology, subnet);
    const asked = questionOf(from, attachment);
    if (connected === "no") {
      return refuted(`the peering with the network of ${host.subject} has one half only`, {
        ...asked,
        hop: `from the network of ${host.subject} to that of ${attachment.subnet.subject}`,
        resource: attachment.subnet.subject,
      });
    }
    const able = this.#able(host, asked, subnet, attachment);
    const by = [
      this.#emitted(subnet, from, attachment),
      this.#admitted(from, attachment),
      answersComeBack(this.topology, from, attachment),
    ];
    // Of a range that is not known Bastion may have the part that gets through.
    const sure = isKnown(subnet.ranges) ? [able, ...by] : [able];
    const against = sure.find(({ verdict }) => verdict === "refuted");
    if (against !== undefined) return against;
    const open = [able, ...by].find(({ verdict }) => verdict !== "proved");
    if (open !== undefined) return unknown(open.because);
    if (connected === "maybe") return unknown("whether its peering has both halves is not known");
    return {
      verdict: "proved",
      because: `every address of ${subnet.subject} reaches ${attachment.machine.signInPorts.join(", ")}, and the answers come back`,
    };
  }

  #able(host: BastionHost, asked: Asked, subnet: Subnet, attachment: Attachment): Answer {
    const peered = subnet.network !== attachment.subnet.network;
    const lack = lackOf(host, peered, attachment.machine.signInPorts);
    if (lack === undefined) return ADMITTED;
    if (!isKnown(lack)) return unknown(lack.why);
    return refuted(lack, { ...asked, hop: `leaving ${host.subject}`, resource: host.subject });
  }

  /** What the host's own subnet lets out. */
  #emitted(subnet: Subnet, from: IntervalSet, { machine, addresses }: Attachment): Answer {
    const guards = this.outbound.guardsOfSubnet(subnet, from);
    const asked = guards.packets({
      remote: guards.cells.plain(addresses),
      remotePort: points(machine.signInPorts),
      localPort: CLIENT_PORTS,
      protocol: TCP,
    });
    const stopped = guards.settled(guards.surelyStopped(asked));
    const [first] = stopped;
    if (first !== undefined) {
      const left = subtract(
        addresses,
        union(...stopped.map(({ box }) => guards.cells.numbers(box.remote))),
      );
      if (left.length > 0)
        return unknown(`whether ${subnet.subject} lets it out depends on its address`);
      const packet = packetOf(first.box, "Outbound", guards.cells);
      const rule = ruleOf(first);
      return {
        verdict: "refuted",
        because: `${packetText(packet)} does not leave ${subnet.subject}: ${ruleText(rule)}`,
        counterexample: {
          packet,
          hop: `leaving ${subnet.subject}`,
          ...(rule === undefined ? {} : { rule }),
          resource: rule?.securityGroup ?? subnet.subject,
        },
      };
    }
    const sure = guards.surelyAdmitted(asked).map(({ box }) => box);
    return withoutAll([asked], sure).length === 0
      ? ADMITTED
      : unknown(guards.unclear ?? `whether ${subnet.subject} lets it out is not known`);
  }

  /** What the VM's guards let in. */
  #admitted(from: IntervalSet, attachment: Attachment): Answer {
    const guards = this.inbound.guards(attachment);
    const { machine, subnet } = attachment;
    const asked = guards.packets({
      remote: guards.cells.plain(from),
      localPort: points(machine.signInPorts),
      remotePort: CLIENT_PORTS,
      protocol: TCP,
    });
    const stopped = guards.settled(guards.surelyStopped(asked));
    const [first] = stopped;
    const boxes = stopped.map(({ box }) => box);
    if (first !== undefined && coversLocal(boxes, asked.local)) {
      const packet = packetOf(
        first.box,
        "Inbound",
        guards.cells,
        intersect(first.box.local, attachment.addresses),
      );
      const rule = ruleOf(first);
      return {
        verdict: "refuted",
        because: `${packetText(packet)} does not get in: ${ruleText(rule)}`,
        counterexample: {
          packet,
          hop: `entering ${subnet.subject}`,
          ...(rule === undefined ? {} : { rule }),
          resource: rule?.securityGroup ?? subnet.subject,
        },
      };
    }
    const sure = guards.surelyAdmitted(asked).map(({ box }) => box);
    return withoutAll([asked], sure).length === 0
      ? ADMITTED
      : unknown(
          guards.unclear ??
            `whether Bastion gets in depends on the address that Azure chooses for ${machine.subject}`,
        );
  }
}

/** The best of several ways: one that is proved is enough, and only when all are refuted is the whole. */
function best(answers: readonly Answer[]): Answer | undefined {
  return (
    answers.find(({ verdict }) => verdict === "proved") ??
    answers.find(({ verdict }) => verdict === "unknown") ??
    answers[0]
  );
}

type Asked = Pick<Counterexample, "packet">;

/** A packet that Bastion would send: none where a side's addresses are not known. */
function questionOf(from: IntervalSet, { addresses, machine }: Attachment): Asked {
  const [source] = from;
  const [destination] = addresses;
  const [destinationPort] = machine.signInPorts;
  if (source === undefined || destination === undefined || destinationPort === undefined) return {};
  return {
    packet: {
      direction: "Inbound",
      source: addressText(source.first),
      sourcePort: 50000,
      destination: addressText(destination.first),
      destinationPort,
      protocol: "Tcp",
    },
  };
}
