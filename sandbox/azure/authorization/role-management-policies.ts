import {
  asObjects,
  asText,
  canonical,
  copy,
  isObject,
  objectsAt,
  textAt,
  type JsonObject,
  type JsonValue,
} from "../json";
import { checkLocks } from "../locks";
import { AzureRefusal } from "../refusal";
import { keyOf, nameOf } from "../resource-id";
import type { AzureRequest, AzureResponse, Route, Simulation } from "../simulation";
import type { Tenant } from "../tenant/tenant";
import { askedFor, parseFilter } from "../graph/odata-filter";
import { principalOf } from "../graph/principals";
import type { Role } from "./built-in-roles";
import { mergeRules } from "./policy-check";
import { defaultRules } from "./policy-rules";
import { refusals } from "./refusals";
import { checkApiVersion, checkScope, parseAuthorizationPath, propertiesOf } from "./request";
import { authorizationId, nameFor, roleGuidOf, roleIdAt } from "./role-ids";
import { rolesAt } from "./roles";
import { signedIn } from "./signed-in";

const type = "Microsoft.Authorization/roleManagementPolicies";
const assignmentType = "Microsoft.Authorization/roleManagementPolicyAssignments";
/** Versions of Privileged Identity Management's policies; the first is what azure-native sends. */
const versions = ["2024-09-01-preview", "2024-02-01-preview", "2020-10-01", "2020-10-01-preview"];

/** @throws AzureRefusal AadPremiumLicenseRequired where the tenant has no Entra ID P2 */
export function checkLicence(tenant: Tenant): void {
  if (!tenant.licences.includes("AAD_PREMIUM_P2")) throw refusals.premiumLicenceRequired();
}

/**
 * Name of the policy of a role at a scope. Azure picks a GUID for each scope and role, which nobody can guess; the
 * tenant file may pin it.
 */
export function policyNameOf(tenant: Tenant, scope: string, role: string): string {
  const pinned = tenant.roleManagementPolicyNames.find(
    (item) => keyOf(item.scope) === keyOf(scope) && item.roleDefinitionId === role,
  );
  return pinned?.name ?? nameFor(tenant.tenantId, type, scope.toLowerCase(), role);
}

/** The rules of a role's policy at a scope; every scope has its own, and none is inherited. */
export function rulesOf(
  simulation: Simulation,
  tenant: Tenant,
  scope: string,
  role: string,
): JsonObject[] {
  const name = policyNameOf(tenant, scope, role);
  const stored = simulation.store.get(authorizationId(scope, "roleManagementPolicies", name));
  return stored === undefined ? defaultRules() : objectsAt(stored.body, "properties.rules");
}

function scopeShown(scope: string): JsonObject {
  const kind = /\/resourceGroups\/[^/]+$/i.test(scope)
    ? "resourcegroup"
    : /^\/subscriptions\/[^/]+$/i.test(scope)
      ? "subscription"
      : "resource";
  return { id: scope, displayName: nameOf(scope), type: kind };
}

function policyBody(
  simulation: Simulation,
  tenant: Tenant,
  scope: string,
  role: string,
): JsonObject {
  const name = policyNameOf(tenant, scope, role);
  const id = authorizationId(scope, "roleManagementPolicies", name);
  const stored = simulation.store.get(id);
  if (stored !== undefined) return copy(stored.body);
  const rules = defaultRules();
  return {
    id,
    name,
    type,
    properties: {
      scope,
      displayName: null,
      description: null,
      isOrganizationDefault: false,
      lastModifiedDateTime: null,
      lastModifiedBy: { id: null, displayName: null, type: null, email: null },
      rules,
      effectiveRules: copy(rules),
      policyProperties: { scope: scopeShown(scope) },
    },
  };
}

function assignmentBody(
  simulation: Simulation,
  tenant: Tenant,
  scope: string,
  role: Role,
): JsonObject {
  const policy = policyNameOf(tenant, scope, role.name);
  const policyId = authorizationId(scope, "roleManagementPolicies", policy);
  const name = `${policy}_${role.name}`;
  const roleDefinitionId = roleIdAt(scope, role.name);
  return {
    id: authorizationId(scope, "roleManagementPolicyAssignments", name),
    name,
    type: assignmentType,
    properties: {
      scope,
      roleDefinitionId,
      policyId,
      effectiveRules: rulesOf(simulation, tenant, scope, role.name),
      policyAssignmentProperties: {
        scope: scopeShown(scope),
        roleDefinition: { id: roleDefinitionId, displayName: role.roleName, type: "BuiltInRole" },
        policy: { id: policyId },
      },
    },
  };
}

