import * as network from "@pulumi/azure-native/network";
import * as resources from "@pulumi/azure-native/resources";

const group = new resources.ResourceGroup("group", {
  resourceGroupName: "rg-network",
  location: "westeurope",
});
const plain = new network.VirtualNetwork("plain", {
  resourceGroupName: group.name,
  virtualNetworkName: "vnet-plain",
  location: "westeurope",
  addressSpace: { addressPrefixes: ["10.0.0.0/24"] },
});
export const id = plain.id;
