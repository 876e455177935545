/** First and last address of a stretch, both included. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
}

const LAST_ADDRESS = 4_294_967_295;

/** `10.0.0.4` as a number. */
export function ip(text: string): number {
  const [a, b, c, d] = text.split(".").map(Number);
  return ((a! * 256 + b!) * 256 + c!) * 256 + d!;
}

/** `10.0.0.0/24`, or a single address, as first and last address. */
export function stretch(text: string): Stretch {
  const [address, bits = "32"] = text.split("/");
  const first = ip(address!);
  return { first, last: first + 2 ** (32 - Number(bits)) - 1 };
}

export function inside({ first, last }: Stretch, address: number): boolean {
  return first <= address && address <= last;
}

/** What machines in a subnet can have: Azure keeps the first four addresses and the last. */
export function usable({ first, last }: Stretch): Stretch {
  return { first: first + 4, last: last - 1 };
}

/** The platform's own address: health probes, DNS, agent. */
export const PLATFORM = ip("168.63.129.16");

/** Addresses that the Internet does not carry: https://www.iana.org/assignments/iana-ipv4-special-registry */
const NOT_PUBLIC = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
].map(stretch);

export function isPublic(address: number): boolean {
  return !NOT_PUBLIC.some((range) => inside(range, address));
}

/**
 * Addresses that stand for all: of those that no range can tell apart the two ends, or one where the ranges
 * of interest do not reach. Candidates are the ends of every range and their neighbours.
 */
export function probes(ranges: readonly Stretch[], dense: readonly Stretch[]): readonly number[] {
  const told = [...ranges, ...NOT_PUBLIC, stretch("168.63.129.16")];
  const candidates = told
    .flatMap(({ first, last }) => [first - 1, first, last, last + 1])
    .filter((address) => 0 <= address && address <= LAST_ADDRESS)
    .sort((one, other) => one - other);
  const kept = new Map<string, number[]>();
  for (const address of candidates) {
    const marks = told.map((range) => (inside(range, address) ? "1" : "0")).join("");
    // Special ranges are alike but for being public or not.
    const kind = marks.slice(0, ranges.length) + (isPublic(address) ? "+" : "-");
    const alike = kept.get(kind) ?? [];
    kept.set(kind, alike);
    if (alike.length === 0) alike.push(address);
    else if (dense.some((range) => inside(range, address))) alike[1] = address;
  }
  return [...new Set([...kept.values()].flat())].filter((address) => address !== PLATFORM);
}

/** Ports that stand for all: one of those that no range can tell apart. */
export function portProbes(ranges: readonly Stretch[]): readonly number[] {
  const candidates = [
    0,
    ...ranges.flatMap(({ first, last }) => [first - 1, first, last, last + 1]),
  ];
  const kept = new Map<string, number>();
  for (const port of candidates) {
    if (port < 0 || port > 65_535) continue;
    const marks = ranges.map((range) => (inside(range, port) ? "1" : "0")).join("");
    if (!kept.has(marks)) kept.set(marks, port);
  }
  return [...kept.values()];
}
