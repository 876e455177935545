import { bastionNsgRules } from "../bastion-nsg-rules";
import { type BastionChoice, resolveFeatures } from "../bastion-sku";
import { customPortsOf, type EnvironmentChoice, environmentBase } from "../environment-check";
import type { GraphResource } from "../graph/resource-graph";
import { bastionSubnetRange } from "../hub";
import { securityRuleDocument } from "../nsg-rule";
import { resourceName } from "../resource-names";
import { type Place, planned, plannedId } from "./planned-resource";

/** The hub of an environment, as far as other parts refer to it. */
export interface PlannedHub {
  readonly place: Place;
  readonly networkName: string;
  readonly networkId: string;
  readonly hostId: string;
  readonly resources: readonly GraphResource[];
}

/** What `HubNetwork` and `BastionHost` make. */
export function plannedHub(name: string, args: EnvironmentChoice<unknown>): PlannedHub {
  const base = environmentBase(name, args.environment);
  const hubBase = `${base}-hub`;
  const place = {
    subscriptionId: args.subscriptionId,
    group: resourceName("resourceGroup", hubBase),
  };
  const common = { resourceGroupName: place.group };
  const networkName = resourceName("virtualNetwork", hubBase);
  const guardName = resourceName("networkSecurityGroup", hubBase, "bastion");
  const guardId = plannedId(place, "Network", "networkSecurityGroups", guardName);
  const networkId = plannedId(place, "Network", "virtualNetworks", networkName);
  const subnetId = `${networkId}/subnets/AzureBastionSubnet`;
  const hostName = resourceName("bastionHost", base);
  const hostId = plannedId(place, "Network", "bastionHosts", hostName);
  const bastion: BastionChoice = { sku: "Standard", ...args.bastion };
  const { privateOnly } = resolveFeatures(bastion);
  return {
    place,
    networkName,
    networkId,
    hostId,
    resources: [
      planned("azure-native:resources:ResourceGroup", `${name}-hub-group`, {
        resourceGroupName: place.group,
      }),
      planned(
        "azure-native:network:NetworkSecurityGroup",
        `${name}-hub-bastion-nsg`,
        {
          ...common,
          networkSecurityGroupName: guardName,
          securityRules: bastionNsgRules(customPortsOf(args.spokes)).map(securityRuleDocument),
        },
        { id: guardId },
      ),
      planned(
        "azure-native:network:VirtualNetwork",
        `${name}-hub-network`,
        {
          ...common,
          virtualNetworkName: networkName,
          addressSpace: { addressPrefixes: [args.hub.addressSpace] },
        },
        { id: networkId },
      ),
      planned(
        "azure-native:network:Subnet",
        `${name}-hub-bastion-subnet`,
        {
          ...common,
          virtualNetworkName: networkName,
          subnetName: "AzureBastionSubnet",
          addressPrefix: bastionSubnetRange(args.hub.addressSpace),
          networkSecurityGroup: { id: guardId },
        },
        { id: subnetId },
      ),
      planned(
        "azure-native:network:BastionHost",
        `${name}-bastion-host`,
        {
          ...common,
          bastionHostName: hostName,
          sku: { name: bastion.sku },
          enablePrivateOnlyBastion: privateOnly,
          ipConfigurations: [{ name: "bastion", subnet: { id: subnetId } }],
        },
        { id: hostId },
      ),
    ],
  };
}
