import { createHash } from "node:crypto";
import { guidOf } from "../guid";
import type { JsonObject } from "../json";
import { asObject, asObjects, asText, compact, objectsAt, textAt } from "../json";
import { AzureRefusal } from "../refusal";
import { keyOf } from "../resource-id";
import type { Held, ResourceType, Write } from "../resource-type";
import type { Simulation } from "../simulation";
import type { StoredResource } from "../store";
import { addressAt, positionIn, sizeOf } from "./address-prefix";
import { bastionSubnetName } from "./bastion-subnet";
import { checkName } from "./names";
import { checkFreeAddress } from "./public-addresses";
import { referenceTo, referenced } from "./references";
import { storedPrefixes } from "./subnets";
import { networkTypes, networkVersions } from "./versions";

/** The VM that an interface belongs to, or undefined. */
export function machineOf(simulation: Simulation, interfaceId: string): StoredResource | undefined {
  return simulation.store
    .ofType("Microsoft.Compute/virtualMachines")
    .find((machine) =>
      objectsAt(machine.body, "properties.networkProfile.networkInterfaces").some(
        (item) => keyOf(asText(item.id) ?? "") === keyOf(interfaceId),
      ),
    );
}

/** Private addresses in use in a subnet, with the interface that has each. */
function takenIn(simulation: Simulation, subnetId: string): Map<string, string> {
  const taken = new Map<string, string>();
  for (const type of [networkTypes.networkInterface, networkTypes.loadBalancer]) {
    const property =
      type === networkTypes.loadBalancer ? "frontendIPConfigurations" : "ipConfigurations";
    for (const resource of simulation.store.ofType(type)) {
      for (const item of objectsAt(resource.body, `properties.${property}`)) {
        const address = textAt(item, "properties.privateIPAddress");
        if (
          address === undefined ||
          keyOf(textAt(item, "properties.subnet.id") ?? "") !== keyOf(subnetId)
        )
          continue;
        taken.set(address, resource.id);
      }
    }
  }
  return taken;
}

/**
 * The address of a configuration: the one it asks for, the one it has, or the next free one. Azure keeps the first four
 * addresses of a subnet and the last
 * (https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq).
 */
function addressOf(
  write: Write,
  subnet: StoredResource,
  name: string,
  properties: JsonObject,
  given: Set<string>,
): string {
  const [prefix] = storedPrefixes(subnet);
  if (prefix === undefined) throw new Error(`${subnet.id} has no address prefix`);
  const taken = takenIn(write.simulation, subnet.id);
  const free = (address: string): boolean => {
    const holder = taken.get(address);
    return !given.has(address) && (holder === undefined || keyOf(holder) === write.id.key);
  };
  const asked = asText(properties.privateIPAddress);
  if (properties.privateIPAllocationMethod === "Static") {
    const position = asked === undefined ? undefined : positionIn(prefix, asked);
    if (
      asked === undefined ||
      position === undefined ||
      position < 4 ||
      position > sizeOf(prefix) - 2
    ) {
      // Codes and texts of the three address refusals from general knowledge, no page found.
      throw new AzureRefusal(
        400,
        "PrivateIPAddressNotInSubnet",
        `Private static IP address ${asked ?? ""} does not belong to the range of subnet prefix ${prefix.text}, or is reserved.`,
      );
    }
    if (!free(asked)) {
      throw new AzureRefusal(
        400,
        "PrivateIPAddressIsAllocated",
        `IP configuration ${write.id.text}/ipConfigurations/${name} is using the private IP address ${asked} which is already allocated to resource ${taken.get(asked) ?? write.id.text}.`,
      );
    }
    return asked;
  }
  const before = objectsAt(write.existing?.body, "properties.ipConfigurations").find(
    (item) => item.name === name,
  );
  const kept = textAt(before, "properties.privateIPAddress");
  if (kept !== undefined && positionIn(prefix, kept) !== undefined && free(kept)) return kept;
  for (let position = 4; position < sizeOf(prefix) - 1; position += 1) {
    const address = addressAt(prefix, position);
    if (free(address)) return address;
  }
  throw new AzureRefusal(
    400,
    "SubnetIsFull",
    `Subnet ${subnet.name} with address prefix ${prefix.text} does not have enough capacity for 1 IP addresses.`,
  );
}

