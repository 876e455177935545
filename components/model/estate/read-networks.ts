import type { AddressRange } from "../address-range";
import type { GraphIndex } from "../graph/graph-index";
import { type GraphResource, isObject, type Unread, type Value } from "../graph/resource-graph";
import type { Peering, Subnet, VirtualNetwork } from "./estate";
import type { Part } from "./estate-part";
import { isKnown, type Known, Outside, type Reference, Unknown } from "./known";
import type { PropertyReader } from "./property-reader";
import { part, readerOf } from "./part";
import { parseLooseRange } from "./rule-syntax";

const NETWORK = "azure-native:network:VirtualNetwork";
const SUBNET = "azure-native:network:Subnet";
const PEERING = "azure-native:network:VirtualNetworkPeering";
const GATEWAY = "azure-native:network:VirtualNetworkGateway";
const GROUP = "azure-native:network:NetworkSecurityGroup";
const ROUTE_TABLE = "azure-native:network:RouteTable";
const NAT_GATEWAY = "azure-native:network:NatGateway";

/** Networks and what is in them; inline subnets and peerings become parts like standalone ones. */
export interface Networks {
  readonly networks: VirtualNetwork[];
  readonly subnets: Subnet[];
  readonly peerings: Peering[];
  readonly gateways: (Part & { readonly network: Reference })[];
}

/** Makes inline subnets findable. Has to run before anything refers to one. */
export function registerInlineSubnets(index: GraphIndex): void {
  for (const network of index.ofType(NETWORK)) {
    const path = index.pathOf(network);
    for (const [place, inline] of inlineOf(network, "subnets")) {
      const name = typeof inline.name === "string" ? inline.name.toLowerCase() : undefined;
      index.addInline(
        {
          key: inlineKey(network, place),
          type: SUBNET,
          parent: network.urn,
          path:
            isKnown(path) && name !== undefined
              ? `${path}/subnets/${name}`
              : new Unknown(`${network.name}.${place} has no name`),
        },
        network,
      );
    }
  }
}

export function readNetworks(index: GraphIndex, unread: Unread[]): Networks {
  const networks: VirtualNetwork[] = [];
  const subnets: Subnet[] = [];
  const peerings: Peering[] = [];
  const standalone = new Set(
    index.ofType(SUBNET, PEERING).map((resource) => pathText(index, resource)),
  );
  for (const resource of index.ofType(NETWORK)) {
    const reader = readerOf(resource, unread);
    const self = part(index, resource);
    networks.push({
      ...self,
      external: resource.external,
      ranges: readRanges(reader, "addressSpace"),
    });
    for (const list of ["subnets", "virtualNetworkPeerings"] as const) {
      const readers = reader.objects(list);
      if (!isKnown(readers)) {
        reader.odd(list, "is not known, and might hold more than is seen here");
        continue;
      }
      readers.forEach((inline, place) => {
        const name = inline.text("name");
        const inner: Part = {
          key: inlineKey(resource, `${list}[${place}]`),
          subject: typeof name === "string" ? `${resource.name}/${name}` : resource.name,
          path:
            isKnown(self.path) && typeof name === "string"
              ? `${self.path}/${list.toLowerCase()}/${name.toLowerCase()}`
              : new Unknown(`${resource.name}.${list}[${place}] has no name`),
        };
        // Azure's answer lists what stands in a network, standalone resources among it: told once.
        if (isKnown(inner.path) && standalone.has(inner.path)) return;
        if (list === "subnets") {
          subnets.push({ ...inner, ...readSubnet(inline, index, list), network: resource.urn });
        } else
          peerings.push({ ...inner, ...readPeering(inline, index, list), network: resource.urn });
      });
    }
  }
  for (const resource of index.ofType(SUBNET)) {
    const reader = readerOf(resource, unread);
    const network = index.parentOf(resource);
    subnets.push({ ...part(index, resource), ...readSubnet(reader, index), network });
  }
  for (const resource of index.ofType(PEERING)) {
    const reader = readerOf(resource, unread);
    const network = index.parentOf(resource);
    peerings.push({ ...part(index, resource), ...readPeering(reader, index), network });
  }
  return { networks, subnets, peerings, gateways: readGateways(index, subnets, unread) };
}

function inlineKey(network: GraphResource, place: string): string {
  return `${network.urn}#${place}`;
}

function* inlineOf(
  resource: GraphResource,
  property: string,
): Generator<[place: string, value: Readonly<Record<string, Value>>]> {
  const list = resource.properties[property];
  if (!Array.isArray(list)) return;
  for (const [place, value] of (list as readonly Value[]).entries()) {
    if (isObject(value)) yield [`${property}[${place}]`, value];
  }
}

function pathText(index: GraphIndex, resource: GraphResource): string {
  const path = index.pathOf(resource);
  return isKnown(path) ? path : resource.urn;
}

