import type { JsonObject } from "./json";
import { AzureRefusal } from "./refusal";
import type { Service } from "./services";
import type { AzureRequest, AzureResponse } from "./simulation";
import type { Tenant, TenantSubscription } from "./tenant/tenant";

/**
 * Subscriptions and their features, which the tenant file names and no program makes.
 * Sources: https://learn.microsoft.com/rest/api/resources/subscriptions and
 * https://learn.microsoft.com/rest/api/resources/features
 */
export function subscriptionService(tenant: Tenant): Service {
  return { types: [], routes: [(request) => answer(tenant, request)] };
}

const featurePath =
  /^\/subscriptions\/([^/]+)\/providers\/Microsoft\.Features\/providers\/([^/]+)\/features\/([^/]+)$/i;

function answer(tenant: Tenant, request: AzureRequest): AzureResponse | undefined {
  if (request.method !== "GET") return undefined;
  if (/^\/subscriptions\/?$/i.test(request.path)) {
    return {
      status: 200,
      body: { value: tenant.subscriptions.map((item) => bodyOf(tenant, item)) },
    };
  }
  const [, alone] = /^\/subscriptions\/([^/]+)\/?$/i.exec(request.path) ?? [];
  if (alone !== undefined) return { status: 200, body: bodyOf(tenant, find(tenant, alone)) };
  const [, subscription, namespace, feature] = featurePath.exec(request.path) ?? [];
  if (subscription === undefined || namespace === undefined || feature === undefined)
    return undefined;
  const name = `${namespace}/${feature}`;
  const registered = find(tenant, subscription).registeredFeatures.some(
    (known) => known.toLowerCase() === name.toLowerCase(),
  );
  return {
    status: 200,
    body: {
      id: request.path,
      name,
      type: "Microsoft.Features/providers/features",
      properties: { state: registered ? "Registered" : "NotRegistered" },
    },
  };
}

function find(tenant: Tenant, id: string): TenantSubscription {
  const found = tenant.subscriptions.find(
    (item) => item.subscriptionId.toLowerCase() === id.toLowerCase(),
  );
  if (found !== undefined) return found;
  throw new AzureRefusal(
    404,
    "SubscriptionNotFound",
    `The subscription '${id}' could not be found.`,
  );
}

function bodyOf(tenant: Tenant, subscription: TenantSubscription): JsonObject {
  return {
    id: `/subscriptions/${subscription.subscriptionId}`,
    subscriptionId: subscription.subscriptionId,
    displayName: subscription.displayName,
    state: "Enabled",
    tenantId: tenant.tenantId,
  };
}
