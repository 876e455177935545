import type { Claim } from "../claims/claim";
import { BASTION_NSG_RULES } from "../bastion-nsg-rules";
import type { BastionHost, SecurityGroup, Selector, Subnet } from "../estate/estate";
import { isKnown, type Known, Unknown } from "../estate/known";
import { parseRulePorts, parseSelector } from "../estate/rule-syntax";
import type { NsgRule } from "../nsg-rule";
import { PLATFORM } from "../packets/address-cells";
import { DEFAULT_DENIALS } from "../packets/default-rules";
import { type Direction, Guards, protocolSet } from "../packets/guards";
import { intervals, type IntervalSet, NOTHING, subtract, union } from "../packets/interval-set";
import { withoutAll } from "../packets/packet-set";
import { against, type Answer } from "./answer";
import { CLIENT_PORTS } from "./client-ports";
import { usableIn } from "./attachments";
import { isOwn, ruleOf, ruleText } from "./named-rule";
import { packetOf, packetText } from "./showing";
import { isBastionSubnet, type Topology } from "./topology";

/** What N3 is claimed of: a Bastion subnet, or the host where its subnet is not in the graph. */
export interface BastionPlace {
  readonly subject: string;
  readonly subnet: Known<Subnet>;
  readonly host?: BastionHost;
}

/** The subnets of hosts, and Bastion subnets whose host is not in the graph. */
export function bastionPlaces(topology: Topology): BastionPlace[] {
  const { bastionHosts, subnets } = topology.estate;
  // A Developer host has no subnet of its own: there is nothing to guard.
  const hosts = bastionHosts.flatMap((host) =>
    host.subnet === undefined ? [] : [placeOf(host, topology.subnet(host.subnet))],
  );
  const served = new Set(bastionHosts.map(({ subnet }) => subnet));
  const alone = subnets
    .filter((subnet) => isBastionSubnet(subnet) && !served.has(subnet.key))
    .map((subnet) => ({ subject: subnet.subject, subnet }));
  return [...hosts, ...alone];
}

function placeOf(host: BastionHost, subnet: Known<Subnet>): BastionPlace {
  return { subject: isKnown(subnet) ? subnet.subject : host.subject, subnet, host };
}

/** N3: the Bastion subnet's group admits and emits what Microsoft's table asks for. */
export function bastionGuarded({ subject, subnet, host }: BastionPlace, topology: Topology): Claim {
  const answer = isKnown(subnet)
    ? judge(subnet, host, topology)
    : { verdict: "unknown" as const, because: subnet.why };
  return { id: "N3", subject, ...answer, assumptions: [] };
}

function judge(subnet: Subnet, host: BastionHost | undefined, topology: Topology): Answer {
  const { routeTable } = subnet;
  if (routeTable !== undefined && !(routeTable instanceof Unknown)) {
    // https://learn.microsoft.com/azure/bastion/bastion-faq: user-defined routes are not supported there.
    const because = "a route table is on the Bastion subnet, which Azure refuses";
    return {
      verdict: "refuted",
      because,
      counterexample: { hop: `route table of ${subnet.subject}`, resource: subnet.subject },
    };
  }
  const group = topology.securityGroup(subnet.securityGroup);
  if (group === undefined) {
    const because =
      "the Bastion subnet has no security group: everything is open on it, not only what Bastion needs";
    return {
      verdict: "refuted",
      because,
      counterexample: { hop: `security group of ${subnet.subject}`, resource: subnet.subject },
    };
  }
  if (!isKnown(group)) return { verdict: "unknown", because: group.why };
  const rows = new Rows(subnet, group, topology);
  const privateOnly = host?.privateOnly ?? false;
  const answers = BASTION_NSG_RULES
    // Nobody on the Internet asks for a host that has no public address.
    .filter(({ from }) => privateOnly === false || !from.includes("Internet"))
    .map((row) => rows.judge(row));
  return (
    against(answers) ??
    (routeTable instanceof Unknown
      ? { verdict: "unknown", because: routeTable.why }
      : undefined) ?? {
      verdict: "proved",
      because: `${group.subject} admits and emits all ${answers.length} rows of Microsoft's table`,
    }
  );
}

/** Holds a group against one row of the table after the other. */
class Rows {
  readonly #guards: Readonly<Record<Direction, Guards>>;
  readonly #local: IntervalSet;

  public constructor(
    private readonly subnet: Subnet,
    private readonly group: SecurityGroup,
    topology: Topology,
  ) {
    this.#local = usableIn(topology, subnet);
    const place = {
      local: this.#local,
      localGroups: [],
      meaning: topology.tagMeaning(subnet),
      members: [],
    };
    // The row's own tags have to be told apart even where the group names none of them.
    const made = (direction: Direction): Guards =>
      new Guards([group], direction, place, BASTION_NSG_RULES.flatMap(remoteOf), DEFAULT_DENIALS);
    this.#guards = { Inbound: made("Inbound"), Outbound: made("Outbound") };
  }

  public judge(row: NsgRule): Answer {
    const guards = this.#guards[row.direction];
    const ports = intervals(row.ports.flatMap((text) => parseRulePorts(text) ?? []));
    const inbound = row.direction === "Inbound";
    const asked = guards.packets({
      remote: subtract(
        union(...remoteOf(row).map((selector) => guards.cells.select(selector).must)),
        // In the tag VirtualNetwork, but nothing that a Bastion host talks to.
        row.from.includes("AzureLoadBalancer") ? NOTHING : guards.cells.plain(PLATFORM),
      ),
      local: this.#local,
      localPort: inbound ? ports : CLIENT_PORTS,
      remotePort: inbound ? CLIENT_PORTS : ports,
      // Where the table says any protocol, Microsoft's own script opens Tcp.
      protocol: protocolSet(["Tcp"]),
    });
    const [stopped] = guards.settled(guards.surelyStopped(asked));
    // Of a range that is not known Bastion may have the part that gets through.
    if (stopped !== undefined && isKnown(this.subnet.ranges)) {
      const packet = packetOf(stopped.box, row.direction, guards.cells);
      const rule = ruleOf(stopped);
      return {
        verdict: "refuted",
        because: `${packetText(packet)}, which ${row.name} has to let ${inbound ? "in" : "out"}, ${isOwn(rule) ? `is stopped by ${ruleText(rule)}` : "no rule of its own does; Azure counts no default rule there"}`,
        counterexample: {
          packet,
          hop: `${inbound ? "entering" : "leaving"} ${this.subnet.subject}`,
          ...(rule === undefined ? {} : { rule }),
          resource: this.group.subject,
        },
      };
    }
    const sure = guards.surelyAdmitted(asked).map(({ box }) => box);
    return withoutAll([asked], sure).length === 0
      ? { verdict: "proved", because: row.name }
      : {
          verdict: "unknown",
          because: `whether ${row.name} is kept is not known: ${guards.unclear ?? "a rule has unknown parts"}`,
        };
  }
}

function remoteOf({ direction, from, to }: NsgRule): Selector[] {
  return (direction === "Inbound" ? from : to).flatMap((text) => parseSelector(text) ?? []);
}
