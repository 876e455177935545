import { expect } from "chai";
import fc from "fast-check";
import { contains, parseRange, rangeText } from "../../components/model/address-range";
import { bastionSubnetRange, checkHub } from "../../components/model/hub";
import { at, below, describeIssues, shown } from "../../components/model/issue";
import { LOGIN_EXTENSIONS } from "../../components/model/login-extension";
import {
  checkSpoke,
  machineName,
  machineSubnetRange,
  type SpokeChoice,
} from "../../components/model/spoke";
import { checkImage, DEFAULT_IMAGES } from "../../components/model/vm-image";
import {
  checkEnvironment,
  customPortsOf,
  operatingSystemsOf,
} from "../../components/model/environment-check";
import { largest, smallest } from "../support/environment";

const naming = { baseName: "jump-dev-app", key: "app", uniqueness: ["s"] };
const spoke: SpokeChoice = { addressSpace: "10.20.0.0/24", vms: { web: { os: "linux" } } };

const aligned = (least: number, most: number): fc.Arbitrary<string> =>
  fc.tuple(fc.nat({ max: 2 ** 32 - 1 }), fc.integer({ min: least, max: most })).map(([n, bits]) => {
    const size = 2 ** (32 - bits);
    return rangeText({ first: n - (n % size), last: 0, bits });
  });

describe("subnets", () => {
  it("lie inside their network, at a place that its size does not move", () => {
    fc.assert(
      fc.property(aligned(8, 26), (hub) => {
        const inner = parseRange(bastionSubnetRange(hub));
        const outer = parseRange(hub);
        if (inner === undefined || outer === undefined) throw new Error("no range");
        expect(contains(outer, inner)).to.equal(true);
        expect([inner.first, inner.bits]).to.deep.equal([outer.first, 26]);
        expect(checkHub({ addressSpace: hub })).to.deep.equal([]);
      }),
    );
    fc.assert(
      fc.property(aligned(8, 28), (range) => {
        const inner = parseRange(machineSubnetRange(range));
        const outer = parseRange(range);
        if (inner === undefined || outer === undefined) throw new Error("no range");
        expect(inner.first).to.equal(outer.first);
        expect((inner.last - inner.first + 1) * 2).to.equal(outer.last - outer.first + 1);
      }),
    );
  });

  it("hold as many VMs as Azure leaves addresses, and no more", () => {
    const vms = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, n) => [`vm${n}`, { os: "linux" as const }]),
      );
    expect(checkSpoke({ addressSpace: "10.20.0.0/28", vms: vms(3) }, naming)).to.deep.equal([]);
    expect(checkSpoke({ addressSpace: "10.20.0.0/28", vms: vms(4) }, naming)).to.deep.equal([
      {
        path: "addressSpace",
        problem:
          '"10.20.0.0/28" has room for 3 VMs in its lower half, 4 are named; choose a larger range',
      },
    ]);
  });
});

describe("images", () => {
  it("by default take Entra ID sign-in", () => {
    for (const os of ["linux", "windows"] as const)
      expect(checkImage(os, DEFAULT_IMAGES[os], ""), os).to.deep.equal([]);
  });

  it("are taken from Microsoft's list, also when they are the caller's own", () => {
    const own = (osVersion: string) => ({ id: "/images/x", osVersion });
    for (const name of [
      "Ubuntu 22.04",
      "Debian 12",
      "RHEL 9.4",
      "Rocky Linux 9",
      "SLES 15.5",
      "AlmaLinux 8",
      "Oracle Linux 9",
    ]) {
      expect(checkImage("linux", own(name), ""), name).to.deep.equal([]);
    }
    for (const name of [
      "Windows Server 2022",
      "Windows Server 2025",
      "Windows 11 23H2",
      "Windows 10 22H2",
    ]) {
      expect(checkImage("windows", own(name), ""), name).to.deep.equal([]);
    }
  });

  it("below the floor are refused: Windows Server 2019, Server Core, Ubuntu 14.04, the other system's", () => {
    const own = (osVersion: string) => ({ id: "/images/x", osVersion });
    for (const name of [
      "Windows Server 2019",
      "Windows Server 2016",
      "Windows Server 2022 Server Core",
      "Ubuntu 22.04",
    ]) {
      expect(checkImage("windows", own(name), ""), name).to.have.length(1);
    }
    for (const name of ["Ubuntu 14.04", "Debian 8", "CentOS 7", "Windows Server 2022"]) {
      expect(checkImage("linux", own(name), ""), name).to.have.length(1);
    }
  });

  it("name all their parts", () => {
    expect(
      checkImage("linux", { publisher: "Canonical", offer: "", sku: "" }, "image").map(
        ({ path }) => path,
      ),
    ).to.deep.equal(["image.offer", "image.sku"]);
  });
});

