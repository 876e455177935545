import type { Service } from "../services";
import type { Tenant } from "../tenant/tenant";
import { activationRequestRoute } from "./activation";
import { approvalRoute } from "./approvals";
import { eligibilityRequestRoute } from "./eligibility";
import { roleAssignmentListRoute, roleAssignmentType } from "./role-assignments";
import {
  roleManagementPolicyAssignmentRoute,
  roleManagementPolicyRoute,
} from "./role-management-policies";
import { roleDefinitionRoute, roleDefinitionType } from "./roles";
import { scheduleListRoute } from "./schedule-lists";

/** Microsoft.Authorization of the simulated Azure: roles, their assignments, and Privileged Identity Management. */
export function authorizationService(tenant: Tenant): Service {
  return {
    types: [roleAssignmentType(tenant), roleDefinitionType],
    routes: [
      roleDefinitionRoute,
      roleAssignmentListRoute(tenant),
      roleManagementPolicyRoute(tenant),
      roleManagementPolicyAssignmentRoute(tenant),
      eligibilityRequestRoute(tenant),
      activationRequestRoute(tenant),
      scheduleListRoute("RoleEligibility", tenant),
      scheduleListRoute("RoleAssignment", tenant),
      approvalRoute(tenant),
    ],
  };
}
