import * as resources from "@pulumi/azure-native/resources";

export const location = "westeurope";
export const subscriptionId = "bbbbbbbb-0000-4000-8000-000000000000";
/** A group of the tenant that is there already. */
export const engineers = "aaaaaaaa-0000-4000-8000-000000000011";

export const group = new resources.ResourceGroup("group", {
  resourceGroupName: "rg-everything",
  location,
});
export const resourceGroupName = group.name;

/** A network that somebody else made. */
export const existingNetwork = `/subscriptions/${subscriptionId}/resourceGroups/rg-existing/providers/Microsoft.Network/virtualNetworks/vnet-existing`;
