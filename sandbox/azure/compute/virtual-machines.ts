import { guidOf } from "../guid";
import type { JsonObject } from "../json";
import { asObject, asObjects, asText, asTexts, at, compact, isObject, textAt } from "../json";
import { referenceTo, referenced } from "../network/references";
import { machineOf } from "../network/network-interfaces";
import { networkTypes } from "../network/versions";
import { AzureRefusal } from "../refusal";
import { removeResource } from "../removal";
import { keyOf } from "../resource-id";
import type { Held, ResourceType, Write, Written } from "../resource-type";
import { checkCredentials, passwordMark } from "./credentials";
import { attachDisk, diskIdOf, releaseDisk } from "./disks";
import { traitsOf } from "./images";
import { checkMachineChanges, propertyChangeNotAllowed } from "./machine-changes";
import { powerActions, powerOf } from "./power";
import { computeTypes, computeVersions } from "./versions";

function invalid(message: string, target: string): AzureRefusal {
  return new AzureRefusal(400, "InvalidParameter", message, [
    { code: "InvalidParameter", message: `target: ${target}` },
  ]);
}

/**
 * Text: Azure/bicep-registry-modules#2374 and Azure/azure-cli#16788. `false` is refused as well (same thread): without the
 * feature the property must be absent.
 */
function checkEncryption(write: Write): void {
  const asked = at(write.body, "properties.securityProfile.encryptionAtHost");
  const feature = "Microsoft.Compute/EncryptionAtHost";
  const { subscription } = write.id;
  if (asked === undefined || subscription === undefined) return;
  if (write.simulation.tenant.hasFeature(subscription, feature)) return;
  throw invalid(
    `The property 'securityProfile.encryptionAtHost' is not valid because the '${feature}' feature is not enabled for this subscription.`,
    "securityProfile.encryptionAtHost",
  );
}

/** https://learn.microsoft.com/azure/virtual-machines/trusted-launch: secure boot and vTPM belong to a security type */
function checkSecurityType(write: Write): void {
  const profile = asObject(asObject(write.body.properties).securityProfile);
  if (!isObject(profile.uefiSettings) || asText(profile.securityType) !== undefined) return;
  throw invalid(
    "Use of UEFI settings needs 'securityProfile.securityType' TrustedLaunch or ConfidentialVM.",
    "securityProfile.securityType",
  );
}

function interfacesOf(write: Write): JsonObject[] {
  const items = asObjects(at(write.body, "properties.networkProfile.networkInterfaces"));
  if (items.length === 0) {
    throw invalid(
      "Virtual machine must have one network interface at least.",
      "networkProfile.networkInterfaces",
    );
  }
  return items.map((item) => {
    const found = referenced(
      write,
      { networkInterface: item },
      "networkInterface",
      networkTypes.networkInterface,
    );
    const owner = found === undefined ? undefined : machineOf(write.simulation, found.id);
    if (found !== undefined && owner !== undefined && keyOf(owner.id) !== write.id.key) {
      throw new AzureRefusal(
        400,
        "NicInUse",
        `Network Interface ${found.id} is used by existing resource ${owner.id}. In order to use it, it must be dissociated from the resource.`,
      );
    }
    return { ...item, ...referenceTo(found) };
  });
}

/** The system's configuration with Azure's defaults. */
function osProfileOf(profile: JsonObject, windows: boolean): JsonObject {
  const linux = asObject(profile.linuxConfiguration);
  const win = asObject(profile.windowsConfiguration);
  return compact({
    ...profile,
    adminPassword: undefined,
    customData: undefined,
    secrets: profile.secrets ?? [],
    allowExtensionOperations: profile.allowExtensionOperations ?? true,
    requireGuestProvisionSignal: true,
    linuxConfiguration: windows
      ? undefined
      : {
          ...linux,
          disablePasswordAuthentication: linux.disablePasswordAuthentication ?? false,
          provisionVMAgent: linux.provisionVMAgent ?? true,
          patchSettings: {
            patchMode: "ImageDefault",
            assessmentMode: "ImageDefault",
            ...asObject(linux.patchSettings),
          },
        },
    windowsConfiguration: windows
      ? {
          ...win,
          provisionVMAgent: win.provisionVMAgent ?? true,
          enableAutomaticUpdates: win.enableAutomaticUpdates ?? true,
          patchSettings: {
            patchMode: "AutomaticByOS",
            assessmentMode: "ImageDefault",
            ...asObject(win.patchSettings),
          },
        }
      : undefined,
  });
}

