import type { GraphIndex } from "../graph/graph-index";
import { type GraphResource, Hidden } from "../graph/resource-graph";
import { isKnown, type Known, Unknown } from "./known";
import { part } from "./part";
import type { PropertyReader } from "./property-reader";
import { parseScope, type Scope } from "./scope";

/**
 * The scope that a resource names. Before deployment it is that of the one resource that the value comes
 * from; where it comes from several, or from none, it is not known.
 */
export function readScope(reader: PropertyReader, index: GraphIndex): Known<Scope> {
  const value = reader.value("scope");
  if (typeof value === "string") {
    return parseScope(value) ?? reader.odd("scope", `"${value}" is no scope`);
  }
  if (value === undefined) return reader.odd("scope", "is missing");
  if (!(value instanceof Hidden)) return reader.odd("scope", "is not a text");
  const [source, another] = index.sourcesOf(reader.resource, "scope");
  if (source === undefined || another !== undefined) {
    return new Unknown(`the scope of ${reader.resource.name} is not known before deployment`);
  }
  return scopeOf(source, index);
}

function scopeOf(source: GraphResource, index: GraphIndex): Known<Scope> {
  const { path, subscription } = part(index, source);
  const below = (known: string): Scope => ({
    kind: "below",
    path: known,
    subscription,
    derived: true,
  });
  if (isKnown(path)) return below(path);
  // A type without a path of its own still stands in a resource group, and holds no VM.
  const group = index.resourceGroupOf(source);
  if (isKnown(group)) return below(`${group}/providers/${source.urn.replaceAll("/", "|")}`);
  return new Unknown(`the scope that comes from ${source.name} is not known`);
}
