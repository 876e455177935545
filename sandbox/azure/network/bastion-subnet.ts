/**
 * Name that the subnet of Azure Bastion must have, in these letters
 * (https://learn.microsoft.com/azure/bastion/configuration-settings).
 */
export const bastionSubnetName = "AzureBastionSubnet";

/** Longest prefix that Azure Bastion accepts since 2021-11-02: /26 (same page). */
export const bastionSubnetBits = 26;
