import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ErrorObject } from "ajv";
import { guidOf } from "../guid";
import { asObject, asObjects, asText, asTexts, type JsonObject } from "../json";
import { nameOf } from "../resource-id";
import { tenantProblems } from "./tenant-problems";
import type { Tenant } from "./tenant";
import schema from "./tenant.schema.json";

/** The tenant that the project's own stacks use. */
export const defaultTenantFile = join(__dirname, "default-tenant.json");

/** A tenant file that cannot be used; the message lists every problem. */
export class TenantFileError extends Error {
  override readonly name = "TenantFileError";
  constructor(
    readonly file: string,
    readonly problems: readonly string[],
  ) {
    const count = `${problems.length} problem${problems.length === 1 ? "" : "s"}`;
    super(
      `tenant file "${file}": ${count}\n${problems.map((problem) => `  - ${problem}`).join("\n")}`,
    );
  }
}

/** `/groups/0/members/1` as a reader of the file writes it: `groups[0].members[1]`. */
function pathOf(pointer: string): string {
  return pointer
    .split("/")
    .filter((part) => part !== "")
    .map((part) => part.replace(/~1/g, "/").replace(/~0/g, "~"))
    .reduce(
      (path, part) =>
        /^\d+$/.test(part) ? `${path}[${part}]` : path === "" ? part : `${path}.${part}`,
      "",
    );
}

function child(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

const formOf: readonly { readonly pattern: RegExp; readonly form: string }[] = [
  {
    pattern: /a-fA-F\]\{8\}/,
    form: 'is not a GUID; write it as "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"',
  },
  {
    pattern: /subscriptions/,
    form: 'is not a scope; write it as "/subscriptions/GUID/..." or "/"',
  },
  { pattern: /@/, form: 'is not a user principal name; write it as "name@tenant.onmicrosoft.com"' },
  { pattern: /c\[1-9\]/, form: 'is not an authentication context; use "c1" to "c99"' },
  {
    pattern: /A-Za-z0-9\/\]/,
    form: 'is not a resource type; write it as "Microsoft.Network/virtualNetworks"',
  },
  { pattern: /./, form: 'is not a feature; write it as "Microsoft.Compute/EncryptionAtHost"' },
];

function problemOf(error: ErrorObject): string {
  const path = pathOf(error.instancePath);
  const value = JSON.stringify(error.data);
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case "required":
      return `${child(path, String(params.missingProperty))}: missing; every ${path === "" ? "tenant file" : "entry"} has one`;
    case "additionalProperties":
      return `${child(path, String(params.additionalProperty))}: not a field of the tenant schema; leave it out`;
    case "enum":
      return `${path}: ${value} is not known; use ${(params.allowedValues as unknown[]).map((item) => JSON.stringify(item)).join(" or ")}`;
    case "pattern":
      return `${path}: ${value} ${formOf.find((known) => known.pattern.test(String(params.pattern)))?.form ?? "has the wrong form"}`;
    case "type":
      return `${path === "" ? "(file)" : path}: ${value} is not of type ${String(params.type)}; write ${String(params.type) === "array" ? "a list" : `one ${String(params.type)}`}`;
    case "uniqueItems":
      return `${path}: entries ${String(params.j)} and ${String(params.i)} are the same; leave one out`;
    default:
      return `${path}: ${error.message ?? "does not fit the tenant schema"}; see tenant.schema.json`;
  }
}

const validate = new Ajv({ allErrors: true, verbose: true }).compile(schema);

function role(item: JsonObject): Tenant["customRoles"][number] {
  return {
    name: (asText(item.name) ?? "").toLowerCase(),
    roleName: asText(item.roleName) ?? "",
    description: asText(item.description) ?? "",
    actions: asTexts(item.actions),
    notActions: asTexts(item.notActions),
    dataActions: asTexts(item.dataActions),
    notDataActions: asTexts(item.notDataActions),
    assignableScopes: asTexts(item.assignableScopes),
  };
}

