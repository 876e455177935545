import * as compute from "@pulumi/azure-native/compute";
import * as pulumi from "@pulumi/pulumi";
import { componentOptions } from "./component-options";
import { InvalidArgsError } from "./invalid-args-error";
import type { Egress } from "./model/egress";
import { checkLogin, LOGIN_EXTENSIONS } from "./model/login-extension";
import type { OperatingSystem } from "./model/operating-system";
import { DEFAULT_IMAGES, type VmImage } from "./model/vm-image";

/** Arguments of `EntraLoginExtension`. */
export interface EntraLoginExtensionArgs {
  /** The VM. Its extension goes with it, in one operation. */
  virtualMachine: compute.VirtualMachine;
  /** Resource group of the VM. */
  resourceGroupName: pulumi.Input<string>;
  /** Azure region of the VM. */
  location: string;
  /** Decides which extension it is. */
  os: OperatingSystem;
  /** What runs on the VM, to judge whether Entra ID can sign in there. @default the image of `os` */
  image?: VmImage;
  /**
   * Whether the VM has a system-assigned identity, with which the extension signs in; a user-assigned
   * one does not do. @default `true`, as `SpokeWorkload` makes it
   */
  systemIdentity?: boolean;
  /** How the VM reaches 443 outside. @default `natGateway` */
  egress?: Egress["kind"];
  /**
   * Extensions of the same VM that come before. Azure runs one extension operation per VM and refuses
   * a second, so extensions form a chain. @default none
   */
  after?: compute.VirtualMachineExtension[];
  /** Tags of the extension. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * Entra ID sign-in on a VM: the extension that lets holders of the login roles in, and nobody else.
 * Throws when a prerequisite is missing that Azure would report only at the end of an installation.
 */
export class EntraLoginExtension extends pulumi.ComponentResource {
  public readonly extension: compute.VirtualMachineExtension;

  public constructor(
    name: string,
    args: EntraLoginExtensionArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const { os, image = DEFAULT_IMAGES[os], systemIdentity = true, egress = "natGateway" } = args;
    InvalidArgsError.throwIfAny(
      `EntraLoginExtension "${name}"`,
      checkLogin({ os, image, systemIdentity, egress }),
    );
    super("secure-jump-access:index:EntraLoginExtension", name, {}, componentOptions(opts));
    const { name: extensionName, publisher, type, typeHandlerVersion } = LOGIN_EXTENSIONS[os];

    this.extension = new compute.VirtualMachineExtension(
      `${name}-extension`,
      {
        resourceGroupName: args.resourceGroupName,
        // The VM's own output, not its name: a replaced VM then takes the extension with it.
        vmName: args.virtualMachine.name,
        vmExtensionName: extensionName,
        location: args.location,
        publisher,
        type,
        typeHandlerVersion,
        autoUpgradeMinorVersion: true,
        tags: args.tags,
      },
      {
        parent: this,
        dependsOn: args.after ?? [],
        // Azure refuses to delete an extension of a stopped VM; with the VM it goes by itself.
        deletedWith: args.virtualMachine,
        replaceOnChanges: ["publisher", "type"],
        deleteBeforeReplace: true,
      },
    );
    this.registerOutputs({ extensionId: this.extension.id });
  }
}
