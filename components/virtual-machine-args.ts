import type * as pulumi from "@pulumi/pulumi";
import type { OperatingSystem } from "./model/operating-system";
import type { VmImage } from "./model/vm-image";

/** One VM of a spoke. */
export interface VirtualMachineArgs {
  /** Operating system; decides the sign-in port, the login extension and the connect command. */
  os: OperatingSystem;
  /**
   * VM size. Azure changes it with a restart. @default `Standard_D2s_v5`: two cores, eight GiB,
   * takes Trusted Launch and encryption at host
   */
  size?: string;
  /** Image. A change replaces the VM. @default Ubuntu Server 24.04 LTS, Windows Server 2022 */
  image?: VmImage;
  /** Availability zone, `"1"` to `"3"`. A change replaces the VM. @default none in particular */
  zone?: string;
  /**
   * Resource name, and on Windows the computer name too, at most 15 characters and unique in the
   * tenant. A change replaces the VM.
   * @default made from the environment's, the spoke's and the VM's name
   */
  name?: string;
  /** The system disk. */
  osDisk?: {
    /** @default `Premium_LRS`; Azure changes it on the disk only, so here a change replaces the VM */
    storageAccountType?: string;
    /** GiB. Azure grows the disk of a stopped VM only, so here a change replaces the VM. @default the image's */
    sizeGb?: number;
  };
  /**
   * Encrypt the VM's temporary disk and caches on the host. The subscription has to have registered
   * the feature Microsoft.Compute/EncryptionAtHost. `false` leaves the property out, because Azure
   * refuses even a `false` where the feature is missing. A change replaces the VM.
   * @default `true`
   */
  encryptionAtHost?: boolean;
  /**
   * Port of SSH or RDP inside the VM, where it is not the protocol's own. Only names the port: the
   * image has to listen there. Needs Bastion Standard or Premium. @default 22 or 3389
   */
  managementPort?: number;
  /**
   * A local credential that somebody holds: a second way in, past Entra ID, Conditional Access and
   * PIM. It is shown in the outputs (`waysRound`) and as a tag of the VM. Given, changed or withdrawn,
   * it replaces the VM. @default none
   */
  localCredential?: {
    /** Public SSH key in OpenSSH's form, for Linux. */
    sshPublicKey?: pulumi.Input<string>;
    /** Password of the local account, for Windows. Kept secret in the state. */
    password?: pulumi.Input<string>;
    /** Why somebody has to hold it. */
    reason: string;
  };
  /**
   * No login extension: nobody signs in with Entra ID. Needed for an image that takes none, or a
   * spoke without egress. @default the extension is installed
   */
  withoutEntraLogin?: {
    /** Why, for the reader of an audit. */
    reason: string;
  };
  /** Tags of the VM and its NIC, over those of the spoke. */
  tags?: Record<string, string>;
}
