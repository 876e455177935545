import type { NamedRule } from "../claims/claim";
import { isKnown, Unknown } from "../estate/known";
import { type Bounds, either, PLATFORM } from "../packets/address-cells";
import { NO_PORT } from "../estate/rule-syntax";
import { Guards, type Judged, PORTED, PORTLESS, protocolSet } from "../packets/guards";
import { intersect, type IntervalSet, NOTHING, subtract, union } from "../packets/interval-set";
import { coversLocal, type PacketBox } from "../packets/packet-set";
import { type Attachment, type Attachments, ownInterfaces, usable } from "./attachments";
import { bastionAddresses } from "./bastion-addresses";
import { ruleOf } from "./named-rule";
import { type Sender, sendersTo } from "./senders";
import { rangeSet, type Topology } from "./topology";

/** What was found about packets that should not get in. */
export type Finding =
  | { readonly verdict: "proved"; readonly stoppedBy: readonly NamedRule[] }
  | { readonly verdict: "refuted"; readonly witness: Witness }
  | { readonly verdict: "unknown"; readonly witness: Witness };

/** A packet that gets in, or might, by way of whom and by which rules. */
export interface Witness {
  readonly attachment: Attachment;
  readonly guards: Guards;
  readonly judged: Judged;
  readonly hop: string;
}

/** What is looked for: packets to these ports, from anywhere but there. */
export interface Query {
  readonly localPort: IntervalSet;
  readonly protocol: IntervalSet;
  /** Whether Bastion's addresses are allowed as sources. @default false */
  readonly exceptBastion?: boolean;
  /** Senders that count. @default all */
  readonly senders?: readonly Sender[];
}

/** Every packet there is: those of protocols with ports, and those without. */
export const EVERY_PACKET: readonly Query[] = [
  { protocol: protocolSet(PORTED), localPort: [{ first: 0, last: 65535 }] },
  { protocol: protocolSet(PORTLESS), localPort: [{ first: NO_PORT, last: NO_PORT }] },
];

const NOBODY: Bounds = { must: NOTHING, may: NOTHING };

/** Decides which packets get in at the attachments of an estate. */
export class Inbound {
  readonly #guards = new Map<string, Guards>();
  readonly #found = new Map<string, Finding>();

  public constructor(
    private readonly topology: Topology,
    private readonly attachments: Attachments,
  ) {}

  /** Guards of an attachment; interfaces that nothing tells apart share them. */
  public guards(attachment: Attachment): Guards {
    const key = this.#placeKey(attachment);
    const there = this.#guards.get(key);
    if (there !== undefined) return there;
    const { subnet, networkInterface, groups } = attachment;
    const guards = new Guards(
      [
        this.topology.securityGroup(subnet.securityGroup),
        this.topology.securityGroup(networkInterface.securityGroup),
      ],
      "Inbound",
      {
        local: this.#localOf(attachment),
        localGroups: groups,
        meaning: this.topology.tagMeaning(subnet),
        members: this.attachments.members,
      },
    );
    this.#guards.set(key, guards);
    return guards;
  }

  /**
   * Whether a packet of the query gets in. Refuted where one does whatever address Azure chooses, proved
   * where none does whichever it chooses, else unknown. The platform's own address is left out.
   */
  public find(attachment: Attachment, query: Query): Finding {
    const key = `${this.#placeKey(attachment)} ${JSON.stringify(query)}`;
    const there = query.senders === undefined ? this.#found.get(key) : undefined;
    const found = there ?? this.#decide(attachment, query);
    if (query.senders === undefined) this.#found.set(key, found);
    return found.verdict === "proved"
      ? found
      : { ...found, witness: { ...found.witness, attachment } };
  }

  #decide(attachment: Attachment, query: Query): Finding {
    const guards = this.guards(attachment);
    const senders = query.senders ?? sendersTo(this.topology, attachment);
    const outside = (addresses: IntervalSet, except: IntervalSet): IntervalSet =>
      subtract(guards.cells.plain(addresses), guards.cells.plain(union(except, PLATFORM)));
    const bastion =
      query.exceptBastion === true
        ? bastionAddresses(this.topology, attachment.subnet.network)
        : NOBODY;
    const exceptOf = (sender: Sender): Bounds =>
      query.exceptBastion === true ? either(bastion, sender.bastion ?? NOBODY) : NOBODY;
    const boxes = (sender: Sender, bound: "must" | "may"): PacketBox =>
      guards.packets({
        remote: outside(
          sender.addresses[bound],
          exceptOf(sender)[bound === "must" ? "may" : "must"],
        ),
        localPort: intersect(query.localPort, sender.localPort ?? query.localPort),
        protocol: intersect(query.protocol, sender.protocol ?? query.protocol),
      });
    let open: Witness | undefined;
    const sure: { sender: Sender; judged: Judged }[] = [];
    for (const sender of senders) {
      const [possible] = guards.possiblyAdmitted(boxes(sender, "may"));
      if (possible === undefined) continue;
      open ??= { attachment, guards, judged: possible, hop: sender.hop };
      const admitted = guards.surelyAdmitted(boxes(sender, "must"));
      sure.push(...guards.settled(admitted).map((judged) => ({ sender, judged })));
    }
    if (open === undefined) {
      const asked = guards.packets({
        remote: outside(guards.cells.everything, bastion.must),
        localPort: query.localPort,
        protocol: query.protocol,
      });
      return { verdict: "proved", stoppedBy: stoppersOf(guards, asked) };
    }
    const [first] = sure;
    const always = coversLocal(
      sure.map(({ judged }) => judged.box),
      this.#localOf(attachment),
    );
    return first !== undefined && always
      ? { verdict: "refuted", witness: { ...open, judged: first.judged, hop: first.sender.hop } }
      : { verdict: "unknown", witness: open };
  }

  /** What tells two places apart; addresses do only where a rule names a part of the subnet. */
  #placeKey(attachment: Attachment): string {
    const { subnet, networkInterface, groups, configuration } = attachment;
    const { balanced, otherwiseBalanced } = attachment;
    const { publicAddress } = configuration;
    return JSON.stringify([
      subnet.key,
      networkInterface.securityGroup ?? null,
      groups ?? null,
      this.#localOf(attachment),
      publicAddress === undefined ? "none" : publicAddress instanceof Unknown ? "open" : "public",
      balanced.map(({ key }) => key),
      otherwiseBalanced ?? null,
      this.topology.forwarder(subnet.network, ownInterfaces(attachment)),
    ]);
  }

  /** Addresses of the local side as the guards see it: where no rule looks, one is like the other. */
  #localOf({ subnet, networkInterface, addresses }: Attachment): IntervalSet {
    const guards = [subnet.securityGroup, networkInterface.securityGroup].map((group) =>
      this.topology.securityGroup(group),
    );
    const looks = guards.some((guard) => {
      if (guard === undefined || !isKnown(guard) || !isKnown(guard.rules)) return false;
      return guard.rules.some(
        ({ destinations }) =>
          isKnown(destinations) && destinations.some(({ kind }) => kind === "range"),
      );
    });
    return looks || !isKnown(subnet.ranges) ? addresses : usable(rangeSet(subnet.ranges));
  }
}

/** The rules that stop packets, each once. */
function stoppersOf(guards: Guards, box: PacketBox): NamedRule[] {
  const rules = guards.surelyStopped(box).flatMap((judged) => ruleOf(judged) ?? []);
  return [...new Map(rules.map((rule) => [`${rule.securityGroup}/${rule.name}`, rule])).values()];
}
