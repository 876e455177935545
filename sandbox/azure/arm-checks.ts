import { AzureRefusal } from "./refusal";
import type { ResourceId } from "./resource-id";
import { resourceGroupOf } from "./resource-id";
import type { ResourceType } from "./resource-type";
import type { Simulation } from "./simulation";
import type { StoredResource } from "./store";
import { textAt } from "./json";

// Codes and texts: https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors
// and the pages that it links, unless another source is named.

/**
 * The type of a resource, in a version that the simulated Azure knows.
 * @throws AzureRefusal InvalidResourceNamespace, InvalidResourceType, NoRegisteredProviderFound
 */
export function typeOf(simulation: Simulation, type: string, apiVersion: string): ResourceType {
  const found = simulation.types.find(type);
  const [namespace = "", ...words] = type.split("/");
  if (found === undefined) {
    if (!simulation.types.hasNamespace(namespace)) {
      throw new AzureRefusal(
        404,
        "InvalidResourceNamespace",
        `The resource namespace '${namespace}' is invalid: the simulated Azure does not play it.`,
      );
    }
    throw new AzureRefusal(
      404,
      "InvalidResourceType",
      `The resource type '${words.join("/")}' could not be found in the namespace '${namespace}' for api version '${apiVersion}': the simulated Azure does not play it.`,
    );
  }
  if (!found.apiVersions.some((version) => version.toLowerCase() === apiVersion.toLowerCase())) {
    const versions = found.apiVersions.join(", ");
    throw new AzureRefusal(
      400,
      "NoRegisteredProviderFound",
      `No registered resource provider found for API version '${apiVersion}' for type '${words.join("/")}'. The supported api-versions are '${versions}' (those that the simulated Azure plays).`,
    );
  }
  return found;
}

/**
 * Checks that subscription, resource group and parent exist, and returns the parent resource where it is one.
 * @throws AzureRefusal SubscriptionNotFound, ResourceGroupNotFound, ParentResourceNotFound, ResourceNotFound
 */
export function checkParents(
  simulation: Simulation,
  id: ResourceId,
  type: ResourceType,
): StoredResource | undefined {
  checkSubscription(simulation, id.subscription);
  const group = resourceGroupOf(id.parent?.text ?? "");
  if (group !== undefined && simulation.store.get(group) === undefined) {
    throw resourceGroupNotFound(group);
  }
  const { parent } = id;
  if (parent === undefined) return undefined;
  const stored = simulation.store.get(parent.text);
  const isScope =
    parent.type.startsWith("Microsoft.Resources/") ||
    parent.type.startsWith("Microsoft.Management/");
  if (stored !== undefined || isScope) return stored;
  if (type.placement === "anyScope") throw resourceNotFound(parent);
  throw new AzureRefusal(
    404,
    "ParentResourceNotFound",
    `Failed to perform 'write' on resource(s) of type '${type.type.replace(/^[^/]+\//, "")}', because the parent resource '${parent.text}' could not be found.`,
  );
}

/** @throws AzureRefusal SubscriptionNotFound */
export function checkSubscription(simulation: Simulation, subscription: string | undefined): void {
  if (subscription === undefined || simulation.tenant.hasSubscription(subscription)) return;
  throw new AzureRefusal(
    404,
    "SubscriptionNotFound",
    `The subscription '${subscription}' could not be found.`,
  );
}

export function resourceGroupNotFound(group: string): AzureRefusal {
  const name = group.split("/").pop() ?? "";
  return new AzureRefusal(
    404,
    "ResourceGroupNotFound",
    `Resource group '${name}' could not be found.`,
  );
}

/** https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-not-found */
export function resourceNotFound(id: ResourceId): AzureRefusal {
  if (id.type === "Microsoft.Resources/resourceGroups") return resourceGroupNotFound(id.text);
  const group = id.resourceGroup;
  const where = group === undefined ? "" : ` under resource group '${group}'`;
  const path = `${id.type}/${id.name}`;
  return new AzureRefusal(
    404,
    "ResourceNotFound",
    `The Resource '${path}'${where} was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}

/**
 * Refuses a write into a resource group that is being deleted.
 * Source: https://learn.microsoft.com/rest/api/resources/resource-groups/delete and the text in
 * Azure/azure-cli#21121.
 * @throws AzureRefusal 409 ResourceGroupBeingDeleted
 */
export function checkGroupStays(simulation: Simulation, id: ResourceId): void {
  const group = resourceGroupOf(id.text);
  const stored = group === undefined ? undefined : simulation.store.get(group);
  if (stored === undefined || textAt(stored.body, "properties.provisioningState") !== "Deleting")
    return;
  throw new AzureRefusal(
    409,
    "ResourceGroupBeingDeleted",
    `The resource group '${stored.name}' is in deprovisioning state and cannot perform this operation.`,
  );
}
