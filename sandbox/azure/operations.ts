import type { DurationKey } from "./durations";
import { durations } from "./durations";
import { guidOf } from "./guid";
import type { JsonObject } from "./json";
import { asObject, asText } from "./json";
import { AzureRefusal } from "./refusal";
import { emptyGroup, removeResource } from "./removal";
import type { ResourceId } from "./resource-id";
import { keyOf } from "./resource-id";
import type { ResourceType } from "./resource-type";
import type { Simulation } from "./simulation";
import type { StoredOperation, StoredResource } from "./store";

/** What a fault plan orders for the operation that a request begins. */
export interface OperationOrder {
  /** The error with which the accepted operation ends. */
  readonly failure?: JsonObject;
  /** Seconds on top of its duration. */
  readonly delay?: number;
}

const groupType = "Microsoft.Resources/resourceGroups";

/** The body with another `properties.provisioningState`. */
export function withState(body: JsonObject, state: string): JsonObject {
  return { ...body, properties: { ...asObject(body.properties), provisioningState: state } };
}

/** Begins a long-running operation; its resource is stored already. */
export function beginOperation(
  simulation: Simulation,
  resource: StoredResource,
  kind: StoredOperation["kind"],
  duration: DurationKey,
  holds: readonly string[],
  order: OperationOrder,
): StoredOperation {
  const { store, clock } = simulation;
  const begins = clock.now().getTime();
  const operation: StoredOperation = {
    id: guidOf(`operation/${store.sequence}/${kind}/${resource.id}`),
    kind,
    duration,
    resource: resource.id,
    type: resource.type,
    location: asText(resource.body.location) ?? "global",
    begins,
    ends: begins + (durations[duration].seconds + (order.delay ?? 0)) * 1000,
    holds: holds.map(keyOf),
    status: "InProgress",
    ...(order.delay === undefined ? {} : { slow: true }),
    ...(order.failure === undefined ? {} : { ordered: order.failure }),
  };
  store.putOperation(operation);
  return operation;
}

/** The operations that have not ended and keep any of these resources from being written. */
export function holdersOf(simulation: Simulation, ids: readonly string[]): StoredOperation[] {
  const wanted = new Set(ids.map(keyOf));
  return simulation.store
    .operations()
    .filter(
      (operation) =>
        operation.status === "InProgress" && operation.holds.some((held) => wanted.has(held)),
    );
}

/** What an operation keeps others from writing: what its type says, else the resource itself. */
export function holdsOf(type: ResourceType, id: ResourceId): readonly string[] {
  return type.holds?.(id) ?? [id.key];
}

/** Ends an operation, with success or with the failure that the type or the fault plan gives. */
export function endOperation(simulation: Simulation, operation: StoredOperation): StoredOperation {
  const { store } = simulation;
  const resource = store.get(operation.resource);
  const error = resource === undefined ? undefined : failureOf(simulation, operation, resource);
  const ended: StoredOperation = {
    ...operation,
    status: error === undefined ? "Succeeded" : "Failed",
    ...(error === undefined ? {} : { error }),
  };
  store.putOperation(ended);
  store.record({
    method: "COMPLETE",
    id: operation.resource,
    operation: operation.id,
    outcome: error === undefined ? "succeeded" : "failed",
    ...(error === undefined
      ? {}
      : { code: asText(error.code) ?? "", message: asText(error.message) ?? "" }),
    ...(operation.ordered === undefined ? {} : { fault: "acceptedThenFails" }),
  });
  return ended;
}

function failureOf(
  simulation: Simulation,
  operation: StoredOperation,
  resource: StoredResource,
): JsonObject | undefined {
  const { store, types } = simulation;
  try {
    if (operation.ordered !== undefined) {
      store.put({ ...resource, body: withState(resource.body, "Failed") });
      return operation.ordered;
    }
    if (operation.kind === "delete") {
      if (resource.type === groupType) emptyGroup(simulation, resource);
      removeResource(simulation, resource);
    } else {
      if (operation.kind === "put")
        types.find(resource.type)?.completed?.({ simulation, resource });
      const now = store.get(resource.id) ?? resource;
      store.put({ ...now, body: withState(now.body, "Succeeded") });
    }
    return undefined;
  } catch (refusal) {
    if (!(refusal instanceof AzureRefusal)) throw refusal;
    const now = store.get(resource.id) ?? resource;
    const state = resource.type === groupType ? "Succeeded" : "Failed";
    store.put({ ...now, body: withState(now.body, state) });
    return refusal.error;
  }
}

/** Ends every operation whose time is over, oldest end first. */
export function endDueOperations(simulation: Simulation): void {
  const now = simulation.clock.now().getTime();
  simulation.store
    .operations()
    .filter((operation) => operation.status === "InProgress" && operation.ends <= now)
    .sort((a, b) => a.ends - b.ends)
    .forEach((operation) => endOperation(simulation, operation));
}

/** Seconds that Azure's providers let pass between two polls (azcore's default, and what azure-native uses). */
const pollInterval = 10;

/**
 * Somebody asks how an operation stands. Where operations take no time, asking ends it; one that a fault plan slowed
 * costs ten seconds of the simulated clock per question until its time is over.
 */
export function pollOperation(simulation: Simulation, operation: StoredOperation): StoredOperation {
  if (operation.status !== "InProgress" || simulation.clock.timeScale !== undefined)
    return operation;
  if (operation.slow !== true) return endOperation(simulation, operation);
  if (simulation.clock.kind === "virtual") simulation.clock.advance(pollInterval);
  if (simulation.clock.now().getTime() < operation.ends) return operation;
  return endOperation(simulation, operation);
}

/** Reading a resource is asking for the operations on it: clients also poll `provisioningState`. */
export function pollResource(simulation: Simulation, id: string): void {
  const key = keyOf(id);
  simulation.store
    .operations()
    .filter((operation) => operation.status === "InProgress" && keyOf(operation.resource) === key)
    .forEach((operation) => pollOperation(simulation, operation));
}
