import { createHash } from "node:crypto";
import type { View } from "../components/model/graph/merged-properties";
import {
  type GraphResource,
  Hidden,
  isObject,
  type ResourceGraph,
} from "../components/model/graph/resource-graph";
import { inOrder } from "./in-order";

/** A graph as one view of a document shows it. */
export interface ViewedGraph {
  readonly view: View;
  readonly graph: ResourceGraph;
}

/** Pulumi's own key for what is not shown, so that no property of a resource can look like it. */
const MARK = "4dabf18193072939515e22adb298388d";

/** Properties that hold a secret although a program may have passed it in the open. */
const SECRETS: ReadonlySet<string> = new Set([
  "adminPassword",
  "password",
  "customData",
  "userData",
  "protectedSettings",
  "sharedKey",
]);

/** What an answer says of when, and of which write: it differs where nothing else does. */
const TIMES: ReadonlySet<string> = new Set([
  "createdOn",
  "updatedOn",
  "timeCreated",
  "createdDateTime",
  "modifiedDateTime",
  "etag",
]);

/**
 * Names what was read: the same for the same resources in any order, read at any time by any program.
 * Every view is in it, because a claim has to hold in each. A secret is in it as a mark only.
 */
export function graphDigest(graphs: readonly ViewedGraph[]): string {
  const views = graphs.map(({ view, graph }) => ({
    view,
    resources: inOrder(graph.resources.map(withoutOrder), ({ urn }) => urn),
    unread: graph.unread.map(canonicalText).sort(),
  }));
  return `sha256:${createHash("sha256").update(canonicalText(views)).digest("hex")}`;
}

/** What a resource says; lists that are sets are put in order. */
function withoutOrder(resource: GraphResource): Omit<GraphResource, "answered"> {
  const { urn, type, name, id, properties, propertyDependencies, dependencies, external } =
    resource;
  return {
    urn,
    type,
    name,
    ...(id === undefined ? {} : { id }),
    properties,
    propertyDependencies: Object.fromEntries(
      Object.entries(propertyDependencies).map(([key, urns]) => [key, [...urns].sort()]),
    ),
    dependencies: [...dependencies].sort(),
    external,
  };
}

/** JSON without white space, its keys in order. */
export function canonicalText(value: unknown): string {
  if (value instanceof Hidden) return canonicalText({ [MARK]: value.why });
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const entries = Object.keys(value)
    .sort()
    .filter((key) => value[key] !== undefined && !TIMES.has(key))
    .map((key) => {
      const shown = SECRETS.has(key) ? new Hidden("secret") : value[key];
      return `${JSON.stringify(key)}:${canonicalText(shown)}`;
    });
  return `{${entries.join(",")}}`;
}
