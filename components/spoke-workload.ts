import * as network from "@pulumi/azure-native/network";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { componentOptions } from "./component-options";
import { InvalidArgsError } from "./invalid-args-error";
import type { Egress } from "./model/egress";
import { securityRuleDocument } from "./model/nsg-rule";
import { resourceName } from "./model/resource-names";
import { checkSpoke, machineName, machineSubnetRange, signInPort } from "./model/spoke";
import { type AllowInbound, workloadNsgRules } from "./model/workload-nsg-rules";
import { type SpokeMachine, spokeMachine, virtualMachineLogicalName } from "./spoke-machine";
import { spokeEgress } from "./spoke-egress";
import { type HubPeer, spokePeerings } from "./spoke-peerings";
import type { VirtualMachineArgs } from "./virtual-machine-args";

/** Arguments of `SpokeWorkload`. */
export interface SpokeWorkloadArgs {
  /** Azure region, such as `westeurope`. */
  location: string;
  /**
   * IPv4 range in CIDR form, /28 or larger. The VM subnet is its lower half; the upper half is yours.
   * A changed range replaces the network and the VMs in it.
   */
  addressSpace: string;
  /** The hub to peer with, both ways. */
  hub: HubPeer;
  /** Range of `AzureBastionSubnet`, the only source of sign-ins. */
  bastionSubnetRange: string;
  /** VMs by name. The name is the VM's identity: renaming one replaces it. */
  vms: Record<string, VirtualMachineArgs>;
  /**
   * The way out. Azure's implicit one is switched off. @default a NAT gateway: the login extension
   * needs 443 outbound (https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access)
   */
  egress?: Egress;
  /** Workload traffic that comes in besides Bastion, by name. @default none */
  allowInbound?: Record<string, AllowInbound>;
  /** What physical names are made of: `rg-<baseName>`. @default the component's name */
  baseName?: string;
  /** Short name of the spoke, for the readable part of Windows names. @default the component's name */
  key?: string;
  /** What keeps the Windows names of two environments apart. @default `[baseName]` */
  uniqueness?: string[];
  /**
   * Peerings of the same hub that come first: Azure takes one write to a network at a time.
   * @default none
   */
  after?: pulumi.Resource[];
  /** Tags of every resource that takes tags. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * A spoke: a network of its own peered with the hub, closed but for Bastion, with a way out and the VMs.
 * No VM has a public address, and none has a local credential that anybody holds.
 */
export class SpokeWorkload extends pulumi.ComponentResource {
  /** The spoke's own resource group: the scope of its eligibilities. */
  public readonly resourceGroup: resources.ResourceGroup;
  public readonly resourceGroupName: pulumi.Output<string>;
  /** Resource id of the resource group. */
  public readonly scope: pulumi.Output<string>;
  public readonly networkSecurityGroup: network.NetworkSecurityGroup;
  public readonly virtualNetwork: network.VirtualNetwork;
  public readonly subnet: network.Subnet;
  public readonly natGateway: network.NatGateway | undefined;
  public readonly routeTable: network.RouteTable | undefined;
  public readonly spokeToHub: network.VirtualNetworkPeering;
  public readonly hubToSpoke: network.VirtualNetworkPeering;
  /** VMs by name. */
  public readonly machines: Readonly<Record<string, SpokeMachine>>;

