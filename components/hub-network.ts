import * as network from "@pulumi/azure-native/network";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { componentOptions } from "./component-options";
import { InvalidArgsError } from "./invalid-args-error";
import { bastionNsgRules } from "./model/bastion-nsg-rules";
import { bastionSubnetRange, checkHub } from "./model/hub";
import { securityRuleDocument } from "./model/nsg-rule";
import { resourceName } from "./model/resource-names";

/** Arguments of `HubNetwork`. */
export interface HubNetworkArgs {
  /** Azure region, such as `westeurope`. */
  location: string;
  /**
   * IPv4 range in CIDR form, /26 or larger. `AzureBastionSubnet` takes its first /26, the smallest
   * that Azure accepts; the rest is free. A range that grows or shrinks around that /26 is changed in
   * place; another /26 replaces the network and the host in it.
   * Source: https://learn.microsoft.com/azure/bastion/configuration-settings#subnet
   */
  addressSpace: string;
  /** What physical names are made of: `vnet-<baseName>`. @default the component's name */
  baseName?: string;
  /**
   * Ports besides 22 and 3389 on which VMs are signed in to; the host's outbound rule names them.
   * @default none
   */
  customPorts?: number[];
  /** Tags of every resource that takes tags. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * The hub: a network that holds `AzureBastionSubnet` and nothing else, closed by Microsoft's eight
 * rules. The group is complete before it is associated, because Azure refuses an incomplete one on
 * this subnet, and there is no route table, because Azure refuses any.
 */
export class HubNetwork extends pulumi.ComponentResource {
  /** Resource group of the hub and of the Bastion host, which Azure wants in the same one. */
  public readonly resourceGroup: resources.ResourceGroup;
  public readonly resourceGroupName: pulumi.Output<string>;
  public readonly virtualNetwork: network.VirtualNetwork;
  public readonly virtualNetworkId: pulumi.Output<string>;
  public readonly virtualNetworkName: pulumi.Output<string>;
  /** Its ranges, as they stand once they were written. */
  public readonly addressPrefixes: pulumi.Output<string[]>;
  public readonly networkSecurityGroup: network.NetworkSecurityGroup;
  public readonly bastionSubnet: network.Subnet;
  /** Resource id of `AzureBastionSubnet`. */
  public readonly bastionSubnetId: pulumi.Output<string>;
  /** Its range: the only source from which VMs take sign-ins. */
  public readonly bastionSubnetRange: string;

  public constructor(name: string, args: HubNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    const { location, addressSpace, baseName = name, customPorts = [], tags } = args;
    InvalidArgsError.throwIfAny(
      `HubNetwork "${name}"`,
      checkHub({ addressSpace, baseName, customPorts }),
    );
    super("secure-jump-access:index:HubNetwork", name, {}, componentOptions(opts));
    const parent = { parent: this };

    this.resourceGroup = new resources.ResourceGroup(
      `${name}-group`,
      { resourceGroupName: resourceName("resourceGroup", baseName), location, tags },
      parent,
    );
    const resourceGroupName = this.resourceGroup.name;

    this.networkSecurityGroup = new network.NetworkSecurityGroup(
      `${name}-bastion-nsg`,
      {
        resourceGroupName,
        networkSecurityGroupName: resourceName("networkSecurityGroup", baseName, "bastion"),
        location,
        securityRules: bastionNsgRules(customPorts).map(securityRuleDocument),
        tags,
      },
      parent,
    );

    this.bastionSubnetRange = bastionSubnetRange(addressSpace);
    // No inline subnets: the provider keeps what it finds where they are left out, and a list here
    // would delete every subnet that is not on it.
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
        // A range that moves from under a subnet in use is refused (InUsePrefixCannotBeDeleted); one that
        // still holds the subnet is not, and costs nobody anything.
        // https://learn.microsoft.com/azure/virtual-network/update-virtual-network-peering-address-space
        replacementTrigger: this.bastionSubnetRange,
        deleteBeforeReplace: true,
      },
    );

    this.bastionSubnet = new network.Subnet(
      `${name}-bastion-subnet`,
      {
        resourceGroupName,
        virtualNetworkName: this.virtualNetwork.name,
        subnetName: "AzureBastionSubnet",
        addressPrefix: this.bastionSubnetRange,
        networkSecurityGroup: { id: this.networkSecurityGroup.id },
      },
      { ...parent, replaceOnChanges: ["addressPrefix"], deleteBeforeReplace: true },
    );

    this.resourceGroupName = resourceGroupName;
    this.virtualNetworkId = this.virtualNetwork.id;
    this.virtualNetworkName = this.virtualNetwork.name;
    this.addressPrefixes = this.virtualNetwork.addressSpace.apply(
      (space) => space?.addressPrefixes ?? [addressSpace],
    );
    this.bastionSubnetId = this.bastionSubnet.id;
    this.registerOutputs({
      resourceGroupName: this.resourceGroupName,
      virtualNetworkId: this.virtualNetworkId,
      virtualNetworkName: this.virtualNetworkName,
      bastionSubnetId: this.bastionSubnetId,
      bastionSubnetRange: this.bastionSubnetRange,
    });
  }
}
