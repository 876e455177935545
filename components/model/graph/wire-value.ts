import { Hidden, isObject, type Properties, type Value } from "./resource-graph";

/**
 * How Pulumi writes what is not known yet, one marker for each kind of value.
 * Source: sdk/go/common/resource/plugin/rpc.go in github.com/pulumi/pulumi.
 */
const UNKNOWN_MARKERS: ReadonlySet<unknown> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9", // string, and in a preview any kind
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

/** Key that marks a wrapped value, and the marks of those that occur in states and previews. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT_VALUE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
/** What the CLI prints in place of a secret. */
const SECRET_TEXT = "[secret]";

/** A value as Pulumi serialises it, its markers understood. A secret is hidden even where it is readable. */
export function wireValue(value: unknown): Value {
  if (value === null || value === undefined) return null;
  if (UNKNOWN_MARKERS.has(value)) return new Hidden("unknown");
  if (value === SECRET_TEXT) return new Hidden("secret");
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return value;
  }
  if (Array.isArray(value)) return value.map(wireValue);
  if (!isObject(value)) return null;
  const mark = value[SIGNATURE];
  if (mark === SECRET) return new Hidden("secret");
  if (mark === OUTPUT_VALUE) {
    return "value" in value ? wireValue(value.value) : new Hidden("unknown");
  }
  return wireProperties(value);
}

export function wireProperties(value: unknown): Properties {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wireValue(inner)]));
}
