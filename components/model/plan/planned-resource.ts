import type { GraphResource, Properties } from "../graph/resource-graph";
import { wireProperties } from "../graph/wire-value";

/** Where a planned resource stands: its id is known beforehand, because every name is. */
export interface Place {
  readonly subscriptionId: string;
  readonly group: string;
}

/** Id of a resource of `Microsoft.Network` or `Microsoft.Compute`, as Resource Manager will give it. */
export function plannedId(place: Place, namespace: string, ...path: readonly string[]): string {
  return `${groupId(place)}/providers/Microsoft.${namespace}/${path.join("/")}`;
}

export function groupId({ subscriptionId, group }: Place): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${group}`;
}

/** A resource as the component will register it, told before it does. */
export function planned(
  type: string,
  name: string,
  properties: object,
  more: { readonly id?: string; readonly after?: readonly string[]; readonly within?: string } = {},
): GraphResource {
  return {
    urn: plannedUrn(type, name, more.within),
    type,
    name,
    ...(more.id === undefined ? {} : { id: more.id }),
    properties: withoutUndefined(wireProperties(properties)),
    propertyDependencies: {},
    dependencies: more.after ?? [],
    external: false,
  };
}

/** URN as the engine makes it, with a stand-in for project and stack; a component's type comes before its child's. */
export function plannedUrn(type: string, name: string, within?: string): string {
  return `urn:pulumi:planned::planned::${within === undefined ? "" : `${within}$`}${type}::${name}`;
}

function withoutUndefined(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null));
}
