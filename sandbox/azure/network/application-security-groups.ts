import { guidOf } from "../guid";
import { compact } from "../json";
import type { ResourceType } from "../resource-type";
import { checkName } from "./names";
import { networkTypes, networkVersions } from "./versions";

/** https://learn.microsoft.com/rest/api/virtualnetwork/application-security-groups */
export const applicationSecurityGroup: ResourceType = {
  type: networkTypes.applicationSecurityGroup,
  apiVersions: networkVersions,
  placement: "resourceGroup",
  located: true,
  longRunning: { put: "securityGroupPut", delete: "securityGroupDelete" },
  etag: true,
  put({ body, id }) {
    checkName(id.name);
    return {
      body: compact({
        location: body.location,
        tags: body.tags,
        properties: { resourceGuid: guidOf(`resourceGuid/${id.key}`) },
      }),
    };
  },
};
