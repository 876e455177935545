import { isValues, secret, textOf, type Value, type Values } from "../plugin/values";
import type { Azure } from "./azure";
import { toBody, toOutputs } from "./convert";
import type { ResourceEntry } from "./resource-table";
import { roleManagementPolicy as shape } from "./rest-shape";

// A policy exists with its scope and role, is only ever changed, and is put back when the resource goes:
// provider/pkg/resources/customresources/custom_pim.go of pulumi/pulumi-azure-native, with #4398 of 2025-11-06.

/** Where the provider keeps the policy as it found it. */
export const originalState = "__orig_state";

function rulesOf(value: Value | undefined): Values[] {
  return Array.isArray(value) ? value.filter(isValues) : [];
}

function originalRules(state: Values): Values[] {
  const original = state[originalState];
  const properties = isValues(original) ? original.properties : undefined;
  return isValues(properties) ? rulesOf(properties.rules) : [];
}

async function patch(
  azure: Azure,
  entry: ResourceEntry,
  id: string,
  rules: Value,
): Promise<Values> {
  const answer = await azure.rest.send({
    method: "PATCH",
    path: id,
    query: { "api-version": entry.apiVersion },
    body: toBody({ rules }, shape),
  });
  return toOutputs(answer, shape);
}

/** Remembers the policy as it is, then changes the rules that the program names. */
export async function createPolicy(
  azure: Azure,
  entry: ResourceEntry,
  id: string,
  inputs: Values,
): Promise<Values> {
  const original = await azure.get(id, entry.apiVersion);
  const outputs = await patch(azure, entry, id, inputs.rules ?? []);
  return { ...outputs, [originalState]: secret(original) };
}

/** Changes the rules that the program names and puts every other one back to what it was at the first creation. */
export async function updatePolicy(
  azure: Azure,
  entry: ResourceEntry,
  id: string,
  news: Values,
  state: Values,
): Promise<Values> {
  const own = rulesOf(news.rules);
  const named = new Set(own.map((rule) => rule.id));
  const rules = [...own, ...originalRules(state).filter((rule) => !named.has(rule.id))];
  rules.sort((a, b) => ((textOf(a.id) ?? "") < (textOf(b.id) ?? "") ? -1 : 1));
  const outputs = await patch(azure, entry, id, rules);
  return withOriginal(outputs, state);
}

/** Puts the policy back as it was; does nothing where that is not known (an imported policy). */
export async function deletePolicy(
  azure: Azure,
  entry: ResourceEntry,
  id: string,
  state: Values,
): Promise<void> {
  const rules = originalRules(state);
  if (rules.length > 0) await patch(azure, entry, id, rules);
}

/** Outputs with the remembered policy of the state beside them, as a secret again. */
export function withOriginal(outputs: Values, state: Values): Values {
  const original = state[originalState];
  return original === undefined ? outputs : { ...outputs, [originalState]: secret(original) };
}
