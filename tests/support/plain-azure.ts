import * as authorization from "@pulumi/azure-native/authorization";
import * as compute from "@pulumi/azure-native/compute";
import * as network from "@pulumi/azure-native/network";
import * as resources from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import { SUBSCRIPTION } from "./environment";

/** Where a piece of a plain program stands: a resource group of its own, and a prefix for every name. */
export interface Place {
  readonly name: string;
  readonly resourceGroupName: pulumi.Output<string>;
}

export const location = "westeurope";

export function place(name: string): Place {
  const group = new resources.ResourceGroup(`${name}-group`, {
    resourceGroupName: `rg-${name}`,
    location,
  });
  return { name, resourceGroupName: group.name };
}

/** The id that Azure gives a resource of a place, as text: the engine sees no dependency in it. */
export function idOf({ name }: Place, rest: string): string {
  return `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-${name}/providers/${rest}`;
}

export function vnet(at: Place, range: string, key = "vnet"): network.VirtualNetwork {
  return new network.VirtualNetwork(`${at.name}-${key}`, {
    resourceGroupName: at.resourceGroupName,
    virtualNetworkName: key,
    location,
    addressSpace: { addressPrefixes: [range] },
  });
}

export function subnet(
  at: Place,
  of: network.VirtualNetwork,
  key: string,
  addressPrefix: string,
  more: Partial<network.SubnetArgs> = {},
  opts: pulumi.CustomResourceOptions = {},
): network.Subnet {
  return new network.Subnet(
    `${at.name}-${key}`,
    {
      resourceGroupName: at.resourceGroupName,
      virtualNetworkName: of.name,
      subnetName: key,
      addressPrefix,
      ...more,
    },
    opts,
  );
}

export function securityGroup(at: Place, key = "nsg"): network.NetworkSecurityGroup {
  return new network.NetworkSecurityGroup(`${at.name}-${key}`, {
    resourceGroupName: at.resourceGroupName,
    networkSecurityGroupName: key,
    location,
  });
}

export function address(
  at: Place,
  key: string,
  more: Partial<network.PublicIPAddressArgs> = {},
): network.PublicIPAddress {
  return new network.PublicIPAddress(`${at.name}-${key}`, {
    resourceGroupName: at.resourceGroupName,
    publicIpAddressName: key,
    location,
    sku: { name: "Standard" },
    publicIPAllocationMethod: "Static",
    ...more,
  });
}

export function nic(
  at: Place,
  key: string,
  subnetId: pulumi.Input<string>,
): network.NetworkInterface {
  return new network.NetworkInterface(`${at.name}-${key}`, {
    resourceGroupName: at.resourceGroupName,
    networkInterfaceName: key,
    location,
    ipConfigurations: [{ name: "ip", subnet: { id: subnetId } }],
  });
}

export function bastion(
  at: Place,
  key: string,
  subnetId: pulumi.Input<string>,
  addressId: pulumi.Input<string>,
  more: Partial<network.BastionHostArgs> = {},
): network.BastionHost {
  return new network.BastionHost(`${at.name}-${key}`, {
    resourceGroupName: at.resourceGroupName,
    bastionHostName: key,
    location,
    sku: { name: "Standard" },
    ipConfigurations: [
      { name: "ip", subnet: { id: subnetId }, publicIPAddress: { id: addressId } },
    ],
    ...more,
  });
}

/** A small Windows machine on an interface of its own. */
export function machine(
  at: Place,
  key: string,
  nicId: pulumi.Input<string>,
  more: Partial<compute.VirtualMachineArgs> = {},
): compute.VirtualMachine {
  return new compute.VirtualMachine(`${at.name}-${key}`, {
    resourceGroupName: at.resourceGroupName,
    vmName: key,
    location,
    identity: { type: "SystemAssigned" },
    hardwareProfile: { vmSize: "Standard_D2s_v5" },
    osProfile: {
      computerName: key,
      adminUsername: "localadmin",
      adminPassword: "Plain-Program-1!",
    },
    storageProfile: {
      imageReference: {
        publisher: "MicrosoftWindowsServer",
        offer: "WindowsServer",
        sku: "2022-datacenter-azure-edition",
        version: "latest",
      },
      osDisk: { createOption: "FromImage", managedDisk: { storageAccountType: "Premium_LRS" } },
    },
    networkProfile: { networkInterfaces: [{ id: nicId }] },
    ...more,
  });
}

export function windowsLogin(
  at: Place,
  key: string,
  vmName: pulumi.Input<string>,
  more: Partial<compute.VirtualMachineExtensionArgs> = {},
): compute.VirtualMachineExtension {
  return new compute.VirtualMachineExtension(`${at.name}-${key}`, {
    resourceGroupName: at.resourceGroupName,
    vmName,
    vmExtensionName: key,
    location,
    publisher: "Microsoft.Azure.ActiveDirectory",
    type: "AADLoginForWindows",
    typeHandlerVersion: "2.0",
    ...more,
  });
}

export const READER = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`;
export const VM_USER_LOGIN = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/fb879df8-f326-4884-b1cf-06f3ad86be52`;

export function groupId({ name }: Pick<Place, "name">): string {
  return `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-${name}`;
}

export function lock(at: Place, scope: pulumi.Input<string>): authorization.ManagementLockByScope {
  return new authorization.ManagementLockByScope(`${at.name}-lock`, {
    scope,
    lockName: "keep",
    level: "CanNotDelete",
  });
}
