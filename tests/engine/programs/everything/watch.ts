import * as monitor from "@pulumi/azure-native/monitor";
import * as operationalinsights from "@pulumi/azure-native/operationalinsights";
import * as storage from "@pulumi/azure-native/storage";
import { bastion } from "./network";
import { location, resourceGroupName } from "./place";

const workspace = new operationalinsights.Workspace("workspace", {
  resourceGroupName,
  location,
  sku: { name: "PerGB2018" },
  retentionInDays: 30,
});

export const account = new storage.StorageAccount("account", {
  resourceGroupName,
  accountName: "everythingrecordings",
  location,
  kind: "StorageV2",
  sku: { name: "Standard_LRS" },
});

export const audit = new monitor.DiagnosticSetting("audit", {
  name: "audit",
  resourceUri: bastion.id,
  workspaceId: workspace.id,
  logs: [{ category: "BastionAuditLogs", enabled: true }],
});
