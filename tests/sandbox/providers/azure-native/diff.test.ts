import { expect } from "chai";
import { unknown, type Values } from "../../../../sandbox/providers/plugin/values";
import { groupName, inWorld, types } from "../world";

const base = { resourceGroupName: groupName, location: "westeurope" };

describe("simulated azure-native: differences (provider-traps 1, Diff)", () => {
  const vnet: Values = {
    ...base,
    virtualNetworkName: "vnet",
    addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
  };

  it(
    "compares new inputs with old inputs, so that a portal's change is not seen without a refresh",
    inWorld(async ({ native }) => {
      const state = {
        ...vnet,
        addressSpace: { addressPrefixes: ["192.168.0.0/16"] },
        tags: { by: "portal" },
      };
      const diff = await native.diff(types.virtualNetwork, "v", { inputs: vnet, state }, vnet);
      expect(diff).to.include({ changes: "none", deleteBeforeReplace: false });
    }),
  );

  it(
    "shows a default that the program's library begins to send as a change",
    inWorld(async ({ native }) => {
      const news = { ...vnet, enableDdosProtection: false };
      const diff = await native.diff(types.virtualNetwork, "v", { inputs: vnet }, news);
      expect(diff.detail).to.deep.equal({ enableDdosProtection: "ADD" });
    }),
  );

  it(
    "takes a location and a group of other letters for the same",
    inWorld(async ({ native }) => {
      const news = { ...vnet, location: "West Europe", resourceGroupName: groupName.toUpperCase() };
      expect(
        (await native.diff(types.virtualNetwork, "v", { inputs: vnet }, news)).changes,
      ).to.equal("none");
    }),
  );

  it(
    "leaves out what ignoreChanges names, and no more",
    inWorld(async ({ native }) => {
      const inputs = { ...base, vmName: "a", osProfile: { adminPassword: "1", computerName: "a" } };
      const news = { ...base, vmName: "a", osProfile: { adminPassword: "2", computerName: "b" } };
      const diff = await native.diff(types.virtualMachine, "a", { inputs }, news, [
        "osProfile.adminPassword",
      ]);
      expect(diff.detail).to.deep.equal({ "osProfile.computerName": "UPDATE" });
    }),
  );

  it(
    "names the leaf that changed, so that replaceOnChanges can name it too",
    inWorld(async ({ native }) => {
      const at = (id: string): Values => ({
        ...base,
        ipConfigurations: [{ name: "ip", subnet: { id } }],
      });
      const diff = await native.diff(types.bastion, "b", { inputs: at("/a") }, at("/b"));
      expect(diff.detail).to.deep.equal({ "ipConfigurations[0].subnet.id": "UPDATE" });
      expect(diff.replaces).to.deep.equal([]);
    }),
  );
});

