import { asObject, asText, copy, isObject, type JsonObject } from "../json";
import type { AzureRequest, AzureResponse, Simulation } from "../simulation";
import type { Store } from "../store";
import { findStrength, strengthOf } from "./authentication-strengths";
import { checkPolicy, completePolicy } from "./conditional-access-check";
import { newId } from "./new-id";
import { deleteGraphObject, graphObject, graphObjects, putGraphObject } from "./objects";
import {
  bodyOf,
  graphNotFound,
  graphWords,
  many,
  notAllowed,
  one,
  patched,
  startsWith,
} from "./request";

const context = "identity/conditionalAccess/policies";

/** A policy as Graph answers it: its authentication strength spelled out. */
function shown(store: Store, policy: JsonObject): JsonObject {
  const id = strengthOf(policy);
  const strength = id === undefined ? undefined : findStrength(store, id);
  if (strength === undefined) return policy;
  return {
    ...policy,
    grantControls: { ...asObject(policy.grantControls), authenticationStrength: copy(strength) },
  };
}

/** The members of a PATCH that replace a part of a policy as a whole when they are null. */
function merged(before: JsonObject, sent: JsonObject): JsonObject {
  const { grantControls } = sent;
  const next = patched(before, sent);
  const given = isObject(grantControls) ? grantControls : {};
  // A strength that is bound anew must not be hidden by the one that stands in the policy.
  if ("authenticationStrength@odata.bind" in given && isObject(next.grantControls)) {
    delete next.grantControls.authenticationStrength;
  }
  return next;
}

/** Conditional Access policies: https://learn.microsoft.com/graph/api/resources/conditionalaccesspolicy */
export function conditionalAccessRoute(
  request: AzureRequest,
  simulation: Simulation,
): AzureResponse | undefined {
  const words = graphWords(request.path) ?? [];
  if (!startsWith(words, "identity", "conditionalAccess", "policies")) return undefined;
  const { store, clock } = simulation;
  const now = clock.now().toISOString();
  const [id, ...rest] = words.slice(3);
  if (rest.length > 0) throw notAllowed(request);
  if (id === undefined) {
    if (request.method === "GET") {
      const policies = graphObjects(store, "conditionalAccessPolicies");
      return many(
        request,
        context,
        policies.map((item) => shown(store, item.body)),
      );
    }
    if (request.method !== "POST") throw notAllowed(request);
    const policy = completePolicy({ ...bodyOf(request), createdDateTime: now });
    checkPolicy(store, policy);
    const name = newId(store, "conditionalAccessPolicies", asText(policy.displayName) ?? "");
    const { body } = putGraphObject(store, "conditionalAccessPolicies", name, policy);
    return one(201, context, shown(store, body));
  }
  const found = graphObject(store, "conditionalAccessPolicies", id);
  if (found === undefined) throw graphNotFound(id);
  switch (request.method) {
    case "GET":
      return one(200, context, shown(store, found.body));
    case "PATCH": {
      const policy = completePolicy({
        ...merged(found.body, bodyOf(request)),
        modifiedDateTime: now,
      });
      checkPolicy(store, policy);
      putGraphObject(store, "conditionalAccessPolicies", found.name, policy);
      return { status: 204 };
    }
    case "DELETE":
      deleteGraphObject(store, "conditionalAccessPolicies", found.name);
      return { status: 204 };
  }
  throw notAllowed(request);
}
