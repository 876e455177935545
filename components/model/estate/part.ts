import { parseArmId } from "../graph/arm-types";
import type { GraphIndex } from "../graph/graph-index";
import type { GraphResource, Theorem, Unread } from "../graph/resource-graph";
import type { Part } from "./estate-part";
import { PropertyReader } from "./property-reader";

/** The part of an estate that a resource is. */
export function part(index: GraphIndex, resource: GraphResource): Part {
  const subscription =
    resource.id === undefined ? undefined : parseArmId(resource.id)?.subscription;
  return {
    key: resource.urn,
    subject: index.label(resource),
    path: index.pathOf(resource),
    ...(subscription === undefined ? {} : { subscription }),
  };
}

/** Reader of a resource; what is not understood of it bears on that theorem. */
export function readerOf(
  resource: GraphResource,
  unread: Unread[],
  theorem: Theorem = "network",
): PropertyReader {
  return new PropertyReader(resource, resource.properties, unread, [theorem]);
}
