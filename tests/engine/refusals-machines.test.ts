import type * as compute from "@pulumi/azure-native/compute";
import type { Engine } from "../support/engine";
import { idOf, machine, nic, type Place, subnet, vnet, windowsLogin } from "../support/plain-azure";
import { testRefusals } from "../support/refusals";

interface Differences extends Partial<compute.VirtualMachineArgs> {
  readonly computerName?: string;
  readonly adminPassword?: string;
  readonly image?: string;
  readonly osDisk?: { readonly diskSizeGB?: number; readonly storageAccountType?: string };
  /** Whether the subnet has Azure's default way out. @default `true` */
  readonly outbound?: boolean;
}

/** A Windows machine alone in its network; its name is that of the place, which no other machine has. */
function vm(at: Place, differences: Differences = {}): compute.VirtualMachine {
  const { computerName, adminPassword, image, osDisk, outbound = true, ...more } = differences;
  const inside = subnet(at, vnet(at, "10.0.0.0/24"), "vms", "10.0.0.0/26", {
    defaultOutboundAccess: outbound,
  });
  return machine(at, "vm", nic(at, "nic", inside.id).id, {
    osProfile: {
      computerName: computerName ?? `host-${at.name}`,
      adminUsername: "localadmin",
      adminPassword: adminPassword ?? "Plain-Program-1!",
    },
    storageProfile: {
      imageReference: {
        publisher: "MicrosoftWindowsServer",
        offer: "WindowsServer",
        sku: image ?? "2022-datacenter-azure-edition",
        version: "latest",
      },
      osDisk: {
        createOption: "FromImage",
        diskSizeGB: osDisk?.diskSizeGB,
        managedDisk: { storageAccountType: osDisk?.storageAccountType ?? "Premium_LRS" },
      },
    },
    ...more,
  });
}

const changed = (
  of: string,
  says: RegExp,
  differences: Differences,
  code = "PropertyChangeNotAllowed",
) => ({
  code,
  of,
  says,
  before: (at: Place) => void vm(at),
  after: (at: Place) => void vm(at, differences),
  refused: "vm",
});

testRefusals("simulated machines, asked for by a plain program,", [
  changed("another password", /'adminPassword' is not allowed/, {
    adminPassword: "Plain-Program-2!",
  }),
  changed("another image", /'imageReference.sku' is not allowed/, {
    image: "2025-datacenter-azure-edition",
  }),
  changed("another computer name", /'osProfile.computerName' is not allowed/, {
    computerName: "elsewhere",
  }),
  changed("another zone", /'zones' is not allowed/, { zones: ["1"] }),
  changed(
    "another type of the system disk",
    /storage account type change through Virtual Machine 'vm' is not allowed/,
    { osDisk: { storageAccountType: "StandardSSD_LRS" } },
    "OperationNotAllowed",
  ),
  changed(
    "a larger system disk while it runs",
    /while it is attached to running VM/,
    { osDisk: { diskSizeGB: 256 } },
    "OperationNotAllowed",
  ),
  {
    code: "NicInUse",
    of: "the deletion of an interface that a machine uses",
    says: /Network Interface \S+\/nic is used by existing resource \S+\/vm/,
    before: (at) => void vm(at),
    after: (at) => {
      subnet(at, vnet(at, "10.0.0.0/24"), "vms", "10.0.0.0/26", { defaultOutboundAccess: true });
      // A literal id, so that the engine deletes what is still in use.
      machine(at, "vm", idOf(at, "Microsoft.Network/networkInterfaces/nic"), {
        osProfile: {
          computerName: `host-${at.name}`,
          adminUsername: "localadmin",
          adminPassword: "Plain-Program-1!",
        },
      });
    },
    refused: "nic",
  },
  {
    code: "VMExtensionProvisioningError",
    of: "the login extension of a machine without a system identity (1007)",
    says: /terminal error code '1007'.*-2145648574/,
    after: (at) => {
      windowsLogin(at, "login", vm(at, { identity: { type: "None" } }).name);
    },
    refused: "login",
  },
  {
    code: "VMExtensionProvisioningError",
    of: "the login extension of a machine without a way out",
    says: /-2145648607.*cannot be reached/,
    after: (at) => {
      windowsLogin(at, "login", vm(at, { outbound: false }).name);
    },
    refused: "login",
  },
  {
    code: "VMExtensionProvisioningError",
    of: "a device name that the tenant has already",
    says: /error_hostname_duplicate.*the tenant has a device 'twin'/,
    before: (at) => {
      windowsLogin(at, "login", vm(at, { computerName: "twin" }).name);
    },
    after: (at) => {
      windowsLogin(at, "login", vm(at, { computerName: "twin" }).name);
      const second = machine(
        at,
        "second",
        nic(at, "another", idOf(at, "Microsoft.Network/virtualNetworks/vnet/subnets/vms")).id,
        {
          osProfile: {
            computerName: "twin",
            adminUsername: "localadmin",
            adminPassword: "Plain-Program-1!",
          },
        },
      );
      windowsLogin(at, "again", second.name);
    },
    refused: "again",
  },
]);

/** Stops every machine behind the program's back, and asks until it is done. */
async function stop({ sandbox: { azure } }: Engine): Promise<void> {
  const machines = azure.store.ofType("Microsoft.Compute/virtualMachines");
  for (const { id } of machines) {
    const begun = await fetch(`${azure.url}${id}/powerOff?api-version=2024-11-01`, {
      method: "POST",
    });
    await fetch(begun.headers.get("azure-asyncoperation") ?? "");
  }
}

testRefusals(
  "simulated machines that were stopped, asked by a plain program,",
  [
    {
      code: "OperationNotAllowed",
      of: "the deletion of an extension",
      says: /Cannot modify extensions in the VM when the VM is not running/,
      before: (at) => {
        windowsLogin(at, "login", vm(at).name);
      },
      after: (at) => void vm(at),
      refused: "login",
    },
  ],
  { between: stop },
);

testRefusals(
  "simulated machines whose operations take time, asked by a plain program,",
  [
    {
      code: "Conflict",
      of: "a second extension operation on one machine",
      says: /conflict with a concurrent request/,
      before: (at) => void vm(at),
      after: (at) => {
        const { name } = vm(at);
        windowsLogin(at, "login", name);
        windowsLogin(at, "other", name, {
          publisher: "Microsoft.Azure.Monitor",
          type: "AzureMonitorWindowsAgent",
          typeHandlerVersion: "1.0",
        });
      },
      refused: ["login", "other"],
    },
  ],
  { engine: { timeScale: 200 } },
);
