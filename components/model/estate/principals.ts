import type { GraphIndex } from "../graph/graph-index";
import { type GraphResource, Hidden, isObject, type Value } from "../graph/resource-graph";
import type { Names, Principal } from "./access-estate";
import { type Known, Unknown } from "./known";

export const GROUP_TYPES = [
  "azuread:index/group:Group",
  "azuread:index/groupWithoutMembers:GroupWithoutMembers",
];
export const PRINCIPAL_TYPES = [
  ...GROUP_TYPES,
  "azuread:index/user:User",
  "azuread:index/servicePrincipal:ServicePrincipal",
  "azure-native:managedidentity:UserAssignedIdentity",
  "azure-native:compute:VirtualMachine",
];

/** azuread's own ids are paths; the object id is their last part. */
const PATH = /^\/(?:groups|users|serviceprincipals)\/(?<id>[^/]+)$/;

/** Finds who is meant by an object id, before deployment too. */
export class Principals {
  public constructor(private readonly index: GraphIndex) {}

  /** What stands for the principal that a resource makes: its object id, or its URN while it has none. */
  public of(resource: GraphResource): string {
    const { identity, objectId, principalId } = resource.properties;
    const own = isObject(identity) ? identity.principalId : (objectId ?? principalId);
    return typeof own === "string" ? idOf(own) : resource.urn;
  }

  /** Logical names of the principals that the program makes. */
  public names(): Map<string, string> {
    return new Map(
      this.index
        .ofType(...PRINCIPAL_TYPES)
        .map((resource) => [this.of(resource), resource.name] as const),
    );
  }

  /** Who a property names by an id. */
  public read(resource: GraphResource, property: string, value: Value | undefined): Principal {
    const { only } = this.readLists(resource, property, { only: [value ?? null] }, PRINCIPAL_TYPES);
    const [principal] = only instanceof Unknown ? [only] : only;
    return principal ?? new Unknown(`${resource.name}.${property} names nobody`);
  }

  /**
   * Who the lists of one property name. Before deployment as many unknown ids as there are resources that
   * they can come from are those, in any order; ids that are open in two lists cannot be told apart.
   */
  public readLists<Key extends string>(
    resource: GraphResource,
    property: string,
    lists: Readonly<Record<Key, Known<readonly Value[]>>>,
    types: readonly string[],
  ): Record<Key, Names> {
    const entries = Object.entries(lists) as [Key, Known<readonly Value[]>][];
    const values = entries.flatMap(([, list]) => (list instanceof Unknown ? [] : list));
    const known = new Set(values.filter((value) => typeof value === "string").map(idOf));
    const open = this.index
      .sourcesOf(resource, property, types)
      .map((source) => this.of(source))
      .filter((principal) => !known.has(principal));
    const openLists = entries.filter(
      ([, list]) => list instanceof Unknown || list.some((value) => value instanceof Hidden),
    );
    const hidden = values.filter((value) => value instanceof Hidden).length;
    const certain = openLists.length === 1 && open.length === hidden;
    const one = (value: Value): Principal => {
      if (typeof value === "string") return idOf(value);
      const next = certain ? open.shift() : undefined;
      return next ?? new Unknown(`an id in ${resource.name}.${property} is not known`);
    };
    return Object.fromEntries(
      entries.map(([key, list]): [Key, Names] => [
        key,
        list instanceof Unknown ? list : list.map(one),
      ]),
    ) as Record<Key, Names>;
  }
}

/** Object id in the one form in which ids are compared. */
export function idOf(text: string): string {
  const written = text.trim().toLowerCase();
  return PATH.exec(written)?.groups?.id ?? written;
}
