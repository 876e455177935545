import type * as network from "@pulumi/azure-native/network";
import { address, bastion, type Place, subnet, vnet } from "../support/plain-azure";
import { testRefusals } from "../support/refusals";

function bastionSubnet(at: Place, key = "vnet", range = "10.0.0.0/24"): network.Subnet {
  const of = vnet(at, range, key);
  const bits = range.replace("/24", "/26");
  // Named by its network: a place may have two.
  return subnet({ ...at, name: `${at.name}-${key}` }, of, "AzureBastionSubnet", bits);
}

function host(at: Place, more: Partial<network.BastionHostArgs> = {}): network.BastionHost {
  return bastion(at, "host", bastionSubnet(at).id, address(at, "address").id, more);
}

testRefusals("the simulated Bastion, asked by a plain program,", [
  {
    code: "BastionSubnetInUse",
    of: "a second host in a subnet",
    says: /already used by the Bastion host \S+\/host/,
    before: (at) => {
      host(at);
    },
    after: (at) => {
      const inside = bastionSubnet(at);
      bastion(at, "host", inside.id, address(at, "address").id);
      bastion(at, "second", inside.id, address(at, "another").id);
    },
    refused: "second",
  },
  {
    code: "BastionUpdateNotSupported",
    of: "a lower SKU",
    says: /its sku cannot go down from Premium to Standard/,
    before: (at) => {
      host(at, { sku: { name: "Premium" } });
    },
    after: (at) => {
      host(at);
    },
    refused: "host",
  },
  {
    code: "BastionUpdateNotSupported",
    of: "another subnet",
    says: /its subnet cannot be changed/,
    before: (at) => {
      bastion(at, "host", bastionSubnet(at, "one").id, address(at, "address").id);
      bastionSubnet(at, "two", "10.1.0.0/24");
    },
    after: (at) => {
      bastionSubnet(at, "one");
      bastion(at, "host", bastionSubnet(at, "two", "10.1.0.0/24").id, address(at, "address").id);
    },
    refused: "host",
  },
  {
    code: "BastionUpdateNotSupported",
    of: "another address",
    says: /its public IP address cannot be changed/,
    before: (at) => {
      host(at);
      address(at, "another");
    },
    after: (at) => {
      address(at, "address");
      bastion(at, "host", bastionSubnet(at).id, address(at, "another").id);
    },
    refused: "host",
  },
  {
    code: "FeatureNotSupportedForBasicBastionSku",
    of: "the native client on Basic",
    says: /enableTunneling is not supported for Bastion Sku Basic/,
    after: (at) => {
      host(at, { sku: { name: "Basic" }, enableTunneling: true });
    },
    refused: "host",
  },
  {
    code: "FeatureNotSupportedForStandardBastionSku",
    of: "session recording on Standard",
    says: /enableSessionRecording is not supported for Bastion Sku Standard/,
    after: (at) => {
      host(at, { enableSessionRecording: true });
    },
    refused: "host",
  },
  {
    code: "BastionPublicIpMustBeStandardAndStatic",
    of: "a Basic address",
    says: /its sku must be Standard and its allocation method Static/,
    after: (at) => {
      const basic = address(at, "address", {
        sku: { name: "Basic" },
        publicIPAllocationMethod: "Dynamic",
      });
      bastion(at, "host", bastionSubnet(at).id, basic.id);
    },
    refused: "host",
  },
  {
    code: "SubnetNameMustBeAzureBastionSubnet",
    of: "a subnet of another name",
    says: /Azure Bastion can only be created in subnet with name 'AzureBastionSubnet'/,
    after: (at) => {
      const other = subnet(at, vnet(at, "10.0.0.0/24"), "other", "10.0.0.0/26");
      bastion(at, "host", other.id, address(at, "address").id);
    },
    refused: "host",
  },
]);