function storageOf(write: Write, storage: JsonObject): JsonObject {
  const traits = traitsOf(storage);
  const image = asObject(storage.imageReference);
  const disk = asObject(storage.osDisk);
  const managed = asObject(disk.managedDisk);
  const before = asObject(at(write.existing?.body, "properties.storageProfile.osDisk"));
  const id = textAt(before, "managedDisk.id") ?? diskIdOf(write);
  const version = asText(image.version) ?? "latest";
  return compact({
    ...storage,
    imageReference: isObject(storage.imageReference)
      ? { ...image, exactVersion: version === "latest" ? "1.0.0" : version }
      : undefined,
    osDisk: {
      ...disk,
      name: asText(disk.name) ?? asText(before.name) ?? id.slice(id.lastIndexOf("/") + 1),
      osType: traits.osType,
      createOption: disk.createOption ?? "FromImage",
      caching: disk.caching ?? "ReadWrite",
      deleteOption: disk.deleteOption ?? "Detach",
      diskSizeGB: disk.diskSizeGB ?? before.diskSizeGB ?? traits.diskSizeGB,
      managedDisk: { storageAccountType: "Standard_LRS", ...managed, id },
    },
    dataDisks: storage.dataDisks ?? [],
  });
}

/** The identity with the principal that Entra ID gives it; undefined where the VM has none. */
function identityOf(write: Write): JsonObject | undefined {
  const identity = asObject(write.body.identity);
  const kind = asText(identity.type) ?? "None";
  if (kind === "None") return undefined;
  const assigned = Object.keys(asObject(identity.userAssignedIdentities));
  const users = Object.fromEntries(
    assigned.map((id) => [
      id,
      { principalId: guidOf(`principal/${id}`), clientId: guidOf(`client/${id}`) },
    ]),
  );
  return compact({
    type: kind,
    principalId: kind.includes("SystemAssigned") ? guidOf(`principal/${write.id.key}`) : undefined,
    tenantId: write.simulation.tenant.tenantId,
    userAssignedIdentities: assigned.length > 0 ? users : undefined,
  });
}

function put(write: Write): Written {
  const { body, id, existing, simulation } = write;
  const properties = asObject(body.properties);
  const storage = asObject(properties.storageProfile);
  const windows = traitsOf(storage).osType === "Windows";
  if (!/^[A-Za-z0-9]([\w.-]{0,62}[\w-])?$/.test(id.name)) {
    throw new AzureRefusal(
      400,
      "InvalidResourceName",
      `The name '${id.name}' is not valid for a virtual machine.`,
    );
  }
  if (textAt(properties, "hardwareProfile.vmSize") === undefined) {
    throw invalid(
      "Required parameter 'hardwareProfile.vmSize' is missing (null).",
      "hardwareProfile.vmSize",
    );
  }
  const interfaces = interfacesOf(write);
  checkEncryption(write);
  checkSecurityType(write);
  const profile = asObject(properties.osProfile);
  // An update may leave the password out: Azure keeps the one it has.
  const credentials = existing === undefined || "adminPassword" in profile ? profile : undefined;
  if (credentials !== undefined) checkCredentials(credentials, windows);
  const after: JsonObject = compact({
    location: body.location,
    tags: body.tags,
    zones: asTexts(body.zones).length > 0 ? body.zones : undefined,
    plan: body.plan,
    identity: identityOf(write),
    extendedLocation: body.extendedLocation,
    properties: compact({
      ...properties,
      osProfile: osProfileOf(profile, windows),
      storageProfile: storageOf(write, storage),
      networkProfile: { ...asObject(properties.networkProfile), networkInterfaces: interfaces },
      vmId: guidOf(`vmId/${id.key}`),
      timeCreated:
        textAt(existing?.body, "properties.timeCreated") ?? simulation.clock.now().toISOString(),
      instanceView: undefined,
      provisioningState: undefined,
    }),
  });
  const mark = passwordMark(profile, id.key);
  const hidden = existing?.hidden ?? {};
  if (existing !== undefined) {
    checkMachineChanges(existing.body, after, powerOf(existing) === "deallocated");
    if (mark !== undefined && hidden.password !== undefined && hidden.password !== mark) {
      throw propertyChangeNotAllowed("adminPassword");
    }
  }
  return {
    body: after,
    hidden: { ...hidden, power: hidden.power ?? "running", password: mark ?? hidden.password },
  };
}

