import { asObject, compact } from "./json";
import type { ResourceType } from "./resource-type";

/** https://learn.microsoft.com/rest/api/resources/resource-groups */
export const resourceGroup: ResourceType = {
  type: "Microsoft.Resources/resourceGroups",
  apiVersions: ["2024-03-01", "2024-07-01", "2024-11-01", "2022-09-01", "2021-04-01", "2020-06-01"],
  placement: "subscription",
  located: true,
  longRunning: { delete: "resourceGroupDelete" },
  put: ({ body }) => ({
    body: compact({
      location: body.location,
      tags: body.tags,
      managedBy: body.managedBy,
      properties: { ...asObject(body.properties), provisioningState: "Succeeded" },
    }),
  }),
};
