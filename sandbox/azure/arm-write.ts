import { checkGroupStays, checkParents, typeOf } from "./arm-checks";
import { guidOf } from "./guid";
import type { JsonObject } from "./json";
import { asObject, asText, canonical, compact, copy, isObject } from "./json";
import { checkLocks } from "./locks";
import { operationHeaders } from "./operation-answer";
import type { OperationOrder } from "./operations";
import { beginOperation, holdersOf, holdsOf, withState } from "./operations";
import { rendered } from "./arm-read";
import { AzureRefusal } from "./refusal";
import { regionOf } from "./region";
import type { ResourceId } from "./resource-id";
import type { ResourceType, Write } from "./resource-type";
import type { AzureRequest, AzureResponse, Simulation } from "./simulation";
import type { StoredResource } from "./store";

/** Members that Resource Manager accepts at the top of a resource's body; it refuses every other. */
const topMembers: ReadonlySet<string> = new Set(
  "id name type location tags properties sku kind identity plan zones etag managedBy managedByExtended resources extendedLocation placement scale"
    .split(" ")
    .map((member) => member.toLowerCase()),
);

function bodyOf(request: AzureRequest): JsonObject {
  if (!isObject(request.body)) {
    throw new AzureRefusal(
      400,
      "MissingRequestBody",
      "The request body is missing or is not a JSON object; a resource has 'properties' at least.",
    );
  }
  for (const member of Object.keys(request.body)) {
    if (topMembers.has(member.toLowerCase())) continue;
    throw new AzureRefusal(
      400,
      "InvalidRequestContent",
      `The request content was invalid and could not be deserialized: 'Could not find member '${member}' on object of type 'ResourceDefinition'. Path '${member}'.'.`,
    );
  }
  return copy(request.body);
}

function checkLocation(
  type: ResourceType,
  id: ResourceId,
  body: JsonObject,
  existing: StoredResource | undefined,
): void {
  if (!type.located) return;
  const location = asText(body.location);
  if (location === undefined || location === "") {
    throw new AzureRefusal(
      400,
      "LocationRequired",
      "The location property is required for this definition.",
    );
  }
  const before = asText(existing?.body.location);
  if (before === undefined || regionOf(before) === regionOf(location)) return;
  if (type.type === "Microsoft.Resources/resourceGroups") {
    throw new AzureRefusal(
      409,
      "InvalidResourceGroupLocation",
      `Invalid resource group location '${location}'. The Resource group already exists in location '${before}'.`,
    );
  }
  throw new AzureRefusal(
    409,
    "InvalidResourceLocation",
    `The resource '${id.name}' already exists in location '${before}' in resource group '${id.resourceGroup ?? ""}'. A resource with the same name cannot be created in location '${location}'. Please select a new resource name.`,
  );
}

function checkPreconditions(request: AzureRequest, existing: StoredResource | undefined): void {
  const match = request.headers["if-match"];
  const etag = asText(existing?.body.etag);
  const mustBeNew = request.headers["if-none-match"] === "*" && existing !== undefined;
  const mustMatch = match !== undefined && match !== "*" && match !== etag;
  if (!mustBeNew && !mustMatch) return;
  throw new AzureRefusal(
    412,
    "PreconditionFailed",
    `Precondition failed. The resource's etag is '${etag ?? "(none)"}'; the request asks for '${match ?? "none"}'.`,
  );
}

/** @throws AzureRefusal where another write holds the resource, or what it belongs to */
export function checkFree(simulation: Simulation, type: ResourceType, id: ResourceId): void {
  const [holder] = holdersOf(simulation, holdsOf(type, id));
  if (holder === undefined) return;
  if (type.busy !== undefined) throw type.busy(id, holder.resource);
  // Text and status: Azure/bicep#5132 and Azure/sap-automation#1052 (409).
  throw new AzureRefusal(
    409,
    "AnotherOperationInProgress",
    `Another operation on this or dependent resource is in progress. To retrieve status of the operation use uri: ${operationHeaders(simulation, holder, "")["Azure-AsyncOperation"] ?? holder.id}.`,
  );
}

