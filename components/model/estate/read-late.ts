import {
  type GraphResource,
  Hidden,
  type ResourceGraph,
  type Unread,
} from "../graph/resource-graph";
import { bearingOf } from "./read-rest";

/**
 * The graph without what the program reads by an id that is not known yet (`Subnet.get` with an output): nothing is
 * told of it, and what nobody tells is not absent.
 */
export function withoutLate(graph: ResourceGraph): ResourceGraph {
  const late = graph.resources.filter(isLate);
  if (late.length === 0) return graph;
  const unread = late.map(({ name, type }): Unread => ({
    subject: name,
    type,
    why: "is read by an id that is not known before deployment",
    bearsOn: bearingOf(type),
  }));
  return {
    resources: graph.resources.filter((resource) => !isLate(resource)),
    unread: [...graph.unread, ...unread],
  };
}

function isLate({ external, properties }: GraphResource): boolean {
  return (
    external &&
    Object.values(properties).every((value) => value instanceof Hidden && value.why === "unknown")
  );
}
