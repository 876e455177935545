import type { JsonObject } from "../json";

/** A service plan of the tenant, by Microsoft's name for it: Entra ID P1 and P2. */
export type ServicePlan = "AAD_PREMIUM" | "AAD_PREMIUM_P2";

export interface TenantSubscription {
  readonly subscriptionId: string;
  readonly displayName: string;
  readonly registeredFeatures: readonly string[];
}

export interface TenantUser {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly userType: "Member" | "Guest";
  readonly accountEnabled: boolean;
}

export interface TenantGroup {
  readonly id: string;
  readonly displayName: string;
  readonly securityEnabled: boolean;
  readonly members: readonly string[];
  readonly owners: readonly string[];
}

export interface TenantServicePrincipal {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
}

export interface TenantDevice {
  readonly id: string;
  readonly displayName: string;
  readonly operatingSystem: string;
}

export interface TenantAuthenticationContext {
  /** `c1` to `c99`. */
  readonly id: string;
  readonly displayName: string;
  /** Whether it is published, that is, can be asked for by an application or by PIM. */
  readonly isAvailable: boolean;
}

export interface TenantRole {
  /** The role's GUID. */
  readonly name: string;
  readonly roleName: string;
  readonly description: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
  readonly assignableScopes: readonly string[];
}

export interface TenantRoleAssignment {
  readonly name: string;
  readonly scope: string;
  /** The role's GUID. */
  readonly roleDefinitionId: string;
  readonly principalId: string;
}

export interface PinnedPolicyName {
  readonly scope: string;
  /** The role's GUID. */
  readonly roleDefinitionId: string;
  readonly name: string;
}

/**
 * What stands in the simulated Entra tenant and its subscriptions before a program runs, with every default filled
 * in. Written as JSON; `tenant.schema.json` beside this file says what may stand in it.
 */
export interface Tenant {
  readonly tenantId: string;
  readonly displayName: string;
  readonly licences: readonly ServicePlan[];
  readonly staleDevices: "removed" | "kept";
  readonly replicationSeconds: number;
  readonly subscriptions: readonly TenantSubscription[];
  /** Object id of the user or service principal that is signed in. */
  readonly caller: string;
  readonly users: readonly TenantUser[];
  readonly groups: readonly TenantGroup[];
  readonly servicePrincipals: readonly TenantServicePrincipal[];
  readonly devices: readonly TenantDevice[];
  readonly authenticationContexts: readonly TenantAuthenticationContext[];
  readonly customRoles: readonly TenantRole[];
  readonly roleAssignments: readonly TenantRoleAssignment[];
  readonly roleManagementPolicyNames: readonly PinnedPolicyName[];
  /** Bodies as Resource Manager answers them. */
  readonly resources: readonly JsonObject[];
}
