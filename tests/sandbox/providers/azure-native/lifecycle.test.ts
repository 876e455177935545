import { expect } from "chai";
import { asObjects, at } from "../../../../sandbox/azure/json";
import { isValues, unknown, type Values } from "../../../../sandbox/providers/plugin/values";
import type { SimulatedAzure } from "../../../../sandbox/azure/server";
import {
  deploy,
  deployGroup,
  deployNetwork,
  deploySubnet,
  groupId,
  groupName,
  inWorld,
  operators,
  refusalOf,
  subscription,
  types,
} from "../world";

const networkId = `${groupId}/providers/Microsoft.Network/virtualNetworks/vnet`;
const nsgId = `${groupId}/providers/Microsoft.Network/networkSecurityGroups/nsg`;

/** Methods and last path segments of the requests that the store's journal holds. */
function writes(azure: SimulatedAzure): string[] {
  return azure.store
    .journal()
    .filter((entry) => ["PUT", "PATCH", "POST", "DELETE"].includes(entry.method))
    .map((entry) => `${entry.method} ${entry.id.split("/").pop() ?? ""}`);
}

function rule(name: string, priority: number): Values {
  return {
    name,
    priority,
    access: "Deny",
    direction: "Inbound",
    protocol: "*",
    sourceAddressPrefix: "*",
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: "*",
  };
}

describe("simulated azure-native: creation (provider-traps 1, Create)", () => {
  it(
    "answers Azure's id and outputs flattened, with name, type and API version and without path parameters",
    inWorld(async ({ native }) => {
      await deployGroup(native);
      const { id, state } = await deployNetwork(native);
      expect(id).to.equal(networkId);
      expect(state).to.deep.include({
        id: networkId,
        name: "vnet",
        type: "Microsoft.Network/virtualNetworks",
        azureApiVersion: "2024-05-01",
        addressSpace: { addressPrefixes: ["10.20.0.0/16"] },
        provisioningState: "Succeeded",
        subnets: [],
      });
      expect(state).to.not.have.any.keys("properties", "resourceGroupName", "virtualNetworkName");
    }),
  );

  it(
    "keeps the nested properties of a resource group, the one type that has them",
    inWorld(async ({ native }) => {
      const { state } = await deployGroup(native);
      expect(state.properties).to.deep.equal({ provisioningState: "Succeeded" });
    }),
  );

  it(
    "fails for what is there already, without a write",
    inWorld(async ({ azure, native }) => {
      const group = await deployGroup(native);
      const before = writes(azure).length;
      const again = native.create(types.resourceGroup, "again", group.inputs);
      expect(await refusalOf(again)).to.contain(
        `cannot create already existing resource '${groupId}'`,
      );
      expect(writes(azure)).to.have.length(before);
    }),
  );

  it(
    "sends empty lists for sub-resources that the program leaves out",
    inWorld(async ({ azure, native }) => {
      await deployGroup(native);
      await deployNetwork(native);
      const put = azure.store
        .journal()
        .find((entry) => entry.method === "PUT" && entry.id === networkId);
      expect(at(put?.request, "properties.subnets")).to.deep.equal([]);
      expect(at(put?.request, "properties.virtualNetworkPeerings")).to.deep.equal([]);
    }),
  );

  it(
    "returns nothing secret: a password is in the request and not in the outputs",
    inWorld(async ({ native }) => {
      await deployGroup(native);
      await deployNetwork(native);
      const subnet = await deploySubnet(native, "vms", "10.20.1.0/24");
      const nic = await deploy(native, types.networkInterface, "nic", {
        resourceGroupName: groupName,
        ipConfigurations: [{ name: "ip", subnet: { id: subnet.id } }],
      });
      const vm = await deploy(native, types.virtualMachine, "vm", {
        resourceGroupName: groupName,
        hardwareProfile: { vmSize: "Standard_D2s_v5" },
        osProfile: {
          computerName: "vm",
          adminUsername: "localadm",
          adminPassword: "Only-in-the-request-1",
        },
        storageProfile: {
          imageReference: {
            publisher: "Canonical",
            offer: "ubuntu-24_04-lts",
            sku: "server",
            version: "latest",
          },
          osDisk: { createOption: "FromImage" },
        },
        networkProfile: { networkInterfaces: [{ id: nic.id }] },
      });
      expect(JSON.stringify(vm.state)).to.not.contain("Only-in-the-request-1");
      expect(isValues(vm.state.osProfile) && vm.state.osProfile.adminUsername).to.equal("localadm");
    }),
  );
});

