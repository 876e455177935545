import type { CheckFailure } from "../plugin/provider";
import { equal, isValues, unknown, type Value, type Values } from "../plugin/values";
import { fieldsOf, type ObjectShape, type Shape } from "./shape";

/**
 * What is wrong with inputs by their shape: a required property that is missing, a value of the wrong kind, and a
 * property that Microsoft's client would drop in silence (one it does not know, or one that only the service sets).
 *
 * @param own names that are not part of the body: path and query parameters and the provider's own.
 */
export function problemsOf(
  inputs: Values,
  shape: ObjectShape,
  own: ReadonlySet<string>,
): CheckFailure[] {
  const failures: CheckFailure[] = [];
  describeObject(inputs, shape, "", own, failures);
  return failures;
}

function describeObject(
  value: Values,
  shape: ObjectShape,
  path: string,
  own: ReadonlySet<string>,
  failures: CheckFailure[],
): void {
  const fields = fieldsOf(shape, value);
  const named = (name: string): string => (path === "" ? name : `${path}.${name}`);
  for (const [name, field] of fields) {
    if (field.required && !field.readOnly && value[name] === undefined && !own.has(name)) {
      const advice =
        named(name) === "location"
          ? ". Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'."
          : "";
      failures.push({
        property: named(name),
        reason: `missing required property '${named(name)}'${advice}`,
      });
    }
  }
  for (const [name, item] of Object.entries(value)) {
    if (item === undefined || name.startsWith("__") || own.has(name)) continue;
    const field = fields.get(name);
    if (field === undefined) {
      const reason = `'${named(name)}' is no property that the API knows; Microsoft's client drops it, so remove it or spell it as Azure does`;
      failures.push({ property: named(name), reason });
    } else if (field.readOnly) {
      const reason = `'${named(name)}' is set by Azure alone; Microsoft's client drops it, so remove it`;
      failures.push({ property: named(name), reason });
    } else describe(item, field.shape, named(name), failures);
  }
}

const none: ReadonlySet<string> = new Set();

function describe(value: Value, shape: Shape, path: string, failures: CheckFailure[]): void {
  if (value === unknown || shape.kind === "any") return;
  const wrong = (expected: string): void => {
    const got = Array.isArray(value) ? "array" : isValues(value) ? "object" : typeof value;
    failures.push({
      property: path,
      reason: `'${path}' should be of type '${expected}' but got ${got === "array" || got === "object" ? "an" : "a"} ${got}`,
    });
  };
  switch (shape.kind) {
    case "string":
    case "date":
      if (typeof value !== "string") wrong("string");
      return;
    case "number":
    case "boolean":
      if (typeof value !== shape.kind) wrong(shape.kind);
      return;
    case "list":
      if (!Array.isArray(value)) wrong("array");
      else
        value.forEach((item, i) => {
          describe(item, shape.of, `${path}[${i}]`, failures);
        });
      return;
    case "set":
      if (!Array.isArray(value)) wrong("array");
      return;
    case "map":
      if (!isValues(value)) wrong("object");
      else
        for (const [key, item] of Object.entries(value)) {
          if (item !== undefined) describe(item, shape.of, `${path}.${key}`, failures);
        }
      return;
    case "object":
      if (!isValues(value)) wrong("object");
      else describeObject(value, shape, path, none, failures);
  }
}

/** The paths of a body of which nothing equal went over the wire. */
export function lostOnTheWire(given: Value, sent: Value | undefined, path = ""): string[] {
  const shown = path === "" ? "the body" : path;
  if (Array.isArray(given)) {
    if (!Array.isArray(sent)) return [shown];
    return given.flatMap((item, i) => lostOnTheWire(item, sent[i], `${path}[${i}]`));
  }
  if (isValues(given)) {
    if (!isValues(sent)) return [shown];
    return Object.entries(given).flatMap(([key, item]) =>
      item === undefined
        ? []
        : lostOnTheWire(item, sent[key], path === "" ? key : `${path}.${key}`),
    );
  }
  if (equal(given, sent)) return [];
  // The client writes a date in its own form: the same moment is the same value.
  if (typeof given !== "string" || typeof sent !== "string") return [shown];
  const moment = Date.parse(given);
  return !Number.isNaN(moment) && moment === Date.parse(sent) ? [] : [shown];
}
