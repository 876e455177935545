import type { AddressRange } from "../../components/model/address-range";
import type {
  Estate,
  IpConfiguration,
  NetworkInterface,
  Peering,
  PortRange,
  Protocol,
  SecurityRule,
  Selector,
  Subnet,
  VirtualMachine,
} from "../../components/model/estate/estate";
import type { Part } from "../../components/model/estate/estate-part";
import { type Outside, Unknown } from "../../components/model/estate/known";

/** An estate that a test may still change. */
export type Draft<Type> =
  Type extends ReadonlyMap<unknown, unknown>
    ? Type
    : Type extends Unknown | Outside | string | number | boolean | undefined
      ? Type
      : Type extends readonly (infer Item)[]
        ? Draft<Item>[]
        : { -readonly [Key in keyof Type]: Draft<Type[Key]> };

export const PROTOCOLS: readonly Protocol[] = ["Tcp", "Udp", "Icmp", "Esp", "Ah"];
/** `*` as a port holds even what has none (see rule-syntax.ts). */
export const EVERY_PORT: PortRange = { first: -1, last: 65_535 };

/** `10.0.0.0/24`, or a single address. */
export function range(text: string): AddressRange {
  const [address, bits = "32"] = text.split("/");
  const first = address!.split(".").reduce((number, octet) => number * 256 + Number(octet), 0);
  return { first, last: first + 2 ** (32 - Number(bits)) - 1, bits: Number(bits) };
}

/** `*`, a range, a tag, or `group:` and the name of an application security group. */
export function selector(text: string): Selector {
  if (text === "*") return { kind: "any" };
  if (text.startsWith("group:")) return { kind: "group", group: keyOf(text.slice(6)) };
  if (/^\d/.test(text)) return { kind: "range", range: range(text) };
  return { kind: "tag", tag: text.toLowerCase(), text };
}

/** `*`, `22`, `20-30`. */
export function ports(text: string): PortRange {
  if (text === "*") return EVERY_PORT;
  const [first, last = first] = text.split("-").map(Number);
  return { first: first!, last: last! };
}

/** `100 Inbound Allow Tcp 10.10.0.0/26 > * : 22,3389`; what stands beside commas is one of several. */
export function rule(text: string): Draft<SecurityRule> {
  const [priority, direction, access, protocol, from, , to, , open] = text.split(" ");
  return {
    name: text,
    priority: Number(priority),
    direction: direction === "Inbound" ? "Inbound" : "Outbound",
    access: access === "Allow" ? "Allow" : "Deny",
    protocols: PROTOCOLS.filter((one) => protocol === "*" || one === protocol),
    sources: from!.split(",").map(selector),
    sourcePorts: [{ ...EVERY_PORT }],
    destinations: to!.split(",").map(selector),
    destinationPorts: open!.split(",").map(ports),
  };
}

/** Keys and names are told apart, so that nobody takes one for the other. */
export function keyOf(name: string): string {
  return `urn:${name}`;
}

export function part(name: string): Draft<Part> {
  return { key: keyOf(name), subject: name, path: new Unknown("not needed here") };
}

export function subnet(
  name: string,
  network: string,
  ranges: string,
  called = name,
): Draft<Subnet> {
  return {
    ...part(name),
    name: called,
    network: keyOf(network),
    ranges: [range(ranges)],
    securityGroup: undefined,
    routeTable: undefined,
    natGateway: undefined,
    defaultOutbound: false,
  };
}

/** Both halves of a peering. */
export function peered(one: string, other: string): Draft<Peering>[] {
  return [half(one, other), half(other, one)];
}

export function half(from: string, to: string): Draft<Peering> {
  return {
    ...part(`${from}-to-${to}`),
    network: keyOf(from),
    remote: keyOf(to),
    access: true,
    forwarded: false,
    remoteGateways: false,
    state: undefined,
    remoteRanges: undefined,
  };
}

export function configuration(subnetName: string, address?: string): Draft<IpConfiguration> {
  return {
    subnet: keyOf(subnetName),
    address: address === undefined ? undefined : range(address).first,
    publicAddress: undefined,
    applicationGroups: [],
    backendPools: [],
    natRules: [],
  };
}

export function card(name: string, subnetName: string, address?: string): Draft<NetworkInterface> {
  return {
    ...part(name),
    configurations: [configuration(subnetName, address)],
    securityGroup: undefined,
    forwarding: false,
  };
}

export function machine(name: string, os: "linux" | "windows"): Draft<VirtualMachine> {
  return {
    ...part(name),
    os,
    interfaces: [keyOf(`${name}-nic`)],
    signInPorts: [os === "linux" ? 22 : 3389],
    credentials: [],
  };
}

export function emptyEstate(): Draft<Estate> {
  return {
    networks: [],
    subnets: [],
    peerings: [],
    securityGroups: [],
    applicationGroups: [],
    routeTables: [],
    interfaces: [],
    publicAddresses: [],
    natGateways: [],
    loadBalancers: [],
    gateways: [],
    bastionHosts: [],
    machines: [],
    loginExtensions: [],
    unread: [],
    assignments: [],
    eligibilities: [],
    rolePolicies: [],
    accessPolicies: [],
    directoryGroups: [],
    declared: { breakGlass: [], activation: [], customPorts: [] },
    asked: { breakGlass: [], activation: [] },
    principalNames: new Map(),
  };
}
