import type { GraphIndex } from "../graph/graph-index";
import type { Unread, Value } from "../graph/resource-graph";
import { durationMinutes } from "../iso-duration";
import type { Approval, RolePolicy } from "./access-estate";
import { everyKnown, isKnown, type Known, Unknown } from "./known";
import { part, readerOf } from "./part";
import { PRINCIPAL_TYPES, type Principals } from "./principals";
import type { PropertyReader } from "./property-reader";
import { readScope } from "./read-scope";

export const ROLE_POLICY = "azure-native:authorization:RoleManagementPolicy";

/**
 * The rules of activation that the program sets. Rule ids and shapes: Azure/azure-rest-api-specs,
 * Microsoft.Authorization 2020-10-01, examples/PatchRoleManagementPolicy.json.
 */
export function readRolePolicies(
  index: GraphIndex,
  principals: Principals,
  unread: Unread[],
): RolePolicy[] {
  return index.ofType(ROLE_POLICY).map((resource) => {
    const reader = readerOf(resource, unread, "identity");
    const rules = reader.objects("rules");
    const rule = (id: string): Known<PropertyReader | undefined> =>
      isKnown(rules) ? ruleOf(rules, id) : rules;
    return {
      ...part(index, resource),
      scope: readScope(reader, index),
      maxMinutes: withRule(rule("Expiration_EndUser_Assignment"), longestActivation),
      enabled: withRule(rule("Enablement_EndUser_Assignment"), (found) => {
        const texts = found.texts("enabledRules");
        return isKnown(texts) ? everyKnown(texts) : texts;
      }),
      approval: withRule(rule("Approval_EndUser_Assignment"), (found) =>
        approval(found, principals),
      ),
      authenticationContext: withRule(
        rule("AuthenticationContext_EndUser_Assignment"),
        authenticationContext,
      ),
    };
  });
}

/** A rule by its id. Undefined where the program leaves it to Azure; not known where Azure may ignore it. */
function ruleOf(rules: readonly PropertyReader[], id: string): Known<PropertyReader | undefined> {
  const found: PropertyReader[] = [];
  for (const rule of rules) {
    const own = rule.text("id");
    if (!isKnown(own)) return own;
    if (own?.toLowerCase() === id.toLowerCase()) found.push(rule);
  }
  const [only, another] = found;
  if (another !== undefined) return another.odd("id", `${id} stands there twice`);
  if (only === undefined || isWholeTarget(only)) return only;
  // github.com/pulumi/pulumi-azure-native/issues/4398: ignored, and no error.
  return new Unknown(`the target of ${id} is not whole, and Azure may ignore the rule`);
}

function isWholeTarget(rule: PropertyReader): boolean {
  const target = rule.object("target");
  if (target === undefined || !isKnown(target)) return false;
  const caller = target.text("caller");
  const level = target.text("level");
  const operations = target.list("operations");
  return (
    caller === "EndUser" && level === "Assignment" && isKnown(operations) && operations.length > 0
  );
}

function withRule<Type>(
  rule: Known<PropertyReader | undefined>,
  read: (rule: PropertyReader) => Known<Type>,
): Known<Type | undefined> {
  return rule === undefined || !isKnown(rule) ? rule : read(rule);
}

function longestActivation(rule: PropertyReader): Known<number> {
  const required = rule.flag("isExpirationRequired");
  if (!isKnown(required)) return required;
  if (required !== true) return new Unknown("the policy does not ask an activation to end");
  const duration = rule.text("maximumDuration");
  if (!isKnown(duration)) return duration;
  return (
    durationMinutes(duration ?? "") ??
    rule.odd("maximumDuration", `"${duration ?? ""}" is no duration`)
  );
}

function approval(rule: PropertyReader, principals: Principals): Known<Approval> {
  const setting = rule.object("setting");
  if (!isKnown(setting)) return setting;
  if (setting === undefined) return rule.odd("setting", "is missing");
  const required = setting.flag("isApprovalRequired");
  const stages = setting.objects("approvalStages");
  return {
    required: required ?? setting.odd("isApprovalRequired", "is missing"),
    approvers: isKnown(stages) ? approvers(rule, stages, principals) : stages,
  };
}

function approvers(
  { resource }: PropertyReader,
  stages: readonly PropertyReader[],
  principals: Principals,
): Approval["approvers"] {
  const ids: Value[] = [];
  for (const stage of stages) {
    const list = stage.objects("primaryApprovers");
    if (!isKnown(list)) return list;
    ids.push(...list.map((approver) => approver.value("id") ?? null));
  }
  return principals.readLists(resource, "rules", { ids }, PRINCIPAL_TYPES).ids;
}

function authenticationContext(rule: PropertyReader): Known<string | undefined> {
  const enabled = rule.flag("isEnabled");
  if (!isKnown(enabled)) return enabled;
  if (enabled !== true) return undefined;
  const claim = rule.text("claimValue");
  return claim === undefined || claim === ""
    ? rule.odd("claimValue", "names no authentication context")
    : claim;
}
