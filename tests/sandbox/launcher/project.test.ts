import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { copyProject } from "../../../sandbox/project";
import { type TemporaryFolder, temporaryFolder } from "./temporary-folder";

describe("the copy of a project's settings", () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => {
    folder.remove();
  });

  const copy = (directory = "program"): ReturnType<typeof copyProject> =>
    copyProject(join(folder.path, directory), join(folder.path, "copies"), {
      providers: "/providers",
    });
  const read = (directory: string, file: string): unknown =>
    parse(readFileSync(join(directory, file), "utf8"));

  it("points at the program where it stands, and at the stand-in providers", () => {
    folder.file(
      "program/Pulumi.yaml",
      `name: mine
runtime: { name: nodejs, options: { tsconfig: tsconfig.json } }
main: stacks/index.ts
stackConfigDir: stacks
backend: { url: "azblob://real" }
plugins:
  providers:
    - { name: azure-native, path: /real }
    - { name: other, path: ../other }
`,
    );
    const { folder: made, name } = copy();
    expect(name).to.equal("mine");
    expect(read(made, "Pulumi.yaml")).to.deep.equal({
      name: "mine",
      runtime: { name: "nodejs", options: { tsconfig: "tsconfig.json" } },
      main: join(folder.path, "program/stacks/index.ts"),
      plugins: {
        providers: [
          { name: "other", path: join(folder.path, "other") },
          { name: "azure-native", path: "/providers" },
          { name: "azuread", path: "/providers" },
        ],
      },
    });
  });

  it("finds the project upward, as pulumi does, and makes one for a program that has none", () => {
    folder.file("program/Pulumi.yaml", "name: mine\nruntime: nodejs\n");
    folder.file("program/deep/er/index.ts", "");
    folder.file("bare program/index.ts", "");
    expect(copy("program/deep/er").name).to.equal("mine");
    const bare = copy("bare program");
    expect(bare.name).to.equal("bare-program");
    expect(read(bare.folder, "Pulumi.yaml")).to.include({
      main: join(folder.path, "bare program"),
      runtime: "nodejs",
    });
  });

  it("copies the stack files and leaves the originals as they are, whatever happens to the copies", () => {
    folder.file("program/Pulumi.yaml", "name: mine\nruntime: nodejs\n");
    const original = folder.file("program/Pulumi.dev.yaml", "config:\n  mine:a: 1 # why\n");
    const { folder: made, stacks } = copy();
    expect(stacks).to.deep.equal(["dev"]);
    const target = join(made, "Pulumi.dev.yaml");
    writeFileSync(target, "config:\n  mine:a: 2\nencryptionsalt: v1:abc\n");
    copy();
    expect(readFileSync(target, "utf8")).to.equal("config:\n  mine:a: 2\nencryptionsalt: v1:abc\n");
    expect(readFileSync(original, "utf8")).to.equal("config:\n  mine:a: 1 # why\n");
  });

  it("makes a copy anew when its original changes, says so, and keeps the salt that the state needs", () => {
    folder.file("program/Pulumi.yaml", "name: mine\nruntime: nodejs\n");
    folder.file("program/Pulumi.dev.yaml", "config:\n  mine:a: 1\n");
    const { folder: made } = copy();
    writeFileSync(join(made, "Pulumi.dev.yaml"), "encryptionsalt: v1:abc\nconfig:\n  mine:a: 2\n");
    folder.file("program/Pulumi.dev.yaml", "config:\n  mine:a: 3");
    const { notices } = copy();
    expect(read(made, "Pulumi.dev.yaml")).to.deep.equal({
      config: { "mine:a": 3 },
      encryptionsalt: "v1:abc",
    });
    expect(notices)
      .to.have.lengthOf(1)
      .and.to.satisfy(([line]: string[]) => line?.includes("Pulumi.dev.yaml has changed"));
  });

  it("forgets a copy whose original is gone, and keeps stacks that only the sandbox has", () => {
    folder.file("program/Pulumi.yaml", "name: mine\nruntime: nodejs\n");
    folder.file("program/Pulumi.dev.yaml", "config: {}\n");
    const { folder: made } = copy();
    writeFileSync(join(made, "Pulumi.scratch.yaml"), "config: {}\n");
    rmSync(join(folder.path, "program/Pulumi.dev.yaml"));
    copy();
    expect(readdirSync(made).filter((name) => name !== "originals.json")).to.have.members([
      "Pulumi.yaml",
      "Pulumi.scratch.yaml",
    ]);
  });

  it("leaves out what only the real stack can decrypt, and names it", () => {
    folder.file("program/Pulumi.yaml", "name: mine\nruntime: nodejs\n");
    folder.file(
      "program/Pulumi.prod.yaml",
      `secretsprovider: azurekeyvault://vault
encryptedkey: abc
config:
  mine:plain: x
  mine:password:
    secure: v1:abc
  mine:nested:
    inner: { secure: v1:def }
    kept: 1
`,
    );
    const { folder: made, notices } = copy();
    expect(read(made, "Pulumi.prod.yaml")).to.deep.equal({
      config: { "mine:plain": "x", "mine:nested": { kept: 1 } },
    });
    expect(notices).to.deep.equal([
      "Pulumi.prod.yaml: left out what only the real stack can read " +
        "(secretsprovider, encryptedkey, mine:password, inner); set it with `config set`",
    ]);
  });

  it("reads stack files from the folder that the project names", () => {
    folder.file("program/Pulumi.yaml", "name: mine\nruntime: nodejs\nstackConfigDir: stacks\n");
    folder.file("program/stacks/Pulumi.prod.yaml", "config: {}\n");
    folder.file("program/Pulumi.dev.yaml", "config: {}\n");
    expect(copy().stacks).to.deep.equal(["prod"]);
  });

  it("says which file is no YAML, and which folder does not exist", () => {
    folder.file("program/Pulumi.yaml", "name: [\n");
    expect(() => copy()).to.throw(join(folder.path, "program/Pulumi.yaml"));
    expect(() => copy("program/nowhere")).to.throw(
      `--cwd: ${join(folder.path, "program/nowhere")} does not exist`,
    );
  });
});
