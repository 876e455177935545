import type { Claim } from "../claims/claim";
import type { LoginExtension, VirtualMachine } from "../estate/estate";
import { isInside, isKnown, Unknown } from "../estate/known";
import { PUBLIC } from "../packets/address-cells";
import { protocolSet } from "../packets/guards";
import { type IntervalSet, subtract } from "../packets/interval-set";
import { withoutAll } from "../packets/packet-set";
import { against, type Judgement } from "./answer";
import { CLIENT_PORTS } from "./client-ports";
import { GETTING_THROUGH, NETWORK_ASSUMPTIONS } from "./assumptions";
import type { Attachment, Attachments } from "./attachments";
import { ruleOf, ruleText } from "./named-rule";
import type { Outbound } from "./outbound";
import { waysOf } from "./routes";
import { packetOf, packetText } from "./showing";
import type { Topology } from "./topology";

const HTTPS: IntervalSet = [{ first: 443, last: 443 }];

/** N6: the sign-in extension of a VM has its way out. VMs without one have none to lack. */
export class WayOut {
  /** Addresses where the sign-in service may be: public, and no network's of this estate. */
  readonly #services: IntervalSet;
  readonly #signedIn: ReadonlySet<string>;

  public constructor(
    private readonly topology: Topology,
    private readonly attachments: Attachments,
    private readonly outbound: Outbound,
  ) {
    this.#services = subtract(PUBLIC, topology.owned);
    this.#signedIn = new Set(
      topology.estate.loginExtensions.map(({ machine }) => machine).filter((key) => isInside(key)),
    );
  }

  public claims(): Claim[] {
    const { machines, loginExtensions } = this.topology.estate;
    const adrift = loginExtensions.filter(({ machine }) => !isInside(machine));
    return [
      ...machines
        .filter(({ key }) => this.#signedIn.has(key))
        .map((machine) => this.#claim(machine)),
      ...adrift.map(withoutMachine),
    ];
  }

  #claim(machine: VirtualMachine): Claim {
    const claim = { id: "N6" as const, subject: machine.subject };
    const { places, hidden } = this.attachments.of(machine);
    if (hidden !== undefined) return { ...claim, ...unknown(hidden) };
    const answers = places.map((attachment) =>
      both(this.#emitted(attachment), this.#way(attachment)),
    );
    const [first] = answers;
    if (first === undefined) {
      return { ...claim, ...refuted("the VM has no network interface", machine.subject) };
    }
    // Which of several addresses is the primary, by which it goes out, is not read.
    return answers.every(({ verdict }) => verdict === first.verdict)
      ? { ...claim, ...first }
      : { ...claim, ...unknown("some of its addresses have a way out and some have none") };
  }

  /** Whether the guards let 443 out to the Internet. */
  #emitted(attachment: Attachment): Judgement {
    const guards = this.outbound.guards(attachment);
    const asked = guards.packets({
      remote: guards.cells.plain(this.#services),
      remotePort: HTTPS,
      localPort: CLIENT_PORTS,
      protocol: protocolSet(["Tcp"]),
    });
    const sure = guards.surelyAdmitted(asked).map(({ box }) => box);
    if (withoutAll([asked], sure).length === 0) return proved("443 is let out", []);
    const [possible] = guards.possiblyAdmitted(asked);
    const [stopped] = guards.surelyStopped(asked);
    if (possible === undefined && stopped !== undefined) {
      const packet = packetOf(stopped.box, "Outbound", guards.cells, attachment.addresses);
      const rule = ruleOf(stopped);
      return {
        verdict: "refuted",
        because: `${packetText(packet)} does not leave: ${ruleText(rule)}`,
        assumptions: [],
        counterexample: {
          packet,
          hop: `leaving ${attachment.subnet.subject}`,
          ...(rule === undefined ? {} : { rule }),
          resource: rule?.securityGroup ?? attachment.subnet.subject,
        },
      };
    }
    return unknown(
      guards.unclear ??
        "only a part of the Internet is let out; whether the sign-in service is in it, only Azure knows",
    );
  }

  /** Where the routes send it, and whether there is a way on from there. */
  #way(attachment: Attachment): Judgement {
    const { subnet } = attachment;
    const ways = waysOf(this.topology, subnet, this.#services);
    const answers = ways.map(({ hop, route, why }): Judgement => {
      const name = route === undefined ? subnet.subject : `route ${route.name}`;
      switch (hop) {
        case "internet":
          return this.#exit(attachment);
        case "appliance": {
          const address = typeof route?.address === "string" ? route.address : "its next hop";
          return proved(`443 goes to the appliance at ${address}`, [
            NETWORK_ASSUMPTIONS.appliance(address),
          ]);
        }
        case "gateway":
          return proved("443 goes to the network gateway", [NETWORK_ASSUMPTIONS.gateway]);
        case "unknown":
          return unknown(why ?? `where ${name} leads is not known`);
        default:
          return refuted(
            `${name} sends what is meant for the Internet nowhere`,
            route?.name ?? subnet.subject,
          );
      }
    });
    const sure = answers.filter((_, index) => ways[index]?.perhaps !== true);
    const refused = sure.filter(({ verdict }) => verdict === "refuted");
    const [first] = refused;
    if (first !== undefined) {
      return answers.every(({ verdict }) => verdict === "refuted")
        ? first
        : unknown(`a part of the Internet is cut off, or might be: ${first.because}`);
    }
    const open = answers.find(({ verdict }) => verdict !== "proved");
    if (open !== undefined) return unknown(open.because);
    const assumptions = [...new Set(answers.flatMap((answer) => answer.assumptions))];
    return proved(sure[0]?.because ?? "", assumptions);
  }

  #exit(attachment: Attachment): Judgement {
    const { subnet, configuration } = attachment;
    const { natGateway } = subnet;
    const { publicAddress } = configuration;
    const exits = [
      { exit: natGateway, by: "the NAT gateway" },
      { exit: publicAddress, by: "its public address" },
    ];
    const sure = exits.find(({ exit }) => exit !== undefined && !(exit instanceof Unknown));
    if (sure !== undefined) return proved(`443 leaves by ${sure.by}`, []);
    const open = exits.find(({ exit }) => exit instanceof Unknown);
    const other = this.#otherExit(attachment);
    return open === undefined || other.verdict === "proved"
      ? other
      : unknown(`whether it has ${open.by} is not in the graph`);
  }

  /** By a load balancer, or as Azure gives it by itself. */
  #otherExit({ subnet, configuration }: Attachment): Judgement {
    const { defaultOutbound } = subnet;
    const pools = this.topology.estate.loadBalancers.flatMap(({ outboundPools }) => outboundPools);
    const { backendPools } = configuration;
    if (
      isKnown(backendPools) &&
      backendPools.some((pool) => isInside(pool) && pools.includes(pool))
    ) {
      return proved("443 leaves by the load balancer", []);
    }
    if (!isKnown(backendPools)) return unknown(backendPools.why);
    if (backendPools.length > 0) {
      // https://learn.microsoft.com/azure/load-balancer/load-balancer-outbound-connections
      const outside = backendPools.some((pool) => !isInside(pool));
      return outside
        ? unknown("whether its load balancer lets it out is not in the graph")
        : refuted(
            "a load balancer's pool takes Azure's implicit way out, and gives none",
            subnet.subject,
          );
    }
    if (!isKnown(defaultOutbound)) return unknown(defaultOutbound.why);
    return defaultOutbound
      ? proved("443 leaves by Azure's implicit way out", [NETWORK_ASSUMPTIONS.implicitOutbound])
      : refuted(
          `${subnet.subject} has no NAT gateway, no next hop and no implicit way out`,
          subnet.subject,
        );
  }
}

/** Two things that are both needed: the worse of them decides. */
function both(emitted: Judgement, way: Judgement): Judgement {
  return against([emitted, way]) ?? way;
}

function withoutMachine({ subject, machine }: LoginExtension): Claim {
  const why = isKnown(machine) ? "its VM is not in the graph" : machine.why;
  return { id: "N6", subject, ...unknown(why) };
}

function proved(because: string, assumptions: readonly string[]): Judgement {
  return {
    verdict: "proved",
    because,
    assumptions: [...new Set([...GETTING_THROUGH, ...assumptions])],
  };
}

function unknown(because: string): Judgement {
  return { verdict: "unknown", because, assumptions: [] };
}

function refuted(because: string, resource: string): Judgement {
  return {
    verdict: "refuted",
    because,
    assumptions: [],
    counterexample: { hop: `leaving ${resource}`, resource },
  };
}
