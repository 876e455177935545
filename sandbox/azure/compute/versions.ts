/**
 * Versions of Microsoft.Compute: 2024-11-01 is what azure-native 3.28 and `@azure/arm-compute` 22.4.0 send, the others
 * are stable versions of the same shape.
 */
export const computeVersions = ["2024-11-01", "2024-07-01", "2024-03-01", "2023-09-01"] as const;

/** Versions of managed disks, which count on their own: 2024-03-02 is that of `@azure/arm-compute` 22.4.0. */
export const diskVersions = ["2024-03-02", "2023-10-02", "2023-04-02"] as const;

export const computeTypes = {
  virtualMachine: "Microsoft.Compute/virtualMachines",
  extension: "Microsoft.Compute/virtualMachines/extensions",
  disk: "Microsoft.Compute/disks",
} as const;
