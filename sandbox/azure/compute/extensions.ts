import type { JsonObject } from "../json";
import { asObject, asText, at, compact, textAt } from "../json";
import { AzureRefusal } from "../refusal";
import { keyOf } from "../resource-id";
import type { Held, ResourceType, Write, Written } from "../resource-type";
import type { StoredResource } from "../store";
import { finishLoginExtension } from "./login-extensions";
import { powerOf } from "./power";
import { computeTypes, computeVersions } from "./versions";
import { concurrentRequest } from "./virtual-machines";

/** Code and text: hashicorp/terraform-provider-azurerm#477 and redhat-developer/mapt#208. */
function checkRunning(machine: StoredResource): void {
  if (powerOf(machine) === "running") return;
  throw new AzureRefusal(
    409,
    "OperationNotAllowed",
    "Cannot modify extensions in the VM when the VM is not running.",
  );
}

/** Text from general knowledge of the service, no page found. */
function checkAllowed(machine: StoredResource): void {
  const profile = asObject(asObject(machine.body.properties).osProfile);
  const agent =
    at(profile, "linuxConfiguration.provisionVMAgent") ??
    at(profile, "windowsConfiguration.provisionVMAgent");
  if (profile.allowExtensionOperations !== false && agent !== false) return;
  throw new AzureRefusal(
    409,
    "OperationNotAllowed",
    "This operation cannot be performed when extension operations are disallowed. To allow, please ensure VM Agent is installed on the VM and the osProfile.allowExtensionOperations property is true.",
  );
}

/** Code and text: https://learn.microsoft.com/azure/virtual-machines/extensions, "MultipleExtensionsPerHandlerNotAllowed". */
function checkHandler(
  write: Write,
  machine: StoredResource,
  publisher: string,
  type: string,
): void {
  const handler = `${publisher}.${type}`.toLowerCase();
  const other = write.simulation.store
    .childrenOf(machine.id, computeTypes.extension)
    .find((found) => {
      const has = `${textAt(found.body, "properties.publisher") ?? ""}.${textAt(found.body, "properties.type") ?? ""}`;
      return has.toLowerCase() === handler && keyOf(found.id) !== write.id.key;
    });
  if (other === undefined) return;
  const system = textAt(machine.body, "properties.storageProfile.osDisk.osType") ?? "";
  throw new AzureRefusal(
    400,
    "BadRequest",
    `Multiple VMExtensions per handler not supported for OS type '${system}'. VMExtension '${write.id.name}' with handler '${publisher}.${type}' already added or specified in input.`,
  );
}

function required(properties: JsonObject, name: string): string {
  const text = asText(properties[name]);
  if (text !== undefined && text !== "") return text;
  throw new AzureRefusal(
    400,
    "InvalidParameter",
    `Required parameter '${name}' is missing (null).`,
  );
}

function put(write: Write): Written {
  const { body, parent, existing } = write;
  if (parent === undefined)
    throw new AzureRefusal(404, "ParentResourceNotFound", "The virtual machine does not exist.");
  const properties = asObject(body.properties);
  const publisher = required(properties, "publisher");
  const type = required(properties, "type");
  const version = required(properties, "typeHandlerVersion");
  checkRunning(parent);
  checkAllowed(parent);
  checkHandler(write, parent, publisher, type);
  if (existing !== undefined && textAt(existing.body, "properties.type") !== type) {
    // Code and text from general knowledge, no page found.
    throw new AzureRefusal(
      409,
      "PropertyChangeNotAllowed",
      "Changing property 'type' is not allowed.",
    );
  }
  return {
    body: compact({
      location: body.location,
      tags: body.tags,
      properties: compact({
        ...properties,
        publisher,
        type,
        typeHandlerVersion: version,
        autoUpgradeMinorVersion: properties.autoUpgradeMinorVersion ?? false,
        protectedSettings: undefined,
        instanceView: undefined,
        provisioningState: undefined,
      }),
    }),
  };
}

function machineOf({ simulation, resource }: Held): StoredResource | undefined {
  return simulation.store.get(resource.id.replace(/\/extensions\/[^/]+$/i, ""));
}

/** https://learn.microsoft.com/rest/api/compute/virtual-machine-extensions */
export const extension: ResourceType = {
  type: computeTypes.extension,
  apiVersions: computeVersions,
  placement: "resourceGroup",
  located: true,
  longRunning: { put: "extensionPut", delete: "extensionDelete" },
  // The VM's agent carries out one operation at a time: general knowledge of the service, no page found.
  holds: (id) => [id.key, id.parent?.key ?? id.key],
  busy: concurrentRequest,
  put,
  completed(held) {
    const machine = machineOf(held);
    if (machine !== undefined) finishLoginExtension(held, machine);
  },
  checkDelete(held) {
    const machine = machineOf(held);
    if (machine !== undefined) checkRunning(machine);
  },
};
