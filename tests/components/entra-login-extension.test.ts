import * as compute from "@pulumi/azure-native/compute";
import { expect } from "chai";
import { EntraLoginExtension, type EntraLoginExtensionArgs } from "../../sdk";
import { record } from "../support/recorder";
import { refusalOf } from "../support/refusal";

function machine(): compute.VirtualMachine {
  return new compute.VirtualMachine("vm", { resourceGroupName: "g", vmName: "vm" });
}

function extensionOf(more: Partial<EntraLoginExtensionArgs> = {}) {
  return record(
    () =>
      new EntraLoginExtension("login", {
        virtualMachine: machine(),
        resourceGroupName: "g",
        location: "westeurope",
        os: "linux",
        ...more,
      }),
  );
}

describe("EntraLoginExtension", () => {
  it("installs Microsoft's extension for each operating system, without settings", async () => {
    const linux = await extensionOf();
    expect(linux.one("VirtualMachineExtension").inputs).to.include({
      publisher: "Microsoft.Azure.ActiveDirectory",
      type: "AADSSHLoginForLinux",
      typeHandlerVersion: "1.0",
      autoUpgradeMinorVersion: true,
    });
    const windows = await extensionOf({ os: "windows" });
    expect(windows.one("VirtualMachineExtension").inputs).to.include({
      publisher: "Microsoft.Azure.ActiveDirectory",
      type: "AADLoginForWindows",
      typeHandlerVersion: "2.0",
    });
    expect(windows.one("VirtualMachineExtension").inputs).to.not.have.property("settings");
  });

  it("goes with its VM, because Azure deletes no extension of a stopped one", async () => {
    const { one } = await extensionOf();
    const extension = one("VirtualMachineExtension");
    expect(extension.deletedWith).to.equal("vm");
    expect(extension.propertyDependencies.vmName).to.deep.equal(["vm"]);
    expect(extension.parent).to.equal("login");
  });

  it("waits for the extensions before it, because a VM takes one operation at a time", async () => {
    const { one } = await record(() => {
      const virtualMachine = machine();
      const monitoring = new compute.VirtualMachineExtension("monitoring", {
        resourceGroupName: "g",
        vmName: virtualMachine.name,
        vmExtensionName: "monitoring",
      });
      return new EntraLoginExtension("login", {
        virtualMachine,
        resourceGroupName: "g",
        location: "westeurope",
        os: "linux",
        after: [monitoring],
      });
    });
    expect(one("VirtualMachineExtension", "login-extension").dependsOn).to.include("monitoring");
  });

  it("refuses a VM without identity, without a way out, or with an image that takes no sign-in", async () => {
    const { problems } = await refusalOf(
      () =>
        new EntraLoginExtension("login", {
          virtualMachine: undefined as unknown as compute.VirtualMachine,
          resourceGroupName: "g",
          location: "westeurope",
          os: "linux",
          image: { id: "/images/own", osVersion: "Ubuntu 14.04" },
          systemIdentity: false,
          egress: "none",
        }),
    );
    expect(problems.map((problem) => problem.split(";")[0])).to.deep.equal([
      'image: "Ubuntu 14.04" takes no phishing-resistant Entra ID sign-in',
      "systemIdentity: is off",
      'egress: is "none"',
    ]);
  });
});