  public constructor(
    name: string,
    args: SpokeWorkloadArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const { location, addressSpace, baseName = name, key = name, tags } = args;
    const { egress = { kind: "natGateway" }, allowInbound = {}, vms, after = [] } = args;
    const naming = { baseName, key, uniqueness: args.uniqueness ?? [baseName] };
    InvalidArgsError.throwIfAny(
      `SpokeWorkload "${name}"`,
      checkSpoke({ addressSpace, egress, allowInbound, vms }, naming),
    );
    // Which port each VM is signed in to on, for whoever reads the preview or the state.
    super(
      "secure-jump-access:index:SpokeWorkload",
      name,
      { signInPorts: namedSignInPorts(name, vms) },
      componentOptions(opts),
    );
    const parent = { parent: this };

    this.resourceGroup = new resources.ResourceGroup(
      `${name}-group`,
      { resourceGroupName: resourceName("resourceGroup", baseName), location, tags },
      parent,
    );
    const resourceGroupName = this.resourceGroup.name;

    this.networkSecurityGroup = new network.NetworkSecurityGroup(
      `${name}-nsg`,
      {
        resourceGroupName,
        networkSecurityGroupName: resourceName("networkSecurityGroup", baseName),
        location,
        securityRules: workloadNsgRules(
          args.bastionSubnetRange,
          Object.values(vms).map(signInPort),
          allowInbound,
        ).map(securityRuleDocument),
        tags,
      },
      parent,
    );

    const { natGateway, routeTable } = spokeEgress(
      name,
      egress,
      { resourceGroupName, location, baseName, tags },
      this,
    );

    this.virtualNetwork = new network.VirtualNetwork(
      `${name}-network`,
      {
        resourceGroupName,
        virtualNetworkName: resourceName("virtualNetwork", baseName),
        location,
        addressSpace: { addressPrefixes: [addressSpace] },
        tags,
      },
      {
        ...parent,
        // A range that moves from under a subnet in use is refused (InUsePrefixCannotBeDeleted).
        replaceOnChanges: ["addressSpace.addressPrefixes[0]"],
        deleteBeforeReplace: true,
      },
    );

    // Each write of a subnet is the whole subnet: what is not said here would be taken away.
    this.subnet = new network.Subnet(
      `${name}-subnet`,
      {
        resourceGroupName,
        virtualNetworkName: this.virtualNetwork.name,
        subnetName: resourceName("subnet", "vm"),
        addressPrefix: machineSubnetRange(addressSpace),
        networkSecurityGroup: { id: this.networkSecurityGroup.id },
        natGateway: natGateway === undefined ? undefined : { id: natGateway.id },
        routeTable: routeTable === undefined ? undefined : { id: routeTable.id },
        defaultOutboundAccess: false,
      },
      {
        ...parent,
        replaceOnChanges: ["addressPrefix", "defaultOutboundAccess"],
        deleteBeforeReplace: true,
      },
    );

    const { spokeToHub, hubToSpoke } = spokePeerings(
      name,
      {
        hub: args.hub,
        spoke: { resourceGroupName, virtualNetwork: this.virtualNetwork, baseName },
        // Answers from the Internet come back through the appliance in the hub: forwarded traffic.
        forwarded: egress.kind === "nextHop",
        after: [this.subnet, ...after],
      },
      this,
    );

    this.machines = Object.fromEntries(
      Object.entries(vms).map(([vm, machine]) => [
        vm,
        spokeMachine(
          name,
          vm,
          machineName(naming, vm, machine),
          machine,
          { resourceGroupName, location, subnetId: this.subnet.id, tags },
          this,
        ),
      ]),
    );

    this.resourceGroupName = resourceGroupName;
    this.scope = this.resourceGroup.id;
    this.natGateway = natGateway;
    this.routeTable = routeTable;
    this.spokeToHub = spokeToHub;
    this.hubToSpoke = hubToSpoke;
    this.registerOutputs({
      resourceGroupName: this.resourceGroupName,
      scope: this.scope,
      virtualNetworkId: this.virtualNetwork.id,
      subnetId: this.subnet.id,
      virtualMachineIds: Object.fromEntries(
        Object.entries(this.machines).map(([vm, { vmId }]) => [vm, vmId]),
      ),
    });
  }
}

/** Sign-in ports that are not the protocol's own, by the VM's logical name. */
function namedSignInPorts(
  name: string,
  vms: Readonly<Record<string, VirtualMachineArgs>>,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(vms).flatMap(([vm, { managementPort }]) =>
      managementPort === undefined ? [] : [[virtualMachineLogicalName(name, vm), managementPort]],
    ),
  );
}