describe("simulated azure-native: preview", () => {
  const given = {
    resourceGroupName: groupName,
    virtualNetworkName: "vnet",
    addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
  };

  it(
    "knows the inputs that are outputs too, and nothing that Azure makes",
    inWorld(async ({ azure, native }) => {
      const { id, state } = await native.create(types.virtualNetwork, "v", given, {
        preview: true,
      });
      expect(id).to.equal("");
      expect(state.addressSpace).to.deep.equal({
        addressPrefixes: ["10.0.0.0/16"],
        ipamPoolPrefixAllocations: unknown,
      });
      for (const name of ["name", "id", "etag", "subnets", "provisioningState"])
        expect(state[name]).to.equal(unknown);
      expect(state).to.not.have.any.keys("resourceGroupName", "virtualNetworkName");
      expect(writes(azure)).to.deep.equal([]);
    }),
  );

  it(
    "keeps name and location through an update and lets the rest be unknown",
    inWorld(async ({ native }) => {
      const before = {
        id: networkId,
        inputs: given,
        state: { name: "vnet", location: "westeurope", etag: "1" },
      };
      const state = await native.update(
        types.virtualNetwork,
        "v",
        before,
        { ...given, location: "westeurope" },
        { preview: true },
      );
      expect(state).to.include({ name: "vnet", location: "westeurope", etag: unknown });
    }),
  );
});

describe("simulated azure-native: update (provider-traps 1, Update)", () => {
  it(
    "is a whole PUT: what the program leaves out is taken away",
    inWorld(async ({ native }) => {
      await deployGroup(native);
      await deployNetwork(native);
      const nsg = await deploy(native, types.securityGroup, "nsg", {
        resourceGroupName: groupName,
        networkSecurityGroupName: "nsg",
      });
      const subnet = await deploy(native, types.subnet, "vms", {
        resourceGroupName: groupName,
        virtualNetworkName: "vnet",
        subnetName: "vms",
        addressPrefix: "10.20.1.0/24",
        networkSecurityGroup: { id: nsg.id },
      });
      expect(subnet.state.networkSecurityGroup).to.deep.include({ id: nsg.id });
      const { networkSecurityGroup, ...news } = subnet.inputs;
      expect(networkSecurityGroup).to.not.equal(undefined);
      const state = await native.update(types.subnet, "vms", subnet, news);
      expect(state).to.not.have.any.keys("networkSecurityGroup");
    }),
  );

  it(
    "writes standalone subnets, peerings, rules and routes back (provider-traps 1, sub-resource maintenance)",
    inWorld(async ({ azure, native }) => {
      await deployGroup(native);
      const vnet = await deployNetwork(native);
      await deploySubnet(native, "a", "10.20.1.0/24");
      await deploySubnet(native, "b", "10.20.2.0/24");
      await native.update(types.virtualNetwork, "vnet", vnet, { ...vnet.inputs, tags: { a: "b" } });
      const puts = azure.store
        .journal()
        .filter((entry) => entry.method === "PUT" && entry.id === networkId);
      const sent = asObjects(at(puts[puts.length - 1]?.request, "properties.subnets"));
      expect(sent.map((item) => item.name)).to.deep.equal(["a", "b"]);
      const kept = azure.store
        .childrenOf(networkId, "Microsoft.Network/virtualNetworks/subnets")
        .map((item) => item.name);
      expect(kept).to.deep.equal(["a", "b"]);
      expect(azure.store.get(networkId)?.body.tags).to.deep.equal({ a: "b" });

      const nsg = await deploy(native, types.securityGroup, "nsg", {
        resourceGroupName: groupName,
        networkSecurityGroupName: "nsg",
      });
      await deploy(native, types.securityRule, "deny", {
        resourceGroupName: groupName,
        networkSecurityGroupName: "nsg",
        securityRuleName: "deny",
        ...rule("deny", 300),
      });
      const state = await native.update(types.securityGroup, "nsg", nsg, {
        ...nsg.inputs,
        tags: { a: "b" },
      });
      expect(asObjects(state.securityRules).map((item) => item.name)).to.deep.equal(["deny"]);
      expect((await native.read(types.securityGroup, "nsg", nsgId, nsg)).id).to.equal(nsgId);
    }),
  );

  it(
    "takes a list that the program gives as the whole list",
    inWorld(async ({ native }) => {
      await deployGroup(native);
      const inputs = {
        resourceGroupName: groupName,
        networkSecurityGroupName: "nsg",
        securityRules: [rule("a", 100), rule("b", 200)],
      };
      const nsg = await deploy(native, types.securityGroup, "nsg", inputs);
      const state = await native.update(types.securityGroup, "nsg", nsg, {
        ...nsg.inputs,
        securityRules: [rule("b", 200)],
      });
      expect(asObjects(state.securityRules).map((item) => item.name)).to.deep.equal(["b"]);
    }),
  );
});

