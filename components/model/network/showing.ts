import { addressText } from "../address-range";
import type { Counterexample, Packet } from "../claims/claim";
import { PROTOCOLS } from "../estate/estate";
import { Unknown } from "../estate/known";
import { NO_PORT } from "../estate/rule-syntax";
import type { AddressCells } from "../packets/address-cells";
import type { Direction } from "../packets/guards";
import { intersect, type IntervalSet } from "../packets/interval-set";
import type { PacketBox } from "../packets/packet-set";
import type { Witness } from "./inbound";
import { ruleOf } from "./named-rule";

/** Ports that a person recognises, chosen where the set allows. */
const TELLING_PORTS = [22, 3389, 443, 445, 50000];

/** One packet of a set, the most telling that it holds. */
export function packetOf(
  box: PacketBox,
  direction: Direction,
  cells: AddressCells,
  local: IntervalSet = box.local,
): Packet {
  const remote = cells.describe(box.remote);
  const here = addressText(local[0]?.first ?? 0);
  const remotePort = portOf(box.remotePort);
  const localPort = portOf(box.localPort);
  const protocol = PROTOCOLS[box.protocol[0]?.first ?? 0] ?? "Tcp";
  return direction === "Inbound"
    ? {
        direction,
        source: remote,
        sourcePort: remotePort,
        destination: here,
        destinationPort: localPort,
        protocol,
      }
    : {
        direction,
        source: here,
        sourcePort: localPort,
        destination: remote,
        destinationPort: remotePort,
        protocol,
      };
}

function portOf(set: IntervalSet): number {
  const telling = TELLING_PORTS.find((port) =>
    set.some(({ first, last }) => first <= port && port <= last),
  );
  const first = set[0]?.first ?? 0;
  return telling ?? (first === NO_PORT ? 0 : first);
}

/** `Tcp 10.20.0.4:50000 to 10.10.0.5:22`. */
export function packetText({
  protocol,
  source,
  sourcePort,
  destination,
  destinationPort,
}: Packet): string {
  return `${protocol} ${source}:${sourcePort} to ${destination}:${destinationPort}`;
}

/** A packet that gets in. */
export function showWitness(witness: Witness): Counterexample & { readonly packet: Packet } {
  const { attachment, guards, judged, hop } = witness;
  const rule = ruleOf(judged);
  return {
    packet: packetOf(
      judged.box,
      guards.direction,
      guards.cells,
      // Interfaces that nothing tells apart share a judgement, made of the subnet's addresses.
      intersect(judged.box.local, attachment.addresses).length > 0
        ? intersect(judged.box.local, attachment.addresses)
        : attachment.addresses,
    ),
    hop,
    ...(rule === undefined ? {} : { rule }),
    resource: rule?.securityGroup ?? attachment.subnet.subject,
  };
}

/** Why a packet might get in: what is not known about the guards, or about its way to them. */
export function whyOpen({ judged, guards, hop }: Witness): string {
  for (const { rule } of judged.rules) {
    const { access, direction, protocols, sources, sourcePorts, destinations } = rule;
    const parts = [access, direction, protocols, sources, sourcePorts, destinations];
    const open = [...parts, rule.destinationPorts].find((part) => part instanceof Unknown);
    if (open instanceof Unknown) return open.why;
  }
  return guards.unclear ?? `the graph does not tell who can send ${hop}`;
}
