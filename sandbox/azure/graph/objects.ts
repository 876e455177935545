import { asText, type JsonObject } from "../json";
import type { Store, StoredResource } from "../store";

/** Collections of Microsoft Graph that the simulation keeps, as they stand in the store: `/graph/{collection}/{id}`. */
export type GraphCollection =
  | "organization"
  | "users"
  | "groups"
  | "servicePrincipals"
  | "applications"
  | "devices"
  | "conditionalAccessPolicies"
  | "authenticationStrengthPolicies"
  | "namedLocations"
  | "authenticationContextClassReferences";

/** Identifier under which the store keeps an object of Graph. */
export function graphId(collection: GraphCollection, id: string): string {
  return `/graph/${collection}/${id}`;
}

/** Type under which the store keeps the objects of a collection. */
export function graphType(collection: GraphCollection): string {
  return `graph/${collection}`;
}

/** The object, or undefined. */
export function graphObject(
  store: Store,
  collection: GraphCollection,
  id: string,
): StoredResource | undefined {
  return store.get(graphId(collection, id));
}

/** All objects of a collection, in the order of their making. */
export function graphObjects(store: Store, collection: GraphCollection): StoredResource[] {
  return store.ofType(graphType(collection));
}

/** The object of a collection with this text in a property, whatever the letters' case. */
export function graphObjectBy(
  store: Store,
  collection: GraphCollection,
  property: string,
  value: string,
): StoredResource | undefined {
  return graphObjects(store, collection).find(
    (object) => asText(object.body[property])?.toLowerCase() === value.toLowerCase(),
  );
}

/** Writes an object of Graph, new or not. */
export function putGraphObject(
  store: Store,
  collection: GraphCollection,
  id: string,
  body: JsonObject,
  createdAt?: string,
): StoredResource {
  return store.put({
    id: graphId(collection, id),
    type: graphType(collection),
    name: id,
    body: { ...body, id },
    ...(createdAt === undefined ? {} : { createdAt }),
  });
}

/** Removes an object of Graph; nothing happens where there is none. */
export function deleteGraphObject(store: Store, collection: GraphCollection, id: string): void {
  store.delete(graphId(collection, id));
}
