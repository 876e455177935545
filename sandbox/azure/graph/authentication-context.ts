import { asTexts, at, asText } from "../json";
import type { AzureRequest, AzureResponse, Simulation } from "../simulation";
import type { Store } from "../store";
import { verdictOf } from "./conditional-access-evaluation";
import { graphObject, graphObjects, putGraphObject } from "./objects";
import {
  badRequest,
  bodyOf,
  graphNotFound,
  graphWords,
  many,
  notAllowed,
  one,
  startsWith,
} from "./request";

const context = "identity/conditionalAccess/authenticationContextClassReferences";

/**
 * What PIM asks of somebody who activates a role that demands an authentication context: the context itself where an
 * enforced policy with it applies to them; multifactor authentication where no policy names the context; and nothing
 * where a policy names it but is off, report-only, or excludes them. Source:
 * https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-resource-roles-configure-role-settings
 */
export function contextDemand(
  store: Store,
  userId: string,
  claim: string,
): "context" | "multifactor" | "nothing" {
  const naming = graphObjects(store, "conditionalAccessPolicies")
    .map((item) => item.body)
    .filter((policy) =>
      asTexts(
        at(policy, "conditions.applications.includeAuthenticationContextClassReferences"),
      ).includes(claim),
    );
  if (naming.length === 0) return "multifactor";
  const attempt = {
    userId,
    context: claim,
    methods: [],
    clientAppType: "browser",
    compliantDevice: false,
  };
  const enforced = naming.some((policy) =>
    /^(success|failure)$/.test(verdictOf(store, policy, attempt).result),
  );
  return enforced ? "context" : "nothing";
}

/** Authentication contexts: https://learn.microsoft.com/graph/api/resources/authenticationcontextclassreference */
export function authenticationContextRoute(
  request: AzureRequest,
  simulation: Simulation,
): AzureResponse | undefined {
  const words = graphWords(request.path) ?? [];
  if (!startsWith(words, "identity", "conditionalAccess", "authenticationContextClassReferences"))
    return undefined;
  const { store } = simulation;
  const [id] = words.slice(3);
  if (id === undefined) {
    if (request.method !== "GET") throw notAllowed(request);
    return many(
      request,
      context,
      graphObjects(store, "authenticationContextClassReferences").map((item) => item.body),
    );
  }
  const found = graphObject(store, "authenticationContextClassReferences", id);
  if (request.method === "PATCH") {
    // A PATCH of a context that is not there makes it: it has no POST of its own in v1.0.
    if (!/^c[1-9][0-9]?$/.test(id))
      throw badRequest(`'${id}' is not an authentication context; there are c1 to c99.`);
    const sent = bodyOf(request);
    const body = { displayName: id, description: "", isAvailable: false, ...found?.body, ...sent };
    if (asText(body.displayName) === undefined) throw badRequest("displayName is missing.");
    putGraphObject(store, "authenticationContextClassReferences", id, body);
    return { status: 204 };
  }
  if (found === undefined) throw graphNotFound(id);
  if (request.method === "GET") return one(200, context, found.body);
  throw notAllowed(request);
}