describe("login extensions", () => {
  it("are Microsoft's, by publisher, type and version", () => {
    expect(LOGIN_EXTENSIONS.windows).to.deep.equal({
      name: "AADLoginForWindows",
      publisher: "Microsoft.Azure.ActiveDirectory",
      type: "AADLoginForWindows",
      typeHandlerVersion: "2.0",
    });
    expect(LOGIN_EXTENSIONS.linux).to.deep.equal({
      name: "AADSSHLoginForLinux",
      publisher: "Microsoft.Azure.ActiveDirectory",
      type: "AADSSHLoginForLinux",
      typeHandlerVersion: "1.0",
    });
  });
});

describe("a spoke's VMs", () => {
  it("are named by the caller, or from their keys", () => {
    expect(machineName(naming, "web", { os: "linux" })).to.equal("vm-jump-dev-app-web");
    expect(machineName(naming, "web", { os: "linux", name: "mine" })).to.equal("mine");
    expect(machineName(naming, "db", { os: "windows" })).to.match(/^db-app-.{5}$/);
  });

  it("are refused for ports that mean something else, disks too small, systems unknown", () => {
    const issues = checkSpoke(
      {
        ...spoke,
        vms: {
          a: { os: "linux", managementPort: 3389 },
          b: { os: "linux", managementPort: 70000 },
          c: { os: "linux", osDisk: { sizeGb: 8 } },
          d: { os: "solaris" as "linux" },
          e: { os: "windows", localCredential: { password: "x", reason: " " } },
        },
      },
      naming,
    );
    expect(issues.map(({ path }) => path)).to.deep.equal([
      "vms.a.managementPort",
      "vms.b.managementPort",
      "vms.c.osDisk.sizeGb",
      "vms.d.os",
      "vms.e.localCredential.reason",
    ]);
    expect(issues[0]?.problem).to.equal("3389 is the port of RDP; leave it out or choose another");
  });
});

describe("an environment", () => {
  it("of each scenario is accepted", () => {
    expect(checkEnvironment("jump", smallest())).to.deep.equal([]);
    expect(checkEnvironment("jump", largest())).to.deep.equal([]);
  });

  it("tells which systems and ports are in it", () => {
    expect(operatingSystemsOf(smallest().spokes)).to.deep.equal(["linux", "windows"]);
    expect(customPortsOf(largest().spokes)).to.deep.equal([2222]);
    expect(customPortsOf(smallest().spokes)).to.deep.equal([]);
  });

  it("with Windows VMs is not recorded: no Entra ID sign-in would be left", () => {
    const issues = checkEnvironment("jump", {
      ...smallest(),
      bastion: { sku: "Premium", features: { sessionRecording: true } },
    });
    expect(issues.map(({ path }) => path)).to.deep.equal(["bastion.features.sessionRecording"]);
  });

  it("is told that two Windows VMs of two spokes share a name", () => {
    const args = smallest();
    const named = { os: "windows" as const, name: "sql-01" };
    const spokes = {
      one: { addressSpace: "10.20.0.0/24", vms: { a: named } },
      two: { addressSpace: "10.21.0.0/24", vms: { b: { ...named, name: "SQL-01" } } },
    };
    expect(checkEnvironment("jump", { ...args, spokes }).map(({ path }) => path)).to.deep.equal([
      "spokes.two.vms.b.name",
    ]);
  });
});

describe("a problem", () => {
  it("names its place as the caller wrote it", () => {
    expect(at("spokes", "my app", "vms", 0)).to.equal('spokes["my app"].vms[0]');
    expect(
      below("a", [
        { path: "", problem: "x" },
        { path: "b", problem: "x" },
        { path: "[0]", problem: "x" },
      ]).map(({ path }) => path),
    ).to.deep.equal(["a", "a.b", "a[0]"]);
    expect(at("", "first")).to.equal("first");
  });

  it("shows a value shortly and a count rightly", () => {
    expect(shown("x".repeat(200))).to.have.length(80);
    expect(shown(undefined)).to.equal("undefined");
    expect(describeIssues("X", [{ path: "a", problem: "b" }])).to.equal("X: 1 problem\n  - a: b");
    expect(
      describeIssues("X", [
        { path: "", problem: "b" },
        { path: "c", problem: "d" },
      ]),
    ).to.equal("X: 2 problems\n  - b\n  - c: d");
  });
});
