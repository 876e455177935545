/** Values as they stand in the body of a request or a response. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue | undefined;
}

/** True for a JSON object, false for null, arrays and everything else. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object itself, or an empty one where there is none. */
export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The list's objects; an empty list where there is none. */
export function asObjects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The text, or undefined for any other kind of value. */
export function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The list's texts; an empty list where there is none. */
export function asTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** What stands at a dotted path of object keys (`properties.subnet.id`), or undefined. */
export function at(value: unknown, path: string): JsonValue | undefined {
  let current: unknown = value;
  for (const key of path.split(".")) {
    if (!isObject(current)) return undefined;
    current = current[key];
  }
  return current as JsonValue | undefined;
}

/** The text at a dotted path, or undefined. */
export function textAt(value: unknown, path: string): string | undefined {
  return asText(at(value, path));
}

/** The objects of the list at a dotted path. */
export function objectsAt(value: unknown, path: string): JsonObject[] {
  return asObjects(at(value, path));
}

/** A copy that shares nothing with the original; keys that hold undefined are left out. */
export function copy<T extends JsonValue>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** A copy without the keys that hold undefined or null, as Azure leaves them out of a body. */
export function compact(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).filter(([, item]) => item !== undefined && item !== null),
  );
}

/** JSON with the keys in order, so that equal values give equal text. */
export function canonical(value: JsonValue | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (isObject(value)) {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`);
    return `{${entries.join(",")}}`;
  }
  return JSON.stringify(value ?? null);
}

/** The object without these members. */
export function without(value: JsonObject, ...members: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !members.includes(key)));
}
