import type { JsonObject } from "../json";

/** One rule that every role management policy holds, with the content it has until somebody changes it. */
export interface PolicyRule {
  readonly id: string;
  readonly ruleType: string;
  readonly caller: "Admin" | "EndUser";
  readonly level: "Eligibility" | "Assignment";
  readonly content: JsonObject;
}

function rule(id: string, kind: string, content: JsonObject): PolicyRule {
  return {
    id,
    ruleType: `RoleManagementPolicy${kind}Rule`,
    caller: id.includes("EndUser") ? "EndUser" : "Admin",
    level: id.endsWith("_Eligibility") ? "Eligibility" : "Assignment",
    content,
  };
}

function notifications(subject: string): PolicyRule[] {
  return ["Admin", "Requestor", "Approver"].map((recipientType) =>
    rule(`Notification_${recipientType}_${subject}`, "Notification", {
      notificationType: "Email",
      recipientType,
      isDefaultRecipientsEnabled: true,
      notificationLevel: "All",
      notificationRecipients: [],
    }),
  );
}

/**
 * The rules of a role management policy of an Azure resource, in the order in which Microsoft's example shows them:
 * Azure/azure-rest-api-specs, Microsoft.Authorization stable/2020-10-01, GetRoleManagementPolicyByName.json.
 *
 * What they hold until changed: https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-resource-roles-configure-role-settings
 * and hashicorp/terraform-provider-azurerm#22766 (a new scope allows no permanent eligibility). That activation asks
 * for a justification and not for MFA is an inference; it is the weaker reading, so that no test passes by luck.
 */
export const policyRules: readonly PolicyRule[] = [
  rule("Enablement_Admin_Eligibility", "Enablement", { enabledRules: [] }),
  rule("Expiration_Admin_Eligibility", "Expiration", {
    isExpirationRequired: true,
    maximumDuration: "P365D",
  }),
  ...notifications("Admin_Eligibility"),
  rule("Enablement_Admin_Assignment", "Enablement", { enabledRules: ["Justification"] }),
  rule("Expiration_Admin_Assignment", "Expiration", {
    isExpirationRequired: true,
    maximumDuration: "P180D",
  }),
  ...notifications("Admin_Assignment"),
  rule("Approval_EndUser_Assignment", "Approval", {
    setting: {
      isApprovalRequired: false,
      isApprovalRequiredForExtension: false,
      isRequestorJustificationRequired: true,
      approvalMode: "SingleStage",
      approvalStages: [
        {
          approvalStageTimeOutInDays: 1,
          isApproverJustificationRequired: true,
          escalationTimeInMinutes: 0,
          primaryApprovers: [],
          isEscalationEnabled: false,
          escalationApprovers: null,
        },
      ],
    },
  }),
  rule("AuthenticationContext_EndUser_Assignment", "AuthenticationContext", {
    isEnabled: false,
    claimValue: "",
  }),
  rule("Enablement_EndUser_Assignment", "Enablement", { enabledRules: ["Justification"] }),
  rule("Expiration_EndUser_Assignment", "Expiration", {
    isExpirationRequired: true,
    maximumDuration: "PT8H",
  }),
  ...notifications("EndUser_Assignment"),
];

/** A rule's `target`, without which Azure ignores a rule that is sent to it. */
export function targetOf(rule: PolicyRule): JsonObject {
  return {
    caller: rule.caller,
    operations: ["All"],
    level: rule.level,
    targetObjects: null,
    inheritableSettings: null,
    enforcedSettings: null,
  };
}

/** The rules of a policy that nobody has changed, as Resource Manager answers them. */
export function defaultRules(): JsonObject[] {
  return policyRules.map((item) => ({
    ...item.content,
    id: item.id,
    ruleType: item.ruleType,
    target: targetOf(item),
  }));
}
