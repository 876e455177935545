import type { Claim } from "../claims/claim";
import type { LoginExtension, VirtualMachine } from "../estate/estate";
import { isInside, isKnown } from "../estate/known";
import { PUBLIC } from "../packets/address-cells";
import { protocolSet } from "../packets/guards";
import { type IntervalSet, subtract } from "../packets/interval-set";
import { withoutAll } from "../packets/packet-set";
import { GETTING_THROUGH, NETWORK_ASSUMPTIONS } from "./assumptions";
import type { Attachment, Attachments } from "./attachments";
import { ruleOf, ruleText } from "./named-rule";
import type { Outbound } from "./outbound";
import { waysOf } from "./routes";
import { packetOf, packetText } from "./showing";
import type { Topology } from "./topology";

type Answer = Omit<Claim, "id" | "subject">;
const HTTPS: IntervalSet = [{ first: 443, last: 443 }];
const CLIENT_PORTS: IntervalSet = [{ first: 1024, last: 65535 }];

/** N6: the sign-in extension of a VM has its way out. VMs without one have none to lack. */
export class WayOut {
  readonly #signedIn: ReadonlySet<string>;

  public constructor(
    private readonly topology: Topology,
    private readonly attachments: Attachments,
    private readonly outbound: Outbound,
  ) {
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
    const attached = this.attachments.of(machine);
    if (!isKnown(attached)) return { ...claim, ...unknown(attached.why) };
    const [primary] = attached;
    if (primary === undefined) {
      return { ...claim, ...refuted("the VM has no network interface", machine.subject) };
    }
    const emitted = this.#emitted(primary);
    return { ...claim, ...(emitted.verdict === "proved" ? this.#way(primary) : emitted) };
  }

  /** Whether the guards let 443 out to the Internet. */
  #emitted(attachment: Attachment): Answer {
    const guards = this.outbound.guards(attachment);
    const internet = guards.cells.select({ kind: "tag", tag: "internet", text: "Internet" });
    const asked = guards.packets({
      remote: internet.may,
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
  #way(attachment: Attachment): Answer {
    const { subnet } = attachment;
    const { must } = this.topology.virtualNetworkTag(subnet);
    const ways = waysOf(this.topology, subnet, subtract(PUBLIC, must));
    const answers = ways.map(({ hop, route, why }): Answer => {
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
    const worst =
      answers.find(({ verdict }) => verdict === "refuted") ??
      answers.find(({ verdict }) => verdict === "unknown");
    const [first] = answers;
    if (worst?.verdict === "refuted" && answers.some(({ verdict }) => verdict !== "refuted")) {
      return unknown(`a part of the Internet is cut off: ${worst.because}`);
    }
    if (worst !== undefined) return worst;
    const assumptions = [...new Set(answers.flatMap((answer) => answer.assumptions))];
    return proved(first?.because ?? "", assumptions);
  }

  #exit({ subnet, configuration, balanced }: Attachment): Answer {
    const { natGateway, defaultOutbound } = subnet;
    if (natGateway !== undefined) return proved("443 leaves by the NAT gateway", []);
    if (configuration.publicAddress !== undefined)
      return proved("443 leaves by its public address", []);
    const pools = this.topology.estate.loadBalancers.flatMap(({ outboundPools }) => outboundPools);
    const { backendPools } = configuration;
    if (
      isKnown(backendPools) &&
      backendPools.some((pool) => isInside(pool) && pools.includes(pool))
    ) {
      return proved("443 leaves by the load balancer", []);
    }
    if (!isKnown(balanced)) return unknown(balanced.why);
    if (!isKnown(defaultOutbound)) return unknown(defaultOutbound.why);
    return defaultOutbound
      ? proved("443 leaves by Azure's implicit way out", [NETWORK_ASSUMPTIONS.implicitOutbound])
      : refuted(
          `${subnet.subject} has no NAT gateway, no next hop and no implicit way out`,
          subnet.subject,
        );
  }
}

function withoutMachine({ subject, machine }: LoginExtension): Claim {
  const why = isKnown(machine) ? "its VM is not in the graph" : machine.why;
  return { id: "N6", subject, ...unknown(why) };
}

function proved(because: string, assumptions: readonly string[]): Answer {
  return {
    verdict: "proved",
    because,
    assumptions: [...new Set([...GETTING_THROUGH, ...assumptions])],
  };
}

function unknown(because: string): Answer {
  return { verdict: "unknown", because, assumptions: [] };
}

function refuted(because: string, resource: string): Answer {
  return {
    verdict: "refuted",
    because,
    assumptions: [],
    counterexample: { hop: `leaving ${resource}`, resource },
  };
}
