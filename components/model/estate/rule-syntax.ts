import { type AddressRange, parseAddress } from "../address-range";
import { type PortRange, type Protocol, PROTOCOLS, type Selector } from "./estate";

/** Every IPv4 address. */
export const EVERYWHERE: AddressRange = { first: 0, last: 2 ** 32 - 1, bits: 0 };

/** Names of the classic deployment model that Resource Manager still takes. */
const CLASSIC_TAGS: Readonly<Record<string, string>> = {
  virtual_network: "virtualnetwork",
  azure_loadbalancer: "azureloadbalancer",
};

/**
 * What a rule's address prefix names: anywhere, a range, a single address, or a service tag, in any letter
 * case. Undefined for what is none of them.
 * Source: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#security-rules
 */
export function parseSelector(text: string): Selector | undefined {
  const written = text.trim();
  if (written === "*" || written.toLowerCase() === "any") return { kind: "any" };
  const range = parseLooseRange(written);
  if (range !== undefined) return { kind: "range", range };
  // An IPv6 prefix holds no IPv4 packet.
  if (/^[0-9a-f:]*:[0-9a-f:.]*(?:\/\d{1,3})?$/i.test(written)) return { kind: "nothing" };
  if (!/^[a-z][a-z0-9_]*(?:\.[a-z0-9]+)?$/i.test(written)) return undefined;
  const tag = written.toLowerCase();
  return { kind: "tag", tag: CLASSIC_TAGS[tag] ?? tag, text: written };
}

/** A range or a single address; host bits are cut off, as Azure does in rules. */
export function parseLooseRange(text: string): AddressRange | undefined {
  const match = /^(?<address>[\d.]+)(?:\/(?<bits>\d{1,2}))?$/.exec(text.trim());
  const address = parseAddress(match?.groups?.address ?? "");
  const bits = Number(match?.groups?.bits ?? 32);
  if (address === undefined || bits > 32) return undefined;
  const size = 2 ** (32 - bits);
  const first = address - (address % size);
  return { first, last: first + size - 1, bits };
}

/** Ports of a rule: a number, a range, or `*`. Undefined for anything else. */
export function parseRulePorts(text: string): PortRange | undefined {
  if (text.trim() === "*") return ANY_PORT;
  const match = /^(?<first>\d{1,5})(?:-(?<last>\d{1,5}))?$/.exec(text.trim());
  if (match?.groups?.first === undefined) return undefined;
  const first = Number(match.groups.first);
  const last = Number(match.groups.last ?? first);
  return first <= last && last <= 65535 ? { first, last } : undefined;
}

/** The port of a packet of a protocol without ports; only `*` matches it. */
export const NO_PORT = -1;
export const ANY_PORT: PortRange = { first: NO_PORT, last: 65535 };

/** Protocols of a rule; undefined for a word that Azure does not know. */
export function parseProtocols(text: string): readonly Protocol[] | undefined {
  if (text === "*" || text.toLowerCase() === "any") return PROTOCOLS;
  const found = PROTOCOLS.find((protocol) => protocol.toLowerCase() === text.toLowerCase());
  return found === undefined ? undefined : [found];
}
