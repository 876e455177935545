import type { Claim } from "../claims/claim";
import type { VirtualNetwork } from "../estate/estate";
import { isKnown, type Reference } from "../estate/known";
import { grouped } from "../grouped";
import { type Bounds, either, possibly } from "../packets/address-cells";
import { subtract, union } from "../packets/interval-set";
import { against, type Judgement } from "./answer";
import { GETTING_IN, NETWORK_ASSUMPTIONS } from "./assumptions";
import type { Attachment, Attachments } from "./attachments";
import { bastionAddresses, bastionAddressesIn } from "./bastion-addresses";
import { EVERY_PACKET, type Finding, type Inbound } from "./inbound";
import { beside, judge } from "./judgement";
import { waysOf } from "./routes";
import type { Sender } from "./senders";
import { isBastionSubnet, type Topology } from "./topology";

const APART: readonly string[] = [...GETTING_IN, NETWORK_ASSUMPTIONS.learntRoutes];

/** How one spoke could get at another. */
interface Approach {
  readonly sender: Sender;
  /** The appliance on the way, whose own rules decide. */
  readonly appliance?: string;
}

/** Spokes that come through the same appliance are asked about at once. */
function together(approaches: readonly Approach[]): Approach[] {
  return [...grouped(approaches, ({ appliance }) => appliance)].flatMap(([appliance, all]) => {
    const [first, another] = all;
    if (appliance === undefined || first === undefined || another === undefined) return all;
    const addresses = either(...all.map(({ sender }) => sender.addresses));
    const hop = `from other spokes through the appliance at ${appliance}`;
    return [{ sender: { hop, addresses }, appliance }];
  });
}

/** N5: no other spoke reaches the VMs of this one. A spoke is a network with VMs and without Bastion. */
export class SpokesApart {
  readonly #spokes: readonly VirtualNetwork[];
  readonly #attached: ReadonlyMap<Reference, readonly Attachment[]>;
  /** Why some VM may stand in any network. */
  readonly #adrift: string | undefined;

  public constructor(
    private readonly topology: Topology,
    attachments: Attachments,
    private readonly inbound: Inbound,
  ) {
    this.#attached = grouped(
      attachments.all().flatMap(({ places }) => places),
      ({ subnet }) => subnet.network,
    );
    this.#adrift = attachments.all().find(({ hidden }) => hidden !== undefined)?.hidden;
    const { networks, subnets } = topology.estate;
    const hubs = new Set(subnets.filter(isBastionSubnet).map(({ network }) => network));
    this.#spokes = networks.filter(({ key }) => this.#attached.has(key) && !hubs.has(key));
  }

  public claims(): Claim[] {
    return this.#spokes.map((spoke) => this.#claim(spoke));
  }

  #claim(spoke: VirtualNetwork): Claim {
    const claim = { id: "N5" as const, subject: spoke.subject };
    return { ...claim, ...beside(this.#adrift, this.#decide(spoke)) };
  }

  #decide(spoke: VirtualNetwork): Judgement {
    const approaches = together([
      ...this.#spokes
        .filter((other) => other !== spoke)
        .flatMap((other) => this.#approaches(other, spoke)),
      ...this.#fromOutside(spoke),
    ]);
    if (approaches.length === 0) {
      return {
        verdict: "proved",
        because: "no way leads from another spoke to it",
        assumptions: APART,
      };
    }
    const findings = approaches.map((approach) => ({
      approach,
      answer: judge(this.#find(spoke, approach.sender), "its VMs from another spoke"),
    }));
    const direct = findings.filter(({ approach }) => approach.appliance === undefined);
    const bad = against(direct.map(({ answer }) => answer));
    if (bad !== undefined) return bad;
    // What its guards admit from another spoke, an appliance on the way has to stop.
    const trusted = findings.flatMap(({ approach, answer }) =>
      approach.appliance !== undefined && answer.verdict !== "proved" ? [approach.appliance] : [],
    );
    if (trusted.length === 0) {
      const because = findings.map(({ answer }) => answer.because)[0] ?? "";
      return { verdict: "proved", because, assumptions: APART };
    }
    const appliances = [...new Set(trusted)];
    return {
      verdict: "proved",
      because: `what another spoke may send to it goes through the appliance at ${appliances.join(", ")}`,
      assumptions: [...APART, ...appliances.map(NETWORK_ASSUMPTIONS.appliance)],
    };
  }

  #find(spoke: VirtualNetwork, sender: Sender): Finding[] {
    // VMs that nothing tells apart have the same guards; one of them speaks for all.
    const places = new Map(
      (this.#attached.get(spoke.key) ?? []).map((place) => [this.inbound.guards(place), place]),
    );
    return [...places.values()].flatMap((attachment) =>
      EVERY_PACKET.map((packets) =>
        this.inbound.find(attachment, { ...packets, senders: [sender] }),
      ),
    );
  }

  /** Over a peering of their own, or through what a common peer forwards. */
  #approaches(from: VirtualNetwork, to: VirtualNetwork): Approach[] {
    const source = this.#sources(from, to);
    const found: Approach[] = [];
    for (const { remote, connected, peering } of this.topology.peers(to.key)) {
      if (connected === "no") continue;
      if (remote === from.key) {
        const addresses = connected === "yes" ? source : possibly(source.may);
        found.push({
          sender: { hop: `from ${from.subject} over the peering ${peering.subject}`, addresses },
        });
      } else if (peering.forwarded !== false) {
        const appliance = this.#appliance(from, to);
        if (appliance === undefined) continue;
        const hop = `from ${from.subject} through the appliance at ${appliance} and the peering ${peering.subject}`;
        const sure = connected === "yes" && isKnown(peering.forwarded);
        found.push({ sender: { hop, addresses: sure ? source : possibly(source.may) }, appliance });
      }
    }
    return found;
  }

  /** A network that is not in the graph might have machines. */
  #fromOutside({ key }: VirtualNetwork): Approach[] {
    const bastion = bastionAddresses(this.topology, key).must;
    return this.topology
      .peers(key)
      .filter(
        ({ remote, connected }) => connected !== "no" && !isKnown(this.topology.network(remote)),
      )
      .map(({ peering, ranges }) => ({
        sender: {
          hop: `over the peering ${peering.subject} from a network that is not in the graph`,
          addresses: possibly(subtract(ranges.may, bastion)),
        },
      }));
  }

  /** Addresses of a spoke's own; Bastion's are not a spoke's. */
  #sources({ key }: VirtualNetwork, to: VirtualNetwork): Bounds {
    const { must, may } = this.topology.ranges(key);
    const own = bastionAddressesIn(this.topology, key);
    const serving = bastionAddresses(this.topology, to.key);
    return {
      must: subtract(must, own.may),
      may: subtract(may, union(own.must, serving.must)),
    };
  }

  /** The appliance to which a spoke's routes send what is meant for another spoke. */
  #appliance(from: VirtualNetwork, to: VirtualNetwork): string | undefined {
    const destination = this.topology.ranges(to.key).may;
    const subnets = new Set((this.#attached.get(from.key) ?? []).map(({ subnet }) => subnet));
    for (const subnet of subnets) {
      for (const { hop, route, why } of waysOf(this.topology, subnet, destination)) {
        if (hop === "appliance" || hop === "gateway") {
          const address = route?.address;
          return typeof address === "string"
            ? address
            : `the next hop of ${route?.name ?? "a route"}`;
        }
        if (hop === "unknown") return `a next hop of which ${why ?? "nothing is known"}`;
      }
    }
    return undefined;
  }
}
