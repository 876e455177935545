import { asObject, asObjects, asText, asTexts, type JsonObject } from "../json";
import { milliseconds } from "./duration";
import { policyRules, targetOf, type PolicyRule } from "./policy-rules";
import { refusals } from "./refusals";

const hour = 60 * 60 * 1000;
const enablements = ["MultiFactorAuthentication", "Justification", "Ticketing"];

function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}

function expiration(kind: PolicyRule, sent: JsonObject): string | undefined {
  if (!isBoolean(sent.isExpirationRequired)) return "isExpirationRequired is missing";
  const duration = asText(sent.maximumDuration);
  if (duration === undefined) {
    return sent.isExpirationRequired ? "maximumDuration is missing" : undefined;
  }
  const length = milliseconds(duration);
  if (length === undefined) return `maximumDuration '${duration}' is not an ISO 8601 duration`;
  if (kind.id !== "Expiration_EndUser_Assignment") return undefined;
  if (!sent.isExpirationRequired) return "an activation always expires";
  // Half an hour to a day: MicrosoftDocs/azure-docs#51581 and PIM's page on role settings.
  return length < hour / 2 || length > 24 * hour
    ? `maximumDuration '${duration}' is not within PT30M and PT24H`
    : undefined;
}

function enablement(sent: JsonObject): string | undefined {
  if (!Array.isArray(sent.enabledRules)) return "enabledRules is missing";
  const unknown = asTexts(sent.enabledRules).find((name) => !enablements.includes(name));
  return unknown === undefined ? undefined : `enabledRules holds '${unknown}'`;
}

function approval(sent: JsonObject): string | undefined {
  const setting = asObject(sent.setting);
  if (!isBoolean(setting.isApprovalRequired)) return "setting.isApprovalRequired is missing";
  if (!setting.isApprovalRequired) return undefined;
  const [stage] = asObjects(setting.approvalStages);
  const approvers = asObjects(stage?.primaryApprovers);
  if (approvers.length === 0) return "approval is required and nobody can give it";
  const complete = approvers.every(
    (approver) =>
      asText(approver.id) !== undefined && /^(User|Group)$/.test(asText(approver.userType) ?? ""),
  );
  return complete ? undefined : "an approver lacks id or userType";
}

function authenticationContext(sent: JsonObject): string | undefined {
  if (!isBoolean(sent.isEnabled)) return "isEnabled is missing";
  if (!sent.isEnabled) return undefined;
  const claim = asText(sent.claimValue) ?? "";
  return /^c[1-9][0-9]?$/.test(claim) ? undefined : `claimValue '${claim}' is not one of c1 to c99`;
}

function notification(sent: JsonObject): string | undefined {
  if (sent.notificationType !== "Email") return "notificationType is not 'Email'";
  if (!/^(None|Critical|All)$/.test(asText(sent.notificationLevel) ?? ""))
    return "notificationLevel is missing";
  return isBoolean(sent.isDefaultRecipientsEnabled)
    ? undefined
    : "isDefaultRecipientsEnabled is missing";
}

function problemOf(kind: PolicyRule, sent: JsonObject): string | undefined {
  if (sent.ruleType !== kind.ruleType)
    return `ruleType is '${asText(sent.ruleType) ?? ""}', not '${kind.ruleType}'`;
  const target = asObject(sent.target);
  if (target.caller !== kind.caller || target.level !== kind.level) {
    return `target is ${asText(target.caller) ?? ""}/${asText(target.level) ?? ""}, not ${kind.caller}/${kind.level}`;
  }
  switch (kind.ruleType) {
    case "RoleManagementPolicyExpirationRule":
      return expiration(kind, sent);
    case "RoleManagementPolicyEnablementRule":
      return enablement(sent);
    case "RoleManagementPolicyApprovalRule":
      return approval(sent);
    case "RoleManagementPolicyAuthenticationContextRule":
      return authenticationContext(sent);
    default:
      return notification(sent);
  }
}

/** Whether a rule names caller, operations and level; Azure ignores one that does not. */
function hasTarget(sent: JsonObject): boolean {
  const target = asObject(sent.target);
  return (
    asText(target.caller) !== undefined &&
    asText(target.level) !== undefined &&
    asTexts(target.operations).length > 0
  );
}

/**
 * The rules of a policy after a PATCH. Rules that are not sent stay; a rule that is sent replaces the whole rule. A
 * rule without a full target is passed over without a word (pulumi/pulumi-azure-native#4398).
 * @throws AzureRefusal InvalidPolicy for an incomplete or unknown rule
 *   (hashicorp/terraform-provider-azurerm#30844), MfaAndAcrsConflict where MFA and an authentication context are both
 *   asked for at activation (kayasax/EasyPIM#121)
 */
export function mergeRules(
  current: readonly JsonObject[],
  sent: readonly JsonObject[],
): JsonObject[] {
  const changed = new Map<string, JsonObject>();
  for (const rule of sent) {
    const id = asText(rule.id) ?? "";
    const kind = policyRules.find((known) => known.id === id);
    if (kind === undefined) throw refusals.invalidPolicy(`the policy rule id '${id}' is invalid`);
    if (!hasTarget(rule)) continue;
    const problem = problemOf(kind, rule);
    if (problem !== undefined) throw refusals.invalidPolicy(`${id}: ${problem}`);
    changed.set(id, { ...rule, target: { ...targetOf(kind), ...asObject(rule.target) } });
  }
  const merged = current.map((rule) => changed.get(asText(rule.id) ?? "") ?? rule);
  const ruleOf = (id: string): JsonObject => asObject(merged.find((rule) => rule.id === id));
  const multifactor = asTexts(ruleOf("Enablement_EndUser_Assignment").enabledRules).includes(
    "MultiFactorAuthentication",
  );
  if (multifactor && ruleOf("AuthenticationContext_EndUser_Assignment").isEnabled === true) {
    throw refusals.mfaAndAcrsConflict();
  }
  return merged;
}
