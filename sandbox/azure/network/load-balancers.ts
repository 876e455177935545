import { guidOf } from "../guid";
import type { JsonObject } from "../json";
import { asObject, asObjects, asText, compact } from "../json";
import { AzureRefusal } from "../refusal";
import type { ResourceType, Write } from "../resource-type";
import { checkName } from "./names";
import { checkFreeAddress } from "./public-addresses";
import { referenceTo, referenced } from "./references";
import { networkTypes, networkVersions } from "./versions";

/** Lists of a load balancer whose items have an id of their own. */
const lists = [
  "backendAddressPools",
  "loadBalancingRules",
  "probes",
  "inboundNatRules",
  "outboundRules",
  "inboundNatPools",
] as const;

function frontendsOf(write: Write): JsonObject[] {
  return asObjects(asObject(write.body.properties).frontendIPConfigurations).map((item) => {
    const name = asText(item.name) ?? "";
    const subnet = referenced(write, item, "properties.subnet", networkTypes.subnet);
    const address = referenced(
      write,
      item,
      "properties.publicIPAddress",
      networkTypes.publicAddress,
    );
    if ((subnet === undefined) === (address === undefined)) {
      // Code and text from general knowledge, no page found.
      throw new AzureRefusal(
        400,
        "LoadBalancerFrontendIPConfigMustHaveSubnetOrPublicIP",
        `Frontend ${name} of load balancer ${write.id.text} has either a subnet or a public IP address.`,
      );
    }
    if (address !== undefined) checkFreeAddress(write.simulation, address.id, write.id.text);
    return {
      ...item,
      id: `${write.id.text}/frontendIPConfigurations/${name}`,
      properties: compact({
        ...asObject(item.properties),
        subnet: referenceTo(subnet),
        publicIPAddress: referenceTo(address),
        privateIPAllocationMethod: asObject(item.properties).privateIPAllocationMethod ?? "Dynamic",
        provisioningState: "Succeeded",
      }),
    };
  });
}

/** https://learn.microsoft.com/rest/api/load-balancer/load-balancers; what the network proofs need of it, no traffic. */
export const loadBalancer: ResourceType = {
  type: networkTypes.loadBalancer,
  apiVersions: networkVersions,
  placement: "resourceGroup",
  located: true,
  longRunning: { put: "loadBalancerPut", delete: "loadBalancerDelete" },
  etag: true,
  put(write) {
    const { body, id } = write;
    checkName(id.name);
    const properties = asObject(body.properties);
    const parts = lists.map((list) => [
      list,
      asObjects(properties[list]).map((item) => ({
        ...item,
        id: `${id.text}/${list}/${asText(item.name) ?? ""}`,
        properties: { ...asObject(item.properties), provisioningState: "Succeeded" },
      })),
    ]);
    return {
      body: compact({
        location: body.location,
        tags: body.tags,
        sku: { name: asText(asObject(body.sku).name) ?? "Basic", tier: "Regional" },
        properties: {
          ...(Object.fromEntries(parts) as JsonObject),
          resourceGuid: guidOf(`resourceGuid/${id.key}`),
          frontendIPConfigurations: frontendsOf(write),
        },
      }),
    };
  },
};
