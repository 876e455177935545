import type { Engine } from "./engine";

/** What stands in the simulated Azure, id by id, without what differs from one run to the next. */
export function standing(engine: Engine): string[] {
  return engine.sandbox.azure.store
    .all()
    .map(({ id }) => id.toLowerCase())
    .sort();
}

/** Ids that stand now and did not before, and those that are gone. */
export function difference(
  before: readonly string[],
  after: readonly string[],
): { more: string[]; gone: string[] } {
  return {
    more: after.filter((id) => !before.includes(id)),
    gone: before.filter((id) => !after.includes(id)),
  };
}
