import { expect } from "chai";
import type { Value } from "../../../components/model/graph/resource-graph";
import { Hidden } from "../../../components/model/graph/resource-graph";
import { changed, claim, GROUP, NOT_KNOWN, resource } from "./plain-program";

const KEYS = { publicKeys: [{ keyData: "ssh-ed25519 AAAA" }] };

function withProfile(osProfile: Value, more: Record<string, Value> = {}) {
  const { verdict, because } = claim("I7", changed("machine", { osProfile, ...more }));
  return [verdict, because];
}

describe("I7, the VM has no local credential that anybody can use", () => {
  it("is proved of a Linux VM that takes no password and is given no key", () => {
    const { verdict, because, assumptions } = claim("I7");
    expect([verdict, because]).to.deep.equal(["proved", "it is given no local credential"]);
    expect(assumptions).to.deep.equal([
      "nobody left an account or a key in the guest: no earlier session, image or script",
    ]);
  });

  it("is refuted where Linux takes passwords, said or left out", () => {
    const on = { linuxConfiguration: { disablePasswordAuthentication: false } };
    const refuted = ["refuted", "Linux takes passwords for sign-in"];
    expect(withProfile(on)).to.deep.equal(refuted);
    expect(withProfile({ linuxConfiguration: {} })).to.deep.equal(refuted);
  });

  it("is refuted where a component's caller passed a credential, by the tag that shows it", () => {
    const profile = { linuxConfiguration: { disablePasswordAuthentication: true, ssh: KEYS } };
    const tags = { "secure-jump-access:local-credential": "sshKey: backup agent" };
    expect(withProfile(profile, { tags })).to.deep.equal([
      "refuted",
      "the program gives out its SSH key (sshKey: backup agent)",
    ]);
    const { counterexample } = claim("I7", changed("machine", { osProfile: profile, tags }));
    expect(counterexample).to.deep.equal({ hop: "web", role: "local SSH key", resource: "web" });
  });

  it("is unknown where the graph cannot tell who holds a key or a password, and names it", () => {
    const profile = { linuxConfiguration: { disablePasswordAuthentication: true, ssh: KEYS } };
    expect(withProfile(profile)).to.deep.equal([
      "unknown",
      "the graph does not tell who holds the SSH key",
    ]);
    const windows = { adminPassword: new Hidden("secret"), windowsConfiguration: {} };
    const unknown = [
      "unknown",
      "the graph does not tell who holds the password of the local account",
    ];
    expect(withProfile(windows)).to.deep.equal(unknown);
    expect(withProfile({ windowsConfiguration: {} })).to.deep.equal(unknown);
    expect(withProfile(NOT_KNOWN)[0]).to.equal("unknown");
  });

  it("is unknown beside an extension that resets accounts", () => {
    const vmAccess = {
      ...resource(
        "machine",
        "reset",
        { type: "VMAccessForLinux", vmName: "vm-web" },
        {
          id: `${GROUP}/providers/Microsoft.Compute/virtualMachines/vm-web/extensions/enablevmaccess`,
        },
      ),
      type: "azure-native:compute:VirtualMachineExtension",
    };
    const { verdict, because } = claim("I7", { vmAccess });
    expect([verdict, because]).to.deep.equal([
      "unknown",
      "the graph does not tell who holds the extension reset",
    ]);
  });
});
