import { asObject, copy, textAt, without, type JsonObject } from "../json";
import { keyOf } from "../resource-id";
import { AzureRefusal } from "../refusal";
import type { AzureRequest, Route, Simulation } from "../simulation";
import type { StoredResource } from "../store";
import type { Tenant } from "../tenant/tenant";
import { calls, parseFilter } from "../graph/odata-filter";
import { isCurrent } from "./access";
import { checkApiVersion, checkScope, parseAuthorizationPath } from "./request";
import { listed, scopeOf } from "./role-assignments";
import { authorizationId, nameFor } from "./role-ids";
import { checkLicence } from "./role-management-policies";
import { schedules, scheduleType, type ScheduleKind } from "./schedules";
import { signedIn } from "./signed-in";

/** Versions of PIM's schedules; azure-native and `@azure/arm-authorization` send the first. */
export const scheduleVersions = [
  "2020-10-01",
  "2020-10-01-preview",
  "2022-04-01-preview",
  "2024-09-01-preview",
];

function notFound(what: string, name: string): AzureRefusal {
  return new AzureRefusal(
    404,
    `${what}NotFound`,
    `The ${what} '${name}' was not found at this scope.`,
  );
}

/** A schedule as it shows at a scope: `Inherited` beneath its own scope, `Group` to somebody who has it by a group. */
function shown(
  simulation: Simulation,
  item: StoredResource,
  scope: string,
  target: string | undefined,
): JsonObject {
  const body = copy(item.body);
  const properties = body.properties as JsonObject;
  const start = Date.parse(textAt(body, "properties.startDateTime") ?? "");
  if (start > simulation.clock.now().getTime()) properties.status = "PendingScheduleCreation";
  if (target !== undefined && properties.principalId !== target) properties.memberType = "Group";
  else if (keyOf(scopeOf(item)) !== keyOf(scope)) properties.memberType = "Inherited";
  return body;
}

/** An instance of a schedule: the schedule while it holds. */
function instanceOf(kind: ScheduleKind, schedule: JsonObject, scope: string): JsonObject {
  const kept = without(
    asObject(schedule.properties),
    "updatedOn",
    "roleEligibilityScheduleRequestId",
    "roleAssignmentScheduleRequestId",
  );
  const name = nameFor(kind, "instance", textAt(schedule, "id") ?? "");
  const link =
    kind === "RoleEligibility" ? "roleEligibilityScheduleId" : "roleAssignmentScheduleId";
  return {
    id: authorizationId(scope, `${kind}ScheduleInstances`, name),
    name,
    type: scheduleType(kind, "ScheduleInstances"),
    properties: { ...kept, [link]: schedule.id },
  };
}

/**
 * GET of PIM's schedules and their instances, at a scope with a filter or by name
 * (https://learn.microsoft.com/rest/api/authorization/role-eligibility-schedules). A schedule that has ended on the
 * simulated clock is gone.
 */
export function scheduleListRoute(kind: ScheduleKind, tenant: Tenant): Route {
  return (request, simulation) => {
    const path = parseAuthorizationPath(request.path);
    const isInstance = path?.type === `${kind}ScheduleInstances`.toLowerCase();
    if (path === undefined || (path.type !== `${kind}Schedules`.toLowerCase() && !isInstance))
      return undefined;
    if (path.rest.length > 0) return undefined;
    const what = isInstance ? "ScheduleInstances" : "Schedules";
    checkApiVersion(request, scheduleType(kind, what), scheduleVersions);
    checkLicence(tenant);
    checkScope(simulation, path.scope);
    if (request.method !== "GET") {
      throw new AzureRefusal(
        405,
        "MethodNotAllowed",
        `The requested resource does not support http method '${request.method}'.`,
      );
    }
    const all = schedules(simulation, kind).filter(
      (item) => !isInstance || isCurrent(simulation, item),
    );
    const bodies = (
      path.name === undefined ? listed(request, simulation, tenant, path.scope, all) : all
    ).map((item) => {
      const body = shown(simulation, item, path.scope, targetOf(request, tenant));
      return isInstance ? instanceOf(kind, body, scopeOf(item)) : body;
    });
    if (path.name === undefined) return { status: 200, body: { value: bodies } };
    const { name, scope } = path;
    const found = bodies.find(
      (body) =>
        body.name === name.toLowerCase() &&
        keyOf(textAt(body, "properties.scope") ?? "") === keyOf(scope),
    );
    if (found === undefined) throw notFound(`${kind}${what.slice(0, -1)}`, name);
    return { status: 200, body: found };
  };
}

function targetOf(request: AzureRequest, tenant: Tenant): string | undefined {
  const terms = parseFilter(request.query.get("$filter"));
  return calls(terms, "asTarget") ? signedIn(request, tenant).objectId : undefined;
}
