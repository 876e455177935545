import { isValues, textOf, unknown, type Value, type Values } from "../plugin/values";
import { fieldsOf, type ObjectShape, type Shape } from "./shape";

// The conversions of azure-native, from their descriptions and behaviour: provider/pkg/convert of
// pulumi/pulumi-azure-native (previewOutputs, responseBodyToSdkOutputs, sdkOutputsToSdkInputs, responseToSdkInputs).

function at(body: Values, wire: readonly string[]): Value | undefined {
  let current: Value | undefined = body;
  for (const key of wire) {
    if (!isValues(current)) return undefined;
    current = current[key];
  }
  return current;
}

function place(body: Values, wire: readonly string[], value: Value): void {
  let current = body;
  for (const key of wire.slice(0, -1)) {
    const next = current[key];
    if (isValues(next)) current = next;
    else {
      const made: Values = {};
      current[key] = made;
      current = made;
    }
  }
  current[wire[wire.length - 1] ?? ""] = value;
}

function mapObject(value: Values, change: (item: Value) => Value): Values {
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, change(item ?? null)]),
  );
}

/** The body on the wire for inputs of azure-native. Names that the shape does not know are left out. */
export function toBody(inputs: Values, shape: ObjectShape): Values {
  const body: Values = {};
  for (const [name, field] of fieldsOf(shape, inputs)) {
    const value = inputs[name];
    if (value !== undefined) place(body, field.wire, valueToBody(value, field.shape));
  }
  return body;
}

function valueToBody(value: Value, shape: Shape): Value {
  if (shape.kind === "set" && Array.isArray(value)) {
    return Object.fromEntries(value.map((id) => [textOf(id) ?? "", {}]));
  }
  if (shape.kind === "list" && Array.isArray(value)) {
    return value.map((item) => valueToBody(item, shape.of));
  }
  if (shape.kind === "map" && isValues(value)) {
    return mapObject(value, (item) => valueToBody(item, shape.of));
  }
  if (shape.kind === "object" && isValues(value)) return toBody(value, shape);
  return value;
}

/** The model of Microsoft's client for inputs of azure-native. */
export function toModel(inputs: Values, shape: ObjectShape): Values {
  const model: Values = {};
  for (const [name, field] of fieldsOf(shape, inputs)) {
    const value = inputs[name];
    if (value !== undefined) model[field.clientName ?? name] = valueToModel(value, field.shape);
  }
  return model;
}

function valueToModel(value: Value, shape: Shape): Value {
  if (shape.kind === "set") return valueToBody(value, shape);
  if (shape.kind === "list" && Array.isArray(value)) {
    return value.map((item) => valueToModel(item, shape.of));
  }
  if (shape.kind === "map" && isValues(value)) {
    return mapObject(value, (item) => valueToModel(item, shape.of));
  }
  if (shape.kind === "object" && isValues(value)) return toModel(value, shape);
  return value;
}

/** The outputs of azure-native for a body that was read: flattened, and without what the shape does not know. */
export function toOutputs(body: Values, shape: ObjectShape): Values {
  const outputs: Values = {};
  for (const [name, field] of fieldsOf(shape, body)) {
    const value = at(body, field.wire);
    if (value !== undefined && value !== null) outputs[name] = valueToOutput(value, field.shape);
  }
  return outputs;
}

function valueToOutput(value: Value, shape: Shape): Value {
  if (shape.kind === "list" && Array.isArray(value)) {
    return value.map((item) => valueToOutput(item, shape.of));
  }
  if (shape.kind === "map" && isValues(value)) {
    return mapObject(value, (item) => valueToOutput(item, shape.of));
  }
  if (shape.kind === "object" && isValues(value)) return toOutputs(value, shape);
  return value;
}

/** Outputs cut down to what could be an input: without what only the service sets. */
export function toInputs(outputs: Values, shape: ObjectShape): Values {
  const inputs: Values = {};
  for (const [name, field] of fieldsOf(shape, outputs)) {
    const value = outputs[name];
    if (!field.readOnly && value !== undefined) inputs[name] = valueToInput(value, field.shape);
  }
  return inputs;
}

function valueToInput(value: Value, shape: Shape): Value {
  if (shape.kind === "set" && isValues(value)) return Object.keys(value);
  if (shape.kind === "list" && Array.isArray(value)) {
    return value.map((item) => valueToInput(item, shape.of));
  }
  if (shape.kind === "map" && isValues(value)) {
    return mapObject(value, (item) => valueToInput(item, shape.of));
  }
  if (shape.kind === "object" && isValues(value)) return toInputs(value, shape);
  return value;
}

/** A value without empty lists and objects, or undefined where nothing is left: how an import reads a body. */
export function withoutEmpty(value: Value): Value | undefined {
  if (Array.isArray(value)) {
    const kept = value.map(withoutEmpty).filter((item) => item !== undefined);
    return kept.length === 0 ? undefined : kept;
  }
  if (!isValues(value)) return value ?? undefined;
  const kept = Object.entries(value).flatMap(([key, item]) => {
    const left = item === undefined ? undefined : withoutEmpty(item);
    return left === undefined ? [] : [[key, left] as const];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** The outputs at preview: the inputs that are outputs too, and everything else unknown. */
export function previewOutputs(inputs: Values, shape: ObjectShape): Values {
  const outputs: Values = {};
  for (const [name, field] of fieldsOf(shape, inputs)) {
    const value = inputs[name];
    outputs[name] = value === undefined ? unknown : previewValue(value, field.shape);
  }
  return outputs;
}

function previewValue(value: Value, shape: Shape): Value {
  switch (shape.kind) {
    case "any":
      return value;
    case "string":
    case "date":
      return typeof value === "string" ? value : unknown;
    case "number":
    case "boolean":
      return typeof value === shape.kind ? value : unknown;
    case "list":
      return Array.isArray(value) ? value.map((item) => previewValue(item, shape.of)) : unknown;
    case "map":
      return isValues(value) ? mapObject(value, (item) => previewValue(item, shape.of)) : unknown;
    case "set":
      return unknown;
    case "object":
      return isValues(value) ? previewOutputs(value, shape) : unknown;
  }
}
