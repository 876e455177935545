import type {
  GraphResource,
  Properties,
  ResourceGraph,
} from "../../components/model/graph/resource-graph";

/** What a change does to one resource: other properties, or `undefined` for none of it. */
export type Change = Readonly<Record<string, (properties: Properties) => Properties | undefined>>;

/** A graph with the resources of those names changed or taken out. A name that is nowhere is a slip of the test. */
export function changed(graph: ResourceGraph, change: Change): ResourceGraph {
  const left = new Set(Object.keys(change));
  const resources = graph.resources.flatMap((resource): GraphResource[] => {
    const edit = change[resource.name];
    if (edit === undefined) return [resource];
    left.delete(resource.name);
    const properties = edit(resource.properties);
    return properties === undefined ? [] : [{ ...resource, properties }];
  });
  if (left.size > 0) throw new Error(`the graph has no ${[...left].join(", ")}`);
  return { ...graph, resources };
}

/** A graph with one more resource, as a program beside the component would add it. */
export function added(
  graph: ResourceGraph,
  type: string,
  name: string,
  properties: Properties,
  more: Partial<GraphResource> = {},
): ResourceGraph {
  const resource: GraphResource = {
    urn: `urn:pulumi:stack::project::${type}::${name}`,
    type,
    name,
    properties,
    propertyDependencies: {},
    dependencies: [],
    external: false,
    ...more,
  };
  return { ...graph, resources: [...graph.resources, resource] };
}

export const gone = (): undefined => undefined;

/** Puts properties over those that are there; `null` takes one away. */
export const set =
  (more: Properties) =>
  (properties: Properties): Properties => ({ ...properties, ...more });

/** Changes the inline rule of that name. */
export const rule =
  (name: string, more: Properties) =>
  (properties: Properties): Properties =>
    rules((list) => list.map((one) => (one.name === name ? { ...one, ...more } : one)))(properties);

/** Changes the list of inline rules. */
export const rules =
  (edit: (list: readonly Properties[]) => readonly Properties[]) =>
  (properties: Properties): Properties => ({
    ...properties,
    securityRules: edit(properties.securityRules as unknown as readonly Properties[]),
  });

/** An inbound rule, open until said otherwise. */
export function openRule(more: Properties): Properties {
  return {
    name: "Opened",
    priority: 150,
    direction: "Inbound",
    access: "Allow",
    protocol: "Tcp",
    sourceAddressPrefix: "*",
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: "22",
    ...more,
  };
}
