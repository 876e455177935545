import type { Simulation } from "./simulation";
import type { StoredResource } from "./store";

/** Removes a resource and all that stands beneath it, the deepest first, each with its consequences elsewhere. */
export function removeResource(simulation: Simulation, resource: StoredResource): void {
  const { store, types } = simulation;
  const depth = (held: StoredResource): number => held.id.split("/").length;
  const doomed = [resource, ...store.beneath(resource.id)].sort((a, b) => depth(b) - depth(a));
  for (const held of doomed) {
    const current = store.get(held.id);
    if (current === undefined) continue;
    store.delete(current.id);
    types.find(current.type)?.deleted?.({ simulation, resource: current });
  }
}
