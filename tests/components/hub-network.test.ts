import { expect } from "chai";
import { HubNetwork } from "../../sdk";
import { record } from "../support/recorder";

const hub = { location: "westeurope", addressSpace: "10.10.0.0/24" };

describe("HubNetwork", () => {
  for (const preview of [false, true]) {
    const mode = preview ? "preview" : "update";
    it(`makes a group, a security group, a network and AzureBastionSubnet, and nothing else (${mode})`, async () => {
      const { registrations } = await record(() => new HubNetwork("hub", hub), { preview });
      expect(
        registrations.map(({ type, name, parent }) => [type, name, parent]),
      ).to.have.deep.members([
        ["secure-jump-access:index:HubNetwork", "hub", "project-stack"],
        ["azure-native:resources:ResourceGroup", "hub-group", "hub"],
        ["azure-native:network:NetworkSecurityGroup", "hub-bastion-nsg", "hub"],
        ["azure-native:network:VirtualNetwork", "hub-network", "hub"],
        ["azure-native:network:Subnet", "hub-bastion-subnet", "hub"],
      ]);
    });
  }

  it("associates the complete security group with the subnet in the subnet's own creation", async () => {
    const { one } = await record(() => new HubNetwork("hub", hub));
    const subnet = one("Subnet");
    expect(subnet.propertyDependencies.networkSecurityGroup).to.deep.equal(["hub-bastion-nsg"]);
    expect((one("NetworkSecurityGroup").inputs.securityRules as unknown[]).length).to.equal(8);
    expect(subnet.inputs).to.include({
      subnetName: "AzureBastionSubnet",
      addressPrefix: "10.10.0.0/26",
    });
    expect(subnet.inputs).to.not.have.any.keys("routeTable", "natGateway");
  });

  it("leaves subnets and peerings out of the network, so that nothing found there is deleted", async () => {
    const { one } = await record(() => new HubNetwork("hub", hub));
    expect(one("VirtualNetwork").inputs).to.not.have.any.keys("subnets", "virtualNetworkPeerings");
  });

  it("names the resources after its base name, and itself after nothing random", async () => {
    const { one } = await record(() => new HubNetwork("hub", { ...hub, baseName: "jump-dev-hub" }));
    expect(one("ResourceGroup").inputs.resourceGroupName).to.equal("rg-jump-dev-hub");
    expect(one("VirtualNetwork").inputs.virtualNetworkName).to.equal("vnet-jump-dev-hub");
    expect(one("NetworkSecurityGroup").inputs.networkSecurityGroupName).to.equal(
      "nsg-jump-dev-hub-bastion",
    );
  });

  it("lets the host out to a VM's own sign-in port", async () => {
    const { one } = await record(() => new HubNetwork("hub", { ...hub, customPorts: [2222] }));
    const rules = one("NetworkSecurityGroup").inputs.securityRules as {
      name: string;
      destinationPortRanges?: string[];
    }[];
    expect(
      rules.find(({ name }) => name === "AllowSshRdpOutbound")?.destinationPortRanges,
    ).to.deep.equal(["22", "3389", "2222"]);
  });

  it("registers no alias of the provider's older API versions", async () => {
    const { registrations } = await record(() => new HubNetwork("hub", hub));
    expect(registrations.filter(({ aliases }) => aliases > 0)).to.deep.equal([]);
  });

  it("refuses a range that is too small, and registers nothing", async () => {
    let message = "";
    const { registrations } = await record(() => {
      try {
        return new HubNetwork("hub", { ...hub, addressSpace: "10.10.0.0/27" });
      } catch (error) {
        message = (error as Error).message;
        return undefined;
      }
    });
    expect(message).to.equal(
      'HubNetwork "hub": 1 problem\n  - addressSpace: "10.10.0.0/27" is too small; AzureBastionSubnet needs /26 or larger',
    );
    expect(registrations).to.deep.equal([]);
  });
});
