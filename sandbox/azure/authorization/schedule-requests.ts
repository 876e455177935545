import { asObject, asText, canonical, compact, textAt, type JsonObject } from "../json";
import { AzureRefusal } from "../refusal";
import type { AzureRequest, AzureResponse, Route, Simulation } from "../simulation";
import type { StoredResource } from "../store";
import type { Tenant } from "../tenant/tenant";
import { isReplicated, principalOf, type Principal } from "../graph/principals";
import { grantsFor } from "./access";
import type { Role } from "./built-in-roles";
import { refusals } from "./refusals";
import { checkApiVersion, checkScope, parseAuthorizationPath, propertiesOf } from "./request";
import { authorizationId, isGuid, roleGuidOf, roleIdAt } from "./role-ids";
import { listed, scopeOf } from "./role-assignments";
import { checkLicence } from "./role-management-policies";
import { findRole } from "./roles";
import { scheduleVersions } from "./schedule-lists";
import { expanded, scheduleType, type ScheduleKind } from "./schedules";
import { signedIn, type SignedIn } from "./signed-in";

/** A request to PIM whose scope, role and principal exist. */
export interface ScheduleRequest {
  readonly simulation: Simulation;
  readonly tenant: Tenant;
  readonly id: string;
  readonly scope: string;
  readonly requestType: string;
  readonly role: Role;
  readonly principal: Principal;
  readonly properties: JsonObject;
  readonly signedIn: SignedIn;
}

/** What a request came to: its status, the schedule it concerns, the approval it waits for. */
export interface RequestResult {
  readonly status: string;
  readonly schedule?: string;
  readonly approval?: string;
}

/** Checks a request and returns what carries it out: `validate` stops between the two. */
export type Plan = (request: ScheduleRequest) => () => RequestResult;

/** Requests are forgotten after 45 days; what they made stays (hashicorp/terraform-provider-azurerm#24118). */
const kept = 45 * 24 * 60 * 60 * 1000;

/** @throws AzureRefusal InsufficientPermissions unless the signed-in caller may manage access at the scope */
export function checkAdministrator(request: ScheduleRequest, kind: ScheduleKind): void {
  const { simulation, scope, signedIn: caller } = request;
  const operation = `Microsoft.Authorization/${kind}ScheduleRequests/write`;
  if (grantsFor(simulation, caller.objectId, scope, operation, "control").length === 0) {
    throw refusals.insufficientPermissions(caller.objectId);
  }
}

function read(
  request: AzureRequest,
  simulation: Simulation,
  tenant: Tenant,
  id: string,
  scope: string,
): ScheduleRequest {
  const properties = propertiesOf(request);
  const { store } = simulation;
  const requestType = asText(properties.requestType);
  const principalId = asText(properties.principalId)?.toLowerCase() ?? "";
  const role = roleGuidOf(asText(properties.roleDefinitionId) ?? "");
  if (requestType === undefined) throw refusals.invalidRequest("requestType is missing");
  if (!isGuid(principalId)) throw refusals.invalidRequest("principalId is not a GUID");
  if (role === undefined)
    throw refusals.invalidRequest("roleDefinitionId is not the id of a role definition");
  const known = findRole(store, role);
  if (known === undefined) throw refusals.roleDefinitionDoesNotExist(role);
  const principal = principalOf(store, principalId);
  if (principal === undefined || !isReplicated(simulation, tenant, principal))
    throw refusals.subjectNotFound();
  return {
    simulation,
    tenant,
    id,
    scope,
    requestType,
    role: known,
    principal,
    properties,
    signedIn: signedIn(request, tenant),
  };
}

function bodyOf(kind: ScheduleKind, request: ScheduleRequest, result: RequestResult): JsonObject {
  const { scope, role, principal, properties, simulation, id } = request;
  const eligibility = kind === "RoleEligibility";
  const type = scheduleType(kind, "ScheduleRequests");
  return {
    id,
    name: id.slice(id.lastIndexOf("/") + 1),
    type,
    properties: compact({
      [eligibility ? "targetRoleEligibilityScheduleId" : "targetRoleAssignmentScheduleId"]:
        result.schedule,
      linkedRoleEligibilityScheduleId: asText(properties.linkedRoleEligibilityScheduleId),
      scope,
      roleDefinitionId: roleIdAt(scope, role.name),
      principalId: principal.id,
      principalType: principal.type,
      requestType: request.requestType,
      status: result.status,
      approvalId: result.approval,
      scheduleInfo: properties.scheduleInfo ?? null,
      ticketInfo: asObject(properties.ticketInfo),
      justification: asText(properties.justification),
      requestorId: request.signedIn.objectId,
      createdOn: simulation.clock.now().toISOString(),
      condition: asText(properties.condition),
      conditionVersion: asText(properties.conditionVersion),
      expandedProperties: expanded(scope, role, principal),
    }),
  };
}

