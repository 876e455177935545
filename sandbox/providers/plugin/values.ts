import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

/** A property as the engine sends it, once its marks are read. */
export type Value = string | number | boolean | null | Value[] | Values;
export interface Values {
  [key: string]: Value | undefined;
}

// The marks of the engine's wire form: sdk/go/common/resource/properties.go and plugin/rpc.go of pulumi/pulumi v3.259.0.
const signature = "4dabf18193072939515e22adb298388d";
const secretMark = "1b47061264138c4ac30d75fd1eb44270";
const outputMark = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** What stands for a value that a preview does not know yet. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isValues(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The text, or undefined for any other kind of value and for an unknown one. */
export function textOf(value: Value | undefined): string | undefined {
  return typeof value === "string" && value !== unknown ? value : undefined;
}

/** Marks a value as one that the engine keeps encrypted. */
export function secret(value: Value): Values {
  return { [signature]: secretMark, value };
}

/** Whether a value is unknown, or holds one that is. */
export function holdsUnknown(value: Value | undefined): boolean {
  if (value === unknown) return true;
  if (Array.isArray(value)) return value.some(holdsUnknown);
  return isValues(value) && Object.values(value).some(holdsUnknown);
}

function plain(value: Value): Value {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(plain);
  if (!isValues(value)) return value;
  if (value[signature] === secretMark) return plain(value.value ?? null);
  if (value[signature] === outputMark) return plain(value.value ?? unknown);
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]): [string, Value] => [key, plain(item ?? null)])
      .filter(([, item]) => item !== null),
  );
}

/** Reads properties: secrets without their mark, nulls left out, as azure-native reads them. */
export function readProperties(struct: Struct | undefined): Values {
  if (struct === undefined) return {};
  const read = plain(struct.toJavaScript());
  return isValues(read) ? read : {};
}

function writable(value: Value): JavaScriptValue {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(writable);
  if (!isValues(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) =>
      item === undefined || item === null ? [] : [[key, writable(item)] as const],
    ),
  );
}

/** Writes properties; what is undefined or null is left out, as azure-native leaves it out. */
export function writeProperties(values: Values): Struct {
  return Struct.fromJavaScript(writable(values) as Record<string, JavaScriptValue>);
}

/** Whether two values are equal in every part. */
export function equal(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => equal(item, b[i]));
  }
  if (!isValues(a) || !isValues(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => equal(a[key], b[key]));
}
