import type { GraphIndex } from "../graph/graph-index";
import type { Unread } from "../graph/resource-graph";
import { NEXT_HOPS, type Route, type RouteTable } from "./estate";
import { isKnown, type Known } from "./known";
import type { PropertyReader } from "./property-reader";
import { part, readerOf } from "./part";
import { parseLooseRange } from "./rule-syntax";

const ROUTE_TABLE = "azure-native:network:RouteTable";
const ROUTE = "azure-native:network:Route";

/** Route tables with their routes, inline and standalone. */
export function readRouteTables(index: GraphIndex, unread: Unread[]): RouteTable[] {
  const standalone = index.ofType(ROUTE).map((resource) => ({
    table: index.parentOf(resource),
    route: readRoute(readerOf(resource, unread), resource.name),
  }));
  return index.ofType(ROUTE_TABLE).map((resource) => {
    const inline = readerOf(resource, unread).objects("routes");
    const own = standalone.filter(({ table }) => table === resource.urn).map(({ route }) => route);
    return {
      ...part(index, resource),
      routes: isKnown(inline)
        ? [...inline.map((route) => readRoute(route, "unnamed")), ...own]
        : inline,
    };
  });
}

function readRoute(reader: PropertyReader, fallback: string): Route {
  const name = reader.text("name");
  return {
    name: typeof name === "string" ? name : fallback,
    range: routeRange(reader),
    nextHop: nextHop(reader),
    address: reader.text("nextHopIpAddress"),
  };
}

function routeRange(reader: PropertyReader): Route["range"] {
  const prefix = reader.text("addressPrefix");
  if (!isKnown(prefix)) return prefix;
  const range = parseLooseRange(prefix ?? "");
  if (range !== undefined) return range;
  // A service tag routes public addresses, an IPv6 prefix none that are modelled.
  return /^[a-z]|:/i.test(prefix ?? "") ? undefined : reader.odd("addressPrefix", "is no range");
}

function nextHop(reader: PropertyReader): Known<Route["nextHop"] & string> {
  const text = reader.text("nextHopType");
  if (!isKnown(text)) return text;
  const hop = NEXT_HOPS.find((known) => known.toLowerCase() === text?.toLowerCase());
  return hop ?? reader.odd("nextHopType", `"${text ?? ""}" is no next hop`);
}
