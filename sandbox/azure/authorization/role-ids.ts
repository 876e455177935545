import type { JsonObject } from "../json";
import { guidOf } from "../guid";
import type { Role } from "./built-in-roles";

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isGuid(text: string): boolean {
  return guid.test(text);
}

function beneath(scope: string, type: string, name: string): string {
  return `${scope === "/" ? "" : scope}/providers/Microsoft.Authorization/${type}/${name}`;
}

/** Identifier of a resource of Microsoft.Authorization at a scope. */
export function authorizationId(scope: string, type: string, name: string): string {
  return beneath(scope, type, name);
}

export function roleAssignmentId(scope: string, name: string): string {
  return beneath(scope, "roleAssignments", name);
}

/**
 * The one form in which Azure gives a role's identifier back: qualified by the subscription, whatever the scope
 * beneath it (hashicorp/terraform-provider-azurerm#31052).
 */
export function roleIdAt(scope: string, role: string): string {
  const subscription = /^\/subscriptions\/[^/]+/i.exec(scope)?.[0] ?? "";
  return `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role.toLowerCase()}`;
}

/** The role's GUID in an identifier of any form (`/providers/...`, `/subscriptions/...`); undefined for other text. */
export function roleGuidOf(roleDefinitionId: string): string | undefined {
  const name = /\/providers\/Microsoft\.Authorization\/roleDefinitions\/([^/]+)$/i.exec(
    roleDefinitionId,
  )?.[1];
  return name !== undefined && isGuid(name) ? name.toLowerCase() : undefined;
}

/** A role as Resource Manager answers it at a scope. */
export function roleBody(
  role: Role,
  scope: string,
  roleType: "BuiltInRole" | "CustomRole",
): JsonObject {
  const id = roleIdAt(scope, role.name);
  return {
    id,
    name: role.name,
    type: "Microsoft.Authorization/roleDefinitions",
    properties: {
      roleName: role.roleName,
      type: roleType,
      description: role.description,
      assignableScopes: [...role.assignableScopes],
      permissions: [
        {
          actions: [...role.actions],
          notActions: [...role.notActions],
          dataActions: [...role.dataActions],
          notDataActions: [...role.notDataActions],
          ...(role.condition === undefined
            ? {}
            : { conditionVersion: "2.0", condition: role.condition }),
        },
      ],
    },
  };
}

/** A custom role as the store keeps it. */
export function roleResource(
  role: Role,
  scope: string,
  roleType: "BuiltInRole" | "CustomRole",
): { id: string; type: string; name: string; body: JsonObject } {
  const body = roleBody(role, scope, roleType);
  return {
    id: roleIdAt(scope, role.name),
    type: "Microsoft.Authorization/roleDefinitions",
    name: role.name,
    body,
  };
}

/** A GUID that follows from what it names, so that two runs that end alike end with the same identifiers. */
export function nameFor(...parts: readonly string[]): string {
  return guidOf(parts.join("|"));
}
