import { createOrUpdate } from "./arm-write";
import { remove } from "./arm-delete";
import { action, list, read } from "./arm-read";
import { operationAnswer } from "./operation-answer";
import type { OperationOrder } from "./operations";
import { AzureRefusal } from "./refusal";
import { parseCollection, parseResourceId } from "./resource-id";
import type { AzureRequest, AzureResponse, Simulation } from "./simulation";

/**
 * Answers a request to the simulated Resource Manager.
 * @throws AzureRefusal where Azure would refuse
 */
export function answerArm(
  request: AzureRequest,
  simulation: Simulation,
  order: OperationOrder,
): AzureResponse {
  const apiVersion = request.query.get("api-version");
  if (apiVersion === null || apiVersion === "") {
    // https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors
    throw new AzureRefusal(
      400,
      "MissingApiVersionParameter",
      "The api-version query parameter (?api-version=) is required for all requests.",
    );
  }
  const operation = operationAnswer(request, simulation);
  if (operation !== undefined) return operation;

  const id = parseResourceId(request.path);
  if (id !== undefined) {
    switch (request.method) {
      case "GET":
        return read(id, apiVersion, simulation);
      case "HEAD":
        return { status: read(id, apiVersion, simulation).status === 200 ? 204 : 404 };
      case "PUT":
      case "PATCH":
        return createOrUpdate(request, id, apiVersion, simulation, order);
      case "DELETE":
        return remove(request, id, apiVersion, simulation, order);
    }
  }
  const collection = parseCollection(request.path);
  if (collection !== undefined) {
    if (request.method === "GET") return list(collection, apiVersion, simulation);
    if (request.method === "POST") return action(collection, apiVersion, request, simulation);
  }
  throw new AzureRefusal(
    404,
    "InvalidResourcePath",
    `The simulated Azure knows no ${request.method} of '${request.path}'.`,
  );
}
