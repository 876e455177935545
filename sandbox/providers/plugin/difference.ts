import { equal, isValues, type Value, type Values } from "./values";

/** How two property bags differ at one place. */
export type Change =
  | { readonly kind: "add"; readonly new: Value }
  | { readonly kind: "delete"; readonly old: Value }
  | { readonly kind: "update"; readonly old: Value; readonly new: Value; readonly inside?: Inside };

/** The differences inside an object or a list, by key or by position. */
export interface Inside {
  readonly list: boolean;
  readonly changes: ReadonlyMap<string, Change>;
}

/** The word that the engine shows and decides by (`PropertyDiff.Kind` of the provider protocol). */
export type Kind = "add" | "addReplace" | "delete" | "deleteReplace" | "update" | "updateReplace";

function compareValues(old: Value, now: Value): Change | undefined {
  if (Array.isArray(old) && Array.isArray(now)) {
    const changes = new Map<string, Change>();
    for (let i = 0; i < Math.max(old.length, now.length); i += 1) {
      const [before, after] = [old[i], now[i]];
      if (before === undefined && after !== undefined)
        changes.set(String(i), { kind: "add", new: after });
      else if (before !== undefined && after === undefined)
        changes.set(String(i), { kind: "delete", old: before });
      else if (before !== undefined && after !== undefined) {
        const change = compareValues(before, after);
        if (change !== undefined) changes.set(String(i), change);
      }
    }
    if (changes.size === 0) return undefined;
    return { kind: "update", old, new: now, inside: { list: true, changes } };
  }
  if (isValues(old) && isValues(now)) {
    const changes = compare(old, now);
    if (changes.size === 0) return undefined;
    return { kind: "update", old, new: now, inside: { list: false, changes } };
  }
  return equal(old, now) ? undefined : { kind: "update", old, new: now };
}

/** Compares two property bags key by key; keys that begin with `__` are the provider's own and are not compared. */
export function compare(old: Values, now: Values): Map<string, Change> {
  const changes = new Map<string, Change>();
  for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) {
    if (key.startsWith("__")) continue;
    const [before, after] = [old[key], now[key]];
    if (before === undefined && after === undefined) continue;
    if (before === undefined) changes.set(key, { kind: "add", new: after ?? null });
    else if (after === undefined) changes.set(key, { kind: "delete", old: before });
    else {
      const change = compareValues(before, after);
      if (change !== undefined) changes.set(key, change);
    }
  }
  return changes;
}

/** Whether `ignoreChanges` names a path, or something that it lies in. */
export function isIgnored(path: string, ignoreChanges: readonly string[]): boolean {
  return ignoreChanges.some(
    (named) =>
      named === "*" ||
      path === named ||
      path.startsWith(`${named}.`) ||
      path.startsWith(`${named}[`),
  );
}

/**
 * Turns differences into the engine's detailed diff: one entry per leaf, such as
 * `ipConfigurations[0].subnet.id`, so that `replaceOnChanges` and `ignoreChanges` can name it.
 *
 * @param replaceKeys properties whose change replaces the resource; `[]` stands for any position in a list.
 * @param inherited whether an update inside such a property replaces too: azure-native says yes, Terraform no.
 */
export function detail(
  changes: ReadonlyMap<string, Change>,
  replaceKeys: ReadonlySet<string>,
  inherited = true,
): Map<string, Kind> {
  const result = new Map<string, Kind>();
  describe(changes, "", "", false, replaceKeys, inherited, result);
  return result;
}

function describe(
  changes: ReadonlyMap<string, Change>,
  at: string,
  keyAt: string,
  list: boolean,
  replaceKeys: ReadonlySet<string>,
  inherited: boolean,
  result: Map<string, Kind>,
): void {
  for (const [key, change] of changes) {
    const dot = at === "" ? "" : ".";
    const path = list ? `${at}[${key}]` : `${at}${dot}${key}`;
    const replaceKey = list ? `${keyAt}[]` : `${keyAt}${dot}${key}`;
    const replaces = replaceKeys.has(replaceKey);
    if (change.kind === "update" && change.inside !== undefined) {
      const below = new Map<string, Kind>();
      const { inside } = change;
      describe(inside.changes, path, replaceKey, inside.list, replaceKeys, inherited, below);
      for (const [inner, kind] of below) {
        // A property that forces a replacement hands that on to updates inside it, not to additions and removals.
        const forced = inherited && replaces && !inside.list && kind === "update";
        result.set(inner, forced ? "updateReplace" : kind);
      }
    } else if (list) {
      // An element that comes or goes is never marked, whatever the list is.
      result.set(path, change.kind === "update" && replaces ? "updateReplace" : change.kind);
    } else {
      result.set(path, replaces ? `${change.kind}Replace` : change.kind);
    }
  }
}

/**
 * Applies differences between two readings to values that were never one of them: only what changed is copied, so
 * that defaults filled in by the service do not turn into inputs.
 */
export function applyChanges(values: Values, changes: ReadonlyMap<string, Change>): Values {
  const result: Values = { ...values };
  for (const [key, change] of changes) {
    if (change.kind === "delete") {
      result[key] = undefined;
      continue;
    }
    const base = values[key];
    result[key] =
      base === undefined || change.kind === "add"
        ? change.new
        : applyValue(base, change.old, change.new);
  }
  return Object.fromEntries(Object.entries(result).filter(([, item]) => item !== undefined));
}

function applyValue(base: Value, old: Value, now: Value): Value {
  if (isValues(base) && isValues(old) && isValues(now))
    return applyChanges(base, compare(old, now));
  if (Array.isArray(base) && Array.isArray(old) && Array.isArray(now)) {
    return now.map((item, i) => {
      const [b, o] = [base[i], old[i]];
      return b === undefined || o === undefined ? item : applyValue(b, o, item);
    });
  }
  return now;
}
