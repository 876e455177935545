import { IPv4 } from "ipaddr.js";
import { type Issue, shown } from "./issue";

/** A contiguous IPv4 range, as numbers: arithmetic and comparison are then plain. */
export interface AddressRange {
  /** First address, 0 to 2^32-1. */
  readonly first: number;
  /** Last address, inclusive. */
  readonly last: number;
  /** Length of the prefix, 0 to 32. */
  readonly bits: number;
}

/** `10.0.0.4` as a number; undefined for what is not a dotted IPv4 address. */
export function parseAddress(text: string): number | undefined {
  if (!IPv4.isValidFourPartDecimal(text)) return undefined;
  return IPv4.parse(text).octets.reduce((number, octet) => number * 256 + octet, 0);
}

/** A number as dotted IPv4 address. */
export function addressText(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/**
 * A range in CIDR form, such as `10.10.0.0/24`. Undefined when it is none, or when host bits are set:
 * Azure refuses `10.10.0.1/24` (InvalidCIDRNotation), so it is no range here either.
 */
export function parseRange(text: string): AddressRange | undefined {
  const match = /^(?<address>[\d.]+)\/(?<bits>\d{1,2})$/.exec(text);
  const address = match?.groups?.address;
  const bits = Number(match?.groups?.bits);
  const first = address === undefined ? undefined : parseAddress(address);
  if (first === undefined || bits > 32) return undefined;
  const size = 2 ** (32 - bits);
  return first % size === 0 ? { first, last: first + size - 1, bits } : undefined;
}

/** A range in CIDR form. */
export function rangeText({ first, bits }: AddressRange): string {
  return `${addressText(first)}/${bits}`;
}

/** Whether every address of `inner` is one of `outer`. */
export function contains(outer: AddressRange, inner: AddressRange): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/** Whether the two share an address. */
export function overlap(one: AddressRange, other: AddressRange): boolean {
  return one.first <= other.last && other.first <= one.last;
}

/**
 * The n-th subnet of that prefix length in a range, counted from its start; undefined when the range
 * has no such slot. Subnets take fixed slots: nothing a caller adds later moves one.
 */
export function slot(range: AddressRange, bits: number, n: number): AddressRange | undefined {
  if (bits < range.bits || bits > 32 || n < 0 || n >= 2 ** (bits - range.bits)) return undefined;
  const size = 2 ** (32 - bits);
  const first = range.first + n * size;
  return { first, last: first + size - 1, bits };
}

/** One range as the caller wrote it. */
export interface NamedRange {
  readonly path: string;
  readonly text: string;
}

/** Problems of a single range: its form, and a size that Azure or its use asks for. */
export function checkRange(text: string, path: string, largestBits: number, use: string): Issue[] {
  const range = parseRange(text);
  if (range === undefined) {
    const aligned = alignedForm(text);
    const out = aligned === undefined ? "write it as 10.0.0.0/24" : `write ${aligned}`;
    const fact = aligned === undefined ? "is no IPv4 range" : "has host bits set";
    return [{ path, problem: `${shown(text)} ${fact}; ${out}` }];
  }
  if (range.bits > largestBits) {
    return [
      { path, problem: `${shown(text)} is too small; ${use} needs /${largestBits} or larger` },
    ];
  }
  return [];
}

/** Ranges that share an address, each pair once, told at the later path. Others' form is not judged. */
export function checkDisjoint(ranges: readonly NamedRange[]): Issue[] {
  const parsed = ranges.flatMap(({ path, text }) => {
    const range = parseRange(text);
    return range === undefined ? [] : [{ path, text, range }];
  });
  return parsed.flatMap((later, index) =>
    parsed
      .slice(0, index)
      .filter((earlier) => overlap(earlier.range, later.range))
      .map((earlier) => ({
        path: later.path,
        problem: `${shown(later.text)} overlaps ${earlier.path} ${shown(earlier.text)}; Azure peers only networks that share no address, choose another range`,
      })),
  );
}

/** The range that holds the address, when only host bits stand in the way. */
function alignedForm(text: string): string | undefined {
  const [address, length] = text.split("/");
  const first = address === undefined ? undefined : parseAddress(address);
  const bits = Number(length);
  if (first === undefined || length === undefined || !Number.isInteger(bits) || bits > 32) {
    return undefined;
  }
  const size = 2 ** (32 - bits);
  return rangeText({ first: first - (first % size), last: 0, bits });
}
