import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { openEngine } from "../support/engine";

const repository = join(__dirname, "..", "..");

function installedVersion(name: string): string {
  const file = join(repository, "node_modules", name, "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

/** The program that the README shows, as a reader would copy it. */
function readmeExample(): string {
  const readme = readFileSync(join(repository, "README.md"), "utf8");
  const [, block] =
    /<!-- example:begin[^]*?```ts\n([^]*?)```[^]*?example:end -->/.exec(readme) ?? [];
  if (block === undefined) throw new Error("the README has no example block");
  return block;
}

const MOCKS = `
import * as pulumi from "@pulumi/pulumi";
const made: string[] = [];
void pulumi.runtime.setMocks({
  newResource: (args) => {
    made.push(args.type);
    return { id: "/ids/" + args.name, state: { ...args.inputs, name: args.name } };
  },
  call: () => ({}),
}, "consumer", "test", false, "organization");
`;

const MAIN = `
import "./mocks";
import * as pulumi from "@pulumi/pulumi";
void (async () => {
  let connect: pulumi.Output<Record<string, { ssh?: string }>> | undefined;
  await pulumi.runtime.runInPulumiStack(async () => {
    ({ connect } = await import("./program"));
  });
  await pulumi.runtime.disconnect();
  connect?.apply((lines) => console.log(JSON.stringify(Object.keys(lines))));
})();
`;

describe("the packed package", () => {
  let folder: string;
  const run = (command: string, ...args: string[]): string =>
    execFileSync(command, args, {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });

  before(function () {
    this.timeout(240_000);
    folder = realpathSync(mkdtempSync(join(tmpdir(), "consumer-")));
    const build = join(folder, "build");
    execFileSync(
      process.execPath,
      [
        "node_modules/typescript/bin/tsc",
        "-p",
        "tsconfig.build.json",
        "--outDir",
        join(build, "dist"),
      ],
      { cwd: repository, stdio: "inherit" },
    );
    for (const file of [
      "package.json",
      "README.md",
      "LICENSE",
      "CHANGELOG.md",
      "SECURITY.md",
      "sdk",
      "policy",
    ]) {
      cpSync(join(repository, file), join(build, file), { recursive: true });
    }
    const [packed] = JSON.parse(
      execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
        cwd: build,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      }),
    ) as { filename: string; files: { path: string }[] }[];
    // With its peers in the versions of the lock file, as a user's package manager would bring them.
    const versions = [
      "@pulumi/pulumi",
      "@pulumi/azure-native",
      "@pulumi/azuread",
      "@pulumi/policy",
      "typescript",
      "@types/node",
    ].map((name) => `${name}@${installedVersion(name)}`);
    run("npm", "init", "-y");
    run(
      "npm",
      "install",
      "--prefer-offline",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      `./${packed?.filename ?? ""}`,
      ...versions,
    );
    writeFileSync(join(folder, "program.ts"), readmeExample());
    writeFileSync(join(folder, "mocks.ts"), MOCKS);
    writeFileSync(join(folder, "main.ts"), MAIN);
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: {
          target: "ES2022",
          module: "CommonJS",
          moduleResolution: "Node10",
          strict: true,
          skipLibCheck: true,
          types: ["node"],
          outDir: "out",
        },
        files: ["main.ts", "program.ts"],
      }),
    );
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("holds the build and its pages, and neither tests, sandbox nor stacks", () => {
    const files = run("tar", "-tzf", "secure-jump-access-0.1.0.tgz").split("\n");
    expect(files).to.include("package/dist/sdk/index.js");
    expect(files).to.include("package/dist/sdk/index.d.ts");
    expect(files).to.include("package/LICENSE");
    expect(files).to.include("package/policy/PulumiPolicy.yaml");
    // At its root the engine would take the whole package for a pack.
    expect(files).to.not.include("package/PulumiPolicy.yaml");
    expect(files.filter((file) => /\/(tests|sandbox|stacks|\.sandbox)\//.test(file))).to.deep.equal(
      [],
    );
  });

  it("type-checks and runs the README's own example under Pulumi's mocks", function () {
    this.timeout(120_000);
    run(process.execPath, "node_modules/typescript/bin/tsc", "-p", "tsconfig.json");
    const output = run(process.execPath, "out/main.js");
    expect(JSON.parse(output)).to.deep.equal(["app/web", "app/db"]);
  });

  it("holds the policy pack, which the engine runs from where a user has installed it", async () => {
    const engine = await openEngine();
    try {
      const pack = join(folder, "node_modules/secure-jump-access/policy");
      for (const path of [pack, join(pack, "pack")]) {
        const run = await engine.run("preview", "--stack", "dev", "--policy-pack", path);
        expect(run.code, run.stdout).to.equal(0);
        expect(run.stdout).to.contain("secure-jump-access@v0.1.0").and.contain("I3 staged for");
      }
    } finally {
      await engine.close();
    }
  });

  it("opens no connection when it is imported", () => {
    const program = `
      const refuse = (what) => () => { throw new Error(what); };
      require("node:net").Socket.prototype.connect = refuse("a connection");
      require("node:dns").lookup = refuse("a look-up");
      globalThis.fetch = refuse("a request");
      console.log(typeof require("secure-jump-access").SecureJumpAccess);`;
    expect(run(process.execPath, "-e", program).trim()).to.equal("function");
  });
});
