import * as compute from "@pulumi/azure-native/compute";
import * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import { discardedKeyPair, generatedPassword, LOCAL_ACCOUNT } from "./local-credential";
import { LOCAL_CREDENTIAL_TAG, localCredentialText } from "./model/local-credential-tag";
import type { OperatingSystem } from "./model/operating-system";
import { resourceName } from "./model/resource-names";
import { signInPort, waysRound } from "./model/spoke";
import { DEFAULT_IMAGES, type VmImage } from "./model/vm-image";
import type { VirtualMachineArgs } from "./virtual-machine-args";

/** A VM that stands in a spoke. */
export interface SpokeMachine {
  readonly virtualMachine: compute.VirtualMachine;
  readonly networkInterface: network.NetworkInterface;
  readonly os: OperatingSystem;
  /** What it was made from, to judge sign-in. */
  readonly image: VmImage;
  /** Resource name; on Windows the computer name as well. */
  readonly vmName: string;
  readonly vmId: pulumi.Output<string>;
  /** Port on which Bastion signs in. */
  readonly signInPort: number;
  /** Ways in past Entra ID and PIM that the caller chose. */
  readonly waysRound: readonly string[];
}

/** Where a VM is put. */
export interface MachinePlace {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly location: string;
  readonly subnetId: pulumi.Output<string>;
  readonly tags: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
}

/**
 * What Azure refuses to change on an existing VM (PropertyChangeNotAllowed), or only on a stopped one.
 * Sources: github.com/pulumi/pulumi-azure-native/issues/577, 1117; Azure/bicep-types-az/issues/2311;
 * https://learn.microsoft.com/azure/virtual-machines/disks-enable-host-based-encryption-portal; for the
 * disk's type and size github.com/hashicorp/terraform-provider-azurerm/issues/921 and
 * github.com/kubernetes/kubernetes/issues/96706
 */
const IMMUTABLE = [
  "osProfile.computerName",
  "osProfile.adminUsername",
  "osProfile.linuxConfiguration.disablePasswordAuthentication",
  "storageProfile.imageReference",
  "storageProfile.osDisk.managedDisk.storageAccountType",
  "storageProfile.osDisk.diskSizeGB",
  "securityProfile.encryptionAtHost",
  "networkProfile",
  "zones",
];

/** Logical name of a spoke's VM. It is state: changing it replaces the VM. */
export function virtualMachineLogicalName(spoke: string, key: string): string {
  return `${spoke}-${key}-vm`;
}

/** Makes the NIC and the VM. `name` is the prefix of their logical names. */
export function spokeMachine(
  name: string,
  key: string,
  vmName: string,
  args: VirtualMachineArgs,
  place: MachinePlace,
  parent: pulumi.ComponentResource,
): SpokeMachine {
  const { os, localCredential } = args;
  const image = args.image ?? DEFAULT_IMAGES[os];
  const { resourceGroupName, location } = place;
  const held = localCredentialText(localCredential);
  const tags = pulumi.output(place.tags).apply((shared) => ({ ...shared, ...args.tags }));
  const vmTags =
    held === undefined ? tags : tags.apply((all) => ({ ...all, [LOCAL_CREDENTIAL_TAG]: held }));

  const networkInterface = new network.NetworkInterface(
    `${name}-${key}-nic`,
    {
      resourceGroupName,
      networkInterfaceName: resourceName("networkInterface", vmName),
      location,
      // No public address, here or anywhere: Bastion is the way in.
      ipConfigurations: [
        {
          name: "ip",
          subnet: { id: place.subnetId },
          privateIPAllocationMethod: "Dynamic",
          primary: true,
        },
      ],
      tags,
    },
    { parent, replaceOnChanges: ["ipConfigurations"], deleteBeforeReplace: true },
  );

  const virtualMachine = new compute.VirtualMachine(
    virtualMachineLogicalName(name, key),
    {
      resourceGroupName,
      vmName,
      location,
      // The login extension signs in with it; a user-assigned identity does not do.
      identity: { type: "SystemAssigned" },
      hardwareProfile: { vmSize: args.size ?? "Standard_D2s_v5" },
      osProfile: osProfile(vmName, args),
      securityProfile: {
        securityType: "TrustedLaunch",
        uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
        // Left out rather than false: Azure refuses both where the feature is not registered.
        encryptionAtHost: (args.encryptionAtHost ?? true) ? true : undefined,
      },
      storageProfile: {
        imageReference: "id" in image ? { id: image.id } : { version: "latest", ...image },
        osDisk: {
          createOption: "FromImage",
          deleteOption: "Delete",
          caching: "ReadWrite",
          diskSizeGB: args.osDisk?.sizeGb,
          managedDisk: { storageAccountType: args.osDisk?.storageAccountType ?? "Premium_LRS" },
        },
      },
      networkProfile: {
        // Detach: the NIC is its own resource here, and Azure must not delete it behind the state.
        networkInterfaces: [{ id: networkInterface.id, primary: true, deleteOption: "Detach" }],
      },
      diagnosticsProfile: { bootDiagnostics: { enabled: true } },
      zones: args.zone === undefined ? undefined : [args.zone],
      tags: vmTags,
    },
    {
      parent,
      // A generated credential is another one at each run; the first stays. A caller's own is replaced
      // with the VM, because Azure changes neither on an existing one.
      ignoreChanges:
        held !== undefined
          ? []
          : os === "windows"
            ? ["osProfile.adminPassword"]
            : ["osProfile.linuxConfiguration.ssh"],
      replaceOnChanges: [
        ...IMMUTABLE,
        ...(held === undefined
          ? // A credential that is withdrawn would stay on the VM: the generated one is ignored, and only
            // the tag that goes tells that there was another.
            [`tags["${LOCAL_CREDENTIAL_TAG}"]`]
          : ["osProfile.adminPassword", "osProfile.linuxConfiguration.ssh"]),
      ],
      deleteBeforeReplace: true,
    },
  );

  return {
    virtualMachine,
    networkInterface,
    os,
    image,
    vmName,
    vmId: virtualMachine.id,
    signInPort: signInPort(args),
    waysRound: waysRound(key, args),
  };
}

function osProfile(
  computerName: string,
  { os, localCredential }: VirtualMachineArgs,
): compute.VirtualMachineArgs["osProfile"] {
  const common = {
    computerName,
    adminUsername: LOCAL_ACCOUNT,
    allowExtensionOperations: true,
  };
  if (os === "windows") {
    return {
      ...common,
      adminPassword: pulumi.secret(localCredential?.password ?? generatedPassword()),
      windowsConfiguration: { provisionVMAgent: true, enableAutomaticUpdates: true },
    };
  }
  return {
    ...common,
    linuxConfiguration: {
      disablePasswordAuthentication: true,
      provisionVMAgent: true,
      ssh: {
        publicKeys: [
          {
            path: `/home/${LOCAL_ACCOUNT}/.ssh/authorized_keys`,
            keyData: localCredential?.sshPublicKey ?? discardedKeyPair(),
          },
        ],
      },
    },
  };
}
