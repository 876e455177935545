import { asObject, asText, compact } from "./json";
import { AzureRefusal } from "./refusal";
import type { ResourceType } from "./resource-type";

const levels = ["CanNotDelete", "ReadOnly"];

/** https://learn.microsoft.com/rest/api/resources/management-locks; what a lock forbids is in locks.ts. */
export const managementLock: ResourceType = {
  type: "Microsoft.Authorization/locks",
  apiVersions: ["2020-05-01", "2016-09-01", "2017-04-01"],
  placement: "anyScope",
  located: false,
  put({ body }) {
    const properties = asObject(body.properties);
    const level = asText(properties.level) ?? "";
    if (!levels.includes(level)) {
      // Code and text from general knowledge, no page found.
      throw new AzureRefusal(
        400,
        "LockLevelNotValid",
        `The lock level '${level}' is not valid. Allowed values: ${levels.join(", ")}.`,
      );
    }
    return {
      body: {
        properties: compact({ level, notes: properties.notes, owners: properties.owners }),
      },
    };
  },
};
