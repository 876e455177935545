import { AzureRefusal } from "./refusal";
import { isWithin } from "./resource-id";
import type { Simulation } from "./simulation";
import type { StoredResource } from "./store";
import { textAt } from "./json";

const lockType = "Microsoft.Authorization/locks";

function scopeOf(lock: StoredResource): string {
  return lock.id.replace(/\/providers\/Microsoft\.Authorization\/locks\/[^/]+$/i, "");
}

/**
 * Refuses what a management lock forbids: CanNotDelete forbids deletion, ReadOnly also writes and actions, at the
 * lock's scope and everything beneath; a deletion is also refused for a lock on anything beneath it.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
 * @throws AzureRefusal 409 ScopeLocked
 */
export function checkLocks(
  simulation: Simulation,
  id: string,
  operation: "write" | "delete",
): void {
  const locked = simulation.store.ofType(lockType).filter((lock) => {
    const level = textAt(lock.body, "properties.level");
    const scope = scopeOf(lock);
    if (operation === "write") return level === "ReadOnly" && isWithin(id, scope);
    return isWithin(id, scope) || isWithin(scope, id);
  });
  if (locked.length === 0) return;
  const scopes = [...new Set(locked.map((lock) => `'${scopeOf(lock)}'`))].join(",");
  throw new AzureRefusal(
    409,
    "ScopeLocked",
    `The scope '${id}' cannot perform ${operation} operation because following scope(s) are locked: ${scopes}. Please remove the lock and try again.`,
  );
}
