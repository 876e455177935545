import type { ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { REPOSITORY } from "../../../sandbox/options";
import { type Launched, isAlive, launch as start } from "./launch";
import { type TemporaryFolder, temporaryFolder } from "./temporary-folder";

/** The launcher itself, with a pulumi of the test's own on PATH. */
describe("npm run sandbox", () => {
  let folder: TemporaryFolder;
  let started: ChildProcess[];

  beforeEach(() => {
    folder = temporaryFolder();
    started = [];
    folder.script("bin/pulumi-language-nodejs", "exit 0");
  });
  afterEach(() => {
    for (const child of started) child.kill("SIGKILL");
    folder.remove();
  });

  /** A pulumi that answers `version`, notes how it was called, and then does what the test wants. */
  const pulumi = (...lines: string[]): string =>
    folder.script(
      "bin/pulumi",
      `if [ "$1" = version ]; then echo v3.300.0; exit; fi`,
      `echo "$*" >> ${folder.path}/calls`,
      ...lines,
    );
  const calls = (): string[] =>
    readFileSync(join(folder.path, "calls"), "utf8").trimEnd().split("\n");
  const home = (): string => join(folder.path, "home");

  function launch(args: readonly string[], env: NodeJS.ProcessEnv = {}): Launched {
    const own = {
      PATH: `${folder.path}/bin:/usr/bin:/bin`,
      HOME: folder.path,
      SANDBOX_HOME: home(),
    };
    const launched = start(args, { ...own, ...env });
    started.push(launched.child);
    return launched;
  }

  it("passes standard input and standard output through byte for byte", async () => {
    pulumi("cat");
    const bytes = Buffer.concat(
      [...Array(4000).keys()].map((block) => createHash("sha256").update(String(block)).digest()),
    );
    const { child, ended } = launch(["stack", "import", "--stack", "dev"]);
    child.stdin?.end(bytes);
    const { code, stdout, stderr } = await ended;
    expect(stdout.equals(bytes)).to.equal(true);
    expect(code).to.equal(0);
    expect(stderr).to.match(
      /^sandbox: simulated Azure at http:\/\/127\.0\.0\.1:\d+, kept in .*; nothing here reaches Azure\n$/,
    );
  });

  it("ends with pulumi's exit code", async () => {
    pulumi("exit 37");
    expect((await launch(["destroy", "--yes"]).ended).code).to.equal(37);
  });

  it("lets no inherited login or backend reach pulumi, and names the simulated Azure instead", async () => {
    pulumi("env");
    const inherited = {
      ARM_CLIENT_SECRET: "real",
      AZURE_TENANT_ID: "real",
      PULUMI_ACCESS_TOKEN: "real",
      KEPT: "yes",
    };
    const { stdout } = await launch(["about"], {
      ...inherited,
      PULUMI_BACKEND_URL: "https://real.example",
    }).ended;
    const env = stdout.toString().split("\n");
    expect(env.filter((line) => line.includes("real"))).to.deep.equal([]);
    expect(env).to.include.members([
      "KEPT=yes",
      `PULUMI_BACKEND_URL=file://${home()}/state?metadata=skip`,
      "PULUMI_STACK=dev",
    ]);
    expect(
      env.filter((line) => /^SANDBOX_AZURE_URL=http:\/\/127\.0\.0\.1:\d+$/.test(line)),
    ).to.have.lengthOf(1);
  });

  it("makes a stack that has a file on first use, and runs on copies of the project's files", async () => {
    pulumi("pwd");
    const { stdout } = await launch(["preview", "--stack", "prod", "--save-plan", "plan.json"])
      .ended;
    expect(calls()).to.deep.equal([
      "stack init prod --no-select --non-interactive",
      `preview --stack prod --save-plan=${REPOSITORY}/plan.json`,
    ]);
    const copy = stdout.toString().trim();
    expect(copy.startsWith(`${home()}/projects/secure-jump-access-`)).to.equal(true);
    expect(readdirSync(copy)).to.include.members([
      "Pulumi.yaml",
      "Pulumi.dev.yaml",
      "Pulumi.prod.yaml",
    ]);
  });

  it("leaves a stack name that no file has for pulumi to refuse", async () => {
    pulumi("exit 255");
    expect((await launch(["up", "--stack", "porod"]).ended).code).to.equal(255);
    expect(calls()).to.deep.equal(["up --stack porod"]);
  });

  it("brings up dev where it is given nothing to do, and says how to connect", async () => {
    const command =
      "az network bastion ssh --name b --resource-group r --target-resource-id /vm --auth-type AAD";
    const state = {
      checkpoint: {
        latest: {
          resources: [
            { type: "pulumi:pulumi:Stack", outputs: { connect: { "app/web": { ssh: command } } } },
            { type: "pulumi:providers:azure-native", custom: true },
            { type: "azure-native:network:VirtualNetwork", custom: true },
            { type: "azure-native:network:VirtualNetwork", custom: true },
            { type: "secure-jump-access:index:HubNetwork", custom: false },
            { type: "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy", custom: true },
          ],
        },
      },
    };
    const written = folder.file("state.json", JSON.stringify(state));
    pulumi(
      `[ "$1" = stack ] && exit`,
      "echo pulumi was here",
      `mkdir -p ${home()}/state/.pulumi/stacks/secure-jump-access`,
      `cp ${written} ${home()}/state/.pulumi/stacks/secure-jump-access/dev.json`,
    );
    const { code, stdout } = await launch([]).ended;
    expect(code).to.equal(0);
    expect(calls().at(-1)).to.equal("up --yes --stack dev");
    expect(stdout.toString()).to.equal(
      [
        "pulumi was here",
        "",
        "simulated Azure: stack dev holds 3 resources; nothing was deployed to Azure",
        "    1  azuread:ConditionalAccessPolicy",
        "    2  network:VirtualNetwork",
        "",
        "how to connect (the simulated machines run nothing; on Azure these are the commands)",
        "  app/web",
        `    ssh      ${command}`,
        "",
      ].join("\n"),
    );
  });

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    it(`passes ${signal} on once, and leaves no process and no lock behind`, async () => {
      // The engine gives every plugin a process group of its own, so this one does not see the signal.
      folder.file(
        "engine.js",
        `const plugin = require("node:child_process").spawn("sleep", ["300"], { detached: true, stdio: "ignore" });
        for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) {
          process.on(name, () => { console.log(name); setTimeout(() => process.exit(5), 100); });
        }
        setInterval(() => {}, 1000);
        console.log(plugin.pid);`,
      );
      pulumi(`exec ${process.execPath} ${folder.path}/engine.js`);
      const { child, ended, printed } = launch(["up", "--stack", "none"]);
      const plugin = Number(await printed("\n"));
      expect(isAlive(plugin)).to.equal(true);
      child.kill(signal);
      const { code, stdout } = await ended;
      expect(code).to.equal(5);
      expect(stdout.toString()).to.equal(`${plugin}\n${signal}\n`);
      expect(isAlive(plugin)).to.equal(false);
      expect(existsSync(join(home(), "lock"))).to.equal(false);
    }).timeout(15_000);
  }

  it("says all that is wrong with its options before it does anything", async () => {
    pulumi("exit 0");
    const { code, stdout, stderr } = await launch(["up"], { SANDBOX_CLOCK: "sundial" }).ended;
    expect({ code, stdout: stdout.toString(), stderr }).to.deep.equal({
      code: 1,
      stdout: "",
      stderr:
        'sandbox: 1 problem(s)\n  - SANDBOX_CLOCK: "sundial" is not a clock; use "virtual" or "real"\n',
    });
    expect(existsSync(home())).to.equal(false);
  });

  it("reads and moves the simulated Azure itself, on standard output alone, without any pulumi", async () => {
    const env = { PATH: "/usr/bin:/bin" };
    const { code, stdout, stderr } = await launch(["azure", "get", "/graph/v1.0/organization"], env)
      .ended;
    expect({ code, stderr }).to.deep.equal({
      code: 0,
      stderr: `sandbox: simulated Azure, kept in ${home()}; nothing here reaches Azure\n`,
    });
    expect(JSON.parse(stdout.toString())).to.have.nested.property("value[0].id");
    const refused = await launch(["azure", "take", "off"], env).ended;
    expect(refused.code).to.equal(1);
    expect(refused.stderr).to.include('"azure take" is unknown; use get, set, reset or clock');
  });

  it("names every option in its help", async () => {
    const { stdout } = await launch(["--help"]).ended;
    for (const name of [
      "SANDBOX_HOME",
      "SANDBOX_TENANT",
      "SANDBOX_FAULTS",
      "SANDBOX_TIME_SCALE",
      "SANDBOX_CLOCK",
    ]) {
      expect(stdout.toString()).to.include(name);
    }
  });
});
