/** The two operating systems Entra ID signs in to on Azure VMs. */
export type OperatingSystem = "linux" | "windows";

export const OPERATING_SYSTEMS: readonly OperatingSystem[] = ["linux", "windows"];
