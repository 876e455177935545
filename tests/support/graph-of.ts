import type { GraphResource, ResourceGraph } from "../../components/model/graph/resource-graph";
import { wireProperties } from "../../components/model/graph/wire-value";

/** How Pulumi writes a value that is not known before deployment. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export interface GivenResource {
  readonly type: string;
  readonly name: string;
  readonly properties: object;
  /** Names of the resources that a property's value comes from. */
  readonly from?: Readonly<Record<string, readonly string[]>>;
  readonly external?: boolean;
}

export function urnOf({ type, name }: Pick<GivenResource, "type" | "name">): string {
  return `urn:pulumi:stack::project::${type}::${name}`;
}

/** A graph from the shortest words; names are unique within it. */
export function graphOf(...given: readonly GivenResource[]): ResourceGraph {
  const urns = new Map(given.map((resource) => [resource.name, urnOf(resource)]));
  const toUrn = (name: string): string => urns.get(name) ?? name;
  return {
    resources: given.map(
      ({ type, name, properties, from = {}, external = false }): GraphResource => {
        const propertyDependencies = Object.fromEntries(
          Object.entries(from).map(([key, names]) => [key, names.map(toUrn)]),
        );
        return {
          urn: toUrn(name),
          type,
          name,
          properties: wireProperties(properties),
          propertyDependencies,
          dependencies: Object.values(propertyDependencies).flat(),
          external,
        };
      },
    ),
    unread: [],
  };
}

/** A network resource of azure-native in one resource group. */
export const inNetwork = (
  type: string,
  name: string,
  properties: object,
  more: Partial<GivenResource> = {},
): GivenResource => ({
  type: `azure-native:network:${type}`,
  name,
  properties: { resourceGroupName: "rg", ...properties },
  ...more,
});

/** Id of a network resource in that group. */
export const idOf = (...path: readonly string[]): string =>
  `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/${path.join("/")}`;
