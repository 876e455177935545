import { checkSubscription, resourceGroupNotFound, resourceNotFound } from "../arm-checks";
import { asObject, type JsonObject } from "../json";
import { AzureRefusal } from "../refusal";
import { parseResourceId, resourceGroupOf } from "../resource-id";
import type { AzureRequest, Simulation } from "../simulation";
import { typedRefusal } from "./refusals";

/** A path of Microsoft.Authorization: `{scope}/providers/Microsoft.Authorization/{type}/{name}/{rest}`. */
export interface AuthorizationPath {
  /** `/` for the tenant, else an identifier without a slash at its end. */
  readonly scope: string;
  /** Lower case. */
  readonly type: string;
  readonly name: string | undefined;
  readonly rest: readonly string[];
}

/**
 * Reads a path of Microsoft.Authorization; undefined for any other. A subscription may also be written as a resource
 * (`/providers/Microsoft.Subscription/subscriptions/{id}`), as Microsoft's own examples do.
 */
export function parseAuthorizationPath(path: string): AuthorizationPath | undefined {
  const clean = path.replace(/\/{2,}/g, "/").replace(/\/$/, "");
  const marker = "/providers/microsoft.authorization/";
  const start = clean.toLowerCase().lastIndexOf(marker);
  if (start < 0) return undefined;
  const [type = "", name, ...rest] = clean.slice(start + marker.length).split("/");
  const scope = clean
    .slice(0, start)
    .replace(/^\/providers\/Microsoft\.Subscription(?=\/subscriptions\/)/i, "");
  return { scope: scope === "" ? "/" : scope, type: type.toLowerCase(), name, rest };
}

/** @throws AzureRefusal MissingApiVersionParameter, NoRegisteredProviderFound */
export function checkApiVersion(
  request: AzureRequest,
  type: string,
  versions: readonly string[],
): void {
  const version = request.query.get("api-version");
  if (version === null || version === "") {
    throw new AzureRefusal(
      400,
      "MissingApiVersionParameter",
      "The api-version query parameter (?api-version=) is required for all requests.",
    );
  }
  if (!versions.includes(version.toLowerCase())) {
    throw new AzureRefusal(
      400,
      "NoRegisteredProviderFound",
      `No registered resource provider found for API version '${version}' for type '${type}'. The supported api-versions are '${versions.join(", ")}' (those that the simulated Azure plays).`,
    );
  }
}

/**
 * Checks that a scope exists.
 * @throws AzureRefusal SubscriptionNotFound, ResourceGroupNotFound, ResourceNotFound
 */
export function checkScope(simulation: Simulation, scope: string): void {
  if (scope === "/") return;
  const id = parseResourceId(scope);
  if (id === undefined)
    throw typedRefusal(400, "InvalidScope", `The scope '${scope}' is not valid.`);
  checkSubscription(simulation, id.subscription);
  const group = resourceGroupOf(scope);
  if (group !== undefined && simulation.store.get(group) === undefined)
    throw resourceGroupNotFound(group);
  if (id.type === "Microsoft.Resources/subscriptions") return;
  if (simulation.store.get(scope) === undefined) throw resourceNotFound(id);
}

/** The `properties` of a request's body; an empty object where there are none. */
export function propertiesOf(request: AzureRequest): JsonObject {
  return asObject(asObject(request.body).properties);
}