function written({ simulation, resource }: Held): void {
  attachDisk(simulation, resource);
  const principalId = textAt(resource.body, "identity.principalId");
  const known = asText(resource.hidden?.principal);
  if (principalId === known) return;
  if (known !== undefined) simulation.tenant.removeManagedIdentity(known);
  if (principalId !== undefined) {
    simulation.tenant.addManagedIdentity({
      principalId,
      displayName: resource.name,
      resourceId: resource.id,
    });
  }
  simulation.store.put({ ...resource, hidden: { ...resource.hidden, principal: principalId } });
}

function deleted({ simulation, resource }: Held): void {
  const { store, tenant } = simulation;
  const principal = textAt(resource.body, "identity.principalId");
  if (principal !== undefined) tenant.removeManagedIdentity(principal);
  const device = asText(resource.hidden?.device);
  if (device !== undefined) tenant.removeDevice(device);
  releaseDisk(simulation, resource);
  for (const item of asObjects(at(resource.body, "properties.networkProfile.networkInterfaces"))) {
    const found = store.get(asText(item.id) ?? "");
    if (textAt(item, "properties.deleteOption") === "Delete" && found !== undefined)
      removeResource(simulation, found);
  }
}

/** Merges a PATCH: objects member by member, everything else replaced (RFC 7396). */
function merged(before: JsonObject, change: JsonObject): JsonObject {
  const result: JsonObject = { ...before };
  for (const [key, value] of Object.entries(change)) {
    const old = result[key];
    result[key] = isObject(value) && isObject(old) ? merged(old, value) : value;
  }
  return compact(result);
}

/** One operation at a time on a VM and its extensions; code and text from general knowledge of the service. */
export function concurrentRequest(): AzureRefusal {
  return new AzureRefusal(
    409,
    "Conflict",
    "The request failed due to conflict with a concurrent request. To resolve it, please refer to https://aka.ms/activitylog to get more details on the conflicting requests.",
  );
}

/** https://learn.microsoft.com/rest/api/compute/virtual-machines */
export const virtualMachine: ResourceType = {
  type: computeTypes.virtualMachine,
  apiVersions: computeVersions,
  placement: "resourceGroup",
  located: true,
  longRunning: {
    put: "virtualMachinePut",
    update: "virtualMachineUpdate",
    delete: "virtualMachineDelete",
  },
  put,
  patch: (write, request) => merged(write.existing?.body ?? {}, request),
  written,
  deleted,
  busy: concurrentRequest,
  actions: powerActions,
  read({ simulation, resource }) {
    const extensions = simulation.store.childrenOf(resource.id, computeTypes.extension);
    return extensions.length === 0
      ? resource.body
      : { ...resource.body, resources: extensions.map(({ body }) => body) };
  },
};
