import { asObjects, asText, asTexts, textAt, objectsAt, type JsonObject } from "../json";
import { AzureRefusal } from "../refusal";
import { isWithin } from "../resource-id";
import type { ResourceType } from "../resource-type";
import type { AzureRequest, AzureResponse, Simulation } from "../simulation";
import type { Store, StoredResource } from "../store";
import { parseFilter, meets } from "../graph/odata-filter";
import { builtInRoles, type Role } from "./built-in-roles";
import { refusals } from "./refusals";
import { checkApiVersion, checkScope, parseAuthorizationPath } from "./request";
import { isGuid, roleBody, roleGuidOf } from "./role-ids";

const type = "Microsoft.Authorization/roleDefinitions";
const versions = ["2022-04-01", "2022-05-01-preview", "2018-01-01-preview"];

function customRole(resource: StoredResource): Role {
  const [permissions = {}] = objectsAt(resource.body, "properties.permissions");
  return {
    name: resource.name.toLowerCase(),
    roleName: textAt(resource.body, "properties.roleName") ?? "",
    description: textAt(resource.body, "properties.description") ?? "",
    actions: asTexts(permissions.actions),
    notActions: asTexts(permissions.notActions),
    dataActions: asTexts(permissions.dataActions),
    notDataActions: asTexts(permissions.notDataActions),
    assignableScopes: assignableScopes(resource.body),
  };
}

function assignableScopes(body: JsonObject): string[] {
  const properties = body.properties;
  return asTexts((properties as JsonObject | undefined)?.assignableScopes);
}

/** The custom roles of the tenant. */
export function customRoles(store: Store): Role[] {
  return store.ofType(type).map(customRole);
}

/** The role with this GUID, built in or custom. */
export function findRole(store: Store, name: string): Role | undefined {
  const wanted = name.toLowerCase();
  return (
    builtInRoles.find((role) => role.name === wanted) ??
    customRoles(store).find((role) => role.name === wanted)
  );
}

/** The roles that can be assigned at a scope: all built-in ones, and custom ones whose assignable scopes hold it. */
export function rolesAt(store: Store, scope: string): Role[] {
  const custom = customRoles(store).filter((role) =>
    role.assignableScopes.some((above) => above === "/" || isWithin(scope, above)),
  );
  return [...builtInRoles, ...custom];
}

function bodyOf(role: Role, scope: string): JsonObject {
  return roleBody(role, scope, builtInRoles.includes(role) ? "BuiltInRole" : "CustomRole");
}

/** GET of role definitions, one or all at a scope; built-in roles stand at every scope. */
export function roleDefinitionRoute(
  request: AzureRequest,
  simulation: Simulation,
): AzureResponse | undefined {
  const path = parseAuthorizationPath(request.path);
  if (path?.type !== "roledefinitions" || request.method !== "GET" || path.rest.length > 0)
    return undefined;
  checkApiVersion(request, type, versions);
  const { store } = simulation;
  if (path.name !== undefined) {
    const role = findRole(store, path.name);
    if (role === undefined) throw refusals.roleDefinitionDoesNotExist(path.name);
    return { status: 200, body: bodyOf(role, path.scope) };
  }
  checkScope(simulation, path.scope);
  const terms = parseFilter(request.query.get("$filter")).filter(
    (term) => term.kind !== "call" || !/^atScope(AndBelow)?$/i.test(term.name),
  );
  const value = rolesAt(store, path.scope)
    .map((role) => bodyOf(role, path.scope))
    .filter((body) => terms.every((term) => meets(body.properties as JsonObject, term)));
  return { status: 200, body: { value } };
}

function malformed(reason: string): AzureRefusal {
  return new AzureRefusal(
    400,
    "InvalidRoleDefinition",
    `The role definition is not valid: ${reason}.`,
  );
}

/** A custom role (https://learn.microsoft.com/azure/role-based-access-control/custom-roles). */
export const roleDefinitionType: ResourceType = {
  type,
  apiVersions: versions,
  placement: "anyScope",
  located: false,
  put({ simulation, id, body }) {
    const { store } = simulation;
    if (!isGuid(id.name)) throw malformed(`the name '${id.name}' is not a GUID`);
    if (builtInRoles.some((role) => role.name === id.name.toLowerCase())) {
      throw malformed(`'${id.name}' is a built-in role, which nobody can change`);
    }
    const roleName = textAt(body, "properties.roleName");
    if (roleName === undefined || roleName === "") throw malformed("roleName is missing");
    if (assignableScopes(body).length === 0) throw malformed("assignableScopes is empty");
    if (asObjects((body.properties as JsonObject).permissions).length === 0)
      throw malformed("permissions is empty");
    const taken = [...builtInRoles, ...customRoles(store)].some(
      (role) =>
        role.roleName.toLowerCase() === roleName.toLowerCase() &&
        role.name !== id.name.toLowerCase(),
    );
    if (taken) throw refusals.sameRoleName(roleName);
    return {
      body: { ...body, properties: { ...(body.properties as JsonObject), type: "CustomRole" } },
    };
  },
  checkDelete({ simulation, resource }) {
    const used = simulation.store
      .all()
      .some(
        (other) =>
          /^Microsoft\.Authorization\/role(Assignments|EligibilitySchedules|AssignmentSchedules)$/i.test(
            other.type,
          ) &&
          roleGuidOf(asText(textAt(other.body, "properties.roleDefinitionId")) ?? "") ===
            resource.name.toLowerCase(),
      );
    if (used) throw refusals.roleHasAssignments();
  },
};
