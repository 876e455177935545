import { applyChanges, compare } from "../plugin/difference";
import type { Values } from "../plugin/values";
import { toInputs, withoutEmpty } from "./convert";
import type { ResourceEntry } from "./resource-table";
import type { SdkShapes } from "./sdk-client";
import { readTemplate } from "./template";

// How a refresh and an import find inputs: `Read` in provider/pkg/provider/provider.go of pulumi/pulumi-azure-native.

/**
 * The inputs after a refresh. What changed between the outputs then and now is applied to the inputs; what the
 * service filled in and kept is not copied. A maintained list that the program left out stays out.
 */
export function refreshedInputs(
  entry: ResourceEntry,
  shapes: SdkShapes,
  inputs: Values,
  state: Values,
  outputs: Values,
): Values {
  const left = (entry.maintained ?? []).filter((name) => inputs[name] === undefined);
  const without = (values: Values): Values =>
    Object.fromEntries(Object.entries(values).filter(([name]) => !left.includes(name)));
  const before = toInputs(without(state), shapes.body);
  const after = toInputs(without(outputs), shapes.body);
  return applyChanges(inputs, compare(before, after));
}

/** The inputs that would make the resource: its path parameters and what stands in its body, emptiness left out. */
export function importedInputs(
  entry: ResourceEntry,
  shapes: SdkShapes,
  id: string,
  outputs: Values,
): Values {
  const body = toInputs(outputs, shapes.body);
  const kept = Object.entries(body).flatMap(([name, value]) => {
    const left = name === "id" || value === undefined ? undefined : withoutEmpty(value);
    return left === undefined ? [] : [[name, left] as const];
  });
  const parameters = Object.entries(readTemplate(entry.path, id)).filter(
    ([name]) => name !== "subscriptionId",
  );
  return { ...Object.fromEntries(kept), ...Object.fromEntries(parameters) };
}
