import { asText } from "../json";
import { isWithin, keyOf, parseResourceId, resourceGroupOf } from "../resource-id";
import { builtInRoles } from "../authorization/built-in-roles";
import type { Tenant } from "./tenant";

function repeated(path: string, values: readonly string[], what: string): string[] {
  const first = new Map<string, number>();
  return values.flatMap((value, index) => {
    const before = first.get(value.toLowerCase());
    if (before === undefined) {
      first.set(value.toLowerCase(), index);
      return [];
    }
    return [
      `${path}[${index}]: "${value}" is the ${what} of ${path}[${before}] as well; use another`,
    ];
  });
}

/**
 * Identifiers of a tenant file that stand twice or point nowhere. A JSON schema cannot see these, and the simulated
 * Azure would answer them with a refusal far from the cause.
 */
export function tenantProblems(tenant: Tenant): string[] {
  const problems: string[] = [];
  const principals = new Set(
    [...tenant.users, ...tenant.groups, ...tenant.servicePrincipals].map((item) => item.id),
  );
  const people = new Set([...tenant.users, ...tenant.servicePrincipals].map((item) => item.id));
  const roles = new Set([...builtInRoles, ...tenant.customRoles].map((role) => role.name));
  const subscriptions = tenant.subscriptions.map((item) => `/subscriptions/${item.subscriptionId}`);
  const groups = new Set(
    tenant.resources
      .filter((body) => asText(body.type)?.toLowerCase() === "microsoft.resources/resourcegroups")
      .map((body) => keyOf(asText(body.id) ?? "")),
  );
  const scopeProblem = (path: string, scope: string): void => {
    if (scope !== "/" && !subscriptions.some((subscription) => isWithin(scope, subscription))) {
      problems.push(
        `${path}: "${scope}" lies in no subscription of this file; list it under subscriptions`,
      );
    }
  };
  const roleProblem = (path: string, role: string): void => {
    if (!roles.has(role)) {
      problems.push(`${path}: "${role}" is no built-in role known here; list it under customRoles`);
    }
  };
  const known = (path: string, id: string, ids: ReadonlySet<string>, list: string): void => {
    if (!ids.has(id))
      problems.push(`${path}: "${id}" is nobody in this file; list it under ${list}`);
  };

  problems.push(
    ...repeated(
      "users",
      tenant.users.map((item) => item.id),
      "id",
    ),
    ...repeated(
      "users",
      tenant.users.map((item) => item.userPrincipalName),
      "user principal name",
    ),
    ...repeated(
      "groups",
      tenant.groups.map((item) => item.id),
      "id",
    ),
    ...repeated(
      "servicePrincipals",
      tenant.servicePrincipals.map((item) => item.appId),
      "app id",
    ),
    ...repeated(
      "devices",
      tenant.devices.map((item) => item.displayName),
      "name",
    ),
    ...repeated(
      "customRoles",
      tenant.customRoles.map((item) => item.name),
      "id",
    ),
    ...repeated(
      "subscriptions",
      tenant.subscriptions.map((item) => item.subscriptionId),
      "id",
    ),
    ...repeated(
      "authenticationContexts",
      tenant.authenticationContexts.map((item) => item.id),
      "id",
    ),
    ...repeated(
      "roleManagementPolicyNames",
      tenant.roleManagementPolicyNames.map((item) => `${item.scope} ${item.roleDefinitionId}`),
      "scope and role",
    ),
    ...repeated(
      "resources",
      tenant.resources.map((body) => asText(body.id) ?? ""),
      "id",
    ),
  );
  known("caller", tenant.caller, people, "users or servicePrincipals");
  tenant.groups.forEach((group, index) => {
    group.members.forEach((id, at) => {
      known(
        `groups[${index}].members[${at}]`,
        id,
        principals,
        "users, groups or servicePrincipals",
      );
    });
    group.owners.forEach((id, at) => {
      known(`groups[${index}].owners[${at}]`, id, people, "users or servicePrincipals");
    });
  });
  tenant.roleAssignments.forEach((item, index) => {
    const path = `roleAssignments[${index}]`;
    scopeProblem(`${path}.scope`, item.scope);
    roleProblem(`${path}.roleDefinitionId`, item.roleDefinitionId);
    known(
      `${path}.principalId`,
      item.principalId,
      principals,
      "users, groups or servicePrincipals",
    );
  });
  tenant.roleManagementPolicyNames.forEach((item, index) => {
    scopeProblem(`roleManagementPolicyNames[${index}].scope`, item.scope);
    roleProblem(`roleManagementPolicyNames[${index}].roleDefinitionId`, item.roleDefinitionId);
  });
  tenant.resources.forEach((body, index) => {
    const id = asText(body.id) ?? "";
    const parsed = parseResourceId(id);
    const type = asText(body.type) ?? "";
    if (parsed === undefined) {
      problems.push(
        `resources[${index}].id: "${id}" is not a resource id; write it as Resource Manager does`,
      );
      return;
    }
    scopeProblem(`resources[${index}].id`, id);
    if (parsed.type.toLowerCase() !== type.toLowerCase()) {
      problems.push(
        `resources[${index}].type: "${type}" does not fit the id; use "${parsed.type}"`,
      );
    }
    const group = resourceGroupOf(id);
    if (group !== undefined && !groups.has(keyOf(group))) {
      problems.push(
        `resources[${index}].id: resource group "${group}" is not in this file; list it under resources`,
      );
    }
  });
  return problems;
}
