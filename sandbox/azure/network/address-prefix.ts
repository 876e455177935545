import ipaddr from "ipaddr.js";

/** An address prefix such as `10.0.0.0/24`, as a range of numbers. */
export interface AddressPrefix {
  readonly text: string;
  readonly kind: "ipv4" | "ipv6";
  readonly bits: number;
  readonly first: bigint;
  readonly last: bigint;
  /** The prefix with its host bits cleared; equals `text` for a well-formed one. */
  readonly cleared: string;
}

function numberOf(bytes: readonly number[]): bigint {
  return bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

function textOf(value: bigint, kind: AddressPrefix["kind"]): string {
  const length = kind === "ipv4" ? 4 : 16;
  const bytes = Array.from({ length }, (_, index) =>
    Number((value >> BigInt(8 * (length - 1 - index))) & 255n),
  );
  return ipaddr.fromByteArray(bytes).toString();
}

/** Reads `address/bits`; undefined where the text is none. Host bits may be set: compare `cleared`. */
export function parsePrefix(text: string): AddressPrefix | undefined {
  if (!ipaddr.isValidCIDR(text)) return undefined;
  const [address, bits] = ipaddr.parseCIDR(text);
  const kind = address.kind();
  const host = BigInt((kind === "ipv4" ? 32 : 128) - bits);
  const value = numberOf(address.toByteArray());
  const first = (value >> host) << host;
  return {
    text,
    kind,
    bits,
    first,
    last: first + (1n << host) - 1n,
    cleared: `${textOf(first, kind)}/${bits}`,
  };
}

/** Whether two prefixes share an address. */
export function overlap(a: AddressPrefix, b: AddressPrefix): boolean {
  return a.kind === b.kind && a.first <= b.last && b.first <= a.last;
}

/** Whether every address of the second prefix is one of the first. */
export function contains(outer: AddressPrefix, inner: AddressPrefix): boolean {
  return outer.kind === inner.kind && outer.first <= inner.first && inner.last <= outer.last;
}

/** The n-th address of a prefix, from 0. */
export function addressAt(prefix: AddressPrefix, index: number): string {
  return textOf(prefix.first + BigInt(index), prefix.kind);
}

/** The position of an address in a prefix, or undefined where it is outside or no address. */
export function positionIn(prefix: AddressPrefix, address: string): number | undefined {
  if (!ipaddr.isValid(address)) return undefined;
  const parsed = ipaddr.parse(address);
  if (parsed.kind() !== prefix.kind) return undefined;
  const value = numberOf(parsed.toByteArray());
  return value >= prefix.first && value <= prefix.last ? Number(value - prefix.first) : undefined;
}

/** Number of addresses, capped where it exceeds what a number holds exactly. */
export function sizeOf(prefix: AddressPrefix): number {
  const size = prefix.last - prefix.first + 1n;
  return size > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(size);
}
