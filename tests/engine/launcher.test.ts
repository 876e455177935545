import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { REPOSITORY } from "../../sandbox/options";
import { processesWith } from "../../sandbox/processes";
import { launch } from "../sandbox/launcher/launch";
import { type TemporaryFolder, temporaryFolder } from "../sandbox/launcher/temporary-folder";

const PROGRAM = "tests/engine/programs/resource-group";
const SLOW_PROGRAM = "tests/engine/programs/network";

/** Digests of all files that pulumi would write to, had it met them instead of copies. */
function settings(): Record<string, string> {
  const folders = ["", "stacks", PROGRAM].map((folder) => join(REPOSITORY, folder));
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /^Pulumi\..*yaml$/.test(name))
      .map((name) => join(folder, name)),
  );
  return Object.fromEntries(
    files.map((file) => [file, createHash("sha256").update(readFileSync(file)).digest("hex")]),
  );
}

describe("npm run sandbox with the real engine", () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => {
    folder.remove();
  });

  const run = async (
    home: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
  ): Promise<[number | null, string]> => {
    const sandboxHome = join(folder.path, home);
    const { ended } = launch(args, { ...process.env, SANDBOX_HOME: sandboxHome, ...env });
    const { code, stdout, stderr } = await ended;
    return [code, `${stdout.toString()}${stderr}`];
  };

  it("deploys a foreign program, finds nothing to change, follows config set, and takes it down again", async () => {
    const before = settings();
    const at = (...args: string[]): Promise<[number | null, string]> =>
      run("home", ["--cwd", PROGRAM, ...args]);

    const [up, upText] = await at("up", "--yes");
    expect(up, upText).to.equal(0);
    const [again, againText] = await at("preview", "--expect-no-changes", "--stack", "dev");
    expect(again, againText).to.equal(0);
    expect((await at("config", "set", "owner", "somebody"))[0]).to.equal(0);
    const [changed, changedText] = await at("preview", "--expect-no-changes");
    expect(changed, changedText).not.to.equal(0);
    expect((await at("up", "--yes"))[0]).to.equal(0);
    const [refresh, refreshText] = await at("refresh", "--yes", "--expect-no-changes");
    expect(refresh, refreshText).to.equal(0);
    expect((await at("stack", "init", "scratch"))[0]).to.equal(0);
    expect((await at("destroy", "--yes", "--stack", "dev"))[0]).to.equal(0);

    expect(settings()).to.deep.equal(before);
  });

  it("brings this project's dev up with no arguments, says how to connect, and changes nothing at a second run", async () => {
    const before = settings();
    const [first, made] = await run("home", []);
    expect(first, made).to.equal(0);
    expect(made).to.match(/^ {2}app\/web\n.*ssh .*az network bastion ssh .* --auth-type AAD$/ms);
    expect(made).to.match(/^ {2}app\/db\n.*rdp .*az network bastion rdp .* --enable-mfa$/ms);
    const start = Date.now();
    const [second, unchanged] = await run("home", []);
    expect(second, unchanged).to.equal(0);
    expect(Date.now() - start).to.be.lessThan(30_000);
    expect(unchanged).to.match(/Resources:\n {4}\d+ unchanged\n\nDuration/);
    expect(settings()).to.deep.equal(before);
  });

  it("keeps two folders apart: what one deploys the other does not see", async () => {
    const [first, second] = await Promise.all(
      ["one", "two"].map((home) => run(home, ["--cwd", PROGRAM, "up", "--yes"])),
    );
    expect(first?.[0], first?.[1]).to.equal(0);
    expect(second?.[0], second?.[1]).to.equal(0);
    expect((await run("one", ["--cwd", PROGRAM, "destroy", "--yes"]))[0]).to.equal(0);
    const [still, text] = await run("two", [
      "--cwd",
      PROGRAM,
      "refresh",
      "--yes",
      "--expect-no-changes",
    ]);
    expect(still, text).to.equal(0);
  });

  it("runs a program that has neither Pulumi.yaml nor packages of its own", async () => {
    folder.file(
      "bare/index.ts",
      `import * as resources from "@pulumi/azure-native/resources";
      const group: resources.ResourceGroup = new resources.ResourceGroup("group", {
        resourceGroupName: "rg-bare",
        location: "westeurope",
      });
      export const name = group.name;`,
    );
    const [code, text] = await run("home", [
      "--cwd",
      join(folder.path, "bare"),
      "up",
      "--yes",
      "--skip-preview",
    ]);
    expect(code, text).to.equal(0);
    expect(text).to.match(/name: "rg-bare"/);
    expect(readdirSync(join(folder.path, "bare"))).to.deep.equal(["index.ts"]);
  });

  it("refuses a slip in a stack's name with pulumi's own words and exit code", async () => {
    const [code, text] = await run("home", ["--cwd", PROGRAM, "up", "--yes", "--stack", "dve"]);
    expect(code).not.to.equal(0);
    expect(text).to.include("no stack named 'dve' found");
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`cancels an update on ${signal} and leaves neither process nor lock, so that the next one goes on`, async () => {
      const home = join(folder.path, "home");
      const env = { ...process.env, SANDBOX_HOME: home, SANDBOX_TIME_SCALE: "2" };
      const { child, ended, printed, said } = launch(
        ["--cwd", SLOW_PROGRAM, "up", "--yes", "--skip-preview"],
        env,
      );
      await printed("azure-native:network:VirtualNetwork plain creating");
      const inside = `SANDBOX_AZURE_URL=${/simulated Azure at (\S+),/.exec(said())?.[1] ?? ""}`;
      const names = processesWith(inside).map((process) => process.command);
      for (const name of ["pulumi up", "pulumi-language-nodejs", "pulumi-resource-azure-native"]) {
        expect(names.filter((command) => command.includes(name))).not.to.deep.equal([], name);
      }
      child.kill(signal);
      const { code, stdout } = await ended;
      expect(code, `${stdout.toString()}${said()}`).not.to.equal(0);
      expect(processesWith(inside)).to.deep.equal([]);
      expect(existsSync(join(home, "lock"))).to.equal(false);
      const [next, text] = await run("home", [
        "--cwd",
        SLOW_PROGRAM,
        "up",
        "--yes",
        "--skip-preview",
      ]);
      expect(next, text).to.equal(0);
    });
  }
});