/** Fills in the defaults of a file that the schema accepts. GUIDs that the file leaves out follow from names. */
function complete(file: JsonObject): Tenant {
  const tenantId = (asText(file.tenantId) ?? "").toLowerCase();
  const guid = (value: unknown, ...seed: string[]): string =>
    (asText(value) ?? guidOf([tenantId, ...seed].join("/"))).toLowerCase();
  return {
    tenantId,
    displayName: asText(file.displayName) ?? "Simulated tenant",
    licences: (file.licences as Tenant["licences"] | undefined) ?? [
      "AAD_PREMIUM",
      "AAD_PREMIUM_P2",
    ],
    staleDevices: file.staleDevices === "kept" ? "kept" : "removed",
    replicationSeconds: typeof file.replicationSeconds === "number" ? file.replicationSeconds : 30,
    subscriptions: asObjects(file.subscriptions).map((item) => ({
      subscriptionId: guid(item.subscriptionId),
      displayName: asText(item.displayName) ?? "Simulated subscription",
      registeredFeatures: asTexts(item.registeredFeatures),
    })),
    caller: guid(file.caller),
    users: asObjects(file.users).map((item) => ({
      id: guid(item.id),
      userPrincipalName: asText(item.userPrincipalName) ?? "",
      displayName: asText(item.displayName) ?? asText(item.userPrincipalName) ?? "",
      userType: item.userType === "Guest" ? "Guest" : "Member",
      accountEnabled: item.accountEnabled !== false,
    })),
    groups: asObjects(file.groups).map((item) => ({
      id: guid(item.id),
      displayName: asText(item.displayName) ?? "",
      securityEnabled: item.securityEnabled !== false,
      members: asTexts(item.members).map((id) => id.toLowerCase()),
      owners: asTexts(item.owners).map((id) => id.toLowerCase()),
    })),
    servicePrincipals: asObjects(file.servicePrincipals).map((item) => ({
      id: guid(item.id, "servicePrincipals", asText(item.appId) ?? ""),
      appId: guid(item.appId),
      displayName: asText(item.displayName) ?? "",
    })),
    devices: asObjects(file.devices).map((item) => ({
      id: guid(item.id, "devices", asText(item.displayName) ?? ""),
      displayName: asText(item.displayName) ?? "",
      operatingSystem: asText(item.operatingSystem) ?? "Windows",
    })),
    authenticationContexts: asObjects(file.authenticationContexts).map((item) => ({
      id: asText(item.id) ?? "",
      displayName: asText(item.displayName) ?? "",
      isAvailable: item.isAvailable === true,
    })),
    customRoles: asObjects(file.customRoles).map(role),
    roleAssignments: asObjects(file.roleAssignments).map((item) => ({
      name: guid(item.name, "roleAssignments", JSON.stringify(item)),
      scope: asText(item.scope) ?? "/",
      roleDefinitionId: guid(item.roleDefinitionId),
      principalId: guid(item.principalId),
    })),
    roleManagementPolicyNames: asObjects(file.roleManagementPolicyNames).map((item) => ({
      scope: asText(item.scope) ?? "/",
      roleDefinitionId: guid(item.roleDefinitionId),
      name: guid(item.name),
    })),
    resources: asObjects(file.resources).map((item) => ({
      name: nameOf(asText(item.id) ?? ""),
      ...item,
    })),
  };
}

/**
 * Reads a tenant from the parsed content of a tenant file.
 * @param file Name of the file, for messages.
 * @throws TenantFileError naming every problem: what the schema refuses, or else identifiers that point nowhere.
 */
export function parseTenant(content: unknown, file: string): Tenant {
  if (!validate(content)) {
    throw new TenantFileError(file, [...new Set((validate.errors ?? []).map(problemOf))]);
  }
  const tenant = complete(asObject(content));
  const problems = tenantProblems(tenant);
  if (problems.length > 0) throw new TenantFileError(file, problems);
  return tenant;
}

/**
 * Reads a tenant file (`SANDBOX_TENANT`).
 * @throws TenantFileError where the file cannot be read, is not JSON, or holds no usable tenant.
 */
export function readTenant(file: string = defaultTenantFile): Tenant {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TenantFileError(file, [
      `(file): cannot be read as JSON (${reason}); mend it or unset SANDBOX_TENANT`,
    ]);
  }
  return parseTenant(content, file);
}
