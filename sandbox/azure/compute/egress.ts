import type { JsonObject } from "../json";
import { asObject, asText, asTexts, at, objectsAt, textAt } from "../json";
import { parsePrefix, positionIn } from "../network/address-prefix";
import { networkTypes } from "../network/versions";
import { keyOf } from "../resource-id";
import type { Simulation } from "../simulation";
import type { StoredResource } from "../store";

/** Whether a VM reaches Internet addresses on port 443, and if not, why. */
export type Egress = { readonly open: true } | { readonly open: false; readonly reason: string };

const open: Egress = { open: true };

/**
 * Decides whether a VM can leave for the Internet on 443: the security groups let it out, and either the subnet's default
 * route leads to an appliance or gateway, or the VM has a public address, a NAT gateway, an outbound rule of a load
 * balancer, or Azure's default outbound access.
 * Source: https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access
 */
export function egressOf(simulation: Simulation, machine: StoredResource): Egress {
  const { store } = simulation;
  const first = objectsAt(machine.body, "properties.networkProfile.networkInterfaces")[0];
  const nic = store.get(asText(first?.id) ?? "");
  const configuration = objectsAt(nic?.body, "properties.ipConfigurations")[0];
  const subnet = store.get(textAt(configuration, "properties.subnet.id") ?? "");
  if (nic === undefined || configuration === undefined || subnet === undefined) {
    return { open: false, reason: "it has no network interface in a subnet" };
  }
  const address = textAt(configuration, "properties.privateIPAddress") ?? "";
  for (const owner of [nic, subnet]) {
    const group = store.get(textAt(owner.body, "properties.networkSecurityGroup.id") ?? "");
    if (group !== undefined && isDenied(simulation, group, address)) {
      return { open: false, reason: `security group ${group.name} denies 443 to the Internet` };
    }
  }
  const hop = defaultHop(simulation, subnet);
  if (hop === "None") return { open: false, reason: "the subnet's default route drops it" };
  if (hop === "VirtualAppliance" || hop === "VirtualNetworkGateway") return open;
  if (textAt(configuration, "properties.publicIPAddress.id") !== undefined) return open;
  const gateway = store.get(textAt(subnet.body, "properties.natGateway.id") ?? "");
  if (gateway !== undefined && objectsAt(gateway.body, "properties.publicIpAddresses").length > 0)
    return open;
  if (hasOutboundRule(simulation, configuration)) return open;
  if (at(subnet.body, "properties.defaultOutboundAccess") !== false) return open;
  return {
    open: false,
    reason: `subnet ${subnet.name} is private and has no NAT gateway or route`,
  };
}

function defaultHop(simulation: Simulation, subnet: StoredResource): string | undefined {
  const table = textAt(subnet.body, "properties.routeTable.id");
  if (table === undefined) return undefined;
  const route = simulation.store
    .childrenOf(table, networkTypes.route)
    .find((found) => textAt(found.body, "properties.addressPrefix") === "0.0.0.0/0");
  return textAt(route?.body, "properties.nextHopType");
}

function hasOutboundRule(simulation: Simulation, configuration: JsonObject): boolean {
  const pools = objectsAt(configuration, "properties.loadBalancerBackendAddressPools").map((pool) =>
    keyOf(asText(pool.id) ?? ""),
  );
  return simulation.store
    .ofType(networkTypes.loadBalancer)
    .some((balancer) =>
      objectsAt(balancer.body, "properties.outboundRules").some((rule) =>
        pools.includes(keyOf(textAt(rule, "properties.backendAddressPool.id") ?? "")),
      ),
    );
}

function texts(properties: JsonObject, single: string, list: string): string[] {
  const one = asText(properties[single]);
  return [...(one === undefined ? [] : [one]), ...asTexts(properties[list])];
}

/** Destinations that stand for the Internet addresses of Entra ID and Microsoft's package servers. */
const outside = /^(\*|Internet|0\.0\.0\.0\/0|AzureCloud|AzureActiveDirectory)$/i;

function matches(properties: JsonObject, address: string): boolean {
  if (
    properties.direction !== "Outbound" ||
    !["*", "Tcp"].includes(asText(properties.protocol) ?? "")
  )
    return false;
  const toPort = texts(properties, "destinationPortRange", "destinationPortRanges").some(
    (range) => {
      const [start = "", end = start] = range.split("-");
      return range === "*" || (Number(start) <= 443 && 443 <= Number(end));
    },
  );
  const fromHere = texts(properties, "sourceAddressPrefix", "sourceAddressPrefixes").some(
    (source) => {
      if (source === "*" || /^VirtualNetwork$/i.test(source) || source === address) return true;
      const prefix = parsePrefix(source);
      return prefix !== undefined && positionIn(prefix, address) !== undefined;
    },
  );
  const beyond = texts(properties, "destinationAddressPrefix", "destinationAddressPrefixes").some(
    (text) => outside.test(text),
  );
  return toPort && fromHere && beyond;
}

/** Whether the first own rule that matches denies; without one, Azure's AllowInternetOutBound lets it out. */
function isDenied(simulation: Simulation, group: StoredResource, address: string): boolean {
  const [rule] = simulation.store
    .childrenOf(group.id, networkTypes.securityRule)
    .map((found) => asObject(found.body.properties))
    .filter((properties) => matches(properties, address))
    .sort((a, b) => Number(a.priority) - Number(b.priority));
  return rule?.access === "Deny";
}
