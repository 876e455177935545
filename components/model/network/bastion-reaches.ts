import { addressText } from "../address-range";
import type { Claim } from "../claims/claim";
import type { BastionHost, Subnet, VirtualMachine } from "../estate/estate";
import { isInside, isKnown, type Reference, Unknown } from "../estate/known";
import { PEERED_NETWORKS } from "../bastion-sku";
import { protocolSet } from "../packets/guards";
import { intersect, type IntervalSet, points, subtract } from "../packets/interval-set";
import { coversLocal, withoutAll } from "../packets/packet-set";
import { GETTING_THROUGH } from "./assumptions";
import { type Attachment, type Attachments, usable } from "./attachments";
import type { Inbound } from "./inbound";
import { ruleOf, ruleText } from "./named-rule";
import type { Outbound } from "./outbound";
import { waysOf } from "./routes";
import { packetOf, packetText } from "./showing";
import { type Certainty, isBastionSubnet, rangeSet, type Topology } from "./topology";

/** Ports that an operating system gives to clients; what a Bastion instance connects from. */
const CLIENT_PORTS: IntervalSet = [{ first: 1024, last: 65535 }];
const TCP = protocolSet(["Tcp"]);

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
    const attached = this.attachments.of(machine);
    const found = isKnown(attached) ? this.#anyAddress(attached) : unknown(attached.why);
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

  /** One of a VM's addresses is enough. */
  #anyAddress(attached: readonly Attachment[]): Answer {
    return (
      best(attached.map((attachment) => this.#anyHost(attachment))) ?? {
        verdict: "refuted",
        because: "the VM has no network interface",
      }
    );
  }

  /** One host that serves the network is enough. */
  #anyHost(attachment: Attachment): Answer {
    const { network } = attachment.subnet;
    const servers = this.#servers(network);
    if (servers instanceof Unknown) return unknown(servers.why);
    const answer = best(servers.map((server) => this.#reaches(server, attachment)));
    if (answer !== undefined) return answer;
    const hidden = this.topology
      .peers(network)
      .some(
        ({ remote, connected }) => connected !== "no" && !isKnown(this.topology.network(remote)),
      );
    if (hidden || !isInside(network)) return unknown("its Bastion host is not in the graph");
    const because = "no Bastion host stands in its network or in one that is peered with it";
    return { verdict: "refuted", because };
  }

  #servers(network: Reference): Server[] | Unknown {
    const subnets = this.topology.bastionSubnets(network);
    const hosts = this.topology.estate.bastionHosts;
    const found = subnets.flatMap(({ subnet, connected }) =>
      hosts
        .filter((host) => host.subnet === subnet.key)
        .map((host) => ({ host, subnet, connected })),
    );
    if (found.length > 0) return found;
    const open = hosts.find((host) => host.subnet !== undefined && !isInside(host.subnet));
    if (open !== undefined)
      return new Unknown(`it is not known in which subnet ${open.subject} stands`);
    // Only a Bastion host may stand in a subnet of that name, so one outside the graph may.
    const [empty] = subnets.filter(({ subnet }) => isBastionSubnet(subnet));
    return empty === undefined
      ? []
      : new Unknown(`no Bastion host of ${empty.subnet.subject} is in the graph`);
  }

  #reaches({ host, subnet, connected }: Server, attachment: Attachment): Answer {
    if (connected === "no") {
      return {
        verdict: "refuted",
        because: `the peering with the network of ${host.subject} has one half only`,
      };
    }
    if (subnet.network !== attachment.subnet.network) {
      if (!isKnown(host.sku)) return unknown(host.sku.why);
      const { sku } = host;
      if (!PEERED_NETWORKS.some((able) => able === sku)) {
        return {
          verdict: "refuted",
          because: `${host.subject} has SKU ${sku}, which reaches no peered network`,
        };
      }
    }
    if (!isKnown(subnet.ranges)) return unknown(subnet.ranges.why);
    const from = usable(rangeSet(subnet.ranges));
    const answers = [
      this.#emitted(subnet, from, attachment),
      this.#admitted(from, attachment),
      this.#answered(from, attachment),
      ...(connected === "maybe"
        ? [unknown("whether its peering has both halves is not in the graph")]
        : []),
    ];
    const worst =
      answers.find(({ verdict }) => verdict === "refuted") ??
      answers.find(({ verdict }) => verdict === "unknown");
    return (
      worst ?? {
        verdict: "proved",
        because: `every address of ${subnet.subject} reaches ${attachment.machine.signInPorts.join(", ")}, and the answers come back`,
      }
    );
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
        stopped.flatMap(({ box }) => guards.cells.numbers(box.remote)),
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
    if (
      first !== undefined &&
      coversLocal(
        stopped.map(({ box }) => box),
        asked.local,
      )
    ) {
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
    for (const { hop, route, why, to: part } of waysOf(this.topology, subnet, to)) {
      if (hop === "network" || hop === "peering") continue;
      const through = route === undefined ? "" : ` by route ${route.name}`;
      if (hop === "unknown") return unknown(why ?? "a route is not known");
      if (hop === "appliance" || hop === "gateway") {
        return unknown(
          `answers to Bastion go${through} to an ${hop}, which has not seen the question`,
        );
      }
      const address = addressText(part[0]?.first ?? 0);
      const because = `answers to ${address} go ${hop === "nowhere" ? "nowhere" : "to the Internet"}${through}`;
      return {
        verdict: "refuted",
        because,
        counterexample: {
          hop: `leaving ${subnet.subject} for ${address}`,
          resource: route?.name ?? subnet.subject,
        },
      };
    }
    return ADMITTED;
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
