import { expect } from "chai";
import { readStackConfig } from "../../stacks/config";
import { CONFIG_KEYS } from "../../stacks/config-schema";
import { sourceOf, stackFile } from "../support/stack-file";

const minimal = {
  location: "westeurope",
  subscriptionId: "22222222-2222-4222-8222-222222222222",
  hub: { addressSpace: "10.10.0.0/24" },
  spokes: { app: { addressSpace: "10.20.0.0/24", vms: { web: { os: "linux" } } } },
  access: { users: { groups: { operators: "33333333-0000-4000-8000-000000000001" } } },
  signIn: {},
};

function problems(values: Record<string, unknown>): string[] {
  return readStackConfig(sourceOf(values), "dev").issues.map((i) => `${i.path}: ${i.problem}`);
}

describe("stack configuration", () => {
  for (const name of ["dev", "prod"]) {
    it(`reads the ${name} stack file without a problem, and loses nothing of it`, () => {
      const file = stackFile(name);
      const { args, issues } = readStackConfig(sourceOf(file), name);
      expect(issues).to.deep.equal([]);
      expect(args).to.deep.equal({ ...file, environment: name });
    });
  }

  it("takes the environment's name from the stack", () => {
    expect(readStackConfig(sourceOf(minimal), "qa").args?.environment).to.equal("qa");
  });

  it("names every missing key at once, what it holds, and the line that sets it", () => {
    const found = problems({});
    expect(found).to.have.length(Object.values(CONFIG_KEYS).filter((key) => key.required).length);
    expect(found[0]).to.equal(
      "location: missing; it holds Azure region of everything in the environment; run `pulumi config set location westeurope`",
    );
    expect(found.find((line) => line.startsWith("hub:"))).to.equal(
      'hub: missing; it holds the hub network: its address space, /26 or larger; run `pulumi config set hub \'{"addressSpace":"10.10.0.0/24"}\'`',
    );
  });

  it("points at the value inside a key, as `pulumi config set --path` takes it", () => {
    const spokes = { app: { addressSpace: ["10.20.0.0/24"], vms: { web: { os: "solaris" } } } };
    expect(problems({ ...minimal, spokes })).to.deep.equal([
      "spokes.app.addressSpace: [\"10.20.0.0/24\"] must be string; run `pulumi config set --path 'spokes.app.addressSpace' <value>`",
      "spokes.app.vms.web.os: \"solaris\" is not one of linux, windows; run `pulumi config set --path 'spokes.app.vms.web.os' <value>`",
    ]);
  });

  it("refuses a group that is named and not given by its object id", () => {
    const access = { users: { groups: { operators: "Operators" } } };
    expect(problems({ ...minimal, access })).to.deep.equal([
      "access.users.groups.operators: \"Operators\" is not an object id (GUID); run `pulumi config set --path 'access.users.groups.operators' <value>`",
    ]);
  });

  it("refuses a key that nobody reads, at the top and inside, so that a typo is no silent default", () => {
    const found = problems({ ...minimal, signin: {}, hub: { addressSpaces: "10.10.0.0/24" } });
    expect(found.map((line) => line.split(";")[0])).to.deep.equal([
      "signin: is not read by this program",
      "hub.addressSpace: missing",
      "hub.addressSpaces: is not read by this program",
    ]);
  });

  it("takes numbers that `pulumi config set --path` wrote where text is meant", () => {
    const { args } = readStackConfig(sourceOf({ ...minimal, bastion: { zones: [1, 2] } }), "dev");
    expect(args?.bastion).to.deep.equal({ zones: ["1", "2"] });
  });

  it("keeps a password out of the stack file", () => {
    const vms = { web: { os: "linux", localCredential: { password: "x", reason: "legacy" } } };
    const spokes = { app: { addressSpace: "10.20.0.0/24", vms } };
    expect(problems({ ...minimal, spokes }).join("\n")).to.match(
      /localCredential\.password: is not read by this program/,
    );
  });

  it("shows text that is not JSON where a map is due, instead of failing on it", () => {
    const source = sourceOf(minimal);
    const { issues } = readStackConfig(
      { ...source, get: (key) => (key === "hub" ? "10.10.0.0/24" : source.get(key)) },
      "dev",
    );
    expect(issues.map((i) => `${i.path}: ${i.problem}`)).to.deep.equal([
      'hub: "10.10.0.0/24" must be object; it holds the hub network: its address space, /26 or larger; run `pulumi config set hub \'{"addressSpace":"10.10.0.0/24"}\'`',
    ]);
  });
});
