import * as resources from "@pulumi/azure-native/resources";

const group = new resources.ResourceGroup("group", {
  resourceGroupName: "rg-plain",
  location: "westeurope",
});
export const name = group.name;
