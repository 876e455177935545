import * as network from "@pulumi/azure-native/network";
import { expect } from "chai";
import { openEngine } from "../support/engine";
import {
  idOf,
  location,
  lock,
  groupId,
  nic,
  type Place,
  place,
  securityGroup,
  subnet,
  vnet,
} from "../support/plain-azure";
import { testRefusals } from "../support/refusals";

function peering(
  at: Place,
  key: string,
  from: network.VirtualNetwork,
  to: network.VirtualNetwork,
): void {
  new network.VirtualNetworkPeering(`${at.name}-${key}`, {
    resourceGroupName: at.resourceGroupName,
    virtualNetworkName: from.name,
    virtualNetworkPeeringName: key,
    remoteVirtualNetwork: { id: to.id },
  });
}

// Literal ids, so that the engine deletes what is still in use.
const nicIn = (at: Place): void => {
  nic(at, "nic", idOf(at, "Microsoft.Network/virtualNetworks/vnet/subnets/used"));
};

testRefusals("the simulated network, asked by a plain program,", [
  {
    code: "NetworkSecurityGroupNotCompliantForAzureBastionSubnet",
    of: "a security group without Bastion's rules on AzureBastionSubnet",
    says: /nsg does not have necessary rules for Azure Bastion Subnet AzureBastionSubnet/,
    after: (at) => {
      const group = securityGroup(at);
      subnet(at, vnet(at, "10.0.0.0/24"), "AzureBastionSubnet", "10.0.0.0/26", {
        networkSecurityGroup: { id: group.id },
      });
    },
    refused: "AzureBastionSubnet",
  },
  {
    code: "RouteTableCannotBeAttachedForAzureBastionSubnet",
    of: "a route table on AzureBastionSubnet",
    says: /cannot be attached to Azure Bastion Subnet/,
    after: (at) => {
      const table = new network.RouteTable(`${at.name}-table`, {
        resourceGroupName: at.resourceGroupName,
        routeTableName: "table",
        location,
      });
      subnet(at, vnet(at, "10.0.0.0/24"), "AzureBastionSubnet", "10.0.0.0/26", {
        routeTable: { id: table.id },
      });
    },
    refused: "AzureBastionSubnet",
  },
  {
    code: "NetcfgSubnetRangeOutsideVnet",
    of: "a subnet outside its network",
    says: /'a' is not valid because its IP address range is outside the IP address range of virtual network 'vnet'/,
    after: (at) => {
      subnet(at, vnet(at, "10.0.0.0/24"), "a", "10.0.1.0/26");
    },
    refused: "a",
  },
  {
    code: "NetcfgSubnetRangesOverlap",
    of: "a subnet over another one",
    says: /'b' is not valid because its IP address range overlaps with that of an existing subnet/,
    after: (at) => {
      const of = vnet(at, "10.0.0.0/24");
      const first = subnet(at, of, "a", "10.0.0.0/26");
      subnet(at, of, "b", "10.0.0.32/27", {}, { dependsOn: [first] });
    },
    refused: "b",
  },
  {
    code: "VnetAddressSpacesOverlap",
    of: "a peering of networks that overlap",
    says: /cannot be peered because their address spaces overlap.*10\.0\.0\.0\/16/,
    after: (at) => {
      peering(at, "peering", vnet(at, "10.0.0.0/16", "one"), vnet(at, "10.0.3.0/24", "two"));
    },
    refused: "peering",
  },
  {
    code: "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet",
    of: "a peering with two networks that overlap each other",
    says: /overlaps with address space of virtual network \S+two already peered/,
    before: (at) => {
      peering(at, "first", vnet(at, "10.0.0.0/16", "hub"), vnet(at, "10.2.0.0/16", "two"));
    },
    after: (at) => {
      const hub = vnet(at, "10.0.0.0/16", "hub");
      peering(at, "first", hub, vnet(at, "10.2.0.0/16", "two"));
      peering(at, "second", hub, vnet(at, "10.2.3.0/24", "three"));
    },
    refused: "second",
  },
  {
    code: "InUsePrefixCannotBeDeleted",
    of: "another range for a subnet in use",
    says: /10\.0\.0\.0\/26 on Subnet used has active allocations and cannot be deleted/,
    before: (at) => {
      nic(at, "nic", subnet(at, vnet(at, "10.0.0.0/24"), "used", "10.0.0.0/26").id);
    },
    after: (at) => {
      nic(at, "nic", subnet(at, vnet(at, "10.0.0.0/24"), "used", "10.0.0.64/26").id);
    },
    refused: "used",
  },
  {
    code: "InUseSubnetCannotBeDeleted",
    of: "the deletion of a subnet in use",
    says: /Subnet used is in use by \S+nic\S* and cannot be deleted/,
    before: (at) => {
      nic(at, "nic", subnet(at, vnet(at, "10.0.0.0/24"), "used", "10.0.0.0/26").id);
    },
    after: (at) => {
      vnet(at, "10.0.0.0/24");
      nicIn(at);
    },
    refused: "used",
  },
  {
    code: "InUseNetworkSecurityGroupCannotBeDeleted",
    of: "the deletion of a security group in use",
    says: /nsg cannot be deleted because it is in use/,
    before: (at) => {
      const group = securityGroup(at);
      subnet(at, vnet(at, "10.0.0.0/24"), "used", "10.0.0.0/26", {
        networkSecurityGroup: { id: group.id },
      });
    },
    after: (at) => {
      subnet(at, vnet(at, "10.0.0.0/24"), "used", "10.0.0.0/26", {
        networkSecurityGroup: { id: idOf(at, "Microsoft.Network/networkSecurityGroups/nsg") },
      });
    },
    refused: "nsg",
  },
  {
    code: "ScopeLocked",
    of: "the deletion of what a lock keeps",
    says: /cannot perform delete operation because following scope\(s\) are locked/,
    before: (at) => {
      const kept = vnet(at, "10.0.0.0/24");
      lock(at, kept.id);
    },
    after: (at) => {
      lock(at, `${groupId(at)}/providers/Microsoft.Network/virtualNetworks/vnet`);
    },
    refused: "vnet",
  },
]);

describe("a simulated network whose writes take time", () => {
  it("lets one write in at a time and answers AnotherOperationInProgress to the others, which the provider repeats", async () => {
    const engine = await openEngine({ timeScale: 400 });
    try {
      const stack = await engine.inline({
        program: () => {
          const at = place("busy");
          const of = vnet(at, "10.0.0.0/24");
          for (const key of [0, 1, 2, 3]) subnet(at, of, `n${key}`, `10.0.0.${key * 64}/26`);
          return undefined;
        },
      });
      const up = await stack.up();
      expect(up.summary.create).to.equal(7);
      const refused = engine.journal().filter(({ outcome }) => outcome === "refused");
      expect(new Set(refused.map(({ code }) => code))).to.deep.equal(
        new Set(["AnotherOperationInProgress"]),
      );
      for (const { id, message } of refused) {
        expect(id).to.match(/\/subnets\/n\d$/);
        expect(message).to.match(/^Another operation on this or dependent resource is in progress/);
      }
    } finally {
      await engine.close();
    }
  });
});
