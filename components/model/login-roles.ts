/** The roles that let a person sign in to a VM, and the one that finds the Bastion host. */
export type LoginRole = "users" | "administrators";

/**
 * Ids of built-in roles, the same in every tenant.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/compute (2025-09-03)
 * and .../built-in-roles/general
 */
export const LOGIN_ROLES: Readonly<Record<LoginRole, { name: string; id: string }>> = {
  users: { name: "Virtual Machine User Login", id: "fb879df8-f326-4884-b1cf-06f3ad86be52" },
  administrators: {
    name: "Virtual Machine Administrator Login",
    id: "1c0163c0-47e6-4577-8991-ea5c82e286e4",
  },
};

export const READER_ROLE_ID = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

/**
 * A role's id in the form that PIM's provider code compares with. Any other form creates the
 * eligibility, waits ten minutes for it and fails (hashicorp/terraform-provider-azurerm#31052).
 */
export function roleDefinitionId(subscriptionId: string, role: string): string {
  return `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
}
