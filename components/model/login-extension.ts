import { at, type Issue } from "./issue";
import type { Egress } from "./egress";
import type { OperatingSystem } from "./operating-system";
import { checkImage, type VmImage } from "./vm-image";

/** What Azure calls the extension that signs people in to a VM with Entra ID. */
export interface LoginExtensionDocument {
  readonly name: string;
  readonly publisher: string;
  readonly type: string;
  readonly typeHandlerVersion: string;
}

/**
 * Sources: https://learn.microsoft.com/entra/identity/devices/howto-vm-sign-in-azure-ad-windows (2025-12-01)
 * and ...-linux (2025-03-07). The Windows page's sample says 1.0 and Azure Verified Modules 2.0, the
 * current major version; minor versions follow by themselves. No settings: `mdmId` would enrol the VM
 * in Intune, which Windows Server does not support.
 */
export const LOGIN_EXTENSIONS: Readonly<Record<OperatingSystem, LoginExtensionDocument>> = {
  linux: {
    name: "AADSSHLoginForLinux",
    publisher: "Microsoft.Azure.ActiveDirectory",
    type: "AADSSHLoginForLinux",
    typeHandlerVersion: "1.0",
  },
  windows: {
    name: "AADLoginForWindows",
    publisher: "Microsoft.Azure.ActiveDirectory",
    type: "AADLoginForWindows",
    typeHandlerVersion: "2.0",
  },
};

/** What has to be true of a VM before the extension can work. */
export interface LoginPrerequisites {
  readonly os: OperatingSystem;
  readonly image: VmImage;
  /** Whether the VM has a system-assigned identity: the extension signs in with it (else 1007, exit 22). */
  readonly systemIdentity: boolean;
  readonly egress: Egress["kind"];
}

/** Problems that Azure would report at the end of a failed installation, or not at all. */
export function checkLogin(given: LoginPrerequisites, path = ""): Issue[] {
  const issues = checkImage(given.os, given.image, at(path, "image"));
  if (!given.systemIdentity) {
    issues.push({
      path: at(path, "systemIdentity"),
      problem: "is off; the login extension needs the VM's system-assigned identity, switch it on",
    });
  }
  if (given.egress === "none") {
    issues.push({
      path: at(path, "egress"),
      problem:
        'is "none"; the login extension needs 443 outbound, use natGateway or nextHop, or withoutEntraLogin with a reason',
    });
  }
  return issues;
}
