import { compact } from "./json";
import { pollOperation } from "./operations";
import { rendered } from "./arm-read";
import { AzureRefusal } from "./refusal";
import type { AzureRequest, AzureResponse, Simulation } from "./simulation";
import type { StoredOperation } from "./store";

// Long-running operations: https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations
// Microsoft's clients poll Azure-AsyncOperation (status in the body) where it is given, else Location (202 until done).

const pattern =
  /^\/subscriptions\/[^/]+\/providers\/[^/]+\/locations\/[^/]+\/(operations|operationResults)\/([^/]+)$/i;

function subscriptionOf(operation: StoredOperation): string {
  return /^\/subscriptions\/([^/]+)/i.exec(operation.resource)?.[1] ?? "";
}

function addressOf(
  simulation: Simulation,
  operation: StoredOperation,
  kind: string,
  apiVersion: string,
): string {
  const namespace = operation.type.split("/")[0] ?? "";
  const version = apiVersion === "" ? "2024-05-01" : apiVersion;
  return `${simulation.url}/subscriptions/${subscriptionOf(operation)}/providers/${namespace}/locations/${operation.location}/${kind}/${operation.id}?api-version=${version}`;
}

/** The headers that tell a client where to ask; `Retry-After: 0`, because a poll is held back here, not there. */
export function operationHeaders(
  simulation: Simulation,
  operation: StoredOperation,
  apiVersion: string,
): Record<string, string> {
  const headers = {
    "Azure-AsyncOperation": addressOf(simulation, operation, "operations", apiVersion),
    "Retry-After": "0",
  };
  if (operation.kind === "put") return headers;
  return { ...headers, Location: addressOf(simulation, operation, "operationResults", apiVersion) };
}

/** The identifier of the operation that a path asks for, or undefined. */
export function operationOf(path: string): string | undefined {
  return pattern.exec(path)?.[2];
}

/** Answers a poll; undefined where the path is none. */
export function operationAnswer(
  request: AzureRequest,
  simulation: Simulation,
): AzureResponse | undefined {
  const [, kind = "", id = ""] = pattern.exec(request.path) ?? [];
  if (id === "" || request.method !== "GET") return undefined;
  const found = simulation.store.operation(id);
  if (found === undefined) {
    throw new AzureRefusal(404, "NotFound", `The operation '${id}' was not found.`);
  }
  const operation = pollOperation(simulation, found);
  const headers = { "Retry-After": "0" };
  if (kind.toLowerCase() === "operations") {
    return {
      status: 200,
      headers: operation.status === "InProgress" ? headers : {},
      body: compact({
        id: request.path,
        name: operation.id,
        status: operation.status,
        startTime: new Date(operation.begins).toISOString(),
        ...(operation.status === "InProgress"
          ? {}
          : { endTime: simulation.clock.now().toISOString() }),
        error: operation.error,
      }),
    };
  }
  if (operation.status === "InProgress") {
    const version = request.query.get("api-version") ?? "";
    return {
      status: 202,
      headers: {
        ...headers,
        Location: addressOf(simulation, operation, "operationResults", version),
      },
    };
  }
  if (operation.status === "Failed") return { status: 409, body: { error: operation.error ?? {} } };
  const resource = simulation.store.get(operation.resource);
  return resource === undefined
    ? { status: 204 }
    : { status: 200, body: rendered(simulation, resource) };
}