describe("simulated azure-native: replacement (provider-traps 1, Replace)", () => {
  const replacesOf = async (
    type: string,
    inputs: Values,
    change: Values,
  ): Promise<readonly string[]> => {
    let replaces: readonly string[] = [];
    await inWorld(async ({ native }) => {
      ({ replaces } = await native.diff(type, "x", { inputs }, { ...inputs, ...change }));
    })();
    return replaces;
  };
  const pip = {
    ...base,
    publicIpAddressName: "p",
    publicIPAddressVersion: "IPv4",
    sku: { name: "Basic" },
    zones: ["1"],
    publicIPAllocationMethod: "Static",
  };
  const assignment = {
    scope: "/s",
    roleAssignmentName: "n",
    principalId: "p",
    roleDefinitionId: "r",
    principalType: "Group",
  };

  const forced: readonly [string, string, Values, Values, string][] = [
    [
      "a path parameter",
      types.subnet,
      { ...base, virtualNetworkName: "a", subnetName: "s" },
      { virtualNetworkName: "b" },
      "virtualNetworkName",
    ],
    [
      "a path parameter that is not known yet",
      types.subnet,
      { ...base, virtualNetworkName: "a", subnetName: "s" },
      { virtualNetworkName: unknown },
      "virtualNetworkName",
    ],
    ["a network's location", types.virtualNetwork, base, { location: "northeurope" }, "location"],
    ["a group's location", types.resourceGroup, base, { location: "northeurope" }, "location"],
    ["an address's SKU", types.publicAddress, pip, { sku: { name: "Standard" } }, "sku.name"],
    [
      "an address's version",
      types.publicAddress,
      pip,
      { publicIPAddressVersion: "IPv6" },
      "publicIPAddressVersion",
    ],
    [
      "an assignment's principal",
      types.roleAssignment,
      assignment,
      { principalId: "q" },
      "principalId",
    ],
    ["an assignment's scope", types.roleAssignment, assignment, { scope: "/t" }, "scope"],
    ["an eligibility's scope", types.eligibility, { scope: "/s" }, { scope: "/t" }, "scope"],
    [
      "a diagnostic setting's resource",
      types.diagnosticSetting,
      { resourceUri: "/a", name: "d" },
      { resourceUri: "/b" },
      "resourceUri",
    ],
  ];
  for (const [what, type, inputs, change, path] of forced) {
    it(`is forced by ${what}`, async () => {
      expect(await replacesOf(type, inputs, change)).to.deep.equal([path]);
    });
  }

  const kept: readonly [string, string, Values, Values][] = [
    [
      "a Bastion host's SKU, address, subnet or zones",
      types.bastion,
      {
        ...base,
        sku: { name: "Standard" },
        zones: ["1"],
        ipConfigurations: [{ name: "a", subnet: { id: "/a" }, publicIPAddress: { id: "/p" } }],
      },
      {
        sku: { name: "Basic" },
        zones: ["2"],
        ipConfigurations: [{ name: "a", subnet: { id: "/b" }, publicIPAddress: { id: "/q" } }],
      },
    ],
    [
      "an address's zones or allocation",
      types.publicAddress,
      pip,
      { zones: ["2"], publicIPAllocationMethod: "Dynamic" },
    ],
    [
      "a machine's image, name inside or password",
      types.virtualMachine,
      {
        ...base,
        osProfile: { computerName: "a", adminPassword: "a" },
        storageProfile: { imageReference: { sku: "a" } },
      },
      {
        osProfile: { computerName: "b", adminPassword: "b" },
        storageProfile: { imageReference: { sku: "b" } },
      },
    ],
    [
      "a peering's remote network",
      types.peering,
      { ...base, remoteVirtualNetwork: { id: "/a" } },
      { remoteVirtualNetwork: { id: "/b" } },
    ],
    [
      "an assignment's role, kind of principal or condition",
      types.roleAssignment,
      assignment,
      { roleDefinitionId: "s", principalType: "User", condition: "c" },
    ],
    [
      "an eligibility's principal, role, dates or justification",
      types.eligibility,
      {
        scope: "/s",
        principalId: "p",
        roleDefinitionId: "r",
        justification: "a",
        scheduleInfo: { startDateTime: "a" },
      },
      {
        principalId: "q",
        roleDefinitionId: "s",
        justification: "b",
        scheduleInfo: { startDateTime: "b" },
      },
    ],
    [
      "an extension's type or publisher",
      types.extension,
      { ...base, vmName: "v", vmExtensionName: "e", type: "a", publisher: "p" },
      { type: "b", publisher: "q" },
    ],
  ];
  for (const [what, type, inputs, change] of kept) {
    it(`is not forced by ${what}`, async () => {
      expect(await replacesOf(type, inputs, change)).to.deep.equal([]);
    });
  }

  it(
    "is no replacement where a property is only written down that the state has already",
    inWorld(async ({ native }) => {
      const inputs = { resourceGroupName: groupName, virtualNetworkName: "v" };
      const state = { location: "westeurope" };
      const named = await native.diff(
        types.virtualNetwork,
        "v",
        { inputs, state },
        { ...inputs, location: "westeurope" },
      );
      expect(named.replaces).to.deep.equal([]);
      const other = await native.diff(
        types.virtualNetwork,
        "v",
        { inputs, state },
        { ...inputs, location: "northeurope" },
      );
      expect(other.replaces).to.deep.equal(["location"]);
    }),
  );

  it(
    "deletes first, unless the name was drawn at random (provider-traps 1, Replace order)",
    inWorld(async ({ native }) => {
      const news = { ...base, location: "northeurope" };
      const named = await native.diff(types.virtualNetwork, "v", { inputs: base }, news);
      expect(named.deleteBeforeReplace).to.equal(true);
      const drawn = { ...base, __createBeforeDelete: true };
      const random = await native.diff(
        types.virtualNetwork,
        "v",
        { inputs: drawn },
        { ...news, __createBeforeDelete: true },
      );
      expect(random).to.deep.include({ deleteBeforeReplace: false, replaces: ["location"] });
    }),
  );
});
