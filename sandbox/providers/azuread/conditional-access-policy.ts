import type { CheckFailure } from "../plugin/provider";
import { isValues, textOf, unknown, type Values } from "../plugin/values";
import { policyBody, policyState } from "./conditional-access-body";
import { conditionalAccessSchema } from "./conditional-access-schema";
import type { EntraResource } from "./entra-resource";
import { objectIdOf, objectOf, textsOf } from "./graph";

const path = "/identity/conditionalAccess/policies";

function given(values: Values, names: readonly string[]): string[] {
  return names.filter((name) => {
    const value = values[name];
    return (
      value === unknown || textsOf(value).length > 0 || (Array.isArray(value) && value.length > 0)
    );
  });
}

function check(inputs: Values): CheckFailure[] {
  const failures: CheckFailure[] = [];
  const conditions = objectOf(inputs.conditions);
  const applications = objectOf(conditions.applications);
  const what = ["includedApplications", "includedUserActions"];
  if (isValues(conditions.applications) && given(applications, what).length !== 1) {
    failures.push({
      property: "conditions.applications",
      reason: `"conditions.applications": one of \`includedApplications,includedUserActions\` must be specified, and only one`,
    });
  }
  const who = ["includedUsers", "includedGroups", "includedRoles", "includedGuestsOrExternalUsers"];
  if (isValues(conditions.users) && given(objectOf(conditions.users), who).length === 0) {
    failures.push({
      property: "conditions.users",
      reason: `"conditions.users": one of \`${who.join(",")}\` must be specified`,
    });
  }
  if (inputs.grantControls === undefined && inputs.sessionControls === undefined) {
    failures.push({
      property: "grantControls",
      reason: `one of \`grantControls,sessionControls\` must be specified`,
    });
  }
  const strength = textOf(objectOf(inputs.grantControls).authenticationStrengthPolicyId);
  if (
    strength !== undefined &&
    !/^\/policies\/authenticationStrengthPolicies\/[^/]+$/.test(strength)
  ) {
    failures.push({
      property: "grantControls.authenticationStrengthPolicyId",
      reason: `"grantControls.authenticationStrengthPolicyId": "${strength}" is not an id of a strength; use /policies/authenticationStrengthPolicies/GUID`,
    });
  }
  const session = objectOf(inputs.sessionControls);
  const frequency =
    session.signInFrequency !== undefined || session.signInFrequencyPeriod !== undefined;
  if (session.signInFrequencyInterval === "everyTime" && frequency) {
    failures.push({
      property: "sessionControls.signInFrequencyInterval",
      reason:
        "when `sessionControls.signInFrequencyInterval` is set to `everyTime`, `signInFrequency` and `signInFrequencyPeriod` are not valid",
    });
  }
  return failures;
}

/** azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy. */
export const conditionalAccessPolicy: EntraResource = {
  schema: conditionalAccessSchema,
  limits: { create: 300, update: 900, delete: 300 },
  check,
  async create(graph, plan) {
    const id = await graph.create(
      "Could not create conditional access policy",
      path,
      policyBody(plan),
    );
    await graph.waitFor(
      `Waiting for creation of conditional access policy "${id}"`,
      `${path}/${id}`,
      "there",
    );
    return `${path}/${id}`;
  },
  async read(graph, id) {
    const policy = await graph.find(`retrieving ${id}`, `${path}/${objectIdOf(id)}`);
    return policy === undefined ? undefined : policyState(policy);
  },
  async update(graph, id, plan) {
    const doing = `Could not update conditional access policy with ID: "${id}"`;
    await graph.send(doing, "PATCH", `${path}/${objectIdOf(id)}`, policyBody(plan));
    const waiting = `waiting for update of conditional access policy with ID "${id}"`;
    await graph.waitFor(
      waiting,
      `${path}/${objectIdOf(id)}`,
      "there",
      (policy) => policy.displayName === plan.displayName && policy.state === plan.state,
    );
  },
  async delete(graph, id) {
    await graph.remove(`Deleting ${id}`, `${path}/${objectIdOf(id)}`);
  },
};