function configurationsOf(write: Write): JsonObject[] {
  const items = asObjects(asObject(write.body.properties).ipConfigurations);
  if (items.length === 0) {
    throw new AzureRefusal(
      400,
      "NetworkInterfaceMustHaveIpConfiguration",
      `Network interface ${write.id.text} must have one or more IP configurations.`,
    );
  }
  const given = new Set<string>();
  return items.map((item, index) => {
    const name = asText(item.name) ?? "";
    const properties = asObject(item.properties);
    const subnet = referenced(write, item, "properties.subnet", networkTypes.subnet);
    if (subnet === undefined) {
      throw new AzureRefusal(
        400,
        "SubnetNotSpecified",
        `IP configuration ${name} of ${write.id.text} has no subnet.`,
      );
    }
    if (subnet.name === bastionSubnetName) {
      // Azure/ato-toolkit#26
      throw new AzureRefusal(
        400,
        "AzureBastionSubnet",
        `Subnet with name '${bastionSubnetName}' can be used only for the Azure Bastion resource.`,
      );
    }
    const address = referenced(
      write,
      item,
      "properties.publicIPAddress",
      networkTypes.publicAddress,
    );
    if (address !== undefined) checkFreeAddress(write.simulation, address.id, write.id.text);
    const privateAddress = addressOf(write, subnet, name, properties, given);
    given.add(privateAddress);
    return {
      name,
      id: `${write.id.text}/ipConfigurations/${name}`,
      type: "Microsoft.Network/networkInterfaces/ipConfigurations",
      properties: compact({
        ...properties,
        provisioningState: "Succeeded",
        privateIPAddress: privateAddress,
        privateIPAllocationMethod: properties.privateIPAllocationMethod ?? "Dynamic",
        privateIPAddressVersion: properties.privateIPAddressVersion ?? "IPv4",
        subnet: referenceTo(subnet),
        publicIPAddress: referenceTo(address),
        primary: properties.primary ?? index === 0,
      }),
    };
  });
}

/** The domain suffix that Azure makes up for the internal names of a network. */
function suffixOf(subnetId: string): string {
  const network = keyOf(subnetId).replace(/\/subnets\/[^/]+$/, "");
  const letters = createHash("sha256")
    .update(network)
    .digest("base64")
    .replace(/[^A-Za-z0-9]/g, "")
    .toLowerCase();
  return `${letters.slice(0, 26)}.xx.internal.cloudapp.net`;
}

function put(write: Write): { body: JsonObject } {
  const { body, id } = write;
  checkName(id.name);
  const properties = asObject(body.properties);
  const configurations = configurationsOf(write);
  const group = referenced(
    write,
    body,
    "properties.networkSecurityGroup",
    networkTypes.securityGroup,
  );
  const dns = asObject(properties.dnsSettings);
  return {
    body: compact({
      location: body.location,
      extendedLocation: body.extendedLocation,
      tags: body.tags,
      properties: compact({
        ...properties,
        resourceGuid: guidOf(`resourceGuid/${id.key}`),
        ipConfigurations: configurations,
        networkSecurityGroup: referenceTo(group),
        dnsSettings: {
          dnsServers: dns.dnsServers ?? [],
          appliedDnsServers: [],
          ...(asText(dns.internalDnsNameLabel) === undefined
            ? {}
            : { internalDnsNameLabel: dns.internalDnsNameLabel }),
          internalDomainNameSuffix: suffixOf(
            textAt(configurations[0], "properties.subnet.id") ?? "",
          ),
        },
        enableAcceleratedNetworking: properties.enableAcceleratedNetworking ?? false,
        vnetEncryptionSupported: false,
        enableIPForwarding: properties.enableIPForwarding ?? false,
        disableTcpStateTracking: properties.disableTcpStateTracking ?? false,
        auxiliaryMode: properties.auxiliaryMode ?? "None",
        auxiliarySku: properties.auxiliarySku ?? "None",
        nicType: properties.nicType ?? "Standard",
        hostedWorkloads: [],
        tapConfigurations: [],
        virtualMachine: undefined,
        provisioningState: undefined,
      }),
    }),
  };
}

/** Code and text: hashicorp/terraform-provider-azurerm#8105. */
function checkDelete({ simulation, resource }: Held): void {
  const machine = machineOf(simulation, resource.id);
  if (machine === undefined) return;
  throw new AzureRefusal(
    400,
    "NicInUse",
    `Network Interface ${resource.id} is used by existing resource ${machine.id}. In order to delete the network interface, it must be dissociated from the resource. To learn more, see aka.ms/deletenic.`,
  );
}

/** https://learn.microsoft.com/rest/api/virtualnetwork/network-interfaces */
export const networkInterface: ResourceType = {
  type: networkTypes.networkInterface,
  apiVersions: networkVersions,
  placement: "resourceGroup",
  located: true,
  longRunning: { put: "networkInterfacePut", delete: "networkInterfaceDelete" },
  etag: true,
  put,
  checkDelete,
  read({ simulation, resource }) {
    const machine = machineOf(simulation, resource.id);
    const etag = resource.body.etag;
    const properties = asObject(resource.body.properties);
    const mac = createHash("sha256")
      .update(resource.id.toLowerCase())
      .digest("hex")
      .toUpperCase()
      .slice(0, 6);
    return {
      ...resource.body,
      properties: compact({
        ...properties,
        ipConfigurations: objectsAt(properties, "ipConfigurations").map((item) =>
          compact({ ...item, etag }),
        ),
        // Azure gives an interface its hardware address when a VM takes it; 00-0D-3A is one of Microsoft's prefixes.
        macAddress:
          machine === undefined ? undefined : `00-0D-3A-${(mac.match(/../g) ?? []).join("-")}`,
        primary: machine === undefined ? undefined : true,
        virtualMachine: machine === undefined ? undefined : { id: machine.id },
      }),
    };
  },
};
