import type { JsonObject } from "../../../sandbox/azure/json";
import { at, type Arm } from "./arm";

const location = "westeurope";

export function virtualNetwork(...prefixes: string[]): JsonObject {
  return { location, properties: { addressSpace: { addressPrefixes: prefixes } } };
}

export function subnet(addressPrefix: string, more: JsonObject = {}): JsonObject {
  return { properties: { addressPrefix, ...more } };
}

export function peering(remote: string): JsonObject {
  return { properties: { remoteVirtualNetwork: { id: remote }, allowVirtualNetworkAccess: true } };
}

/** A rule: `rule("ssh", 100, "Inbound", "Tcp", "Internet", "*", ["22"])`. */
export function rule(
  name: string,
  priority: number,
  direction: string,
  protocol: string,
  source: string,
  destination: string,
  ports: readonly string[],
  access = "Allow",
): JsonObject {
  return {
    name,
    properties: {
      priority,
      direction,
      protocol,
      access,
      sourceAddressPrefix: source,
      sourcePortRange: "*",
      destinationAddressPrefix: destination,
      ...(ports.length === 1
        ? { destinationPortRange: ports[0] }
        : { destinationPortRanges: [...ports] }),
    },
  };
}

export function securityGroup(...securityRules: JsonObject[]): JsonObject {
  return { location, properties: { securityRules } };
}

/** Microsoft's eight rules for AzureBastionSubnet. */
export function bastionRules(): JsonObject[] {
  return [
    rule("AllowHttpsInbound", 120, "Inbound", "Tcp", "Internet", "*", ["443"]),
    rule("AllowGatewayManagerInbound", 130, "Inbound", "Tcp", "GatewayManager", "*", ["443"]),
    rule("AllowAzureLoadBalancerInbound", 140, "Inbound", "Tcp", "AzureLoadBalancer", "*", ["443"]),
    rule("AllowBastionHostCommunication", 150, "Inbound", "*", "VirtualNetwork", "VirtualNetwork", [
      "8080",
      "5701",
    ]),
    rule("AllowSshRdpOutbound", 100, "Outbound", "*", "*", "VirtualNetwork", ["22", "3389"]),
    rule("AllowAzureCloudOutbound", 110, "Outbound", "Tcp", "*", "AzureCloud", ["443"]),
    rule("AllowBastionCommunication", 120, "Outbound", "*", "VirtualNetwork", "VirtualNetwork", [
      "8080",
      "5701",
    ]),
    rule("AllowHttpOutbound", 130, "Outbound", "*", "*", "Internet", ["80"]),
  ];
}

export const standardAddress: JsonObject = {
  location,
  sku: { name: "Standard" },
  properties: { publicIPAllocationMethod: "Static" },
};

export function networkInterface(subnetId: string, more: JsonObject = {}): JsonObject {
  return {
    location,
    properties: {
      ipConfigurations: [{ name: "ipconfig1", properties: { subnet: { id: subnetId }, ...more } }],
    },
  };
}

/** A Bastion host in `hub`, with the address `bastion`; `properties` and `sku` can be changed. */
export function bastionHost(sku = "Standard", properties: JsonObject = {}): JsonObject {
  return {
    location,
    sku: { name: sku },
    properties: {
      ipConfigurations: [
        {
          name: "ipconfig1",
          properties: {
            subnet: { id: at("virtualNetworks/hub/subnets/AzureBastionSubnet") },
            publicIPAddress: { id: at("publicIPAddresses/bastion") },
          },
        },
      ],
      ...properties,
    },
  };
}

export const key = `ssh-ed25519 ${"A".repeat(68)}`;

/** A VM on the interface of its own name. */
export function virtualMachine(
  name: string,
  os: "linux" | "windows",
  properties: JsonObject = {},
  more: JsonObject = {},
): JsonObject {
  const windows = os === "windows";
  return {
    location,
    identity: { type: "SystemAssigned" },
    ...more,
    properties: {
      hardwareProfile: { vmSize: "Standard_B2s" },
      storageProfile: {
        imageReference: windows
          ? {
              publisher: "MicrosoftWindowsServer",
              offer: "WindowsServer",
              sku: "2022-datacenter-azure-edition",
              version: "latest",
            }
          : { publisher: "Canonical", offer: "ubuntu-24_04-lts", sku: "server", version: "latest" },
        osDisk: { createOption: "FromImage", deleteOption: "Delete" },
      },
      osProfile: {
        computerName: name,
        adminUsername: "jumpadmin",
        ...(windows
          ? { adminPassword: "Correct-Horse-9", windowsConfiguration: {} }
          : {
              linuxConfiguration: {
                disablePasswordAuthentication: true,
                ssh: {
                  publicKeys: [{ path: "/home/jumpadmin/.ssh/authorized_keys", keyData: key }],
                },
              },
            }),
      },
      networkProfile: { networkInterfaces: [{ id: at(`networkInterfaces/${name}`) }] },
      ...properties,
    },
  };
}

/** The login extension of an operating system. */
export function loginExtension(os: "linux" | "windows"): JsonObject {
  return {
    location,
    properties: {
      publisher: "Microsoft.Azure.ActiveDirectory",
      type: os === "linux" ? "AADSSHLoginForLinux" : "AADLoginForWindows",
      typeHandlerVersion: os === "linux" ? "1.0" : "2.0",
    },
  };
}

/** Hub network with a Bastion subnet and its security group, and a Standard address named `bastion`. */
export async function makeHub(arm: Arm): Promise<void> {
  await arm.put(at("networkSecurityGroups/bastion"), securityGroup(...bastionRules()));
  await arm.put(at("virtualNetworks/hub"), virtualNetwork("10.10.0.0/24"));
  await arm.put(
    at("virtualNetworks/hub/subnets/AzureBastionSubnet"),
    subnet("10.10.0.0/26", { networkSecurityGroup: { id: at("networkSecurityGroups/bastion") } }),
  );
  await arm.put(at("publicIPAddresses/bastion"), standardAddress);
}

/** Spoke network with a private subnet `vms`, which leaves through a NAT gateway unless that is not wanted. */
export async function makeSpoke(arm: Arm, options: { readonly nat?: boolean } = {}): Promise<void> {
  await arm.put(at("virtualNetworks/spoke"), virtualNetwork("10.20.0.0/24"));
  if (options.nat !== false) {
    await arm.put(at("publicIPAddresses/nat"), standardAddress);
    await arm.put(at("natGateways/nat"), {
      location,
      sku: { name: "Standard" },
      properties: { publicIpAddresses: [{ id: at("publicIPAddresses/nat") }] },
    });
  }
  await arm.put(
    at("virtualNetworks/spoke/subnets/vms"),
    subnet("10.20.0.0/26", {
      defaultOutboundAccess: false,
      ...(options.nat === false ? {} : { natGateway: { id: at("natGateways/nat") } }),
    }),
  );
}

/** A VM with its interface in the spoke. */
export async function makeMachine(
  arm: Arm,
  name: string,
  os: "linux" | "windows",
  properties: JsonObject = {},
  more: JsonObject = {},
): Promise<JsonObject> {
  await arm.put(
    at(`networkInterfaces/${name}`),
    networkInterface(at("virtualNetworks/spoke/subnets/vms")),
  );
  return arm.put(at(`virtualMachines/${name}`), virtualMachine(name, os, properties, more));
}
