import { expect } from "chai";
import { readPulumiJson, viewsOf } from "../../../components/model/graph/read-pulumi-json";
import { Hidden } from "../../../components/model/graph/resource-graph";

const URN = "urn:pulumi:dev::shop::azure-native:network:Subnet::front";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SECRET = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: "v1:abc",
};

const resource = (more: object): object => ({
  urn: URN,
  custom: true,
  type: "azure-native:network/v20240501:Subnet",
  id: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/front",
  inputs: { addressPrefix: "10.0.0.0/24" },
  outputs: { addressPrefix: "10.0.1.0/24", provisioningState: "Succeeded" },
  ...more,
});
const state = (...resources: object[]): object => ({ version: 3, deployment: { resources } });
const preview = (steps: object[], same = 0): object => ({ steps, changeSummary: { same } });

describe("a state or preview that is read", () => {
  it("gives each resource its name, its type without a version, and its id", () => {
    const [first] = readPulumiJson(state(resource({})), "inputs").resources;
    expect(first?.name).to.equal("front");
    expect(first?.type).to.equal("azure-native:network:Subnet");
    expect(first?.id).to.match(/subnets\/front$/);
  });

  it("shows what was asked for, or what the provider saw, and either way what only one of them has", () => {
    const [asked] = readPulumiJson(state(resource({})), "inputs").resources;
    const [seen] = readPulumiJson(state(resource({})), "outputs").resources;
    expect(asked?.properties.addressPrefix).to.equal("10.0.0.0/24");
    expect(seen?.properties.addressPrefix).to.equal("10.0.1.0/24");
    expect(asked?.properties.provisioningState).to.equal("Succeeded");
    expect(viewsOf(state())).to.deep.equal(["inputs", "outputs"]);
    expect(viewsOf(preview([]))).to.deep.equal(["inputs"]);
  });

  it("is the same from a file of the local backend", () => {
    const { deployment } = state(resource({})) as { deployment: object };
    const file = { version: 3, checkpoint: { latest: deployment } };
    expect(readPulumiJson(file, "inputs")).to.deep.equal(
      readPulumiJson(state(resource({})), "inputs"),
    );
  });

  it("hides what is unknown and what is secret, and tells them apart", () => {
    const inputs = { id: UNKNOWN, list: [UNKNOWN, "x"], password: SECRET, key: "[secret]" };
    const [first] = readPulumiJson(state(resource({ inputs, outputs: {} })), "inputs").resources;
    expect(first?.properties).to.deep.equal({
      id: new Hidden("unknown"),
      list: [new Hidden("unknown"), "x"],
      password: new Hidden("secret"),
      key: new Hidden("secret"),
    });
    expect(JSON.stringify(first)).to.not.contain("v1:abc");
  });

  it("takes no answer that is still to come for something that was asked for", () => {
    const outputs = { addressPrefixes: UNKNOWN, rules: [{ prefix: UNKNOWN }] };
    const [first] = readPulumiJson(state(resource({ outputs })), "outputs").resources;
    expect(first?.properties).to.deep.equal({ addressPrefix: "10.0.0.0/24" });
  });

  it("lists what is about to be deleted, and what an operation never ended on", () => {
    const document = {
      deployment: {
        resources: [resource({ delete: true })],
        pending_operations: [{ type: "creating", resource: { urn: URN, type: "t" } }],
      },
    };
    const { resources, unread } = readPulumiJson(document, "inputs");
    expect(resources).to.deep.equal([]);
    expect(unread.map(({ subject, bearsOn }) => [subject, bearsOn])).to.deep.equal([
      [URN, ["network", "identity"]],
      [URN, ["network", "identity"]],
    ]);
  });

  it("has of a replacement the new resource, once, and of a removal nothing", () => {
    const steps = [
      {
        op: "create-replacement",
        urn: URN,
        newState: resource({ inputs: { addressPrefix: "a" } }),
      },
      { op: "replace", urn: URN, newState: resource({ inputs: { addressPrefix: "a" } }) },
      { op: "delete-replaced", urn: URN, oldState: resource({}) },
      { op: "delete", urn: `${URN}2`, oldState: resource({}) },
    ];
    const { resources } = readPulumiJson(preview(steps), "inputs");
    expect(resources.map(({ urn, properties }) => [urn, properties.addressPrefix])).to.deep.equal([
      [URN, "a"],
    ]);
  });

  it("is refused where a preview leaves unchanged resources out, with the flag that shows them", () => {
    const same = { op: "same", urn: URN, newState: resource({}) };
    expect(() => readPulumiJson(preview([same], 3), "inputs")).to.throw(
      /leaves 2 unchanged resources out.*--show-sames/,
    );
    expect(readPulumiJson(preview([same], 1), "inputs").resources).to.have.length(1);
  });

  for (const [what, document] of [
    ["a list", []],
    ["nothing", null],
    ["another document", { resources: [] }],
  ] as const) {
    it(`is refused as ${what}, with what to give instead`, () => {
      expect(() => readPulumiJson(document, "inputs")).to.throw(
        /neither a state nor a preview; give what `pulumi stack export`/,
      );
    });
  }
});
