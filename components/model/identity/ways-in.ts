import type { NamedOperations } from "./rights";

/**
 * What lets a person sign in to a VM with Entra ID.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/permissions/compute
 */
export const SIGN_IN: NamedOperations = {
  words: "sign in",
  plane: "data",
  operations: [
    "Microsoft.Compute/virtualMachines/login/action",
    "Microsoft.Compute/virtualMachines/loginAsAdmin/action",
  ],
};

/**
 * Ways into a VM by the control plane. Operations: the permissions pages of Azure RBAC
 * (https://learn.microsoft.com/azure/role-based-access-control/permissions/compute and
 * .../management-and-governance), and beside each what it does.
 */
export const WAYS_IN: readonly NamedOperations[] = [
  {
    // https://learn.microsoft.com/azure/virtual-machines/run-command-overview
    words: "run command",
    plane: "control",
    operations: [
      "Microsoft.Compute/virtualMachines/runCommand/action",
      "Microsoft.Compute/virtualMachines/runCommands/write",
    ],
  },
  {
    // https://learn.microsoft.com/azure/virtual-machines/extensions/vmaccess-linux, .../custom-script-linux
    words: "an extension that runs a script or resets a password (VMAccess)",
    plane: "control",
    operations: ["Microsoft.Compute/virtualMachines/extensions/write"],
  },
  {
    // https://learn.microsoft.com/azure/virtual-machines/custom-data and .../user-data
    words: "a change of the VM, its custom data or its disk",
    plane: "control",
    operations: ["Microsoft.Compute/virtualMachines/write"],
  },
  {
    // https://learn.microsoft.com/troubleshoot/azure/virtual-machines/windows/serial-console-overview
    words: "the serial console",
    plane: "control",
    operations: ["Microsoft.SerialConsole/serialPorts/connect/action"],
  },
  {
    // https://learn.microsoft.com/azure/virtual-machines/linux/download-vhd
    words: "an export of its disk",
    plane: "control",
    operations: [
      "Microsoft.Compute/disks/beginGetAccess/action",
      "Microsoft.Compute/snapshots/beginGetAccess/action",
      "Microsoft.Compute/restorePointCollections/restorePoints/retrieveSasUris/action",
    ],
  },
  {
    // https://learn.microsoft.com/azure/governance/machine-configuration/overview
    words: "machine configuration",
    plane: "control",
    operations: ["Microsoft.GuestConfiguration/guestConfigurationAssignments/write"],
  },
  {
    // https://learn.microsoft.com/windows-server/manage/windows-admin-center/azure/manage-vm
    words: "Windows Admin Center",
    plane: "data",
    operations: ["Microsoft.Compute/virtualMachines/WACloginAsAdmin/action"],
  },
  {
    // https://learn.microsoft.com/azure/role-based-access-control/rbac-and-directory-admin-roles
    words: "a role that it gives to itself",
    plane: "control",
    operations: [
      "Microsoft.Authorization/roleAssignments/write",
      "Microsoft.Authorization/roleAssignmentScheduleRequests/write",
      "Microsoft.Authorization/roleEligibilityScheduleRequests/write",
      "Microsoft.Authorization/roleDefinitions/write",
      "Microsoft.Authorization/elevateAccess/action",
    ],
  },
];
