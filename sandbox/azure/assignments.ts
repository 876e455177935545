import type { JsonObject, JsonValue } from "./json";
import { isObject } from "./json";

/** `properties.rules[0].access=Deny`, taken apart. */
export interface Assignment {
  /** Keys of objects, and positions in lists. */
  readonly path: readonly (string | number)[];
  readonly value: JsonValue;
}

/** Reads `path=value`; undefined where it is none. The value is JSON, else the text itself. */
export function parseAssignment(text: string): Assignment | undefined {
  const split = text.indexOf("=");
  const key = text.slice(0, split);
  if (split < 1 || !/^[\w@-]+(\[\d+\])*(\.[\w@-]+(\[\d+\])*)*$/.test(key)) return undefined;
  const path = key
    .replace(/\[(\d+)\]/g, ".[$1]")
    .split(".")
    .map((part) => (part.startsWith("[") ? Number(part.slice(1, -1)) : part));
  const written = text.slice(split + 1);
  try {
    return { path, value: JSON.parse(written) as JsonValue };
  } catch {
    return { path, value: written };
  }
}

function place(
  current: JsonValue | undefined,
  path: readonly (string | number)[],
  value: JsonValue,
): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === "number") {
    const items = Array.isArray(current) ? [...current] : [];
    items[step] = place(items[step], rest, value);
    return items;
  }
  const object = isObject(current) ? current : {};
  return { ...object, [step]: place(object[step], rest, value) };
}

/** A copy of the object with the value at the path; objects and lists on the way are made where missing. */
export function assign(object: JsonObject, assignment: Assignment): JsonObject {
  const changed = place(object, assignment.path, assignment.value);
  return isObject(changed) ? changed : object;
}
