import type { JsonObject, JsonValue } from "../json";
import { asText, at, canonical, objectsAt, textAt } from "../json";
import { AzureRefusal } from "../refusal";
import { keyOf, nameOf } from "../resource-id";

/**
 * Properties of a VM that Azure never changes in place.
 * Sources: pulumi/pulumi-azure-native#1117 (image), Azure/bicep-types-az#2311 (disablePasswordAuthentication),
 * Azure/azure-quickstart-templates#4121 (adminUsername), hashicorp/terraform#6528 (code, target and text for
 * adminPassword), Azure/azure-powershell#7621 (osDisk.createOption); the rest from general knowledge of the service.
 */
const fixed: readonly { readonly path: string; readonly target: string }[] = [
  { path: "properties.osProfile.computerName", target: "osProfile.computerName" },
  { path: "properties.osProfile.adminUsername", target: "adminUsername" },
  {
    path: "properties.osProfile.linuxConfiguration.disablePasswordAuthentication",
    target: "linuxConfiguration.disablePasswordAuthentication",
  },
  {
    path: "properties.osProfile.linuxConfiguration.ssh.publicKeys",
    target: "linuxConfiguration.ssh.publicKeys",
  },
  {
    path: "properties.storageProfile.imageReference.publisher",
    target: "imageReference.publisher",
  },
  { path: "properties.storageProfile.imageReference.offer", target: "imageReference.offer" },
  { path: "properties.storageProfile.imageReference.sku", target: "imageReference.sku" },
  { path: "properties.storageProfile.imageReference.version", target: "imageReference.version" },
  { path: "properties.storageProfile.imageReference.id", target: "imageReference.id" },
  { path: "properties.storageProfile.osDisk.createOption", target: "osDisk.createOption" },
  { path: "properties.storageProfile.osDisk.name", target: "osDisk.name" },
  { path: "properties.availabilitySet.id", target: "availabilitySet.id" },
  { path: "zones", target: "zones" },
  { path: "plan", target: "plan" },
];

/** Properties that change only while the VM is deallocated; texts in the manner of the service. */
const whileDeallocated: readonly { readonly path: string; readonly source: string }[] = [
  // https://learn.microsoft.com/azure/virtual-machines/disks-enable-host-based-encryption-portal
  {
    path: "properties.securityProfile.encryptionAtHost",
    source: "securityProfile.encryptionAtHost",
  },
  // https://learn.microsoft.com/azure/virtual-machines/trusted-launch-existing-vm
  { path: "properties.securityProfile.securityType", source: "securityProfile.securityType" },
];

/** @throws AzureRefusal 409 PropertyChangeNotAllowed */
export function propertyChangeNotAllowed(target: string): AzureRefusal {
  return new AzureRefusal(
    409,
    "PropertyChangeNotAllowed",
    `Changing property '${target}' is not allowed.`,
    [{ code: "PropertyChangeNotAllowed", message: `target: ${target}` }],
  );
}

/** Order of the zones and letters' case of identifiers do not count. */
function comparable(value: JsonValue | undefined): string {
  if (Array.isArray(value) && value.length === 0) return canonical(undefined);
  return canonical(typeof value === "string" ? value.toLowerCase() : value);
}

function interfacesOf(body: JsonObject): string {
  return objectsAt(body, "properties.networkProfile.networkInterfaces")
    .map((item) => keyOf(asText(item.id) ?? ""))
    .sort()
    .join(" ");
}

function notAllowed(message: string): AzureRefusal {
  return new AzureRefusal(409, "OperationNotAllowed", message);
}

/**
 * The system disk through its VM: its type never (hashicorp/terraform-provider-azurerm#921), a smaller size never
 * (MicrosoftDocs/azure-docs#57951), a larger one only while the VM is deallocated (kubernetes/kubernetes#96706).
 */
function checkSystemDisk(before: JsonObject, after: JsonObject, deallocated: boolean): void {
  const disk = "properties.storageProfile.osDisk";
  const id = textAt(before, `${disk}.managedDisk.id`) ?? "";
  const type = `${disk}.managedDisk.storageAccountType`;
  if (comparable(at(before, type)) !== comparable(at(after, type))) {
    throw notAllowed(
      `Managed disk storage account type change through Virtual Machine '${asText(before.name) ?? ""}' is not allowed. Please update disk resource at ${id}.`,
    );
  }
  const [old, size] = [before, after].map((body) => Number(at(body, `${disk}.diskSizeGB`)));
  if (old === size || old === undefined || size === undefined) return;
  if (size < old) {
    throw notAllowed(
      `The disk/snapshot resource with id ${id} cannot be resized down. Reducing disk/snapshot size is not supported in Azure to prevent data loss.`,
    );
  }
  if (deallocated) return;
  throw notAllowed(
    `Cannot resize disk ${nameOf(id)} while it is attached to running VM ${asText(before.id) ?? ""}. Resizing a disk of an Azure Virtual Machine requires the virtual machine to be deallocated. Please stop your VM and retry the operation.`,
  );
}

/**
 * Refuses a change that Azure refuses. `before` and `after` are whole bodies with Azure's defaults filled in.
 * @throws AzureRefusal 409 PropertyChangeNotAllowed, OperationNotAllowed
 */
export function checkMachineChanges(
  before: JsonObject,
  after: JsonObject,
  deallocated: boolean,
): void {
  for (const { path, target } of fixed) {
    if (comparable(at(before, path)) !== comparable(at(after, path)))
      throw propertyChangeNotAllowed(target);
  }
  checkSystemDisk(before, after, deallocated);
  if (deallocated) return;
  for (const { path, source } of whileDeallocated) {
    if (comparable(at(before, path)) === comparable(at(after, path))) continue;
    throw notAllowed(`The property '${source}' can be changed only while the VM is deallocated.`);
  }
  if (interfacesOf(before) !== interfacesOf(after)) {
    // https://learn.microsoft.com/azure/virtual-network/virtual-network-network-interface-vm
    throw notAllowed(
      "Network interfaces can be added to a VM or taken from it only while the VM is deallocated.",
    );
  }
}
