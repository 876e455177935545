import type { Subnet } from "../../components/model/estate/estate";
import { isInside, isKnown, type Reference } from "../../components/model/estate/known";
import type { Topology } from "../../components/model/network/topology";

/** Where traffic to the Internet leaves a subnet, in a few words. A default route comes before a gateway. */
export function wayOutText(subnet: Subnet, topology: Topology): string {
  const table = topology.routeTable(subnet.routeTable);
  if (table !== undefined) {
    if (!isKnown(table) || !isKnown(table.routes)) return "route table not known";
    const route = table.routes.find(({ range }) => isKnown(range) && range?.bits === 0);
    if (route !== undefined) {
      if (!isKnown(route.nextHop)) return `route ${route.name}, next hop not known`;
      const address = typeof route.address === "string" ? ` ${route.address}` : "";
      if (route.nextHop !== "Internet") return `${route.nextHop}${address}`;
    }
  }
  if (subnet.natGateway !== undefined) return `NAT gateway ${nameOf(subnet.natGateway, topology)}`;
  if (!isKnown(subnet.defaultOutbound)) return "not known";
  return subnet.defaultOutbound ? "Azure's implicit way out" : "none of the subnet's own";
}

function nameOf(reference: Reference, { estate }: Topology): string {
  const found = isInside(reference)
    ? estate.natGateways.find(({ key }) => key === reference)
    : undefined;
  return found?.subject ?? "outside the graph";
}
