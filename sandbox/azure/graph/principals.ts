import type { Tenant } from "../tenant/tenant";
import { asText, asTexts } from "../json";
import type { Simulation } from "../simulation";
import type { Store } from "../store";
import { graphObject, graphObjects } from "./objects";

/** Somebody who can hold a role. */
export interface Principal {
  readonly id: string;
  readonly type: "User" | "Group" | "ServicePrincipal";
  readonly displayName: string;
  /** User principal name of a user. */
  readonly email: string | undefined;
  readonly createdAt: string;
}

const kinds = [
  { collection: "users", type: "User" },
  { collection: "groups", type: "Group" },
  { collection: "servicePrincipals", type: "ServicePrincipal" },
] as const;

/** The user, group or service principal with this object id, or undefined. */
export function principalOf(store: Store, id: string): Principal | undefined {
  for (const { collection, type } of kinds) {
    const found = graphObject(store, collection, id);
    if (found !== undefined) {
      return {
        id: found.name,
        type,
        displayName: asText(found.body.displayName) ?? "",
        email: asText(found.body.userPrincipalName),
        createdAt: found.createdAt,
      };
    }
  }
  return undefined;
}

/**
 * Whether Azure RBAC can already see a principal. A new one takes a while to be replicated
 * (https://learn.microsoft.com/azure/role-based-access-control/troubleshooting, "assign a role to a new principal");
 * the tenant file says how long.
 */
export function isReplicated(
  simulation: Simulation,
  tenant: Tenant,
  principal: Principal,
): boolean {
  const age = simulation.clock.now().getTime() - Date.parse(principal.createdAt);
  return age >= tenant.replicationSeconds * 1000;
}

/** The groups that a principal is a member of, directly or through other groups. */
export function groupsOf(store: Store, principalId: string): Set<string> {
  const groups = graphObjects(store, "groups").map((group) => ({
    id: group.name.toLowerCase(),
    members: asTexts(group.body.members).map((member) => member.toLowerCase()),
  }));
  const found = new Set<string>();
  const open = [principalId.toLowerCase()];
  for (let member = open.pop(); member !== undefined; member = open.pop()) {
    for (const group of groups) {
      if (found.has(group.id) || !group.members.includes(member)) continue;
      found.add(group.id);
      open.push(group.id);
    }
  }
  return found;
}

/** A principal and every group it belongs to: all through which it can hold a role or be meant by a policy. */
export function identitiesOf(store: Store, principalId: string): Set<string> {
  return groupsOf(store, principalId).add(principalId.toLowerCase());
}
