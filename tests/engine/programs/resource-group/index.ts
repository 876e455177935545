import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const group = new resources.ResourceGroup("group", {
  resourceGroupName: "rg-plain",
  location: config.require("location"),
  tags: { owner: config.get("owner") ?? "nobody" },
});
export const name = group.name;
