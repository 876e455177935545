import { guidOf } from "../guid";
import type { JsonObject } from "../json";
import { asObject, asObjects, asText, asTexts, canonical, compact, textAt } from "../json";
import { AzureRefusal } from "../refusal";
import type { Held, ResourceType, Write } from "../resource-type";
import { checkName } from "./names";
import { checkFreeAddress } from "./public-addresses";
import { referenced, referrers } from "./references";
import { networkTypes, networkVersions } from "./versions";

function addressesOf(write: Write): JsonObject[] {
  return asObjects(asObject(write.body.properties).publicIpAddresses).map((item) => {
    const found = referenced(write, { address: item }, "address", networkTypes.publicAddress);
    if (found === undefined)
      throw new AzureRefusal(400, "InvalidRequestFormat", "A public address has no id.");
    if (textAt(found.body, "sku.name") !== "Standard") {
      // https://learn.microsoft.com/azure/nat-gateway/nat-overview: Standard addresses only; code from general knowledge
      throw new AzureRefusal(
        400,
        "NatGatewayPublicIpSkuMismatch",
        `NAT gateway ${write.id.text} cannot use the public IP address ${found.id}: its sku is not Standard.`,
      );
    }
    checkFreeAddress(write.simulation, found.id, write.id.text);
    return { id: found.id };
  });
}

function put(write: Write): { body: JsonObject } {
  const { body, id, existing } = write;
  checkName(id.name);
  const properties = asObject(body.properties);
  const zones = asTexts(body.zones);
  if (zones.length > 1) {
    // https://learn.microsoft.com/azure/nat-gateway/nat-availability-zones: one zone or none; code from general knowledge
    throw new AzureRefusal(
      400,
      "NatGatewayCannotHaveMultipleZones",
      `NAT gateway ${id.text} names the zones ${zones.join(", ")}; it has one zone or none.`,
    );
  }
  if (existing !== undefined && canonical(existing.body.zones ?? []) !== canonical(zones)) {
    throw new AzureRefusal(
      400,
      "ResourceAvailabilityZonesCannotBeModified",
      `Resource ${id.text} has an existing availability zone constraint that cannot be changed.`,
    );
  }
  const addresses = addressesOf(write);
  return {
    body: compact({
      location: body.location,
      tags: body.tags,
      zones: zones.length > 0 ? zones : undefined,
      sku: { name: asText(asObject(body.sku).name) ?? "Standard" },
      properties: compact({
        ...properties,
        resourceGuid: guidOf(`resourceGuid/${id.key}`),
        idleTimeoutInMinutes: properties.idleTimeoutInMinutes ?? 4,
        publicIpAddresses: addresses.length > 0 ? addresses : undefined,
        subnets: undefined,
        provisioningState: undefined,
      }),
    }),
  };
}

/** Code: stackshy/cloudemu#967, which cites Azure; text in the form of the service's other answers. */
function checkDelete({ simulation, resource }: Held): void {
  const users = referrers(simulation, networkTypes.subnet, "properties.natGateway", resource.id);
  if (users.length === 0) return;
  throw new AzureRefusal(
    400,
    "InUseNatGatewayCannotBeDeleted",
    `Nat gateway ${resource.name} is in use by ${users.map((user) => user.id).join(", ")} and cannot be deleted.`,
  );
}

/** https://learn.microsoft.com/rest/api/virtualnetwork/nat-gateways */
export const natGateway: ResourceType = {
  type: networkTypes.natGateway,
  apiVersions: networkVersions,
  placement: "resourceGroup",
  located: true,
  longRunning: { put: "natGatewayPut", delete: "natGatewayDelete" },
  etag: true,
  put,
  checkDelete,
  read({ simulation, resource }) {
    const users = referrers(simulation, networkTypes.subnet, "properties.natGateway", resource.id);
    if (users.length === 0) return resource.body;
    const subnets = users.map((user) => ({ id: user.id }));
    return { ...resource.body, properties: { ...asObject(resource.body.properties), subnets } };
  },
};
