import type { OperatingSystem } from "./operating-system";

/** What `az network bastion` needs to know of one VM and the host in front of it. */
export interface ConnectTarget<Text> {
  readonly os: OperatingSystem;
  /** Name of the Bastion host. */
  readonly hostName: Text;
  /** Resource group of the Bastion host, not of the VM. */
  readonly hostResourceGroupName: Text;
  /** Resource id of the VM. */
  readonly vmId: Text;
  /** Port of SSH or RDP on the VM where it is not the protocol's own. */
  readonly port?: number;
  /** Whether the host carries the native client: Standard or Premium, and not switched off. */
  readonly nativeClient: boolean;
}

/** How one VM is reached, as lines to paste into a shell. A form that would not work is absent. */
export interface ConnectCommands {
  /** SSH with the caller's Entra ID sign-in; from Windows, macOS or Linux. */
  readonly ssh?: string;
  /** RDP with the caller's Entra ID sign-in; from a Windows client only, the command refuses others. */
  readonly rdp?: string;
  /** A tunnel for SSH tools (scp, rsync). Linux only: a tunnel carries no Entra ID sign-in for RDP. */
  readonly tunnel?: string;
  /** The way in where the host has no native client: the VM's Bastion page in the portal. */
  readonly portal?: string;
  /** What the line needs from the machine it runs on. */
  readonly from: string;
}

/** The local end of the tunnel; any free port does. */
const TUNNEL_PORT = 50022;

/**
 * The commands that work for a VM's operating system behind this host.
 * Source: `az network bastion ssh|rdp|tunnel`, Azure CLI reference; the SKU and client rules on
 * https://learn.microsoft.com/azure/bastion/bastion-entra-id-authentication
 */
export function connectCommands(target: ConnectTarget<string>): ConnectCommands {
  if (!target.nativeClient) {
    return {
      portal: `https://portal.azure.com/#resource${target.vmId}/bastionHost`,
      from: "a browser; the host has no native client",
    };
  }
  const aim =
    `--name ${target.hostName} --resource-group ${target.hostResourceGroupName}` +
    ` --target-resource-id ${target.vmId}`;
  const port = target.port === undefined ? "" : ` --resource-port ${target.port}`;
  if (target.os === "windows") {
    return {
      rdp: `az network bastion rdp ${aim}${port} --enable-mfa`,
      from: "Windows 10 or later, Entra registered or joined; az 2.62 or later with its bastion extension",
    };
  }
  return {
    ssh: `az network bastion ssh ${aim}${port} --auth-type AAD`,
    tunnel: `az network bastion tunnel ${aim} --resource-port ${target.port ?? 22} --port ${TUNNEL_PORT}`,
    from: "Windows, macOS or Linux; az 2.62 or later with its bastion and ssh extensions",
  };
}
