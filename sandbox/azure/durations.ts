/**
 * How long Azure takes for each kind of operation, in seconds: the typical time of one operation, not its limit. Used
 * while the time scale is on, so that a deployment's makespan can be measured, and for the moment when an operation
 * that nobody polls is over.
 *
 * Measured values are those that the named page or thread reports; where none was found the source says `estimate` and
 * what it rests on.
 */
export const durations = {
  resourceGroupDelete: {
    seconds: 60,
    source: "estimate: what is inside is counted on its own, an empty group takes about a minute",
  },
  virtualNetworkPut: {
    seconds: 5,
    source:
      "estimate: harmony-one/experiment-deploy#318 logs 11 s with polls every 10 s, so between 1 and 10 s",
  },
  virtualNetworkDelete: {
    seconds: 10,
    source:
      "https://github.com/Azure/terraform-azurerm-aks/pull/76 (destruction after 11 s, polls every 10 s)",
  },
  subnetPut: {
    seconds: 5,
    source:
      "https://github.com/PaloAltoNetworks/terraform-azurerm-vmseries-modules/pull/92 (10 s for one, 15 s for two that wait for each other)",
  },
  subnetDelete: {
    seconds: 10,
    source: "https://github.com/jenkins-infra/azure/pull/77 (destruction after 10 s)",
  },
  peeringPut: {
    seconds: 12,
    source: "estimate, as virtualNetworkPut, with the wait for the other half's state",
  },
  peeringDelete: { seconds: 12, source: "estimate, as peeringPut" },
  securityGroupPut: {
    seconds: 5,
    source: "https://github.com/harmony-one/experiment-deploy/pull/318 (11 s, polls every 10 s)",
  },
  securityGroupDelete: { seconds: 11, source: "estimate, as virtualNetworkDelete" },
  securityRulePut: {
    seconds: 5,
    source:
      "https://github.com/PaloAltoNetworks/terraform-azurerm-vmseries-modules/pull/92 (10 to 20 s, one after the other)",
  },
  securityRuleDelete: { seconds: 11, source: "estimate, as securityGroupDelete" },
  publicAddressPut: {
    seconds: 4,
    source: "https://github.com/PaloAltoNetworks/terraform-azurerm-vmseries-modules/pull/92 (4 s)",
  },
  publicAddressDelete: { seconds: 11, source: "estimate, as virtualNetworkDelete" },
  natGatewayPut: { seconds: 7, source: "estimate, as virtualNetworkPut" },
  natGatewayDelete: { seconds: 11, source: "estimate, as virtualNetworkDelete" },
  routeTablePut: { seconds: 4, source: "estimate, as virtualNetworkPut" },
  routeTableDelete: { seconds: 11, source: "estimate, as virtualNetworkDelete" },
  loadBalancerPut: { seconds: 5, source: "estimate, as virtualNetworkPut" },
  loadBalancerDelete: { seconds: 11, source: "estimate, as virtualNetworkDelete" },
  networkInterfacePut: { seconds: 4, source: "estimate, as virtualNetworkPut" },
  networkInterfaceDelete: { seconds: 11, source: "estimate, as virtualNetworkDelete" },
  bastionPut: {
    seconds: 600,
    source:
      "https://learn.microsoft.com/azure/bastion/tutorial-create-host-portal (about 10 minutes); issue reports of 10 to 35 minutes: aztfmod/terraform-azurerm-caf#154",
  },
  bastionDelete: {
    seconds: 390,
    source:
      "https://github.com/hashicorp/terraform-provider-azurerm/pull/20062 (994 s for creation and destruction, less bastionPut)",
  },
  virtualMachinePut: {
    seconds: 60,
    source: "estimate, from the create times that Terraform prints in public issue logs (45-120 s)",
  },
  virtualMachineUpdate: { seconds: 30, source: "estimate: an update in place without a new host" },
  virtualMachineDelete: { seconds: 45, source: "estimate, from destroy logs in public issues" },
  virtualMachineAction: {
    seconds: 60,
    source: "estimate: start, deallocate and restart take about a minute",
  },
  diskDelete: { seconds: 5, source: "estimate, as virtualNetworkPut" },
  extensionPut: {
    seconds: 90,
    source: "estimate: the agent fetches, installs and reports in one to three minutes",
  },
  extensionDelete: { seconds: 30, source: "estimate: the agent removes it and reports" },
  workspacePut: {
    seconds: 30,
    source: "estimate, from the create times that Terraform prints in public issue logs",
  },
  workspaceDelete: { seconds: 10, source: "estimate, as workspacePut" },
  storageAccountPut: {
    seconds: 22,
    source: "estimate, from the create times that Terraform prints in public issue logs (20-25 s)",
  },
} as const satisfies Record<string, { readonly seconds: number; readonly source: string }>;

export type DurationKey = keyof typeof durations;
