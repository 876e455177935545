import { expect } from "chai";
import fc from "fast-check";
import {
  checkBaseName,
  checkKey,
  RESOURCE_NAMES,
  resourceName,
} from "../../components/model/resource-names";
import {
  checkComputerName,
  checkUniqueNames,
  windowsName,
} from "../../components/model/windows-name";

const key = fc.stringMatching(/^[a-z](?:[a-z0-9-]{0,22}[a-z0-9])?$/);

describe("a Windows VM's name", () => {
  it("is a computer name of at most 15 characters, whatever the keys", () => {
    fc.assert(
      fc.property(key, key, key, (vm, spoke, environment) => {
        const name = windowsName(vm, spoke, environment);
        expect(name.length).to.be.at.most(15);
        expect(checkComputerName(name, "")).to.deep.equal([]);
      }),
    );
  });

  it("differs where any part differs, also where the readable part is the same", () => {
    const parts: [string, string, ...string[]] = ["sql", "data", "sub", "jump", "prod"];
    const name = windowsName(...parts);
    expect(windowsName(...parts)).to.equal(name);
    parts.forEach((part, index) => {
      const other = parts.with(index, `${part}x`) as [string, string, ...string[]];
      expect(windowsName(...other), part).to.not.equal(name);
    });
    expect(windowsName("a-b", "c")).to.not.equal(windowsName("a", "b-c"));
  });

  it("meets no other among ten thousand of one shape", () => {
    const names = new Set<string>();
    for (let spoke = 0; spoke < 100; spoke++) {
      for (let vm = 0; vm < 100; vm++)
        names.add(windowsName(`vm${vm}`, `spoke${spoke}`, "sub", "jump", "prod"));
    }
    expect(names.size).to.equal(10_000);
  });

  it("stays for ever: names are state", () => {
    expect(
      windowsName("db", "app", "22222222-2222-4222-8222-222222222222", "jump", "dev"),
    ).to.equal("db-app-2f427");
  });

  it("is refused when it is long, all digits, or has odd characters", () => {
    for (const name of ["a-name-too-long-", "12345", "under_score", "-x", "x-", ""]) {
      expect(checkComputerName(name, "name"), name).to.have.length(1);
    }
    expect(checkComputerName("sql-01", "name")).to.deep.equal([]);
  });

  it("is told to be taken, at the later VM and whatever the case", () => {
    expect(
      checkUniqueNames([
        { path: "a", name: "one" },
        { path: "b", name: "ONE" },
        { path: "c", name: "two" },
      ]).map(({ path }) => path),
    ).to.deep.equal(["b.name"]);
  });
});

describe("physical names", () => {
  it("follow from their base, with the framework's abbreviation", () => {
    expect(resourceName("bastionHost", "jump", "dev")).to.equal("bas-jump-dev");
    expect(resourceName("resourceGroup", "jump-dev-hub")).to.equal("rg-jump-dev-hub");
  });

  it("are refused past Azure's length, at the base the caller chose", () => {
    const base = "x".repeat(RESOURCE_NAMES.virtualNetwork.longest - "vnet-".length);
    expect(checkBaseName(base, "baseName", ["virtualNetwork"])).to.deep.equal([]);
    expect(
      checkBaseName(`${base}x`, "baseName", ["virtualNetwork"]).map(({ path }) => path),
    ).to.deep.equal(["baseName"]);
  });

  it("take keys of lower-case letters, digits and inner hyphens", () => {
    for (const good of ["a", "web-1"]) expect(checkKey(good, "", 24), good).to.deep.equal([]);
    for (const bad of ["", "A", "1a", "a-", "a_b", "x".repeat(25)])
      expect(checkKey(bad, "", 24), bad).to.have.length(1);
  });
});
