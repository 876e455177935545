import { covers, intersect, type IntervalSet, subtract, union } from "./interval-set";

/**
 * Packets of every combination of these, as an interface sees them: `local` is the interface's own side,
 * `remote` the other, whichever way the packet goes. Addresses may carry a cell, see `AddressCells`.
 */
export interface PacketBox {
  readonly remote: IntervalSet;
  readonly local: IntervalSet;
  readonly remotePort: IntervalSet;
  readonly localPort: IntervalSet;
  readonly protocol: IntervalSet;
}

const DIMENSIONS = ["protocol", "localPort", "remote", "remotePort", "local"] as const;

/** The packets of both; undefined where there are none. */
export function meet(one: PacketBox, other: PacketBox): PacketBox | undefined {
  const protocol = intersect(one.protocol, other.protocol);
  if (protocol.length === 0) return undefined;
  const localPort = intersect(one.localPort, other.localPort);
  if (localPort.length === 0) return undefined;
  const remote = intersect(one.remote, other.remote);
  if (remote.length === 0) return undefined;
  const remotePort = intersect(one.remotePort, other.remotePort);
  if (remotePort.length === 0) return undefined;
  const local = intersect(one.local, other.local);
  return local.length === 0 ? undefined : { remote, local, remotePort, localPort, protocol };
}

/** The packets of `whole` that are not in `part`, as boxes that share none. */
export function without(whole: PacketBox, part: PacketBox): PacketBox[] {
  if (meet(whole, part) === undefined) return [whole];
  const left: PacketBox[] = [];
  let rest = whole;
  for (const dimension of DIMENSIONS) {
    const outside = subtract(rest[dimension], part[dimension]);
    if (outside.length > 0) left.push({ ...rest, [dimension]: outside });
    rest = { ...rest, [dimension]: intersect(rest[dimension], part[dimension]) };
  }
  return left;
}

/** The packets of some boxes that are in none of the others. */
export function withoutAll(boxes: readonly PacketBox[], parts: readonly PacketBox[]): PacketBox[] {
  return parts.reduce<PacketBox[]>(
    (left, part) => left.flatMap((box) => without(box, part)),
    [...boxes],
  );
}

/** Whether the boxes hold packets of every local address. */
export function coversLocal(boxes: readonly PacketBox[], local: IntervalSet): boolean {
  return covers(union(...boxes.map((box) => box.local)), local);
}
