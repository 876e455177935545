import { join } from "node:path";
import { expect } from "chai";
import { type TemporaryFolder, temporaryFolder } from "../sandbox/launcher/temporary-folder";
import { type Engine, openEngine } from "../support/engine";

/** A program with what needs a language host of the engine's own release: a hook and a stack transform. */
const PROGRAM = `
  import * as resources from "@pulumi/azure-native/resources";
  import * as pulumi from "@pulumi/pulumi";
  console.log("said by the program");
  pulumi.runtime.registerStackTransform(({ props, opts }) => ({ props: { ...props, tags: { by: "transform" } }, opts }));
  const hook = new pulumi.ResourceHook("told", ({ name }) => pulumi.log.info("hook of " + name), { onDryRun: true });
  const group = new resources.ResourceGroup("group", { resourceGroupName: "rg-hooked", location: "westeurope" }, {
    hooks: { afterCreate: [hook] },
  });
  export const tags = group.tags;
`;

const PACK = `
  const { PolicyPack } = require("@pulumi/policy");
  new PolicyPack("pack", { policies: [{
    name: "no-groups",
    description: "A group is refused",
    enforcementLevel: "mandatory",
    validateResource: ({ type }, report) => { if (type.endsWith(":ResourceGroup")) report("here is one"); },
  }] });
`;

describe("a TypeScript program through the CLI", () => {
  let engine: Engine;
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = temporaryFolder();
    folder.file("program/index.ts", PROGRAM);
    engine = await openEngine();
  });
  afterEach(async () => {
    await engine.close();
    folder.remove();
  });
  const program = (): string[] => ["--cwd", join(folder.path, "program")];

  it("may use resource hooks and stack transforms, and prints where the engine shows it", async () => {
    const up = await engine.run("up", "--yes", "--skip-preview", ...program());
    expect(up.code, up.stdout).to.equal(0);
    expect(up.outputs).to.deep.equal({ tags: { by: "transform" } });
    expect(up.stdout).to.contain("said by the program").and.contain("hook of group");
  });

  it("is judged by a policy pack, which the engine runs through the same host", async () => {
    folder.file(
      "pack/PulumiPolicy.yaml",
      "runtime: { name: nodejs, options: { typescript: false } }\n",
    );
    folder.file("pack/package.json", '{ "name": "pack", "version": "1.0.0", "main": "index.js" }');
    folder.file("pack/index.js", PACK);
    const pack = join(folder.path, "pack");
    const preview = await engine.run("preview", ...program(), "--policy-pack", pack);
    expect(preview.code).to.not.equal(0);
    expect(preview.stdout).to.contain("no-groups").and.contain("here is one");
  });
});
