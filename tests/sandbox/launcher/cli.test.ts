import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { CliNotFoundError, type FindOptions, findCli } from "../../../sandbox/cli/find";
import { goBuild } from "../../../sandbox/cli/go-build";
import type { Installer } from "../../../sandbox/cli/installer";
import { silent } from "../../../sandbox/cli/progress";
import { PINNED_VERSION, isAtLeast } from "../../../sandbox/cli/release";
import { type TemporaryFolder, temporaryFolder } from "./temporary-folder";

describe("the pulumi CLI of the sandbox", () => {
  let folder: TemporaryFolder;
  let tried: string[];
  beforeEach(() => {
    folder = temporaryFolder();
    tried = [];
  });
  afterEach(() => {
    folder.remove();
  });

  const pulumi = (where: string, version: string): string =>
    folder.script(`${where}/pulumi`, `[ "$1" = version ] && echo ${version}`);
  const hosts = (where: string, ...languages: string[]): void => {
    for (const language of languages)
      folder.script(`${where}/pulumi-language-${language}`, "exit 0");
  };
  const installer = (name: string, works: boolean): Installer => ({
    name,
    install(into) {
      tried.push(name);
      if (!works) return Promise.reject(new Error("closed today"));
      const bin = join(into.replace(`${folder.path}/`, ""), "bin");
      pulumi(bin, `v${PINNED_VERSION}`);
      return Promise.resolve(join(folder.path, bin));
    },
  });
  const find = (
    options: Partial<FindOptions> & { path?: string[] } = {},
  ): ReturnType<typeof findCli> =>
    findCli({
      env: {
        PATH: [
          "/usr/bin",
          "/bin",
          ...(options.path ?? []).map((part) => join(folder.path, part)),
        ].join(":"),
      },
      cacheFolder: join(folder.path, "cache"),
      installers: [installer("first", true)],
      progress: () => silent,
      ...options,
    });

  it("is the one on PATH where that is new enough", async () => {
    const command = pulumi("a", "v3.300.1");
    hosts("a", "nodejs", "python", "go");
    const cli = await find({ path: ["a"] });
    expect(cli).to.deep.equal({
      command,
      folders: [join(folder.path, "a")],
      hasHosts: true,
      version: "3.300.1",
      source: "PATH",
    });
    expect(tried).to.deep.equal([]);
  });

  it("brings the language hosts of its release, or none that counts: one alone was built here from an old source", async () => {
    pulumi("a", "v3.248.0");
    expect((await find({ path: ["a"] })).hasHosts).to.equal(false);
    hosts("a", "nodejs");
    expect((await find({ path: ["a"] })).hasHosts).to.equal(false);
    hosts("a", "python");
    expect((await find({ path: ["a"] })).hasHosts).to.equal(true);
  });

  it("is the kept one where the one on PATH is too old or does not run", async () => {
    pulumi("cache/pulumi-3.259.0/bin", "v3.259.0");
    pulumi("old", "v3.247.9");
    folder.script("broken/pulumi", "exit 3");
    for (const path of ["old", "broken", "none"]) {
      const { source, version, command } = await find({ path: [path] });
      const kept = join(folder.path, "cache/pulumi-3.259.0/bin/pulumi");
      expect({ source, version, command }, path).to.deep.equal({
        source: "cache",
        version: "3.259.0",
        command: kept,
      });
    }
    expect(tried).to.deep.equal([]);
  });

  it("is installed where none is kept, by the first way that is open, and kept from then on", async () => {
    const installers = [
      installer("first", false),
      installer("second", true),
      installer("third", true),
    ];
    expect((await find({ installers })).source).to.equal("second");
    expect(tried).to.deep.equal(["first", "second"]);
    expect((await find({ installers })).source).to.equal("cache");
    expect(tried).to.deep.equal(["first", "second"]);
    expect(readdirSync(join(folder.path, "cache"))).to.deep.equal([`pulumi-${PINNED_VERSION}`]);
  });

  it("is made anew where the kept one is incomplete", async () => {
    hosts(`cache/pulumi-${PINNED_VERSION}/bin`, "nodejs");
    expect((await find()).source).to.equal("first");
  });

  it("is made once by many who need it at the same time", async () => {
    const found = await Promise.all([find(), find(), find()]);
    expect(tried).to.deep.equal(["first"]);
    expect(found.map(({ source }) => source).sort()).to.deep.equal(["cache", "cache", "first"]);
  }).timeout(10_000);

  it("is not there: the error names every way that was tried and what to do", async () => {
    pulumi("old", "v3.100.0");
    const incomplete: Installer = {
      name: "second",
      install: (into) => Promise.resolve(join(into, "bin")),
    };
    const error: unknown = await find({
      path: ["old"],
      installers: [installer("first", false), incomplete],
    }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(CliNotFoundError);
    expect(String(error)).to.equal(
      [
        "CliNotFoundError: no pulumi CLI to run: 4 ways tried",
        `  - PATH: ${folder.path}/old/pulumi is "v3.100.0"; 3.248.0 or newer is needed`,
        `  - cache: no Pulumi 3.259.0 in ${folder.path}/cache`,
        "  - first: closed today",
        "  - second: left no pulumi behind",
        "install Pulumi 3.248.0 or newer (https://www.pulumi.com/docs/iac/download-install/), " +
          "or Go 1.25 or newer to have it built here once",
      ].join("\n"),
    );
    expect(readdirSync(join(folder.path, "cache"))).to.deep.equal([]);
  });

  it("compares versions by number, and takes no version for none", () => {
    expect(isAtLeast("v3.1000.0", "3.248.0")).to.equal(true);
    expect(isAtLeast("v4.0.0", "3.248.0")).to.equal(true);
    expect(isAtLeast("v3.99.9", "3.248.0")).to.equal(false);
    expect(isAtLeast("v2.300.0", "3.248.0")).to.equal(false);
    expect(isAtLeast("", "3.248.0")).to.equal(false);
  });

  describe("built with Go", () => {
    const go = (...lines: string[]): string => folder.script("go/go", ...lines);
    const build = (path: string, extra: NodeJS.ProcessEnv = {}): Promise<string> =>
      goBuild.install(join(folder.path, "out"), {
        env: { PATH: join(folder.path, path), ...extra },
        progress: silent,
      });

    it("builds the engine read-only, free of the caller's own Go settings", async () => {
      go(
        `if [ "$1" = version ]; then echo go version go1.25.0 linux/amd64; exit; fi`,
        `printf '%s|%s|%s|%s|' "\${PWD##*/}" "$GOFLAGS" "$GOWORK" "$2" >> ${folder.path}/calls`,
        `for last; do :; done; echo "$last" >> ${folder.path}/calls`,
      );
      const bin = await build("go", { GOFLAGS: "-mod=mod", GOWORK: "/mine/go.work" });
      expect(readFileSync(join(folder.path, "calls"), "utf8")).to.equal(
        "pulumi||off|-mod=readonly|github.com/pulumi/pulumi/pkg/v3/cmd/pulumi\n",
      );
      expect(existsSync(join(bin, "pulumi-resource-pulumi-nodejs"))).to.equal(true);
    });

    it("refuses an old Go, no Go, and a build that fails, each with the reason", async () => {
      go("echo go version go1.24.9 linux/amd64");
      const refusal = (promise: Promise<string>): Promise<string> =>
        promise.then(String, (error: unknown) => String(error));
      expect(await refusal(build("go"))).to.equal(
        "Error: Go 1.25 or newer is needed; PATH has go version go1.24.9 linux/amd64",
      );
      expect(await refusal(build("nowhere"))).to.equal("Error: Go is not on PATH");
      go(
        `[ "$1" = version ] && echo go version go1.26.0 linux/amd64 && exit`,
        "echo no such module >&2",
        "exit 1",
      );
      expect(await refusal(build("go"))).to.equal(
        "Error: go build -mod=readonly ended with 1:\nno such module",
      );
    });

    it("pins the release that the sandbox asks for", () => {
      const pins = readFileSync(join(__dirname, "../../../sandbox/cli/pulumi/go.mod"), "utf8");
      expect(pins).to.match(
        new RegExp(`github.com/pulumi/pulumi/pkg/v3 v${PINNED_VERSION.replaceAll(".", "\\.")} `),
      );
      expect(pins).to.match(
        new RegExp(`github.com/pulumi/pulumi/sdk/v3 v${PINNED_VERSION.replaceAll(".", "\\.")} `),
      );
    });
  });
});
