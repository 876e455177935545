import * as compute from "@pulumi/azure-native/compute";
import * as network from "@pulumi/azure-native/network";
import * as resources from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import { SUBSCRIPTION } from "./environment";
import { giveAccess, type HandWrittenAccess } from "./hand-written-access";
import {
  BASTION_RANGE,
  BASTION_ROWS,
  HUB_RANGE,
  MACHINE_ROWS,
  type Rule,
  SPOKE_RANGE,
  VM_RANGE,
} from "./hand-written-rules";

/** What a hand-written program does in its own way. Everything left out is the plain way. */
export interface HandWritten extends HandWrittenAccess {
  readonly hubRules?: readonly Rule[];
  readonly rules?: readonly Rule[];
  /** Rules as resources of their own instead of inline. */
  readonly standaloneRules?: boolean;
  /** Rules of a group on the interface. */
  readonly interfaceRules?: readonly Rule[];
  /** Names in code that another team would choose, and names in Azure left to the provider. */
  readonly otherNames?: boolean;
  /** One network for Bastion and VM. */
  readonly singleNetwork?: boolean;
  /** Subnets written inside their networks. */
  readonly inlineSubnets?: boolean;
  /** A firewall in the hub as the way out, in place of the NAT gateway. */
  readonly firewall?: boolean;
  /** Hub, its subnet and its host stand already and are only read. */
  readonly existingHub?: boolean;
  readonly staticAddress?: string;
  readonly applicationGroup?: boolean;
  /** Bastion without a public address. */
  readonly privateBastion?: boolean;
  /** An internal load balancer in front of the VM. */
  readonly internalBalancer?: boolean;
  readonly os?: "linux" | "windows";
}

const HUB_GROUP = "rg-shared";

/** Makes the resources of one program; each method is one part of it. */
class Program {
  public constructor(private readonly way: HandWritten) {}

  /** Logical name. */
  public readonly named = (name: string): string =>
    this.way.otherNames === true ? `acme-${name}-x` : name;

  /** Physical name, or none where the provider draws it. */
  private physical(input: string, name: string): Record<string, string> {
    return this.way.otherNames === true ? {} : { [input]: name };
  }

  public group(name: string): resources.ResourceGroup {
    return new resources.ResourceGroup(
      this.named(name),
      this.physical("resourceGroupName", `rg-${name}`),
    );
  }

  public securityGroup(
    name: string,
    resourceGroupName: pulumi.Input<string>,
    rules: readonly Rule[],
    standalone = false,
  ): network.NetworkSecurityGroup {
    const inline = standalone ? {} : { securityRules: [...rules] };
    const group = new network.NetworkSecurityGroup(this.named(name), {
      resourceGroupName,
      ...this.physical("networkSecurityGroupName", name),
      ...(inline as Pick<network.NetworkSecurityGroupArgs, "securityRules">),
    });
    for (const rule of standalone ? rules : []) {
      const securityRuleName = String(rule.name);
      new network.SecurityRule(this.named(`rule-${securityRuleName}`), {
        ...(rule as unknown as network.SecurityRuleArgs),
        resourceGroupName,
        networkSecurityGroupName: group.name,
        securityRuleName,
      });
    }
    return group;
  }

  /** A network with one subnet, inside it or as a resource of its own. */
  public network(
    name: string,
    resourceGroupName: pulumi.Input<string>,
    ranges: string[],
    subnetName: string,
    subnet: Omit<network.SubnetArgs, "resourceGroupName" | "virtualNetworkName">,
  ): { network: network.VirtualNetwork; subnetId: pulumi.Output<string> } {
    const inline = this.way.inlineSubnets === true;
    const made = new network.VirtualNetwork(this.named(name), {
      resourceGroupName,
      ...this.physical("virtualNetworkName", `vnet-${name}`),
      addressSpace: { addressPrefixes: ranges },
      ...(inline ? { subnets: [{ ...subnet, name: subnetName }] } : {}),
    });
    return {
      network: made,
      subnetId: inline
        ? made.subnets.apply((subnets) => subnets?.[0]?.id ?? "")
        : this.subnet(made, resourceGroupName, subnetName, subnet),
    };
  }

  public subnet(
    within: network.VirtualNetwork,
    resourceGroupName: pulumi.Input<string>,
    subnetName: string,
    subnet: Omit<network.SubnetArgs, "resourceGroupName" | "virtualNetworkName">,
  ): pulumi.Output<string> {
    const args = { ...subnet, resourceGroupName, virtualNetworkName: within.name, subnetName };
    return new network.Subnet(this.named(subnetName), args).id;
  }

