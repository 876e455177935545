import * as authorization from "@pulumi/azure-native/authorization";
import * as network from "@pulumi/azure-native/network";
import type * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { type Engine, openEngine, type Outcome } from "../support/engine";
import { GROUPS } from "../support/environment";
import {
  address,
  bastion,
  groupId,
  location,
  type Place,
  place,
  READER,
  subnet,
  vnet,
} from "../support/plain-azure";

/** A network that is replaced when its range changes, and neighbours that hang on it in every way there is. */
function dependents(range: string, marked: boolean): void {
  const at = place("rules");
  const net = new network.VirtualNetwork(
    "net",
    {
      resourceGroupName: at.resourceGroupName,
      virtualNetworkName: "net",
      location,
      addressSpace: { addressPrefixes: [range] },
      tags: { range },
    },
    {
      replaceOnChanges: ["addressSpace.addressPrefixes[0]"],
      deleteBeforeReplace: true,
      ignoreChanges: ["tags"],
    },
  );
  const inside = (key: string, third: number, opts: pulumi.CustomResourceOptions = {}) =>
    new network.Subnet(
      key,
      {
        resourceGroupName: at.resourceGroupName,
        virtualNetworkName: net.name,
        subnetName: key,
        addressPrefix: range.replace(/\.0\.0\/16$/, `.${third}.0/24`),
      },
      opts,
    );
  const first = inside("by-path-parameter", 0);
  inside("by-deleted-with", 1, { deletedWith: net, dependsOn: [first] });
  const table = (
    key: string,
    tags: Record<string, pulumi.Input<string>>,
    opts: pulumi.CustomResourceOptions = {},
  ) =>
    new network.RouteTable(
      key,
      { resourceGroupName: at.resourceGroupName, routeTableName: key, location, tags },
      opts,
    );
  const mark = { replaceOnChanges: ["tags"] };
  table("by-depends-on", {}, { dependsOn: [net] });
  table("by-property", { net: net.id });
  table("by-marked-property", { net: net.id }, mark);
  table("by-mark-inside-property", { net: net.id }, { replaceOnChanges: ["tags.net"] });
  table("by-late-mark", { net: net.id }, marked ? mark : {});
  table("by-replace-with", { range }, { replaceWith: [net], ignoreChanges: ["tags"] });
}

describe("the engine on a replacement that deletes first (provider-traps 1, Engine rules)", () => {
  let engine: Engine;
  let up: Outcome;
  let tagsOf: (name: string) => unknown;
  before(async () => {
    engine = await openEngine();
    const run = (range: string, marked: boolean) => () => {
      dependents(range, marked);
      return undefined;
    };
    const stack = await engine.inline({ program: run("10.0.0.0/16", false) });
    await stack.up();
    up = await stack.up({ program: run("10.1.0.0/16", true) });
    tagsOf = (name) =>
      stack.state().resources.find(({ urn }) => urn.endsWith(`::${name}`))?.inputs?.tags;
  });
  after(() => engine.close());

  const deletedFirst = (): string[] =>
    up.changes.filter(({ op }) => op === "delete-replaced").map(({ name }) => name);

  it("takes along what has one of its outputs in a path or in a property marked for replacement", () => {
    expect(deletedFirst()).to.include.members(["by-path-parameter", "by-marked-property"]);
  });

  it("leaves what only waits for it, or has an output of it in a property that is not marked as a whole", () => {
    const moved = up.changes.map(({ name }) => name);
    for (const name of ["by-depends-on", "by-property", "by-mark-inside-property"])
      expect(moved).to.not.include(name);
  });

  it("does not yet know a mark that comes in the same run", () => {
    expect(deletedFirst()).to.not.include("by-late-mark");
  });

  it("takes along what is to be replaced or deleted with it; the DELETE of the latter is sent all the same", () => {
    expect(deletedFirst()).to.include.members(["by-replace-with", "by-deleted-with"]);
    const deleted = engine
      .journal()
      .filter(({ method }) => method === "DELETE")
      .map(({ id }) => id.split("/").at(-1));
    expect(deleted).to.include.members(["by-replace-with", "by-path-parameter", "net"]);
    expect(deleted).to.include("by-deleted-with");
  });

  it("takes the new value of what ignoreChanges names, in what is replaced and in what is taken along", () => {
    expect(tagsOf("net")).to.deep.equal({ range: "10.1.0.0/16" });
    expect(tagsOf("by-replace-with")).to.deep.equal({ range: "10.1.0.0/16" });
  });
});

describe("the library's own defaults (provider-traps 1, JS defaults)", () => {
  let engine: Engine;
  before(async () => {
    engine = await openEngine();
    const program = (at: Place): void => {
      const inside = subnet(at, vnet(at, "10.0.0.0/24"), "AzureBastionSubnet", "10.0.0.0/26");
      bastion(at, "host", inside.id, address(at, "address").id, { sku: {} });
    };
    const stack = await engine.inline({
      program: () => {
        const at = place("defaults");
        program(at);
        new authorization.RoleAssignment("reader", {
          scope: at.resourceGroupName.apply(() => groupId(at)),
          roleDefinitionId: READER,
          principalId: GROUPS.operators,
        });
        return undefined;
      },
    });
    // Azure refuses the assignment, which is why the default is a trap.
    await stack.up({ flags: ["--continue-on-error"], mayFail: true });
  });
  after(() => engine.close());

  const bodyOf = (pattern: RegExp): unknown =>
    engine.journal().find(({ method, id }) => method === "PUT" && pattern.test(id))?.request;

  it("switch every feature of a Bastion host off and call its SKU Standard", () => {
    expect(bodyOf(/bastionHosts\/host$/)).to.deep.include({ sku: { name: "Standard" } });
    expect(bodyOf(/bastionHosts\/host$/))
      .to.have.property("properties")
      .that.includes({
        disableCopyPaste: false,
        enableFileCopy: false,
        enableIpConnect: false,
        enableKerberos: false,
        enablePrivateOnlyBastion: false,
        enableSessionRecording: false,
        enableShareableLink: false,
        enableTunneling: false,
      });
  });

  it("call everybody a user", () => {
    expect(bodyOf(/roleAssignments\//)).to.have.nested.property("properties.principalType", "User");
  });

  it("write the policies of a subnet and the protections of a network down", () => {
    expect(bodyOf(/subnets\/AzureBastionSubnet$/))
      .to.have.property("properties")
      .that.includes({
        privateEndpointNetworkPolicies: "Disabled",
        privateLinkServiceNetworkPolicies: "Enabled",
      });
    expect(bodyOf(/virtualNetworks\/vnet$/))
      .to.have.property("properties")
      .that.includes({
        enableDdosProtection: false,
        enableVmProtection: false,
      });
  });
});
