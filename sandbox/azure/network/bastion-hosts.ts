import { guidOf } from "../guid";
import type { JsonObject } from "../json";
import {
  asObject,
  asObjects,
  asText,
  asTexts,
  at,
  canonical,
  compact,
  objectsAt,
  textAt,
} from "../json";
import { AzureRefusal } from "../refusal";
import { keyOf } from "../resource-id";
import type { ResourceType, Write } from "../resource-type";
import type { StoredResource } from "../store";
import {
  bastionSkus,
  isAtLeast,
  scaleUnits,
  smallestSku,
  type BastionSku,
} from "./bastion-features";
import { bastionSubnetBits, bastionSubnetName } from "./bastion-subnet";
import { checkName } from "./names";
import { checkFreeAddress } from "./public-addresses";
import { referenceTo, referenced } from "./references";
import { storedPrefixes } from "./subnets";
import { networkTypes, networkVersions } from "./versions";

// Requirements: https://learn.microsoft.com/azure/bastion/configuration-settings. Where Azure's code for a refusal could
// be found in public, its source stands beside it; the others are in the service's manner and say so.

function refuse(code: string, message: string): never {
  throw new AzureRefusal(400, code, message);
}

function skuOf(body: JsonObject): BastionSku {
  const text = textAt(body, "sku.name");
  // Without a sku the service makes a Basic host: general knowledge, no page found.
  if (text === undefined) return "Basic";
  const found = bastionSkus.find((known) => known.toLowerCase() === text.toLowerCase());
  return (
    found ??
    refuse("InvalidRequestFormat", `Bastion sku '${text}' is not one of ${bastionSkus.join(", ")}.`)
  );
}

/**
 * Features that the SKU does not have. Code for Developer: pulumi/pulumi-azure-native#4000; for the other SKUs in the
 * same manner.
 */
function checkFeatures(properties: JsonObject, sku: BastionSku): void {
  for (const [property, smallest] of Object.entries(smallestSku)) {
    if (properties[property] !== true || isAtLeast(sku, smallest)) continue;
    refuse(
      `FeatureNotSupportedFor${sku}BastionSku`,
      `Feature ${property} is not supported for Bastion Sku ${sku}; it needs ${smallest} or above.`,
    );
  }
  const units = properties.scaleUnits;
  if (units === undefined) return;
  const adjustable = isAtLeast(sku, scaleUnits.adjustableFrom);
  const largest = adjustable ? scaleUnits.largest : scaleUnits.smallest;
  const inBounds = typeof units === "number" && units >= scaleUnits.smallest && units <= largest;
  if (!inBounds || sku === "Developer") {
    refuse(
      `FeatureNotSupportedFor${sku}BastionSku`,
      `Scale units ${JSON.stringify(units)} are not supported for Bastion Sku ${sku}; ${adjustable ? "2 to 50 are" : "they cannot be chosen"}.`,
    );
  }
}

/** Session recording cannot run with native client: https://learn.microsoft.com/azure/bastion/session-recording */
function checkTogether(properties: JsonObject): void {
  if (properties.enableSessionRecording !== true || properties.enableTunneling !== true) return;
  refuse(
    "SessionRecordingNotSupportedWithNativeClient",
    "enableSessionRecording and enableTunneling cannot both be true: session recording does not work with native client.",
  );
}

function checkSubnet(write: Write, subnet: StoredResource): void {
  if (subnet.name !== bastionSubnetName) {
    // Code and text: hashicorp/terraform-provider-azurerm#15365
    refuse(
      "SubnetNameMustBeAzureBastionSubnet",
      `Subnet name ${subnet.id} is invalid for Azure Bastion. Azure Bastion can only be created in subnet with name '${bastionSubnetName}'.`,
    );
  }
  const small = storedPrefixes(subnet).find(
    (prefix) => prefix.kind === "ipv4" && prefix.bits > bastionSubnetBits,
  );
  if (small !== undefined) {
    refuse(
      "BastionSubnetTooSmall",
      `Subnet ${subnet.id} has the address prefix ${small.text}; Azure Bastion needs /${bastionSubnetBits} or larger.`,
    );
  }
  const other = write.simulation.store
    .ofType(networkTypes.bastionHost)
    .find(
      (host) =>
        keyOf(host.id) !== write.id.key &&
        objectsAt(host.body, "properties.ipConfigurations").some(
          (item) => keyOf(textAt(item, "properties.subnet.id") ?? "") === keyOf(subnet.id),
        ),
    );
  if (other !== undefined) {
    refuse(
      "BastionSubnetInUse",
      `Subnet ${subnet.id} is already used by the Bastion host ${other.id}; it holds one only.`,
    );
  }
}

function checkAddress(write: Write, address: StoredResource): void {
  const standard = textAt(address.body, "sku.name") === "Standard";
  const fixed = textAt(address.body, "properties.publicIPAllocationMethod") === "Static";
  if (!standard || !fixed) {
    refuse(
      "BastionPublicIpMustBeStandardAndStatic",
      `Public IP address ${address.id} cannot be used by Azure Bastion ${write.id.name}: its sku must be Standard and its allocation method Static.`,
    );
  }
  checkFreeAddress(write.simulation, address.id, write.id.text);
}

