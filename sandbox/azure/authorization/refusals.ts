import { AzureRefusal } from "../refusal";

/** A refusal of Microsoft.Authorization. */
export function typedRefusal(status: number, code: string, message: string): AzureRefusal {
  return new AzureRefusal(status, code, message);
}

/** Seen in issue threads word for word, Azure's own spelling included; the thread stands beside each. */
export const refusals = {
  /** https://github.com/Azure/HubAndSpokeResearchEnclave/issues/50 */
  principalNotFound: (principalId: string, tenantId: string) =>
    new AzureRefusal(
      400,
      "PrincipalNotFound",
      `Principal ${principalId.replace(/-/g, "")} does not exist in the directory ${tenantId}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype`,
    ),
  /** https://github.com/Azure/modern-web-app-pattern-dotnet/pull/129 */
  unmatchedPrincipalType: (principalId: string, actual: string, given: string) =>
    new AzureRefusal(
      400,
      "UnmatchedPrincipalType",
      `The PrincipalId '${principalId.replace(/-/g, "")}' has type '${actual}' , which is different from specified PrinciaplType '${given}'.`,
    ),
  /** https://learn.microsoft.com/azure/role-based-access-control/troubleshooting (role assignments) */
  roleAssignmentExists: (name: string) =>
    new AzureRefusal(
      409,
      "RoleAssignmentExists",
      `The role assignment already exists. The ID of the conflicting role assignment is ${name.replace(/-/g, "")}.`,
    ),
  /** https://learn.microsoft.com/azure/role-based-access-control/troubleshooting */
  roleAssignmentUpdateNotPermitted: () =>
    new AzureRefusal(
      400,
      "RoleAssignmentUpdateNotPermitted",
      "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
    ),
  /** https://github.com/hashicorp/terraform-provider-azurerm/issues/4847 and like threads */
  roleDefinitionDoesNotExist: (role: string) =>
    new AzureRefusal(
      404,
      "RoleDefinitionDoesNotExist",
      `The specified role definition with ID '${role.replace(/-/g, "")}' does not exist.`,
    ),
  /** https://github.com/hashicorp/terraform-provider-azuread/issues/1412 */
  eligibilityExists: () =>
    new AzureRefusal(400, "RoleAssignmentExists", "The Role assignment already exists."),
  /** Error table of the first version of this interface: https://learn.microsoft.com/graph/api/governanceroleassignmentrequest-post */
  eligibilityDoesNotExist: () =>
    new AzureRefusal(400, "RoleAssignmentDoesNotExist", "The Role assignment does not exist."),
  /** https://github.com/hashicorp/terraform-provider-azurerm/issues/22766 */
  policyRulesFailed: (rules: readonly string[]) =>
    new AzureRefusal(
      400,
      "RoleAssignmentRequestPolicyValidationFailed",
      `The following policy rules failed: ${JSON.stringify(rules)}`,
    ),
  /** https://github.com/DanielChronlund/DCToolbox/issues/50 */
  activeDurationTooShort: () =>
    new AzureRefusal(
      400,
      "ActiveDurationTooShort",
      "The Active duration is too short. Miniumum Required is 5 minutes.",
    ),
  /** https://github.com/kayasax/EasyPIM/blob/main (error handling of scheduled requests) */
  invalidSchedule: (reason: string) =>
    new AzureRefusal(
      400,
      "InvalidRoleAssignmentRequestSchedule",
      `The role assignment request schedule is invalid: ${reason}.`,
    ),
  /** https://github.com/hashicorp/terraform-provider-azuread/issues/1464 */
  invalidRequest: (reason: string) =>
    new AzureRefusal(
      400,
      "InvalidRoleAssignmentRequest",
      `The role assignment request is invalid: ${reason}.`,
    ),
  /** https://github.com/JulianHayward/Azure-MG-Sub-Governance-Reporting/issues/114 */
  premiumLicenceRequired: () =>
    new AzureRefusal(
      400,
      "AadPremiumLicenseRequired",
      "The tenant needs an AAD Premium 2 license.",
    ),
  /** hashicorp/terraform-provider-azurerm retries on this code while a new principal is replicated */
  subjectNotFound: () => new AzureRefusal(404, "SubjectNotFound", "The subject is not found."),
  /** https://github.com/JustinGrote/JAz.PIM/issues/10 */
  insufficientPermissions: (requestor: string) =>
    new AzureRefusal(
      403,
      "InsufficientPermissions",
      `The requestor ${requestor} does not have permissions for this request. Please use $filter=asTarget() to filter on the requestor's assignments.`,
    ),
  /** https://github.com/kayasax/EasyPIM/issues/28 */
  invalidPolicy: (reason: string) =>
    new AzureRefusal(400, "InvalidPolicy", "The policy is invalid.", [
      { code: "InvalidPolicyRule", message: `(simulated Azure) ${reason}` },
    ]),
  /** https://github.com/kayasax/EasyPIM/issues/121 */
  mfaAndAcrsConflict: () =>
    new AzureRefusal(
      400,
      "MfaAndAcrsConflict",
      "The Mfa and Acrs policy settings cannot be enabled simultaneously.",
    ),
  /** Kept apart from ResourceNotFound, so that a guessed name is told from a missing scope. */
  policyNotFound: (name: string) =>
    new AzureRefusal(
      404,
      "RoleManagementPolicyNotFound",
      `The role management policy '${name}' was not found at this scope.`,
    ),
  /** https://learn.microsoft.com/azure/role-based-access-control/troubleshooting (custom roles) */
  sameRoleName: (name: string) =>
    new AzureRefusal(
      409,
      "RoleDefinitionWithSameNameExists",
      `A custom role with the same name '${name}' already exists in this directory. Use a different name.`,
    ),
  /** https://learn.microsoft.com/azure/role-based-access-control/troubleshooting (custom roles) */
  roleHasAssignments: () =>
    new AzureRefusal(
      400,
      "RoleDefinitionHasAssignments",
      "There are existing role assignments referencing role (code: RoleDefinitionHasAssignments).",
    ),
} as const;
