import { addressText } from "../address-range";
import type { Claim } from "../claims/claim";
import type { BastionHost, Subnet, VirtualMachine } from "../estate/estate";
import { isInside, isKnown, type Reference } from "../estate/known";
import { CUSTOM_PORTS, PEERED_NETWORKS } from "../bastion-sku";
import { SIGN_IN_PORT } from "../management-ports";
import { protocolSet } from "../packets/guards";
import { intersect, type IntervalSet, points, subtract, union } from "../packets/interval-set";
import { coversLocal, withoutAll } from "../packets/packet-set";
import { GETTING_THROUGH } from "./assumptions";
import { type Attachment, type Attachments, usable } from "./attachments";
import type { Inbound } from "./inbound";
import { ruleOf, ruleText } from "./named-rule";
import type { Outbound } from "./outbound";
import { type Way, waysOf } from "./routes";
import { packetOf, packetText } from "./showing";
import { type Certainty, likeliest } from "./peers";
import type { Topology } from "./topology";

/** Ports that an operating system gives to clients; what a Bastion instance connects from. */
const CLIENT_PORTS: IntervalSet = [{ first: 1024, last: 65535 }];
const TCP = protocolSet(["Tcp"]);
const PROTOCOL_PORTS: readonly number[] = Object.values(SIGN_IN_PORT);

type Answer = Pick<Claim, "verdict" | "because" | "counterexample">;

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
    const found = hidden === undefined ? this.#everyAddress(places) : unknown(hidden);
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
  #everyAddress(attached: readonly Attachment[]): Answer {
    const answers = attached.map((attachment) => this.#anyHost(attachment));
    const [first] = answers;
    if (first === undefined) {
      return { verdict: "refuted", because: "the VM has no network interface" };
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
    return answer ?? { verdict: "refuted", because };
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
    if (connected === "no") {
      return {
        verdict: "refuted",
        because: `the peering with the network of ${host.subject} has one half only`,
      };
    }
    const { may } = this.topology.subnetRanges(subnet);
    const from = isKnown(subnet.ranges) ? usable(may) : may;
    const able = ableTo(
      host,
      subnet.network !== attachment.subnet.network,
      attachment.machine.signInPorts,
    );
    const by = [
      this.#emitted(subnet, from, attachment),
      this.#admitted(from, attachment),
      this.#answered(from, attachment),
    ];
    // Of a range that is not known Bastion may have the part that gets through.
    const sure = isKnown(subnet.ranges) ? [able, ...by] : [able];
    const refuted = sure.find(({ verdict }) => verdict === "refuted");
    if (refuted !== undefined) return refuted;
    const open = [able, ...by].find(({ verdict }) => verdict !== "proved");
    if (open !== undefined) return unknown(open.because);
    if (connected === "maybe") return unknown("whether its peering has both halves is not known");
    return {
      verdict: "proved",
      because: `every address of ${subnet.subject} reaches ${attachment.machine.signInPorts.join(", ")}, and the answers come back`,
    };
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

  /** Where the VM's answers go. */
  #answered(to: IntervalSet, { subnet }: Attachment): Answer {
    const ways = waysOf(this.topology, subnet, to);
    const answers = ways.map((way) => ({ way, answer: answeredBy(way, subnet) }));
    // What a route of which it is not known what it takes might carry after all, is not lost for sure.
    const perhaps = answers.filter(
      ({ way, answer }) => way.perhaps === true && answer.verdict !== "refuted",
    );
    const rescued = union(...perhaps.map(({ way }) => way.to));
    const lost = answers.find(
      ({ way, answer }) =>
        way.perhaps !== true &&
        answer.verdict === "refuted" &&
        subtract(way.to, rescued).length > 0,
    );
    if (lost !== undefined) return lost.answer;
    const open = answers.find(({ answer }) => answer.verdict !== "proved");
    if (open === undefined) return ADMITTED;
    return open.answer.verdict === "refuted" ? unknown(unclear(open.way)) : open.answer;
  }
}

/** What the host's SKU can do: reach a peered network, connect to other ports than the protocols' own. */
function ableTo({ subject, sku }: BastionHost, peered: boolean, ports: readonly number[]): Answer {
  const custom = ports.filter((port) => !PROTOCOL_PORTS.includes(port));
  const needs = [
    ...(peered ? [{ able: PEERED_NETWORKS, what: "reaches no peered network" }] : []),
    ...(custom.length > 0
      ? [{ able: CUSTOM_PORTS, what: `connects to 22 and 3389 only, not to ${custom.join(", ")}` }]
      : []),
  ];
  if (needs.length === 0) return ADMITTED;
  if (!isKnown(sku)) return unknown(sku.why);
  const lacking = needs.find(({ able }) => !able.some((one) => one === sku));
  return lacking === undefined
    ? ADMITTED
    : { verdict: "refuted", because: `${subject} has SKU ${sku}, which ${lacking.what}` };
}

function unclear({ route }: Way): string {
  return `which answers to Bastion the route ${route?.name ?? ""} takes is not known`;
}

function answeredBy({ hop, route, why, to }: Way, subnet: Subnet): Answer {
  const through = route === undefined ? "" : ` by route ${route.name}`;
  switch (hop) {
    case "network":
    case "peering":
      return ADMITTED;
    case "unknown":
      return unknown(why ?? "a route is not known");
    case "appliance":
    case "gateway":
      return unknown(
        `answers to Bastion go${through} to ${hop === "gateway" ? "a" : "an"} ${hop}, which has not seen the question`,
      );
    default: {
      const address = addressText(to[0]?.first ?? 0);
      return {
        verdict: "refuted",
        because: `answers to ${address} go ${hop === "nowhere" ? "nowhere" : "to the Internet"}${through}`,
        counterexample: {
          hop: `leaving ${subnet.subject} for ${address}`,
          resource: route?.name ?? subnet.subject,
        },
      };
    }
  }
}

const ADMITTED: Answer = { verdict: "proved", because: "admitted" };

function unknown(because: string): Answer {
  return { verdict: "unknown", because };
}

/** The best of several ways: one that is proved is enough, and only when all are refuted is the whole. */
function best(answers: readonly Answer[]): Answer | undefined {
  return (
    answers.find(({ verdict }) => verdict === "proved") ??
    answers.find(({ verdict }) => verdict === "unknown") ??
    answers[0]
  );
}