  public hub(resourceGroupName: pulumi.Input<string>): network.VirtualNetwork {
    const { way } = this;
    if (way.existingHub === true) {
      const id = `/subscriptions/${SUBSCRIPTION}/resourceGroups/${HUB_GROUP}/providers/Microsoft.Network`;
      const subnet = `${id}/virtualNetworks/vnet-hub/subnets/AzureBastionSubnet`;
      network.NetworkSecurityGroup.get(
        this.named("hub-nsg"),
        `${id}/networkSecurityGroups/hub-nsg`,
      );
      network.Subnet.get(this.named("AzureBastionSubnet"), subnet);
      network.BastionHost.get(this.named("bastion"), `${id}/bastionHosts/bastion`);
      return network.VirtualNetwork.get(this.named("hub"), `${id}/virtualNetworks/vnet-hub`);
    }
    const guard = this.securityGroup("hub-nsg", resourceGroupName, way.hubRules ?? BASTION_ROWS);
    const ranges = way.singleNetwork === true ? [HUB_RANGE, SPOKE_RANGE] : [HUB_RANGE];
    const hub = this.network("hub", resourceGroupName, ranges, "AzureBastionSubnet", {
      addressPrefix: BASTION_RANGE,
      networkSecurityGroup: { id: guard.id },
    });
    const address =
      way.privateBastion === true ? undefined : this.publicAddress("bastion-ip", resourceGroupName);
    new network.BastionHost(this.named("bastion"), {
      resourceGroupName,
      ...this.physical("bastionHostName", "bastion"),
      sku: { name: way.privateBastion === true ? "Premium" : "Standard" },
      enableTunneling: true,
      enablePrivateOnlyBastion: way.privateBastion === true,
      ipConfigurations: [
        {
          name: "ip",
          subnet: { id: hub.subnetId },
          ...(address === undefined ? {} : { publicIPAddress: { id: address.id } }),
        },
      ],
    });
    if (way.firewall === true) {
      new network.AzureFirewall(this.named("firewall"), {
        resourceGroupName,
        ...this.physical("azureFirewallName", "firewall"),
      });
    }
    return hub.network;
  }

  private publicAddress(
    name: string,
    resourceGroupName: pulumi.Input<string>,
  ): network.PublicIPAddress {
    return new network.PublicIPAddress(this.named(name), {
      resourceGroupName,
      ...this.physical("publicIpAddressName", name),
      sku: { name: "Standard" },
      publicIPAllocationMethod: "Static",
    });
  }

  /** What the VM subnet is made of: its guard and its way out. */
  public machineSubnet(
    resourceGroupName: pulumi.Input<string>,
  ): Omit<network.SubnetArgs, "resourceGroupName" | "virtualNetworkName"> {
    const { way } = this;
    const guard = this.securityGroup(
      "vm-nsg",
      resourceGroupName,
      way.rules ?? MACHINE_ROWS,
      way.standaloneRules,
    );
    const common = {
      addressPrefix: VM_RANGE,
      networkSecurityGroup: { id: guard.id },
      defaultOutboundAccess: false,
    };
    if (way.firewall === true) {
      const route = {
        name: "all",
        addressPrefix: "0.0.0.0/0",
        nextHopType: "VirtualAppliance",
        nextHopIpAddress: "10.50.0.132",
      };
      const table = new network.RouteTable(this.named("routes"), {
        resourceGroupName,
        ...this.physical("routeTableName", "routes"),
        routes: [route],
      });
      return { ...common, routeTable: { id: table.id } };
    }
    const nat = new network.NatGateway(this.named("nat"), {
      resourceGroupName,
      ...this.physical("natGatewayName", "nat"),
      sku: { name: "Standard" },
      publicIpAddresses: [{ id: this.publicAddress("nat-ip", resourceGroupName).id }],
    });
    return { ...common, natGateway: { id: nat.id } };
  }

  public peering(
    name: string,
    resourceGroupName: pulumi.Input<string>,
    from: network.VirtualNetwork,
    to: network.VirtualNetwork,
    allowForwardedTraffic: boolean,
  ): void {
    new network.VirtualNetworkPeering(this.named(name), {
      resourceGroupName,
      virtualNetworkName: from.name,
      virtualNetworkPeeringName: name,
      remoteVirtualNetwork: { id: to.id },
      allowVirtualNetworkAccess: true,
      allowForwardedTraffic,
    });
  }

