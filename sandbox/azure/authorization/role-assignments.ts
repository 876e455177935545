import { compact, textAt, type JsonObject } from "../json";
import { AzureRefusal } from "../refusal";
import { isWithin, keyOf } from "../resource-id";
import type { ResourceType, Write } from "../resource-type";
import type { AzureRequest, AzureResponse, Simulation } from "../simulation";
import type { Store, StoredResource } from "../store";
import type { Tenant } from "../tenant/tenant";
import { argumentOf, askedFor, calls, parseFilter } from "../graph/odata-filter";
import { identitiesOf, isReplicated, principalOf } from "../graph/principals";
import { refusals } from "./refusals";
import { checkApiVersion, checkScope, parseAuthorizationPath } from "./request";
import { isGuid, roleGuidOf, roleIdAt } from "./role-ids";
import { findRole } from "./roles";
import { signedIn } from "./signed-in";

const type = "Microsoft.Authorization/roleAssignments";
const versions = ["2022-04-01", "2020-04-01-preview", "2018-01-01-preview", "2015-07-01"];

/** The scope that an object of Microsoft.Authorization hangs on. */
export function scopeOf(resource: StoredResource): string {
  const scope = resource.id.replace(/\/providers\/Microsoft\.Authorization\/[^/]+\/[^/]+$/i, "");
  return scope === "" ? "/" : scope;
}

/** Whether something at `above` holds at `scope` as well. */
export function reaches(above: string, scope: string): boolean {
  return above === "/" || isWithin(scope, above);
}

/** All role assignments, standing ones only: activations of PIM are schedules. */
export function roleAssignments(store: Store): StoredResource[] {
  return store.ofType(type);
}

function properties(write: Write, tenant: Tenant): JsonObject {
  const { simulation, body, existing } = write;
  const { store } = simulation;
  const scope = write.id.parent?.text ?? "/";
  if (!isGuid(write.id.name)) {
    throw new AzureRefusal(
      400,
      "InvalidRoleAssignmentId",
      `The role assignment ID '${write.id.name}' is not valid. The role assignment ID must be a GUID.`,
    );
  }
  const principalId = textAt(body, "properties.principalId")?.toLowerCase() ?? "";
  const role = roleGuidOf(textAt(body, "properties.roleDefinitionId") ?? "");
  if (role === undefined || !isGuid(principalId)) {
    throw new AzureRefusal(400, "BadRequestFormat", "The request was incorrectly formatted.");
  }
  if (findRole(store, role) === undefined) throw refusals.roleDefinitionDoesNotExist(role);

  const given = textAt(body, "properties.principalType");
  const principal = principalOf(store, principalId);
  const unseen = principal !== undefined && !isReplicated(simulation, tenant, principal);
  if (principal === undefined || (unseen && given === undefined)) {
    throw refusals.principalNotFound(principalId, tenant.tenantId);
  }
  if (given !== undefined && given !== principal.type) {
    throw refusals.unmatchedPrincipalType(principalId, principal.type, given);
  }

  const roleDefinitionId = roleIdAt(scope, role);
  const before = existing?.body;
  if (before !== undefined) {
    const same =
      textAt(before, "properties.principalId") === principalId &&
      textAt(before, "properties.roleDefinitionId") === roleDefinitionId;
    if (!same) throw refusals.roleAssignmentUpdateNotPermitted();
  }
  const twin = roleAssignments(store).find(
    (other) =>
      other.id !== existing?.id &&
      keyOf(scopeOf(other)) === keyOf(scope) &&
      textAt(other.body, "properties.principalId") === principalId &&
      roleGuidOf(textAt(other.body, "properties.roleDefinitionId") ?? "") === role,
  );
  if (twin !== undefined) throw refusals.roleAssignmentExists(twin.name);
  const now = simulation.clock.now().toISOString();
  return compact({
    roleDefinitionId,
    principalId,
    principalType: principal.type,
    scope,
    condition: textAt(body, "properties.condition"),
    conditionVersion: textAt(body, "properties.conditionVersion"),
    description: textAt(body, "properties.description"),
    delegatedManagedIdentityResourceId: textAt(
      body,
      "properties.delegatedManagedIdentityResourceId",
    ),
    createdOn: existing?.createdAt ?? now,
    updatedOn: now,
    createdBy: tenant.caller,
    updatedBy: tenant.caller,
  });
}

/** A role that somebody holds as long as it stands (https://learn.microsoft.com/azure/role-based-access-control/role-assignments). */
export function roleAssignmentType(tenant: Tenant): ResourceType {
  return {
    type,
    apiVersions: versions,
    placement: "anyScope",
    located: false,
    put: (write) => ({ body: { properties: properties(write, tenant) } }),
  };
}

/**
 * GET of the role assignments that hold at a scope: its own, those above it, and, without `atScope()`, those beneath
 * it (https://learn.microsoft.com/azure/role-based-access-control/role-assignments-list-rest).
 */
export function roleAssignmentListRoute(tenant: Tenant) {
  return (request: AzureRequest, simulation: Simulation): AzureResponse | undefined => {
    const path = parseAuthorizationPath(request.path);
    if (path?.type !== "roleassignments" || path.name !== undefined || request.method !== "GET")
      return undefined;
    checkApiVersion(request, type, versions);
    checkScope(simulation, path.scope);
    const all = roleAssignments(simulation.store);
    const items = listed(request, simulation, tenant, path.scope, all);
    return { status: 200, body: { value: items.map((item) => item.body) } };
  };
}

/** The items of a list of Microsoft.Authorization that its `$filter` lets through. */
export function listed(
  request: AzureRequest,
  simulation: Simulation,
  tenant: Tenant,
  scope: string,
  items: readonly StoredResource[],
): StoredResource[] {
  const terms = parseFilter(request.query.get("$filter"));
  const assignedTo = argumentOf(terms, "assignedTo");
  const target = calls(terms, "asTarget") ? signedIn(request, tenant).objectId : assignedTo;
  const holders = target === undefined ? undefined : identitiesOf(simulation.store, target);
  const principal = askedFor(terms, "principalId")?.toLowerCase();
  const role = askedFor(terms, "roleDefinitionId");
  return items
    .filter((item) => {
      const own = scopeOf(item);
      return reaches(own, scope) || (!calls(terms, "atScope") && reaches(scope, own));
    })
    .filter((item) => {
      const holder = textAt(item.body, "properties.principalId")?.toLowerCase() ?? "";
      if (principal !== undefined && holder !== principal) return false;
      return holders === undefined || holders.has(holder);
    })
    .filter(
      (item) =>
        role === undefined ||
        roleGuidOf(textAt(item.body, "properties.roleDefinitionId") ?? "") === roleGuidOf(role),
    );
}
