import type { JsonObject } from "../json";
import { asObject, asObjects, asText, compact } from "../json";
import { AzureRefusal } from "../refusal";
import { keyOf } from "../resource-id";
import type { ResourceType, Write } from "../resource-type";
import type { StoredResource } from "../store";

const type = "Microsoft.Insights/diagnosticSettings";

/** Where a setting sends to; two settings of one resource may not send a category to the same place. */
const sinks = [
  "workspaceId",
  "storageAccountId",
  "eventHubAuthorizationRuleId",
  "marketplacePartnerId",
] as const;

/**
 * Log categories of the types that have them here; `allLogs` and `audit` are groups of every type.
 * Source: https://learn.microsoft.com/azure/bastion/monitor-bastion-reference and
 * https://learn.microsoft.com/azure/azure-monitor/reference/logs-index
 */
const categories: Readonly<Record<string, readonly string[]>> = {
  "microsoft.network/bastionhosts": ["BastionAuditLogs"],
  "microsoft.network/virtualnetworks": ["VMProtectionAlerts"],
  "microsoft.network/networksecuritygroups": [
    "NetworkSecurityGroupEvent",
    "NetworkSecurityGroupRuleCounter",
  ],
  "microsoft.network/publicipaddresses": [
    "DDoSProtectionNotifications",
    "DDoSMitigationFlowLogs",
    "DDoSMitigationReports",
  ],
};

function badRequest(message: string): AzureRefusal {
  return new AzureRefusal(400, "BadRequest", message);
}

function categoryOf(entry: JsonObject): string {
  return asText(entry.category) ?? asText(entry.categoryGroup) ?? "";
}

function checkLogs(logs: readonly JsonObject[], target: StoredResource): void {
  const known = categories[target.type.toLowerCase()];
  for (const entry of [...logs]) {
    const retention = asObject(entry.retentionPolicy);
    if (retention.enabled === true) {
      // hashicorp/terraform-provider-azurerm#23051
      throw badRequest(
        "Diagnostic settings does not support retention for new diagnostic settings.",
      );
    }
    const category = asText(entry.category);
    if (category === undefined || known === undefined || known.includes(category)) continue;
    // Text from general knowledge, no page found.
    throw badRequest(`Category '${category}' is not supported for resource type '${target.type}'.`);
  }
}

/** hashicorp/terraform-provider-azurerm#21161 */
function checkSinks(write: Write, properties: JsonObject, target: StoredResource): void {
  const enabled = new Set(
    asObjects(properties.logs)
      .filter((entry) => entry.enabled === true)
      .map(categoryOf),
  );
  for (const other of write.simulation.store.childrenOf(target.id, type)) {
    if (keyOf(other.id) === write.id.key) continue;
    const theirs = asObject(other.body.properties);
    const sink = sinks.find(
      (name) =>
        asText(properties[name]) !== undefined &&
        keyOf(asText(properties[name]) ?? "") === keyOf(asText(theirs[name]) ?? ""),
    );
    const shared = asObjects(theirs.logs).find(
      (entry) => entry.enabled === true && enabled.has(categoryOf(entry)),
    );
    if (sink === undefined || shared === undefined) continue;
    throw new AzureRefusal(
      409,
      "Conflict",
      `Data sink '${asText(properties[sink]) ?? ""}' is already used in diagnostic setting '${other.name}' for category '${categoryOf(shared)}'. Data sinks can't be reused in different settings on the same category for the same resource.`,
    );
  }
}

/**
 * https://learn.microsoft.com/rest/api/monitor/diagnostic-settings. Azure keeps a setting when its resource is deleted and
 * gives it to the next resource of that name (hashicorp/terraform-provider-azurerm#15734); the simulation deletes it.
 */
export const diagnosticSetting: ResourceType = {
  type,
  apiVersions: ["2021-05-01-preview"],
  placement: "anyScope",
  located: false,
  put(write) {
    const properties = asObject(write.body.properties);
    const target = write.parent;
    if (target === undefined)
      throw badRequest(
        `Resource '${write.id.parent?.text ?? ""}' has no diagnostic settings here.`,
      );
    if (sinks.every((name) => asText(properties[name]) === undefined)) {
      throw badRequest("At least one data sink needs to be specified.");
    }
    const workspace = asText(properties.workspaceId);
    if (workspace !== undefined && write.simulation.store.get(workspace) === undefined) {
      throw new AzureRefusal(404, "ResourceNotFound", `The Resource '${workspace}' was not found.`);
    }
    checkLogs(asObjects(properties.logs), target);
    checkSinks(write, properties, target);
    const policy = { enabled: false, days: 0 };
    const filled = (list: unknown): JsonObject[] =>
      asObjects(list).map((entry) =>
        compact({ ...entry, retentionPolicy: entry.retentionPolicy ?? policy }),
      );
    return {
      body: {
        properties: compact({
          ...properties,
          logs: filled(properties.logs),
          metrics: filled(properties.metrics),
        }),
      },
    };
  },
};
