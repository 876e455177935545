import { AzureRefusal } from "./refusal";
import { parseResourceId } from "./resource-id";
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

/** The resources of a group that belong to no other resource. */
function topOf(simulation: Simulation, group: StoredResource): StoredResource[] {
  return simulation.store
    .beneath(group.id)
    .filter((held) => parseResourceId(held.id)?.parent?.key === group.id.toLowerCase());
}

/**
 * Removes what a resource group holds, whatever the order in which it depends on each other.
 *
 * Code and text: MicrosoftDocs/azure-docs#52282.
 * @throws AzureRefusal 409 ResourceGroupDeletionBlocked where something outside still uses a resource; what could be
 * removed is gone by then, as in Azure
 */
export function emptyGroup(simulation: Simulation, group: StoredResource): void {
  const { store, types } = simulation;
  for (;;) {
    const left = topOf(simulation, group);
    const blocked: { resource: StoredResource; refusal: AzureRefusal }[] = [];
    for (const held of left) {
      const resource = store.get(held.id);
      if (resource === undefined) continue;
      try {
        types.find(resource.type)?.checkDelete?.({ simulation, resource });
        removeResource(simulation, resource);
      } catch (refusal) {
        if (!(refusal instanceof AzureRefusal)) throw refusal;
        blocked.push({ resource, refusal });
      }
    }
    if (blocked.length === 0) return;
    if (blocked.length < left.length) continue;
    const names = blocked.map(({ resource }) => `${resource.type}/${resource.name}`).join(",");
    throw new AzureRefusal(
      409,
      "ResourceGroupDeletionBlocked",
      `Deletion of resource group '${group.name}' failed as resources with identifiers '${names}' could not be deleted. The provisioning state of the resource group will be rolled back. Please check audit logs for more details.`,
      blocked.map(({ refusal }) => ({ code: refusal.code, message: refusal.message })),
    );
  }
}