function configurationsOf(write: Write, privateOnly: boolean): JsonObject[] {
  const items = asObjects(asObject(write.body.properties).ipConfigurations);
  if (items.length !== 1) {
    refuse(
      "BastionHostIpConfigurationRequired",
      `Bastion host ${write.id.text} has ${items.length} IP configurations; it needs one.`,
    );
  }
  return items.map((item) => {
    const name = asText(item.name) ?? "";
    const subnet = referenced(write, item, "properties.subnet", networkTypes.subnet);
    const address = referenced(
      write,
      item,
      "properties.publicIPAddress",
      networkTypes.publicAddress,
    );
    if (subnet === undefined)
      return refuse(
        "InvalidRequestFormat",
        `IP configuration ${name} of ${write.id.text} has no subnet.`,
      );
    checkSubnet(write, subnet);
    if (privateOnly !== (address === undefined)) {
      // https://learn.microsoft.com/azure/bastion/private-only-deployment
      refuse(
        privateOnly ? "PublicIpNotAllowedForPrivateOnlyBastion" : "BastionHostPublicIpRequired",
        `Bastion host ${write.id.text} ${privateOnly ? "is private-only and takes no" : "needs a"} public IP address.`,
      );
    }
    if (address !== undefined) checkAddress(write, address);
    return {
      name,
      id: `${write.id.text}/bastionHostIpConfigurations/${name}`,
      type: "Microsoft.Network/bastionHosts/bastionHostIpConfigurations",
      properties: compact({
        provisioningState: "Succeeded",
        privateIPAllocationMethod: asObject(item.properties).privateIPAllocationMethod ?? "Dynamic",
        subnet: referenceTo(subnet),
        publicIPAddress: referenceTo(address),
      }),
    };
  });
}

/** What makes a host another one: subnet, address, network, zones, and whether it is private only. */
function identityOf(body: JsonObject): JsonObject {
  const configurations = objectsAt(body, "properties.ipConfigurations").map((item) => ({
    subnet: keyOf(textAt(item, "properties.subnet.id") ?? ""),
    "public IP address": keyOf(textAt(item, "properties.publicIPAddress.id") ?? ""),
  }));
  return {
    ...configurations[0],
    "virtual network": keyOf(textAt(body, "properties.virtualNetwork.id") ?? ""),
    zones: asTexts(body.zones),
    enablePrivateOnlyBastion: at(body, "properties.enablePrivateOnlyBastion") === true,
  };
}

/**
 * Code: hashicorp/terraform-provider-azurerm#22122 (downgrade, subnet, address). Zones and private-only:
 * https://learn.microsoft.com/azure/bastion/private-only-deployment and
 * https://learn.microsoft.com/azure/reliability/reliability-bastion.
 */
function checkUpdate(before: JsonObject, after: JsonObject, name: string): void {
  const [old, next] = [skuOf(before), skuOf(after)];
  const unsupported = (what: string): never =>
    refuse(
      "BastionUpdateNotSupported",
      `Update of Azure Bastion ${name} is not supported: ${what}. Delete it and create it anew.`,
    );
  if (!isAtLeast(next, old)) unsupported(`its sku cannot go down from ${old} to ${next}`);
  if (old === "Developer" && next !== "Developer") return;
  const [was, is] = [identityOf(before), identityOf(after)];
  for (const key of Object.keys({ ...was, ...is })) {
    if (canonical(was[key]) !== canonical(is[key])) unsupported(`its ${key} cannot be changed`);
  }
}

function put(write: Write): { body: JsonObject } {
  const { body, id, existing } = write;
  checkName(id.name);
  const properties = asObject(body.properties);
  const sku = skuOf(body);
  const dnsName = asText(properties.dnsName);
  if (dnsName !== undefined && dnsName !== textAt(existing?.body, "properties.dnsName")) {
    // pulumi/pulumi-azure-native#1064
    refuse("InvalidRequestFormat", "Cannot parse the request.");
  }
  checkFeatures(properties, sku);
  checkTogether(properties);
  const zones = asTexts(body.zones);
  const network = referenced(write, body, "properties.virtualNetwork", networkTypes.virtualNetwork);
  if (sku === "Developer" && network === undefined) {
    // pulumi/pulumi-azure-native#4000
    refuse(
      "BastionHostVnetIdNotProvided",
      `Bastion host ${id.text} of sku Developer needs properties.virtualNetwork.id.`,
    );
  }
  const configurations =
    sku === "Developer"
      ? []
      : configurationsOf(write, properties.enablePrivateOnlyBastion === true);
  const switches = Object.fromEntries(
    Object.keys(smallestSku).map((key) => [key, properties[key] === true]),
  );
  const after: JsonObject = compact({
    location: body.location,
    tags: body.tags,
    zones: zones.length > 0 ? zones : undefined,
    sku: { name: sku },
    properties: compact({
      dnsName: `bst-${guidOf(`bastion/${id.key}`)}.bastion.azure.com`,
      scaleUnits: sku === "Developer" ? undefined : (properties.scaleUnits ?? scaleUnits.smallest),
      virtualNetwork: sku === "Developer" ? referenceTo(network) : undefined,
      networkAcls: properties.networkAcls,
      ipConfigurations: configurations,
      ...switches,
    }),
  });
  if (existing !== undefined) checkUpdate(existing.body, after, id.name);
  return { body: after };
}

/** https://learn.microsoft.com/rest/api/virtualnetwork/bastion-hosts */
export const bastionHost: ResourceType = {
  type: networkTypes.bastionHost,
  apiVersions: networkVersions,
  placement: "resourceGroup",
  located: true,
  longRunning: { put: "bastionPut", delete: "bastionDelete" },
  etag: true,
  put,
  read({ resource }) {
    const etag = resource.body.etag;
    const properties = asObject(resource.body.properties);
    const ipConfigurations = objectsAt(properties, "ipConfigurations").map((item) =>
      compact({ ...item, etag }),
    );
    return { ...resource.body, properties: { ...properties, ipConfigurations } };
  },
};