  public machine(
    resourceGroupName: pulumi.Input<string>,
    subnetId: pulumi.Input<string>,
  ): compute.VirtualMachine {
    const nic = this.networkInterface(resourceGroupName, subnetId);
    const windows = this.way.os === "windows";
    const key = { path: "/home/local/.ssh/authorized_keys", keyData: "ssh-ed25519 AAAA" };
    const machine = new compute.VirtualMachine(this.named("vm"), {
      resourceGroupName,
      ...this.physical("vmName", "vm-app"),
      identity: { type: "SystemAssigned" },
      networkProfile: { networkInterfaces: [{ id: nic.id, primary: true }] },
      osProfile: {
        computerName: "vm-app",
        adminUsername: "local",
        ...(windows
          ? { adminPassword: "Correct-horse-1", windowsConfiguration: { provisionVMAgent: true } }
          : {
              linuxConfiguration: {
                disablePasswordAuthentication: true,
                ssh: { publicKeys: [key] },
              },
            }),
      },
    });
    new compute.VirtualMachineExtension(this.named("login"), {
      resourceGroupName,
      vmName: machine.name,
      vmExtensionName: "login",
      publisher: "Microsoft.Azure.ActiveDirectory",
      type: windows ? "AADLoginForWindows" : "AADSSHLoginForLinux",
      typeHandlerVersion: "1.0",
    });
    return machine;
  }

  private networkInterface(
    resourceGroupName: pulumi.Input<string>,
    subnetId: pulumi.Input<string>,
  ): network.NetworkInterface {
    const { way } = this;
    const guard =
      way.interfaceRules === undefined
        ? undefined
        : this.securityGroup("nic-nsg", resourceGroupName, way.interfaceRules);
    const asg =
      way.applicationGroup === true
        ? new network.ApplicationSecurityGroup(this.named("vm-asg"), {
            resourceGroupName,
            ...this.physical("applicationSecurityGroupName", "vm-asg"),
          })
        : undefined;
    const balancer =
      way.internalBalancer === true ? this.balancer(resourceGroupName, subnetId) : undefined;
    return new network.NetworkInterface(this.named("nic"), {
      resourceGroupName,
      ...this.physical("networkInterfaceName", "nic"),
      ...(guard === undefined ? {} : { networkSecurityGroup: { id: guard.id } }),
      ipConfigurations: [
        {
          name: "ip",
          subnet: { id: subnetId },
          privateIPAllocationMethod: way.staticAddress === undefined ? "Dynamic" : "Static",
          ...(way.staticAddress === undefined ? {} : { privateIPAddress: way.staticAddress }),
          ...(asg === undefined ? {} : { applicationSecurityGroups: [{ id: asg.id }] }),
          ...(balancer === undefined
            ? {}
            : {
                loadBalancerBackendAddressPools: [
                  { id: balancer.backendAddressPools.apply((pools) => pools?.[0]?.id ?? "") },
                ],
              }),
        },
      ],
    });
  }

  private balancer(
    resourceGroupName: pulumi.Input<string>,
    subnetId: pulumi.Input<string>,
  ): network.LoadBalancer {
    const id = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-apps/providers/Microsoft.Network/loadBalancers/balancer`;
    return new network.LoadBalancer(this.named("balancer"), {
      resourceGroupName,
      loadBalancerName: "balancer",
      sku: { name: "Standard" },
      frontendIPConfigurations: [{ name: "inside", subnet: { id: subnetId } }],
      backendAddressPools: [{ name: "vms", id: `${id}/backendAddressPools/vms` }],
      loadBalancingRules: [
        {
          name: "https",
          protocol: "Tcp",
          frontendPort: 443,
          backendPort: 8443,
          frontendIPConfiguration: { id: `${id}/frontendIPConfigurations/inside` },
          backendAddressPool: { id: `${id}/backendAddressPools/vms` },
        },
      ],
    });
  }
}

/**
 * The scenario written by hand on azure-native and azuread, without this package: a hub with Bastion, a
 * spoke with one VM, its sign-in extension, one eligibility and one Conditional Access policy.
 */
export function handWritten(way: HandWritten = {}): void {
  const program = new Program(way);
  const apps = program.group("apps");
  const hubGroup = way.existingHub === true ? HUB_GROUP : program.group("shared").name;
  const hub = program.hub(hubGroup);
  const settings = program.machineSubnet(apps.name);
  if (way.singleNetwork === true) {
    const subnetId = program.subnet(hub, hubGroup, "vms", settings);
    giveAccess(way, program.named, apps, program.machine(apps.name, subnetId));
    return;
  }
  const spoke = program.network("spoke", apps.name, [SPOKE_RANGE], "vms", settings);
  program.peering("to-hub", apps.name, spoke.network, hub, way.firewall === true);
  program.peering("to-spoke", hubGroup, hub, spoke.network, false);
  giveAccess(way, program.named, apps, program.machine(apps.name, spoke.subnetId));
}
