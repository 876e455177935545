import type { GraphIndex } from "../graph/graph-index";
import { isObject, type Unread, type Value } from "../graph/resource-graph";
import { parseAddress } from "../address-range";
import type { IpConfiguration, NetworkInterface } from "./estate";
import { isKnown, type Known, type Reference } from "./known";
import type { PropertyReader } from "./property-reader";
import { referTo } from "./read-networks";
import { part, readerOf } from "./part";

const INTERFACE = "azure-native:network:NetworkInterface";
const SUBNET = "azure-native:network:Subnet";
const PUBLIC_ADDRESS = "azure-native:network:PublicIPAddress";
const GROUP = "azure-native:network:NetworkSecurityGroup";
const APPLICATION_GROUP = "azure-native:network:ApplicationSecurityGroup";
const POOL = "azure-native:network:LoadBalancerBackendAddressPool";
const NAT_RULE = "azure-native:network:InboundNatRule";
/** All references of an interface's addresses come from this one property. */
const FROM = "ipConfigurations";

export function readInterfaces(index: GraphIndex, unread: Unread[]): NetworkInterface[] {
  return index.ofType(INTERFACE).map((resource) => {
    const reader = readerOf(resource, unread);
    const list = reader.objects(FROM);
    const hidden = isKnown(list) ? referSubnets(list, index) : [];
    return {
      ...part(index, resource),
      configurations: isKnown(list)
        ? list.map((configuration, place) => readConfiguration(configuration, index, hidden[place]))
        : list,
      securityGroup: referTo(reader, index, "networkSecurityGroup", "networkSecurityGroup", GROUP),
      forwarding: reader.flag("enableIPForwarding") ?? false,
    };
  });
}

/** The subnets of all addresses at once: two that are unknown may be told apart by what they come from. */
function referSubnets(
  list: readonly PropertyReader[],
  index: GraphIndex,
): (Reference | undefined)[] {
  const ids = list.map((configuration) => subId(configuration.value("subnet")));
  const [first] = list;
  if (first === undefined) return [];
  const found = index.referAll(
    first.resource,
    FROM,
    ids.filter((id) => id !== null),
    [SUBNET],
  );
  return ids.map((id) => (id === null ? undefined : found.shift()));
}

function subId(value: Value | undefined): Value {
  if (isObject(value)) return value.id ?? null;
  return value ?? null;
}

function readConfiguration(
  reader: PropertyReader,
  index: GraphIndex,
  subnet: Reference | undefined,
): IpConfiguration {
  const all = (key: string, type: string): Known<readonly Reference[]> => {
    const list = reader.list(key);
    return isKnown(list) ? index.referAll(reader.resource, FROM, list.map(subId), [type]) : list;
  };
  return {
    subnet,
    address: readAddress(reader),
    publicAddress: referTo(reader, index, "publicIPAddress", FROM, PUBLIC_ADDRESS),
    applicationGroups: all("applicationSecurityGroups", APPLICATION_GROUP),
    backendPools: all("loadBalancerBackendAddressPools", POOL),
    natRules: all("loadBalancerInboundNatRules", NAT_RULE),
  };
}

/** Left out, or empty, where Azure chooses. */
function readAddress(reader: PropertyReader): Known<number | undefined> {
  const text = reader.text("privateIPAddress");
  if (!isKnown(text)) return text;
  if (text === undefined || text === "") return undefined;
  return parseAddress(text) ?? reader.odd("privateIPAddress", `"${text}" is no IPv4 address`);
}
