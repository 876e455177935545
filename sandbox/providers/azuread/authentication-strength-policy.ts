import { equal } from "../plugin/values";
import { comparable, optional, required, type Schema } from "./attribute";
import type { EntraResource } from "./entra-resource";
import { objectIdOf, textsOf } from "./graph";

const path = "/policies/authenticationStrengthPolicies";

const schema: Schema = {
  displayName: required("string"),
  description: optional("string"),
  allowedCombinations: required("set"),
};

/** azuread:index/authenticationStrengthPolicy:AuthenticationStrengthPolicy. It has no `objectId`: its id is in use. */
export const authenticationStrengthPolicy: EntraResource = {
  schema,
  limits: { create: 300, update: 300, delete: 300 },
  async create(graph, plan) {
    const id = await graph.create("Could not create authentication strength policy", path, {
      displayName: plan.displayName,
      description: plan.description ?? "",
      allowedCombinations: textsOf(plan.allowedCombinations),
    });
    await graph.waitFor(`Waiting for creation of ${path}/${id}`, `${path}/${id}`, "there");
    return `${path}/${id}`;
  },
  async read(graph, id) {
    const found = await graph.find(`retrieving ${id}`, `${path}/${objectIdOf(id)}`);
    if (found === undefined) return undefined;
    return {
      displayName: found.displayName,
      description: found.description ?? "",
      allowedCombinations: textsOf(found.allowedCombinations),
    };
  },
  async update(graph, id, plan, state) {
    const doing = "Could not update authentication strength policy";
    const own = `${path}/${objectIdOf(id)}`;
    await graph.send(doing, "PATCH", own, {
      displayName: plan.displayName,
      description: plan.description ?? "",
    });
    const combinations = "allowedCombinations";
    const only = { [combinations]: required("set") };
    if (!equal(comparable(plan, only), comparable(state, only))) {
      await graph.send(
        `${doing} allowed combinations`,
        "POST",
        `${own}/updateAllowedCombinations`,
        {
          allowedCombinations: textsOf(plan[combinations]),
        },
      );
    }
  },
  async delete(graph, id) {
    await graph.remove(`Deleting ${id}`, `${path}/${objectIdOf(id)}`);
  },
};
