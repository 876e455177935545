import type { CheckFailure } from "../plugin/provider";
import { isValues, unknown, type Value, type Values } from "../plugin/values";

/** An attribute of a resource of the Terraform provider that azuread 6.9.1 bridges, in Pulumi's names. */
export interface Attribute {
  /** `block` is a block that may stand once, `blocks` a list of them; `set` is a list whose order means nothing. */
  readonly kind: "string" | "number" | "boolean" | "list" | "set" | "block" | "blocks" | "map";
  /** Who sets it; `either`: the program, and where it does not, Entra ID. */
  readonly from: "required" | "optional" | "either" | "computed";
  readonly default?: string | number | boolean;
  readonly forceNew?: boolean;
  readonly of?: Schema;
}

export type Schema = Readonly<Record<string, Attribute>>;

type Kind = Attribute["kind"];
type More = Omit<Attribute, "kind" | "from">;

export const required = (kind: Kind, more: More = {}): Attribute => ({
  kind,
  from: "required",
  ...more,
});
export const optional = (kind: Kind, more: More = {}): Attribute => ({
  kind,
  from: "optional",
  ...more,
});
export const either = (kind: Kind, more: More = {}): Attribute => ({
  kind,
  from: "either",
  ...more,
});
export const computed = (kind: Kind): Attribute => ({ kind, from: "computed" });

function each(
  attribute: Attribute,
  value: Value,
  change: (values: Values, of: Schema) => Values,
): Value {
  const of = attribute.of ?? {};
  if (attribute.kind === "block" && isValues(value)) return change(value, of);
  if (attribute.kind === "blocks" && Array.isArray(value)) {
    return value.map((item) => (isValues(item) ? change(item, of) : item));
  }
  return value;
}

/** Inputs with the schema's defaults filled in. */
export function withDefaults(inputs: Values, schema: Schema): Values {
  const filled: Values = { ...inputs };
  for (const [name, attribute] of Object.entries(schema)) {
    const value = filled[name] ?? attribute.default;
    if (value !== undefined) filled[name] = each(attribute, value, withDefaults);
  }
  return filled;
}

/**
 * The state that inputs ask for. What the program leaves to Entra ID is what the state has, else `absent`: unknown
 * at a preview.
 */
export function planned(
  inputs: Values,
  schema: Schema,
  state: Values | undefined,
  absent: Value | undefined,
): Values {
  const plan: Values = {};
  for (const [name, attribute] of Object.entries(schema)) {
    const value = inputs[name];
    const now = state?.[name];
    if (value === undefined) {
      if (attribute.from === "computed" || attribute.from === "either") plan[name] = now ?? absent;
    } else if (attribute.kind === "block" && isValues(value)) {
      plan[name] = planned(value, attribute.of ?? {}, isValues(now) ? now : undefined, absent);
    } else plan[name] = value;
  }
  return plan;
}

/** Values in the form in which Terraform compares: a zero value is the same as none, a set has no order. */
export function comparable(values: Values, schema: Schema): Values {
  const result: Values = {};
  for (const [name, attribute] of Object.entries(schema)) {
    const value = values[name];
    if (value === undefined || value === "" || value === false || value === 0 || value === null)
      continue;
    if (Array.isArray(value) && value.length === 0) continue;
    if (attribute.kind === "set" && Array.isArray(value)) {
      result[name] = [...value].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    } else result[name] = each(attribute, value, comparable);
  }
  return result;
}

/** The paths of attributes whose change replaces the resource. */
export function forceNewPaths(schema: Schema, at = ""): string[] {
  return Object.entries(schema).flatMap(([name, attribute]) => {
    const path = `${at}${name}`;
    const inside =
      attribute.of === undefined
        ? []
        : forceNewPaths(attribute.of, attribute.kind === "blocks" ? `${path}[].` : `${path}.`);
    return attribute.forceNew === true ? [path, ...inside] : inside;
  });
}

/** What a refresh makes of the inputs: each one that was given, as it is now; none that was not. */
export function refreshed(inputs: Values, state: Values, schema: Schema): Values {
  const result: Values = {};
  for (const [name, value] of Object.entries(inputs)) {
    const now = state[name];
    const attribute = schema[name];
    if (value === undefined || attribute === undefined || now === undefined) continue;
    const block = attribute.kind === "block" && isValues(value) && isValues(now);
    result[name] = block ? refreshed(value, now, attribute.of ?? {}) : now;
  }
  return result;
}

/** What an import makes inputs of: everything a program could set that is not its default or empty. */
export function imported(state: Values, schema: Schema): Values {
  const result: Values = {};
  for (const [name, value] of Object.entries(comparable(state, schema))) {
    const attribute = schema[name];
    if (attribute === undefined || value === undefined || attribute.from === "computed") continue;
    if (value !== attribute.default) result[name] = each(attribute, value, imported);
  }
  return result;
}

const fits: Readonly<Record<Kind, (value: Value) => boolean>> = {
  string: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  boolean: (value) => typeof value === "boolean",
  list: Array.isArray,
  set: Array.isArray,
  blocks: Array.isArray,
  block: isValues,
  map: isValues,
};

/** Arguments that are missing, unknown to the schema, or of the wrong kind, with their paths. */
export function problemsOf(inputs: Values, schema: Schema, at = ""): CheckFailure[] {
  const failures: CheckFailure[] = [];
  const fail = (name: string, reason: string): void => {
    failures.push({ property: `${at}${name}`, reason });
  };
  for (const [name, attribute] of Object.entries(schema)) {
    const value = inputs[name];
    const path = `${at}${name}`;
    if (value === undefined) {
      if (attribute.from === "required")
        fail(
          name,
          `Missing required argument. The argument "${path}" is required, but no definition was found.`,
        );
    } else if (attribute.from === "computed") {
      fail(name, `"${path}" is set by Entra ID alone, so it cannot be an argument`);
    } else if (value !== unknown) {
      if (!fits[attribute.kind](value)) fail(name, `"${path}" should be a ${attribute.kind}`);
      else if (isValues(value) && attribute.kind === "block") {
        failures.push(...problemsOf(value, attribute.of ?? {}, `${path}.`));
      } else if (Array.isArray(value) && attribute.kind === "blocks") {
        value.forEach((item, i) => {
          if (isValues(item))
            failures.push(...problemsOf(item, attribute.of ?? {}, `${path}[${i}].`));
        });
      }
    }
  }
  for (const name of Object.keys(inputs)) {
    if (schema[name] === undefined && !name.startsWith("__")) {
      fail(name, `"${at}${name}" is not an argument of this resource`);
    }
  }
  return failures;
}