/** The identifier as Azure keeps it: the parent's letters, the type's own spelling, the caller's name. */
export function storedIdOf(simulation: Simulation, type: ResourceType, id: ResourceId): string {
  const { parent } = id;
  if (parent === undefined) return id.text;
  const above = simulation.store.get(parent.text)?.id ?? parent.text;
  if (type.type === "Microsoft.Resources/resourceGroups")
    return `${above}/resourceGroups/${id.name}`;
  const words = type.type.split("/");
  if (words.length > 2) return `${above}/${words[words.length - 1] ?? ""}/${id.name}`;
  return `${above}/providers/${type.type}/${id.name}`;
}

/** Whole bodies, with the members that Azure adds to each: id, name, type, and an etag that follows the content. */
export function sealed(type: ResourceType, id: string, name: string, body: JsonObject): JsonObject {
  const whole: JsonObject = compact({ ...body, etag: undefined, id, name, type: type.type });
  if (type.etag !== true) return whole;
  const steady = withState(whole, "");
  return { ...whole, etag: `W/"${guidOf(canonical(steady))}"` };
}

/** PUT and PATCH. */
export function createOrUpdate(
  request: AzureRequest,
  id: ResourceId,
  apiVersion: string,
  simulation: Simulation,
  order: OperationOrder,
): AzureResponse {
  const { store } = simulation;
  const type = typeOf(simulation, id.type, apiVersion);
  const sent = bodyOf(request);
  if (type.readOnly === true) {
    throw new AzureRefusal(
      405,
      "MethodNotAllowed",
      `Azure makes resources of type '${type.type}' itself.`,
    );
  }
  const parent = checkParents(simulation, id, type);
  checkGroupStays(simulation, id);
  const existing = store.get(id.text);
  if (request.method === "PATCH" && existing === undefined) {
    throw new AzureRefusal(
      404,
      "ResourceNotFound",
      `The Resource '${type.type}/${id.name}' was not found.`,
    );
  }
  checkPreconditions(request, existing);
  checkLocks(simulation, id.text, "write");
  checkFree(simulation, type, id);

  const start: Write = { simulation, id, apiVersion, body: sent, existing, parent };
  const body = request.method === "PATCH" ? patched(type, start, sent) : sent;
  checkLocation(type, id, body, existing);
  const written = type.put({ ...start, body });
  const storedId = existing?.id ?? storedIdOf(simulation, type, id);
  const name = existing?.name ?? id.name;
  const { put, update = put } = type.longRunning ?? {};
  const duration = existing === undefined ? put : update;
  const state =
    existing === undefined && /^Microsoft\.Compute/i.test(type.type) ? "Creating" : "Updating";
  const content = duration === undefined ? written.body : withState(written.body, state);
  const hidden = written.hidden ?? existing?.hidden;
  const resource = store.put({
    id: storedId,
    type: type.type,
    name,
    body: sealed(type, storedId, name, content),
    ...(hidden === undefined ? {} : { hidden }),
  });
  type.written?.({ simulation, resource }, sent);

  const status = existing === undefined ? 201 : 200;
  if (duration === undefined) {
    return { status, body: rendered(simulation, store.get(storedId) ?? resource) };
  }
  const operation = beginOperation(simulation, resource, "put", duration, holdsOf(type, id), order);
  return {
    status,
    headers: operationHeaders(simulation, operation, apiVersion),
    body: rendered(simulation, store.get(storedId) ?? resource),
    operation: operation.id,
  };
}

function patched(type: ResourceType, write: Write, sent: JsonObject): JsonObject {
  const before = write.existing?.body ?? {};
  if (type.patch !== undefined) return type.patch(write, sent);
  const others = Object.keys(sent).filter((member) => member !== "tags");
  if (others.length > 0) {
    throw new AzureRefusal(
      400,
      "InvalidRequestContent",
      `A PATCH of '${type.type}' changes tags only; it holds ${others.map((member) => `'${member}'`).join(", ")}.`,
    );
  }
  return { ...copy(before), tags: asObject(sent.tags) };
}
