import type { OperatingSystem } from "./operating-system";

/** An application of Microsoft's that Conditional Access can be aimed at. */
export interface SignInApp {
  /** Application (client) id, the same in every tenant. */
  readonly appId: string;
  /** Name as the portal shows it. */
  readonly name: string;
  /** VMs of which operating system are signed in to through it; both where none is named. */
  readonly os?: OperatingSystem;
}

/**
 * The applications through which a person reaches a VM behind Bastion. The native client's RDP signs in
 * to Microsoft Remote Desktop, whose successor is Windows Cloud Login, and then to the VM sign-in app;
 * `az login`, PIM activation and the connection itself go through Azure management.
 * Sources: https://learn.microsoft.com/entra/identity/devices/howto-vm-sign-in-azure-ad-windows (2025-12-01),
 * ...-linux, https://learn.microsoft.com/azure/virtual-desktop/configure-single-sign-on,
 * https://learn.microsoft.com/entra/identity/conditional-access/concept-conditional-access-cloud-apps
 */
export const SIGN_IN_APPS = {
  windowsVmSignIn: {
    appId: "372140e0-b3b7-4226-8ef9-d57986796201",
    name: "Microsoft Azure Windows Virtual Machine Sign-in",
    os: "windows",
  },
  linuxVmSignIn: {
    appId: "ce6ff14a-7fdc-4685-bbe0-f6afdfcfa8e0",
    name: "Microsoft Azure Linux Virtual Machine Sign-In",
    os: "linux",
  },
  remoteDesktop: {
    appId: "a4a365df-50f1-4397-bc59-1a1564b8bb9c",
    name: "Microsoft Remote Desktop",
    os: "windows",
  },
  windowsCloudLogin: {
    appId: "270efc09-cd0d-444b-a71f-39af4910ec45",
    name: "Windows Cloud Login",
    os: "windows",
  },
  azureManagement: {
    appId: "797f4846-ba00-4fd7-ba43-dac1f8f63013",
    name: "Windows Azure Service Management API",
  },
} as const satisfies Record<string, SignInApp>;

export type SignInAppKey = keyof typeof SIGN_IN_APPS;

/** The applications in play for VMs of these systems, in the order of their ids. */
export function appsFor(systems: readonly OperatingSystem[]): SignInApp[] {
  return Object.values(SIGN_IN_APPS)
    .filter((app: SignInApp) => app.os === undefined || systems.includes(app.os))
    .sort((one, other) => (one.appId < other.appId ? -1 : 1));
}
