import { createHash } from "node:crypto";
import { roleAssignmentId, roleIdAt, roleResource } from "../authorization/role-ids";
import { graphId, graphObject, graphType, putGraphObject } from "../graph/objects";
import { principalOf } from "../graph/principals";
import { guidOf } from "../guid";
import { asText, canonical, type JsonObject, type JsonValue } from "../json";
import { nameOf } from "../resource-id";
import type { Store } from "../store";
import type { Tenant } from "./tenant";

/** When everything in the tenant file came into being: long before any program, so that all of it is replicated. */
export const seededAt = "2024-01-01T00:00:00.000Z";

function fingerprint(tenant: Tenant): string {
  const content = JSON.parse(JSON.stringify(tenant)) as JsonValue;
  return createHash("sha256").update(canonical(content)).digest("hex");
}

function seedDirectory(store: Store, tenant: Tenant): void {
  for (const user of tenant.users) {
    const { id, ...body } = user;
    putGraphObject(store, "users", id, body, seededAt);
  }
  for (const group of tenant.groups) {
    putGraphObject(
      store,
      "groups",
      group.id,
      {
        displayName: group.displayName,
        securityEnabled: group.securityEnabled,
        mailEnabled: false,
        mailNickname: group.displayName.replace(/[^A-Za-z0-9-]/g, ""),
        members: [...group.members],
        owners: [...group.owners],
      },
      seededAt,
    );
  }
  for (const item of tenant.servicePrincipals) {
    putGraphObject(
      store,
      "servicePrincipals",
      item.id,
      {
        appId: item.appId,
        displayName: item.displayName,
        servicePrincipalType: "Application",
        accountEnabled: true,
      },
      seededAt,
    );
  }
  for (const device of tenant.devices) {
    putGraphObject(
      store,
      "devices",
      device.id,
      {
        deviceId: guidOf(`${device.id}/deviceId`),
        displayName: device.displayName,
        operatingSystem: device.operatingSystem,
        trustType: "AzureAd",
        accountEnabled: true,
        physicalIds: [],
      },
      seededAt,
    );
  }
  for (const context of tenant.authenticationContexts) {
    const { id, ...body } = context;
    putGraphObject(store, "authenticationContextClassReferences", id, body, seededAt);
  }
}

function seedAuthorization(store: Store, tenant: Tenant): void {
  for (const role of tenant.customRoles) {
    const scope = role.assignableScopes[0] ?? "/";
    store.put({ ...roleResource(role, scope, "CustomRole"), createdAt: seededAt });
  }
  for (const assignment of tenant.roleAssignments) {
    const id = roleAssignmentId(assignment.scope, assignment.name);
    const principal = principalOf(store, assignment.principalId);
    const properties: JsonObject = {
      scope: assignment.scope,
      roleDefinitionId: roleIdAt(assignment.scope, assignment.roleDefinitionId),
      principalId: assignment.principalId,
      ...(principal === undefined ? {} : { principalType: principal.type }),
      createdOn: seededAt,
      updatedOn: seededAt,
    };
    const type = "Microsoft.Authorization/roleAssignments";
    store.put({
      id,
      type,
      name: assignment.name,
      body: { id, name: assignment.name, type, properties },
      createdAt: seededAt,
    });
  }
}

/**
 * Puts what the tenant file names into an empty store. A store that was filled from the same file is left as it is:
 * what programs and people changed since is the point of having one.
 * @throws Error where the store was filled from another tenant file
 */
export function seedTenant(store: Store, tenant: Tenant): void {
  const print = fingerprint(tenant);
  const before = graphObject(store, "organization", tenant.tenantId);
  const others = store.ofType(graphType("organization"));
  if (before === undefined && others.length === 0) {
    store.put({
      id: graphId("organization", tenant.tenantId),
      type: graphType("organization"),
      name: tenant.tenantId,
      body: { id: tenant.tenantId, displayName: tenant.displayName },
      hidden: { fingerprint: print },
      createdAt: seededAt,
    });
    for (const body of tenant.resources) {
      const id = asText(body.id) ?? "";
      store.put({ id, type: asText(body.type) ?? "", name: nameOf(id), body, createdAt: seededAt });
    }
    seedDirectory(store, tenant);
    seedAuthorization(store, tenant);
    store.record({
      method: "SET",
      id: graphId("organization", tenant.tenantId),
      outcome: "succeeded",
    });
    return;
  }
  if (asText(before?.hidden?.fingerprint) === print) return;
  throw new Error(
    `the simulated Azure in ${store.file} was filled from another tenant file; run "npm run -s sandbox -- azure reset" to start anew with this one`,
  );
}
