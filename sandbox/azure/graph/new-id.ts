import { guidOf } from "../guid";
import type { Store } from "../store";
import { graphObject, type GraphCollection } from "./objects";

/**
 * An id for a new object of Graph. It follows from the collection and a name, so that two runs that end alike end with
 * the same ids; where that id is taken, as for a second object of the same name, from a number as well.
 */
export function newId(store: Store, collection: GraphCollection, name: string): string {
  for (let number = 0; ; number += 1) {
    const id = guidOf(`graph/${collection}/${name}/${number}`);
    if (graphObject(store, collection, id) === undefined) return id;
  }
}
