import { expect } from "chai";
import { BastionHost, type BastionHostArgs } from "../../sdk";
import { record } from "../support/recorder";
import { refusalOf } from "../support/refusal";

const subnetId =
  "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/AzureBastionSubnet";
const args: BastionHostArgs = { resourceGroupName: "g", location: "westeurope", subnetId };

async function hostOf(more: Partial<BastionHostArgs> = {}) {
  return record(() => new BastionHost("bastion", { ...args, ...more }));
}

describe("BastionHost", () => {
  it("has the native client on and every side door shut", async () => {
    const { one } = await hostOf();
    expect(one("BastionHost", "bastion-host").inputs).to.deep.include({
      sku: { name: "Standard" },
      scaleUnits: 2,
      enableTunneling: true,
      enableShareableLink: false,
      enableIpConnect: false,
      enableFileCopy: false,
      disableCopyPaste: true,
      enableKerberos: false,
      enableSessionRecording: false,
      enablePrivateOnlyBastion: false,
    });
  });

  it("stands behind a Standard static address", async () => {
    const { one } = await hostOf();
    expect(one("PublicIPAddress").inputs).to.deep.include({
      sku: { name: "Standard", tier: "Regional" },
      publicIPAllocationMethod: "Static",
      publicIPAddressVersion: "IPv4",
    });
  });

  it("marks for replacement what Azure cannot change, and removes the old host first", async () => {
    const { one } = await hostOf();
    const host = one("BastionHost", "bastion-host");
    expect(host.replaceOnChanges).to.have.members([
      "ipConfigurations",
      "virtualNetwork",
      "zones",
      "enablePrivateOnlyBastion",
    ]);
    expect(host.replaceOnChanges).to.not.include.members(["sku", "scaleUnits", "enableTunneling"]);
    expect(host.deleteBeforeReplace).to.equal(true);
  });

  it("waits two hours for a host, because a shorter limit leaves it orphaned", async () => {
    const { one } = await hostOf();
    expect(one("BastionHost", "bastion-host").timeouts).to.deep.equal({
      create: "120m",
      update: "120m",
      delete: "120m",
    });
  });

  it("is parented to itself, never to an Azure resource", async () => {
    const { registrations } = await hostOf({ diagnostics: { workspaceId: "/w" } });
    expect(registrations.filter(({ custom }) => custom).map(({ parent }) => parent)).to.deep.equal([
      "bastion",
      "bastion",
      "bastion",
    ]);
  });

  it("sends the audit log where it is told, and goes before the host on destroy", async () => {
    const { one } = await hostOf({ diagnostics: { workspaceId: "/w" } });
    const setting = one("DiagnosticSetting");
    expect(setting.inputs).to.deep.include({
      workspaceId: "/w",
      logs: [{ category: "BastionAuditLogs", enabled: true }],
    });
    expect(setting.propertyDependencies.resourceUri).to.deep.equal(["bastion-host"]);
    expect(setting.deletedWith).to.equal("");
  });

  it("has no public address when it is private only", async () => {
    const { all, one } = await hostOf({ sku: "Premium", features: { privateOnly: true } });
    expect(all("PublicIPAddress")).to.deep.equal([]);
    const [configuration] = one("BastionHost", "bastion-host").inputs.ipConfigurations as object[];
    expect(configuration).to.not.have.property("publicIPAddress");
  });

  it("gives the native client up when sessions are recorded", async () => {
    const { one } = await hostOf({ sku: "Premium", features: { sessionRecording: true } });
    expect(one("BastionHost", "bastion-host").inputs).to.include({
      enableTunneling: false,
      enableSessionRecording: true,
    });
  });

  it("gives Developer a network and nothing of its own", async () => {
    const { one, all } = await record(
      () =>
        new BastionHost("bastion", {
          resourceGroupName: "g",
          location: "westeurope",
          virtualNetworkId: "/v",
          sku: "Developer",
          networkAcls: ["203.0.113.0/24"],
        }),
    );
    const { inputs } = one("BastionHost", "bastion-host");
    expect(inputs).to.not.have.any.keys("ipConfigurations", "scaleUnits", "zones");
    expect(inputs).to.deep.include({
      virtualNetwork: { id: "/v" },
      networkAcls: { ipRules: [{ addressPrefix: "203.0.113.0/24" }] },
    });
    expect(all("PublicIPAddress")).to.deep.equal([]);
  });

  it("says everything that is wrong at once, and registers nothing", async () => {
    const { problems, registered } = await refusalOf(
      () =>
        new BastionHost("bastion", {
          ...args,
          sku: "Basic",
          scaleUnits: 3,
          zones: ["4"],
          features: { nativeClient: true, sessionRecording: true, copyPaste: false },
          networkAcls: ["10.0.0.1/24"],
        }),
    );
    expect(problems).to.deep.equal([
      'features.nativeClient: not available on SKU "Basic"; use Standard or Premium',
      'features.sessionRecording: not available on SKU "Basic"; use Premium',
      'features.copyPaste: cannot be switched off on SKU "Basic"; use Standard or Premium',
      "features.sessionRecording: excludes nativeClient: a recorded host takes browser sessions only; keep one of the two",
      'scaleUnits: 3 is not allowed on SKU "Basic"; use 2',
      'zones[0]: "4" is no zone; use "1", "2" or "3"',
      'networkAcls: not available on SKU "Basic"; use Developer',
      'networkAcls[0]: "10.0.0.1/24" has host bits set; write 10.0.0.0/24',
    ]);
    expect(registered).to.deep.equal([]);
  });
});
