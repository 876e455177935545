import { deleteGraphObject, graphObjectBy, graphObjects, putGraphObject } from "../graph/objects";
import { guidOf } from "../guid";
import { asText, asTexts } from "../json";
import type { Store } from "../store";
import type { Device, TenantDirectory } from "../tenant-directory";
import type { Tenant } from "./tenant";

const azureResourceId = "[AzureResourceId]:";

/**
 * The tenant as Resource Manager's side of the simulation sees it: subscriptions and their features from the tenant
 * file, devices and managed identities in the store, where Graph finds them.
 *
 * A device carries the VM it is, as Entra ID stamps it (`physicalIds`, MicrosoftDocs/azure-docs#58290). When the VM is
 * deleted Entra ID keeps the device until somebody removes it (Azure/AVDSessionHostReplacer#9, srozemuller/AzAvd#126),
 * and a new VM of that name cannot join
 * (https://learn.microsoft.com/entra/identity/devices/howto-vm-sign-in-azure-ad-windows, "device name already
 * exists"). `staleDevices: "kept"` plays that; the default plays a tenant whose owner cleans up at once, so that what a
 * program made and destroyed leaves nothing.
 */
export function openTenantDirectory(tenant: Tenant, store: Store): TenantDirectory {
  const subscriptions = new Map(
    tenant.subscriptions.map((item) => [item.subscriptionId.toLowerCase(), item]),
  );
  return {
    tenantId: tenant.tenantId,
    hasSubscription: (id) => subscriptions.has(id.toLowerCase()),
    hasFeature: (id, feature) =>
      subscriptions
        .get(id.toLowerCase())
        ?.registeredFeatures.some((known) => known.toLowerCase() === feature.toLowerCase()) ===
      true,
    findDevice(displayName) {
      const found = graphObjectBy(store, "devices", "displayName", displayName);
      if (found === undefined) return undefined;
      const stamp = asTexts(found.body.physicalIds).find((id) => id.startsWith(azureResourceId));
      return {
        displayName: asText(found.body.displayName) ?? "",
        resourceId: stamp?.slice(azureResourceId.length),
      };
    },
    addDevice(device: Device) {
      const id = guidOf(
        `${tenant.tenantId}/devices/${device.displayName}/${device.resourceId ?? ""}`,
      );
      putGraphObject(store, "devices", id, {
        deviceId: guidOf(`${id}/deviceId`),
        displayName: device.displayName,
        operatingSystem: "Windows",
        trustType: "AzureAd",
        accountEnabled: true,
        physicalIds:
          device.resourceId === undefined ? [] : [`${azureResourceId}${device.resourceId}`],
      });
    },
    removeDevice(displayName) {
      if (tenant.staleDevices === "kept") return;
      const found = graphObjectBy(store, "devices", "displayName", displayName);
      if (found !== undefined) deleteGraphObject(store, "devices", found.name);
    },
    addManagedIdentity({ principalId, displayName, resourceId }) {
      putGraphObject(store, "servicePrincipals", principalId.toLowerCase(), {
        appId: guidOf(`${principalId}/appId`),
        displayName,
        servicePrincipalType: "ManagedIdentity",
        accountEnabled: true,
        alternativeNames: ["isExplicit=False", resourceId],
      });
    },
    removeManagedIdentity(principalId) {
      const found = graphObjects(store, "servicePrincipals").find(
        (object) => object.name.toLowerCase() === principalId.toLowerCase(),
      );
      if (found !== undefined) deleteGraphObject(store, "servicePrincipals", found.name);
    },
  };
}