/** Without members that hold null: clients leave those out when they send back what they read. */
function bare(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(bare);
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([, item]) => item !== null && item !== undefined);
  return Object.fromEntries(members.map(([key, item]) => [key, bare(item ?? null)]));
}

function patch(
  request: AzureRequest,
  simulation: Simulation,
  tenant: Tenant,
  scope: string,
  role: string,
): AzureResponse {
  const { store, clock } = simulation;
  const before = policyBody(simulation, tenant, scope, role);
  const id = asText(before.id) ?? "";
  checkLocks(simulation, id, "write");
  const sent = propertiesOf(request).rules;
  if (!Array.isArray(sent)) throw refusals.invalidPolicy("properties.rules is missing");
  const rules = mergeRules(objectsAt(before, "properties.rules"), asObjects(sent));
  // A policy that holds what every policy holds at first is one that nobody changed: a program that restores it
  // leaves nothing behind.
  if (canonical(bare(rules)) === canonical(bare(defaultRules()))) {
    store.delete(id);
    return { status: 200, body: policyBody(simulation, tenant, scope, role) };
  }
  const caller = principalOf(store, signedIn(request, tenant).objectId);
  const body: JsonObject = {
    ...before,
    properties: {
      ...(before.properties as JsonObject),
      rules,
      effectiveRules: copy(rules),
      lastModifiedDateTime: clock.now().toISOString(),
      lastModifiedBy: {
        id: caller?.id ?? null,
        displayName: caller?.displayName ?? null,
        type: caller?.type ?? null,
        email: caller?.email ?? null,
      },
    },
  };
  const name = asText(before.name) ?? "";
  return { status: 200, body: store.put({ id, type, name, body }).body };
}

/** Azure has neither: Azure/azure-rest-api-specs#28050 (DELETE), Azure/terraform-provider-azapi#393 (PUT). */
const notImplemented: AzureResponse = { status: 400, body: "Not implemented exception" };

function matching(request: AzureRequest, simulation: Simulation, scope: string): Role[] {
  const wanted = askedFor(parseFilter(request.query.get("$filter")), "roleDefinitionId");
  const roles = rolesAt(simulation.store, scope);
  return wanted === undefined ? roles : roles.filter((role) => role.name === roleGuidOf(wanted));
}

/**
 * Role management policies: what PIM asks of an eligibility, of an assignment and of an activation, for each role at
 * each scope (https://learn.microsoft.com/rest/api/authorization/role-management-policies). They are there without
 * being made; GET, list and PATCH are all there is.
 */
export function roleManagementPolicyRoute(tenant: Tenant): Route {
  return (request, simulation) => {
    const path = parseAuthorizationPath(request.path);
    if (path?.type !== "rolemanagementpolicies" || path.rest.length > 0) return undefined;
    checkApiVersion(request, type, versions);
    checkLicence(tenant);
    checkScope(simulation, path.scope);
    const { scope, name } = path;
    if (name === undefined) {
      const roles = matching(request, simulation, scope);
      return {
        status: 200,
        body: { value: roles.map((role) => policyBody(simulation, tenant, scope, role.name)) },
      };
    }
    if (request.method === "PUT" || request.method === "DELETE") return notImplemented;
    const role = rolesAt(simulation.store, scope).find(
      (known) => policyNameOf(tenant, scope, known.name) === name.toLowerCase(),
    );
    if (role === undefined) throw refusals.policyNotFound(name);
    if (request.method === "GET")
      return { status: 200, body: policyBody(simulation, tenant, scope, role.name) };
    if (request.method === "PATCH") return patch(request, simulation, tenant, scope, role.name);
    throw new AzureRefusal(
      405,
      "MethodNotAllowed",
      `The simulated Azure knows no ${request.method} of '${request.path}'.`,
    );
  };
}

/**
 * Assignments of role management policies, which tell the policy of a role: `{policy}_{role}`
 * (https://learn.microsoft.com/rest/api/authorization/role-management-policy-assignments).
 */
export function roleManagementPolicyAssignmentRoute(tenant: Tenant): Route {
  return (request, simulation) => {
    const path = parseAuthorizationPath(request.path);
    if (path?.type !== "rolemanagementpolicyassignments" || path.rest.length > 0) return undefined;
    checkApiVersion(request, assignmentType, versions);
    checkLicence(tenant);
    checkScope(simulation, path.scope);
    if (request.method !== "GET") return notImplemented;
    const { scope, name } = path;
    const bodies = matching(request, simulation, scope).map((role) =>
      assignmentBody(simulation, tenant, scope, role),
    );
    if (name === undefined) return { status: 200, body: { value: bodies } };
    const found = bodies.find((body) => textAt(body, "name") === name.toLowerCase());
    if (found === undefined) throw refusals.policyNotFound(name);
    return { status: 200, body: found };
  };
}