function isKept(simulation: Simulation, item: StoredResource): boolean {
  return simulation.clock.now().getTime() - Date.parse(item.createdAt) < kept;
}

/** A request as it shows now: one that waited too long for its approver has timed out. */
function shown(simulation: Simulation, item: StoredResource): JsonObject {
  if (textAt(item.body, "properties.status") !== "PendingApproval") return item.body;
  const approval = simulation.store.get(textAt(item.body, "properties.approvalId") ?? "");
  const ends = approval?.hidden?.ends;
  if (typeof ends !== "number" || ends > simulation.clock.now().getTime()) return item.body;
  return { ...item.body, properties: { ...asObject(item.body.properties), status: "TimedOut" } };
}

function put(
  kind: ScheduleKind,
  request: AzureRequest,
  simulation: Simulation,
  tenant: Tenant,
  scope: string,
  name: string,
  plan: Plan,
  onlyValidate: boolean,
): AzureResponse {
  const { store } = simulation;
  if (!isGuid(name)) throw refusals.invalidRequest(`the name '${name}' is not a GUID`);
  const id = authorizationId(scope, `${kind}ScheduleRequests`, name);
  const sent = canonical(propertiesOf(request));
  const before = store.get(id);
  if (before !== undefined && !onlyValidate) {
    // A client that repeats a request whose answer was lost must get that answer, not a second schedule.
    if (before.hidden?.sent === sent) return { status: 201, body: before.body };
    throw new AzureRefusal(
      409,
      "RoleAssignmentRequestExists",
      "The Role assignment request already exists.",
    );
  }
  const understood = read(request, simulation, tenant, id, scope);
  const carryOut = plan(understood);
  if (onlyValidate) return { status: 200, body: bodyOf(kind, understood, { status: "Granted" }) };
  const body = bodyOf(kind, understood, carryOut());
  const type = scheduleType(kind, "ScheduleRequests");
  return { status: 201, body: store.put({ id, type, name, body, hidden: { sent } }).body };
}

function cancel(kind: ScheduleKind, simulation: Simulation, found: StoredResource): AzureResponse {
  const status = textAt(found.body, "properties.status") ?? "";
  if (!status.startsWith("Pending")) {
    throw refusals.invalidRequest(`a request with the status '${status}' cannot be cancelled`);
  }
  const { store } = simulation;
  const schedule =
    textAt(found.body, "properties.targetRoleEligibilityScheduleId") ??
    textAt(found.body, "properties.targetRoleAssignmentScheduleId");
  if (schedule !== undefined)
    store.delete(authorizationId(scopeOf(found), `${kind}Schedules`, schedule));
  const properties = { ...(found.body.properties as JsonObject), status: "Canceled" };
  store.put({ ...found, body: { ...found.body, properties } });
  return { status: 200 };
}

/**
 * Requests to PIM: PUT makes one, GET reads one or lists them, `cancel` and `validate` act on one. None can be changed
 * or deleted (https://learn.microsoft.com/rest/api/authorization/role-eligibility-schedule-requests).
 */
export function scheduleRequestRoute(kind: ScheduleKind, tenant: Tenant, plan: Plan): Route {
  return (request, simulation) => {
    const path = parseAuthorizationPath(request.path);
    if (path?.type !== `${kind}ScheduleRequests`.toLowerCase() || path.rest.length > 1)
      return undefined;
    checkApiVersion(request, scheduleType(kind, "ScheduleRequests"), scheduleVersions);
    checkLicence(tenant);
    checkScope(simulation, path.scope);
    const { scope, name } = path;
    const [verb] = path.rest;
    const all = simulation.store
      .ofType(scheduleType(kind, "ScheduleRequests"))
      .filter((item) => isKept(simulation, item));
    if (name === undefined && request.method === "GET") {
      const items = listed(request, simulation, tenant, scope, all);
      return { status: 200, body: { value: items.map((item) => shown(simulation, item)) } };
    }
    if (name !== undefined && verb === undefined && request.method === "PUT") {
      return put(kind, request, simulation, tenant, scope, name, plan, false);
    }
    if (name !== undefined && verb === "validate" && request.method === "POST") {
      return put(kind, request, simulation, tenant, scope, name, plan, true);
    }
    const id = authorizationId(scope, `${kind}ScheduleRequests`, name ?? "");
    const found = all.find((item) => item.id.toLowerCase() === id.toLowerCase());
    if (found === undefined) {
      throw new AzureRefusal(
        404,
        `${kind}ScheduleRequestNotFound`,
        `The request '${name ?? ""}' was not found.`,
      );
    }
    if (verb === undefined && request.method === "GET") {
      return { status: 200, body: shown(simulation, found) };
    }
    if (verb === "cancel" && request.method === "POST") return cancel(kind, simulation, found);
    throw new AzureRefusal(
      405,
      "MethodNotAllowed",
      `The requested resource does not support http method '${request.method}'.`,
    );
  };
}
