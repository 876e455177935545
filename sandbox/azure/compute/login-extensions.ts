import { asObject, asText, at, textAt } from "../json";
import { AzureRefusal } from "../refusal";
import type { Held } from "../resource-type";
import type { StoredResource } from "../store";
import { egressOf } from "./egress";
import { takesWindowsLogin } from "./images";

const publisher = "Microsoft.Azure.ActiveDirectory";

/**
 * How the installation of a login extension ends, as its handler reports it. Exit codes and their meaning:
 * https://learn.microsoft.com/entra/identity/devices/howto-vm-sign-in-azure-ad-windows (1007 with -2145648574,
 * -2145648607, 51, duplicate host name) and .../howto-vm-sign-in-azure-ad-linux (22, 23); the text around them:
 * MicrosoftDocs/azure-docs#23916 (terminal error code 1007, exit code 20 without a way to packages.microsoft.com).
 * @throws AzureRefusal VMExtensionHandlerNonTransientError, VMExtensionProvisioningError
 */
export function finishLoginExtension(held: Held, machine: StoredResource): void {
  if (textAt(held.resource.body, "properties.publisher") !== publisher) return;
  const type = textAt(held.resource.body, "properties.type");
  if (type === "AADSSHLoginForLinux") finishLinux(held, machine);
  if (type === "AADLoginForWindows") finishWindows(held, machine);
}

function hasSystemIdentity(machine: StoredResource): boolean {
  return asText(at(machine.body, "identity.type"))?.includes("SystemAssigned") === true;
}

function nonTransient(extension: StoredResource, type: string, message: string): AzureRefusal {
  return new AzureRefusal(
    409,
    "VMExtensionHandlerNonTransientError",
    `The handler for VM extension type '${publisher}.${type}' has reported terminal failure for VM extension '${extension.name}' with error message: '${message}'.`,
  );
}

function finishLinux(held: Held, machine: StoredResource): void {
  const type = "AADSSHLoginForLinux";
  if (!hasSystemIdentity(machine)) {
    throw nonTransient(
      held.resource,
      type,
      "[ExtensionOperationError] Non-zero exit code: 22, the virtual machine has no system-assigned managed identity",
    );
  }
  const egress = egressOf(held.simulation, machine);
  if (egress.open) return;
  throw nonTransient(
    held.resource,
    type,
    `[ExtensionOperationError] Non-zero exit code: 20, failed to connect to packages.microsoft.com:443, connection timed out (${egress.reason})`,
  );
}

function joinFailed(extension: StoredResource, message: string): AzureRefusal {
  return new AzureRefusal(
    409,
    "VMExtensionProvisioningError",
    `VM has reported a failure when processing extension '${extension.name}' (publisher '${publisher}' and type 'AADLoginForWindows'). Error message: '${message}'.`,
  );
}

function finishWindows(held: Held, machine: StoredResource): void {
  const { simulation, resource } = held;
  const image = asObject(at(machine.body, "properties.storageProfile.imageReference"));
  if (!takesWindowsLogin(image)) {
    throw joinFailed(
      resource,
      "AADLoginForWindows has exited with Exit code: 51, this extension is not supported on this operating system",
    );
  }
  if (!hasSystemIdentity(machine)) {
    throw joinFailed(
      resource,
      "terminal error code '1007': AAD Join failed with status code: -2145648574 (DSREG_E_MSI_TENANTID_UNAVAILABLE), the VM has no system-assigned managed identity",
    );
  }
  const egress = egressOf(simulation, machine);
  if (!egress.open) {
    throw joinFailed(
      resource,
      `AAD Join failed with status code: -2145648607 (DSREG_AUTOJOIN_DISC_FAILED), https://enterpriseregistration.windows.net cannot be reached (${egress.reason})`,
    );
  }
  join(held, machine);
}

/** The VM becomes a device of the tenant under its computer name, which must be free. */
function join({ simulation, resource }: Held, machine: StoredResource): void {
  const { tenant, store } = simulation;
  const name = textAt(machine.body, "properties.osProfile.computerName") ?? machine.name;
  if (asText(machine.hidden?.device) === name) return;
  if (tenant.findDevice(name) !== undefined) {
    throw joinFailed(
      resource,
      `AAD Join failed: error_hostname_duplicate, another object with the same value for property hostnames already exists; the tenant has a device '${name}'`,
    );
  }
  tenant.addDevice({ displayName: name, resourceId: machine.id });
  store.put({ ...machine, hidden: { ...machine.hidden, device: name } });
}
