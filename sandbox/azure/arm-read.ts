import { checkSubscription, resourceGroupNotFound, resourceNotFound, typeOf } from "./arm-checks";
import { checkLocks } from "./locks";
import type { JsonObject } from "./json";
import { copy } from "./json";
import { pollResource } from "./operations";
import { AzureRefusal } from "./refusal";
import type { CollectionPath, ResourceId } from "./resource-id";
import { keyOf, parseResourceId, resourceGroupOf } from "./resource-id";
import type { AzureRequest, AzureResponse, Simulation } from "./simulation";
import type { StoredResource } from "./store";

/** The resource as a GET shows it. */
export function rendered(simulation: Simulation, resource: StoredResource): JsonObject {
  const type = simulation.types.find(resource.type);
  return type?.read?.({ simulation, resource }) ?? copy(resource.body);
}

/** GET of one resource. */
export function read(id: ResourceId, apiVersion: string, simulation: Simulation): AzureResponse {
  const { store } = simulation;
  checkSubscription(simulation, id.subscription);
  typeOf(simulation, id.type, apiVersion);
  pollResource(simulation, id.text);
  const resource = store.get(id.text);
  if (resource !== undefined) return { status: 200, body: rendered(simulation, resource) };
  const group = resourceGroupOf(id.text);
  if (group !== undefined && store.get(group) === undefined) throw resourceGroupNotFound(group);
  throw resourceNotFound(id);
}

/** GET of a list: the items right beneath a parent, or all of a type in a resource group or a subscription. */
export function list(
  path: CollectionPath,
  apiVersion: string,
  simulation: Simulation,
): AzureResponse {
  const { store } = simulation;
  checkSubscription(simulation, path.parent?.subscription);
  const above = path.parent?.text ?? "";
  const group = resourceGroupOf(above);
  if (group !== undefined && store.get(group) === undefined) throw resourceGroupNotFound(group);
  if (path.last.toLowerCase() === "resources" && group !== undefined) {
    return answerOf(
      simulation,
      store
        .beneath(group)
        .filter((resource) => resource.type.split("/").length === 2)
        // Role assignments, schedules and locks hang on resources and are none of them.
        .filter((resource) => !/^Microsoft\.Authorization\//i.test(resource.type)),
    );
  }
  const type = typeOf(simulation, path.type, apiVersion);
  const isChild = type.type.split("/").length > 2;
  const items = store.childrenOf(above, type.type).filter((resource) => {
    if (!isChild && type.placement !== "anyScope") return true;
    return keyOf(parseResourceId(resource.id)?.parent?.text ?? "") === keyOf(above);
  });
  items.forEach((resource) => {
    pollResource(simulation, resource.id);
  });
  return answerOf(
    simulation,
    items.flatMap((resource) => store.get(resource.id) ?? []),
  );
}

function answerOf(simulation: Simulation, resources: readonly StoredResource[]): AzureResponse {
  return {
    status: 200,
    body: { value: resources.map((resource) => rendered(simulation, resource)) },
  };
}

/** POST of an action on a resource. */
export function action(
  path: CollectionPath,
  apiVersion: string,
  request: AzureRequest,
  simulation: Simulation,
): AzureResponse {
  const { parent } = path;
  if (parent === undefined)
    throw new AzureRefusal(404, "InvalidResourcePath", `No action at '${request.path}'.`);
  const type = typeOf(simulation, parent.type, apiVersion);
  const resource = simulation.store.get(parent.text);
  if (resource === undefined) throw resourceNotFound(parent);
  const known = type.actions?.[path.last.toLowerCase()];
  if (known === undefined) {
    throw new AzureRefusal(
      404,
      "InvalidResourcePath",
      `The simulated Azure knows no action '${path.last}' on resources of type '${type.type}'.`,
    );
  }
  checkLocks(simulation, resource.id, "write");
  return known({ simulation, resource }, request);
}
