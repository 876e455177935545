import * as compute from "@pulumi/azure-native/compute";
import * as network from "@pulumi/azure-native/network";
import { machines, web } from "./network";
import { location, resourceGroupName } from "./place";

const at = { resourceGroupName, location };

const nic = new network.NetworkInterface("nic", {
  ...at,
  ipConfigurations: [
    { name: "ip", subnet: { id: machines.id }, applicationSecurityGroups: [{ id: web.id }] },
  ],
});

export const machine = new compute.VirtualMachine("machine", {
  ...at,
  identity: { type: "SystemAssigned" },
  hardwareProfile: { vmSize: "Standard_B2s" },
  osProfile: {
    computerName: "machine",
    adminUsername: "localadmin",
    adminPassword: "Foreign-Program-1!",
  },
  storageProfile: {
    imageReference: {
      publisher: "Canonical",
      offer: "ubuntu-24_04-lts",
      sku: "server",
      version: "latest",
    },
    osDisk: { createOption: "FromImage", deleteOption: "Delete" },
  },
  networkProfile: { networkInterfaces: [{ id: nic.id }] },
});

export const login = new compute.VirtualMachineExtension("login", {
  ...at,
  vmName: machine.name,
  publisher: "Microsoft.Azure.ActiveDirectory",
  type: "AADSSHLoginForLinux",
  typeHandlerVersion: "1.0",
  autoUpgradeMinorVersion: true,
});
