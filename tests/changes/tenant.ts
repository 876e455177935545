import type { JsonObject } from "../../sandbox/azure/json";
import { GROUPS as OWN, SUBSCRIPTION } from "../support/environment";
import { tenantWith } from "../sandbox/tenant/simulated-tenant";

/** Groups of the tenant, two more among them than the sandbox's own has. */
export const GROUPS = {
  ...OWN,
  engineers: "33333333-0000-4000-8000-000000000005",
  rescuers: "33333333-0000-4000-8000-000000000006",
} as const;

const workspace = (name: string): string =>
  `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-observability/providers/Microsoft.OperationalInsights/workspaces/${name}`;

export const WORKSPACES = { usual: workspace("log-observability"), other: workspace("log-other") };

/** Names of role management policies, which Azure makes up and the tenant file may pin. */
export const POLICY_NAMES = {
  "app.users": "99999999-0000-4000-8000-000000000001",
  "app.administrators": "99999999-0000-4000-8000-000000000002",
  "lab.users": "99999999-0000-4000-8000-000000000003",
  "lab.administrators": "99999999-0000-4000-8000-000000000004",
} as const;

const ROLES = {
  users: "fb879df8-f326-4884-b1cf-06f3ad86be52",
  administrators: "1c0163c0-47e6-4577-8991-ea5c82e286e4",
} as const;

/** The tenant of the environments that are changed, in place of the sandbox's own. */
export function tenant(): JsonObject {
  const own = tenantWith({});
  const list = (name: string): JsonObject[] => own[name] as JsonObject[];
  const [usual] = list("resources").filter(({ id }) => id === WORKSPACES.usual);
  const policy = (spoke: string, role: keyof typeof ROLES, name: string): JsonObject => ({
    scope: `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-jump-dev-${spoke}`,
    roleDefinitionId: ROLES[role],
    name,
  });
  return {
    groups: [
      ...list("groups"),
      { id: GROUPS.engineers, displayName: "engineers" },
      { id: GROUPS.rescuers, displayName: "rescuers" },
    ],
    resources: [
      ...list("resources"),
      { ...usual, id: WORKSPACES.other, type: usual?.type ?? "", name: "log-other" },
    ],
    roleManagementPolicyNames: [
      policy("app", "users", POLICY_NAMES["app.users"]),
      policy("app", "administrators", POLICY_NAMES["app.administrators"]),
      policy("lab", "users", POLICY_NAMES["lab.users"]),
      policy("lab", "administrators", POLICY_NAMES["lab.administrators"]),
    ],
  };
}