describe("simulated azure-native: removal (provider-traps 1, Delete)", () => {
  it(
    "waits until the resource is gone, and takes what is gone already for removed",
    inWorld(async ({ azure, native }) => {
      await deployGroup(native);
      const vnet = await deployNetwork(native);
      await native.delete(types.virtualNetwork, "vnet", vnet.id, vnet.state);
      expect(azure.store.get(networkId)).to.equal(undefined);
      await native.delete(types.virtualNetwork, "vnet", vnet.id, vnet.state);
    }),
  );

  it(
    "hands on what Azure refuses, with its status, code and message",
    inWorld(async ({ native }) => {
      await deployGroup(native);
      const nsg = await deploy(native, types.securityGroup, "nsg", {
        resourceGroupName: groupName,
        networkSecurityGroupName: "nsg",
      });
      await deployNetwork(native);
      await deploy(native, types.subnet, "s", {
        resourceGroupName: groupName,
        virtualNetworkName: "vnet",
        subnetName: "s",
        addressPrefix: "10.20.1.0/24",
        networkSecurityGroup: { id: nsg.id },
      });
      const message = await refusalOf(native.delete(types.securityGroup, "nsg", nsg.id, nsg.state));
      expect(message).to.match(
        /Status=400 Code="InUseNetworkSecurityGroupCannotBeDeleted" Message=".+"/,
      );
    }),
  );
});

describe("simulated azure-native: refresh (provider-traps 1, Refresh)", () => {
  it(
    "leaves inputs as they are where nothing changed, whatever Azure filled in",
    inWorld(async ({ native }) => {
      await deployGroup(native);
      const vnet = await deployNetwork(native);
      await deploySubnet(native, "a", "10.20.1.0/24");
      const read = await native.read(types.virtualNetwork, "vnet", vnet.id, vnet);
      expect(read.inputs).to.deep.equal(vnet.inputs);
      expect(asObjects(read.state.subnets).map((item) => item.name)).to.deep.equal(["a"]);
    }),
  );

  it(
    "projects what somebody changed onto the inputs",
    inWorld(async ({ azure, native }) => {
      await deployGroup(native);
      const nsg = await deploy(native, types.securityGroup, "nsg", {
        resourceGroupName: groupName,
        networkSecurityGroupName: "nsg",
        securityRules: [rule("a", 100)],
        tags: { owner: "us" },
      });
      await fetch(`${azure.url}${nsgId}/securityRules/portal?api-version=2024-05-01`, {
        method: "PUT",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ properties: rule("portal", 110) }),
      });
      const read = await native.read(types.securityGroup, "nsg", nsg.id, nsg);
      expect(asObjects(read.inputs.securityRules).map((item) => item.name)).to.deep.equal([
        "a",
        "portal",
      ]);
      expect(asObjects(read.inputs.securityRules)[0]).to.deep.equal(rule("a", 100));
    }),
  );

  it(
    "finds a resource gone that Azure no longer has",
    inWorld(async ({ native }) => {
      const group = await deployGroup(native);
      await native.delete(types.resourceGroup, "rg", group.id, group.state);
      expect((await native.read(types.resourceGroup, "rg", group.id, group)).id).to.equal("");
    }),
  );

  it(
    "imports from an id alone: path parameters and the body, without emptiness and without what Azure sets",
    inWorld(async ({ native }) => {
      await deployGroup(native);
      const vnet = await deployNetwork(native);
      const { id, inputs, state } = await native.read(types.virtualNetwork, "vnet", vnet.id);
      expect(id).to.equal(vnet.id);
      expect(state).to.deep.equal(vnet.state);
      expect(inputs).to.deep.include({
        resourceGroupName: groupName,
        virtualNetworkName: "vnet",
        location: "westeurope",
        addressSpace: { addressPrefixes: ["10.20.0.0/16"] },
      });
      expect(inputs).to.not.have.any.keys("id", "etag", "subnets", "provisioningState", "name");
      const checked = await native.check(types.virtualNetwork, "vnet", inputs);
      expect(checked.failures).to.deep.equal([]);
    }),
  );

  it(
    "imports a role assignment, whose scope is a path of its own",
    inWorld(async ({ native }) => {
      const scope = `/subscriptions/${subscription}`;
      const made = await deploy(native, types.roleAssignment, "a", {
        scope,
        principalId: operators,
        principalType: "Group",
        roleDefinitionId: `${scope}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`,
      });
      const { inputs } = await native.read(types.roleAssignment, "a", made.id);
      expect(inputs).to.deep.include({
        scope,
        roleAssignmentName: made.inputs.roleAssignmentName,
        principalId: operators,
      });
      await deployGroup(native);
      const vnet = await deployNetwork(native);
      const message = await refusalOf(native.read(types.subnet, "s", vnet.id));
      expect(message).to.contain("does not have the form of");
    }),
  );
});
