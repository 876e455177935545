import ipaddr from "ipaddr.js";
import { guidOf } from "../guid";
import type { JsonObject } from "../json";
import { asObject, asText, compact } from "../json";
import { AzureRefusal } from "../refusal";
import type { Held, ResourceType, Write } from "../resource-type";
import { parsePrefix } from "./address-prefix";
import { renderInline, writeInline, type InlineList } from "./inline-children";
import { checkedPrefix, checkName } from "./names";
import { referrers } from "./references";
import { networkTypes, networkVersions } from "./versions";

const hopTypes = ["VirtualNetworkGateway", "VnetLocal", "Internet", "VirtualAppliance", "None"];

/** Bounds: https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview; codes from general knowledge. */
function putRoute(write: Write): { body: JsonObject } {
  const { id } = write;
  checkName(id.name);
  const properties = asObject(write.body.properties);
  const prefix = asText(properties.addressPrefix) ?? "";
  if (parsePrefix(prefix) !== undefined || !/^[A-Za-z][\w.]*$/.test(prefix))
    checkedPrefix(prefix, id.text);
  const hop = asText(properties.nextHopType) ?? "";
  const address = asText(properties.nextHopIpAddress);
  if (!hopTypes.includes(hop)) {
    throw new AzureRefusal(
      400,
      "InvalidRequestFormat",
      `Route ${id.text} has the next hop type '${hop}'; use one of ${hopTypes.join(", ")}.`,
    );
  }
  if ((hop === "VirtualAppliance") !== (address !== undefined && ipaddr.isValid(address))) {
    throw new AzureRefusal(
      400,
      "RouteNextHopIpAddressMismatch",
      `Route ${id.text} has next hop type ${hop} and nextHopIpAddress '${address ?? ""}'; VirtualAppliance, and it alone, has an address.`,
    );
  }
  return {
    body: {
      properties: compact({ ...properties, hasBgpOverride: false, provisioningState: undefined }),
    },
  };
}

/** https://learn.microsoft.com/rest/api/virtualnetwork/routes */
export const route: ResourceType = {
  type: networkTypes.route,
  apiVersions: networkVersions,
  placement: "resourceGroup",
  located: false,
  longRunning: { put: "routeTablePut", delete: "routeTableDelete" },
  etag: true,
  holds: (id) => [id.key, id.parent?.key ?? id.key],
  put: putRoute,
};

const routes: InlineList = { property: "routes", type: route };

function put({ body, id }: Write): { body: JsonObject } {
  checkName(id.name);
  const properties = asObject(body.properties);
  return {
    body: compact({
      location: body.location,
      tags: body.tags,
      properties: {
        resourceGuid: guidOf(`resourceGuid/${id.key}`),
        disableBgpRoutePropagation: properties.disableBgpRoutePropagation ?? false,
      },
    }),
  };
}

/** Code: stackshy/cloudemu#967, which cites Azure; text in the form of the service's other answers. */
function checkDelete({ simulation, resource }: Held): void {
  const users = referrers(simulation, networkTypes.subnet, "properties.routeTable", resource.id);
  if (users.length === 0) return;
  throw new AzureRefusal(
    400,
    "InUseRouteTableCannotBeDeleted",
    `Route table ${resource.name} is in use by ${users.map((user) => user.id).join(", ")} and cannot be deleted.`,
  );
}

/** https://learn.microsoft.com/rest/api/virtualnetwork/route-tables */
export const routeTable: ResourceType = {
  type: networkTypes.routeTable,
  apiVersions: networkVersions,
  placement: "resourceGroup",
  located: true,
  longRunning: { put: "routeTablePut", delete: "routeTableDelete" },
  etag: true,
  put,
  written(held, request) {
    writeInline(held, request, routes);
  },
  checkDelete,
  read(held) {
    const { simulation, resource } = held;
    const users = referrers(simulation, networkTypes.subnet, "properties.routeTable", resource.id);
    return {
      ...resource.body,
      properties: compact({
        ...asObject(resource.body.properties),
        routes: renderInline(held, routes),
        subnets: users.length > 0 ? users.map((user) => ({ id: user.id })) : undefined,
      }),
    };
  },
};