function readSubnet(
  reader: PropertyReader,
  index: GraphIndex,
  property?: string,
): Omit<Subnet, keyof Part | "network"> {
  const refer = (key: string, type: string): Reference | undefined =>
    referTo(reader, index, key, property ?? key, type);
  const name = reader.text(property === undefined ? "subnetName" : "name");
  const outbound = reader.flag("defaultOutboundAccess");
  return {
    name: name ?? reader.text("name") ?? reader.resource.name,
    ranges: subnetRanges(reader),
    securityGroup: refer("networkSecurityGroup", GROUP),
    routeTable: refer("routeTable", ROUTE_TABLE),
    natGateway: refer("natGateway", NAT_GATEWAY),
    // Left out at API version 2024-05-01, Azure's implicit way out is there.
    // https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access
    defaultOutbound: outbound ?? true,
  };
}

function readPeering(
  reader: PropertyReader,
  index: GraphIndex,
  property = "remoteVirtualNetwork",
): Omit<Peering, keyof Part | "network"> {
  const state = reader.text("peeringState");
  const remote = reader.object("remoteAddressSpace");
  const ranges = isKnown(remote) && remote !== undefined ? readPrefixes(remote) : undefined;
  return {
    remote:
      referTo(reader, index, "remoteVirtualNetwork", property, NETWORK) ??
      reader.odd("remoteVirtualNetwork", "is missing"),
    // Left out, Azure allows access and forwards nothing.
    // https://learn.microsoft.com/rest/api/virtualnetwork/virtual-network-peerings/create-or-update
    access: reader.flag("allowVirtualNetworkAccess") ?? true,
    forwarded: reader.flag("allowForwardedTraffic") ?? false,
    remoteGateways: reader.flag("useRemoteGateways") ?? false,
    state: typeof state === "string" ? state : undefined,
    remoteRanges: ranges !== undefined && isKnown(ranges) ? ranges : undefined,
  };
}

/** A sub-resource `{ id }`: what it names. */
export function referTo(
  reader: PropertyReader,
  index: GraphIndex,
  key: string,
  property: string,
  ...types: readonly string[]
): Reference | undefined {
  const object = reader.object(key);
  if (!isKnown(object)) return object;
  return object === undefined
    ? undefined
    : index.refer(reader.resource, property, object.value("id"), types);
}

function subnetRanges(reader: PropertyReader): Known<readonly AddressRange[]> {
  const one = reader.text("addressPrefix");
  const many = reader.texts("addressPrefixes");
  if (!isKnown(many)) return many;
  const texts = [...(one === undefined ? [] : [one]), ...many];
  if (texts.length === 0) return reader.odd("addressPrefix", "is missing");
  return rangesOf(reader, "addressPrefix", texts);
}

function readRanges(reader: PropertyReader, key: string): Known<readonly AddressRange[]> {
  const space = reader.object(key);
  if (!isKnown(space)) return space;
  return space === undefined ? reader.odd(key, "is missing") : readPrefixes(space);
}

function readPrefixes(space: PropertyReader): Known<readonly AddressRange[]> {
  const prefixes = space.texts("addressPrefixes");
  return isKnown(prefixes) ? rangesOf(space, "addressPrefixes", prefixes) : prefixes;
}

function rangesOf(
  reader: PropertyReader,
  key: string,
  texts: readonly Known<string>[],
): Known<readonly AddressRange[]> {
  const ranges = new Map<number, AddressRange>();
  for (const text of texts) {
    if (!isKnown(text)) return text;
    const range = parseLooseRange(text);
    if (range !== undefined) ranges.set(range.first * 64 + range.bits, range);
    else if (text.includes(":")) reader.odd(key, `"${text}" is IPv6, which is not modelled`);
    else return reader.odd(key, `"${text}" is no range`);
  }
  return [...ranges.values()];
}

/** Gateways stand in the subnet GatewaySubnet of a network. */
function readGateways(
  index: GraphIndex,
  subnets: readonly Subnet[],
  unread: Unread[],
): Networks["gateways"] {
  return index.ofType(GATEWAY).map((resource) => {
    const reader = readerOf(resource, unread);
    const configurations = reader.objects("ipConfigurations");
    const [first] = isKnown(configurations) ? configurations : [];
    const subnet =
      first === undefined ? undefined : referTo(first, index, "subnet", "ipConfigurations", SUBNET);
    const network = subnets.find(({ key }) => key === subnet)?.network;
    return {
      ...part(index, resource),
      network:
        network ??
        (subnet instanceof Outside
          ? new Outside(subnet.id.replace(/\/subnets\/[^/]+$/i, ""))
          : new Unknown(`it is not known in which network ${resource.name} stands`)),
    };
  });
}
