import { checkParents, checkSubscription, resourceGroupNotFound, typeOf } from "./arm-checks";
import { checkFree } from "./arm-write";
import { asText } from "./json";
import { checkLocks } from "./locks";
import { operationHeaders } from "./operation-answer";
import type { OperationOrder } from "./operations";
import { beginOperation, holdsOf, withState } from "./operations";
import { AzureRefusal } from "./refusal";
import { removeResource } from "./removal";
import type { ResourceId } from "./resource-id";
import { resourceGroupOf } from "./resource-id";
import type { AzureRequest, AzureResponse, Simulation } from "./simulation";

/** DELETE: 204 where there is nothing, 200 where it is gone at once, 202 where it takes time. */
export function remove(
  request: AzureRequest,
  id: ResourceId,
  apiVersion: string,
  simulation: Simulation,
  order: OperationOrder,
): AzureResponse {
  const { store } = simulation;
  const type = typeOf(simulation, id.type, apiVersion);
  if (type.readOnly === true) {
    throw new AzureRefusal(
      405,
      "MethodNotAllowed",
      `Azure keeps resources of type '${type.type}' itself.`,
    );
  }
  checkSubscription(simulation, id.subscription);
  const resource = store.get(id.text);
  if (resource === undefined) {
    const group = resourceGroupOf(id.parent?.text ?? "");
    if (group !== undefined && store.get(group) === undefined) throw resourceGroupNotFound(group);
    return { status: 204 };
  }
  checkParents(simulation, id, type);
  const match = request.headers["if-match"];
  if (match !== undefined && match !== "*" && match !== asText(resource.body.etag)) {
    throw new AzureRefusal(
      412,
      "PreconditionFailed",
      "Precondition failed: the resource's etag is another one.",
    );
  }
  // A lock can always be taken away, whatever it locks.
  if (type.type !== "Microsoft.Authorization/locks") checkLocks(simulation, id.text, "delete");
  checkFree(simulation, type, id);
  type.checkDelete?.({ simulation, resource });

  const duration = type.longRunning?.delete;
  if (duration === undefined) {
    removeResource(simulation, resource);
    return { status: 200 };
  }
  const deleting = store.put({ ...resource, body: withState(resource.body, "Deleting") });
  const operation = beginOperation(
    simulation,
    deleting,
    "delete",
    duration,
    holdsOf(type, id),
    order,
  );
  return {
    status: 202,
    headers: operationHeaders(simulation, operation, apiVersion),
    operation: operation.id,
  };
}
