import { guidOf } from "../guid";
import { asObject, asText, compact } from "../json";
import { AzureRefusal } from "../refusal";
import type { ResourceType } from "../resource-type";

/** https://learn.microsoft.com/rest/api/loganalytics/workspaces */
export const workspace: ResourceType = {
  type: "Microsoft.OperationalInsights/workspaces",
  apiVersions: ["2023-09-01", "2022-10-01", "2021-06-01", "2020-08-01", "2025-02-01"],
  placement: "resourceGroup",
  located: true,
  longRunning: { put: "workspacePut", delete: "workspaceDelete" },
  etag: true,
  put({ body, id, existing, simulation }) {
    if (!/^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/.test(id.name)) {
      // https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
      throw new AzureRefusal(
        400,
        "InvalidResourceName",
        `Workspace name '${id.name}' is invalid: 4 to 63 letters, digits and hyphens, a letter or digit first and last.`,
      );
    }
    const properties = asObject(body.properties);
    const sku = asText(asObject(properties.sku).name) ?? "PerGB2018";
    const made = existing?.createdAt ?? simulation.clock.now().toISOString();
    return {
      body: compact({
        location: body.location,
        tags: body.tags,
        identity: body.identity,
        properties: compact({
          ...properties,
          customerId: guidOf(`workspace/${id.key}`),
          createdDate: made,
          modifiedDate: made,
          sku: { name: sku, lastSkuUpdate: made },
          retentionInDays: properties.retentionInDays ?? 30,
          features: {
            legacy: 0,
            searchVersion: 1,
            enableLogAccessUsingOnlyResourcePermissions: true,
            ...asObject(properties.features),
          },
          workspaceCapping: properties.workspaceCapping ?? {
            dailyQuotaGb: -1,
            dataIngestionStatus: "RespectQuota",
          },
          publicNetworkAccessForIngestion: properties.publicNetworkAccessForIngestion ?? "Enabled",
          publicNetworkAccessForQuery: properties.publicNetworkAccessForQuery ?? "Enabled",
          provisioningState: undefined,
        }),
      }),
    };
  },
};
