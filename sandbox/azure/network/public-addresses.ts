import { guidOf } from "../guid";
import type { JsonObject } from "../json";
import { asObject, asText, asTexts, at, canonical, compact, objectsAt, textAt } from "../json";
import { AzureRefusal } from "../refusal";
import { keyOf } from "../resource-id";
import type { Held, ResourceType, Write } from "../resource-type";
import type { Simulation } from "../simulation";
import { addressAt, parsePrefix } from "./address-prefix";
import { checkName } from "./names";
import { networkTypes, networkVersions } from "./versions";

/** What a public address is allocated to: an ip configuration, or a NAT gateway; undefined where it is free. */
export function holderOf(simulation: Simulation, addressId: string): string | undefined {
  const { store } = simulation;
  const wanted = keyOf(addressId);
  const lists = [
    { type: networkTypes.networkInterface, property: "ipConfigurations" },
    { type: networkTypes.bastionHost, property: "ipConfigurations" },
    { type: networkTypes.loadBalancer, property: "frontendIPConfigurations" },
  ];
  for (const { type, property } of lists) {
    for (const resource of store.ofType(type)) {
      const found = objectsAt(resource.body, `properties.${property}`).find(
        (item) => keyOf(textAt(item, "properties.publicIPAddress.id") ?? "") === wanted,
      );
      if (found !== undefined) return asText(found.id) ?? resource.id;
    }
  }
  return store
    .ofType(networkTypes.natGateway)
    .find((gateway) =>
      objectsAt(gateway.body, "properties.publicIpAddresses").some(
        (item) => keyOf(asText(item.id) ?? "") === wanted,
      ),
    )?.id;
}

/**
 * Refuses a public address that something else holds. Code from general knowledge, text in the form of the service's
 * other answers; no page found.
 */
export function checkFreeAddress(simulation: Simulation, addressId: string, user: string): void {
  const holder = holderOf(simulation, addressId);
  if (holder === undefined || keyOf(holder).startsWith(keyOf(user))) return;
  throw new AzureRefusal(
    400,
    "PublicIPAddressInUse",
    `Resource ${user} cannot use the public IP address ${addressId}: it is already allocated to resource ${holder}.`,
  );
}

/** TEST-NET-1 to -3 (RFC 5737): addresses that belong to nobody, so that none is mistaken for a real one. */
const pools = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"];

function addressOf(simulation: Simulation, id: string): string {
  const taken = new Set(
    simulation.store
      .ofType(networkTypes.publicAddress)
      .map((other) => textAt(other.body, "properties.ipAddress")),
  );
  const start = parseInt(guidOf(`publicIPAddress/${id}`).slice(0, 6), 16);
  for (let step = 0; step < 762; step += 1) {
    const slot = (start + step) % 762;
    const pool = parsePrefix(pools[Math.floor(slot / 254)] ?? "");
    if (pool === undefined) break;
    const address = addressAt(pool, 1 + (slot % 254));
    if (!taken.has(address)) return address;
  }
  throw new AzureRefusal(
    400,
    "PublicIPCountLimitReached",
    "The simulated Azure has 762 public addresses; all are in use.",
  );
}

const fixed = [
  // Azure/azure-cli#17975
  { path: "zones", code: "ResourceAvailabilityZonesCannotBeModified" },
  { path: "sku.name", code: "PublicIPAddressSkuCannotBeChanged" },
  { path: "properties.publicIPAddressVersion", code: "PublicIPAddressVersionCannotBeChanged" },
] as const;

function checkFixed(before: JsonObject, after: JsonObject, name: string): void {
  for (const { path, code } of fixed) {
    const [old, next] = [at(before, path), at(after, path)];
    if (canonical(old) === canonical(next)) continue;
    throw new AzureRefusal(
      400,
      code,
      `Public IP address ${name}: ${path} cannot be changed from ${JSON.stringify(old ?? null)} to ${JSON.stringify(next ?? null)}.`,
    );
  }
}

function put(write: Write): { body: JsonObject } {
  const { body, id, existing, simulation } = write;
  checkName(id.name);
  const properties = asObject(body.properties);
  const sku = asObject(body.sku);
  const skuName = asText(sku.name)?.toLowerCase() === "standard" ? "Standard" : "Basic";
  const method = asText(properties.publicIPAllocationMethod) ?? "Dynamic";
  if (skuName === "Standard" && method !== "Static") {
    // MicrosoftDocs/azure-docs#42889
    throw new AzureRefusal(
      400,
      "StandardSkuPublicIPAddressesMustBeStatic",
      `Standard sku publicIp ${id.text} must have AllocationMethod set to Static.`,
    );
  }
  const zones = asTexts(body.zones);
  if (skuName === "Basic" && zones.length > 0) {
    // Code and text from general knowledge, no page found.
    throw new AzureRefusal(
      400,
      "ZonesNotAllowedForBasicPublicIP",
      `Public IP address ${id.text} has sku Basic, which has no availability zones.`,
    );
  }
  const kept = textAt(existing?.body, "properties.ipAddress");
  const after: JsonObject = compact({
    location: body.location,
    tags: body.tags,
    zones: zones.length > 0 ? zones : undefined,
    sku: { name: skuName, tier: asText(sku.tier) ?? "Regional" },
    properties: compact({
      ...properties,
      resourceGuid: guidOf(`resourceGuid/${id.key}`),
      publicIPAddressVersion: properties.publicIPAddressVersion ?? "IPv4",
      publicIPAllocationMethod: method,
      idleTimeoutInMinutes: properties.idleTimeoutInMinutes ?? 4,
      ipTags: properties.ipTags ?? [],
      ddosSettings:
        skuName === "Standard"
          ? (properties.ddosSettings ?? { protectionMode: "VirtualNetworkInherited" })
          : properties.ddosSettings,
      ipAddress: method === "Static" ? (kept ?? addressOf(simulation, id.key)) : undefined,
      ipConfiguration: undefined,
      natGateway: undefined,
      provisioningState: undefined,
    }),
  });
  if (existing !== undefined) checkFixed(existing.body, after, id.name);
  return { body: after };
}

/** Code and text: oap-project/cloudtik#158. */
function checkDelete({ simulation, resource }: Held): void {
  const holder = holderOf(simulation, resource.id);
  if (holder === undefined) return;
  throw new AzureRefusal(
    400,
    "PublicIPAddressCannotBeDeleted",
    `Public IP address ${resource.id} can not be deleted since it is still allocated to resource ${holder}. In order to delete the public IP, disassociate/detach the Public IP address from the resource.  To learn how to do this, see aka.ms/deletepublicip.`,
  );
}

/** https://learn.microsoft.com/rest/api/virtualnetwork/public-ip-addresses */
export const publicAddress: ResourceType = {
  type: networkTypes.publicAddress,
  apiVersions: networkVersions,
  placement: "resourceGroup",
  located: true,
  longRunning: { put: "publicAddressPut", delete: "publicAddressDelete" },
  etag: true,
  put,
  checkDelete,
  read({ simulation, resource }) {
    const holder = holderOf(simulation, resource.id);
    if (holder === undefined) return resource.body;
    // turbot/steampipe-plugin-azure#828: an address of a NAT gateway has natGateway and no ipConfiguration.
    const isGateway = /\/natGateways\/[^/]+$/i.test(holder);
    const link = isGateway ? { natGateway: { id: holder } } : { ipConfiguration: { id: holder } };
    return { ...resource.body, properties: { ...asObject(resource.body.properties), ...link } };
  },
};
