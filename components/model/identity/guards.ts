import type { Estate } from "../estate/estate";
import { isKnown } from "../estate/known";
import type { Place } from "../estate/scope";
import type { NamedOperations } from "./rights";

/** Something that keeps people out, what it takes to change it, and where it stands in an estate. */
export interface Guard extends NamedOperations {
  readonly places: (estate: Estate) => readonly Place[];
}

const AUTHORIZATION = "Microsoft.Authorization";
const NETWORK = "Microsoft.Network";

/**
 * The guards of the claims that Azure roles can change. Operations: the permissions pages of Azure RBAC
 * (https://learn.microsoft.com/azure/role-based-access-control/permissions/networking,
 * .../management-and-governance and .../security). Conditional Access and groups are changed by directory
 * roles, which are not in the graph, and by group owners.
 */
export const GUARDS: readonly Guard[] = [
  {
    words: "a security group",
    plane: "control",
    operations: [
      `${NETWORK}/networkSecurityGroups/write`,
      `${NETWORK}/networkSecurityGroups/securityRules/write`,
      `${NETWORK}/networkSecurityGroups/securityRules/delete`,
    ],
    places: ({ securityGroups }) => securityGroups,
  },
  {
    words: "a subnet and its security group",
    plane: "control",
    operations: [`${NETWORK}/virtualNetworks/write`, `${NETWORK}/virtualNetworks/subnets/write`],
    places: ({ subnets, networks }) => [...subnets, ...networks],
  },
  {
    words: "a peering",
    plane: "control",
    operations: [
      `${NETWORK}/virtualNetworks/virtualNetworkPeerings/write`,
      `${NETWORK}/virtualNetworks/peer/action`,
    ],
    places: ({ networks }) => networks,
  },
  {
    words: "an interface, its security group and its public address",
    plane: "control",
    operations: [`${NETWORK}/networkInterfaces/write`],
    places: ({ interfaces }) => interfaces,
  },
  {
    words: "a route",
    plane: "control",
    operations: [
      `${NETWORK}/routeTables/write`,
      `${NETWORK}/routeTables/routes/write`,
      `${NETWORK}/routeTables/routes/delete`,
    ],
    places: ({ routeTables }) => routeTables,
  },
  {
    words: "a load balancer",
    plane: "control",
    operations: [
      `${NETWORK}/loadBalancers/write`,
      `${NETWORK}/loadBalancers/inboundNatRules/write`,
    ],
    places: ({ loadBalancers }) => loadBalancers,
  },
  {
    // A shareable link lets in without Entra ID: https://learn.microsoft.com/azure/bastion/shareable-link
    words: "the Bastion host",
    plane: "control",
    operations: [
      `${NETWORK}/bastionHosts/write`,
      `${NETWORK}/bastionHosts/createShareableLinks/action`,
    ],
    places: ({ bastionHosts }) => bastionHosts,
  },
  {
    // Opens a security group on request: https://learn.microsoft.com/azure/defender-for-cloud/just-in-time-access-usage
    words: "a security group by just-in-time access",
    plane: "control",
    operations: [
      "Microsoft.Security/locations/jitNetworkAccessPolicies/write",
      "Microsoft.Security/locations/jitNetworkAccessPolicies/initiate/action",
    ],
    places: ({ machines }) => machines,
  },
  {
    words: "a role assignment or an eligibility",
    plane: "control",
    operations: [
      `${AUTHORIZATION}/roleAssignments/write`,
      `${AUTHORIZATION}/roleAssignmentScheduleRequests/write`,
      `${AUTHORIZATION}/roleEligibilityScheduleRequests/write`,
      `${AUTHORIZATION}/roleDefinitions/write`,
      `${AUTHORIZATION}/elevateAccess/action`,
    ],
    places: guardedScopes,
  },
  {
    words: "the rules of activation",
    plane: "control",
    operations: [`${AUTHORIZATION}/roleManagementPolicies/write`],
    places: guardedScopes,
  },
];

/** VMs, and the scopes at which somebody is eligible: a VM there may be made by another program. */
function guardedScopes({ machines, eligibilities }: Estate): readonly Place[] {
  const scopes = eligibilities.flatMap(({ scope }): Place[] =>
    isKnown(scope) && scope.kind === "below" ? [placeOf(scope)] : [],
  );
  return [...machines, ...scopes];
}

function placeOf({ path, subscription }: { path: string; subscription?: string }): Place {
  return subscription === undefined ? { path } : { path, subscription };
}
