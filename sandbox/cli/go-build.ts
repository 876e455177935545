import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { run } from "./command";
import { folderOnPath } from "./executable";
import type { Installer } from "./installer";
import { PINNED_VERSION, isAtLeast } from "./release";

/** The `go` directive of the module. */
const OLDEST_GO = "1.25";

/** Folder with the go.mod and go.sum that pin the source, beside this file. */
const MODULE = "pulumi";
/**
 * The engine. The Node.js language host of the same release lives in a module without tags, which the Go module proxy
 * cannot serve; the sandbox has its own (`sandbox/language-host`).
 */
const PROGRAM = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
/** Without the version at link time `requiredPulumiVersion` is not checked and each run logs an error. */
const FLAGS = [
  "-tags",
  "osusergo",
  "-ldflags",
  `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${PINNED_VERSION}`,
];

/** Dynamic providers are started through this script, which the npm package carries beside its code. */
const DYNAMIC_PROVIDER = "pulumi-resource-pulumi-nodejs";

/** Builds the released engine with Go: about six minutes on two cores, a few seconds where Go has them in its cache. */
export const goBuild: Installer = {
  name: "go build",
  async install(folder, { env, progress }) {
    if (folderOnPath("go", env) === undefined) throw new Error("Go is not on PATH");
    // A workspace file or flags of the caller's own Go projects must not change what is built.
    const clean = { ...env, GOFLAGS: "", GOWORK: "off" };
    const version = await run("go", ["version"], { env: clean, seconds: 30 });
    if (!isAtLeast(version, OLDEST_GO)) {
      throw new Error(`Go ${OLDEST_GO} or newer is needed; PATH has ${version.trim()}`);
    }
    const bin = join(folder, "bin");
    await mkdir(bin, { recursive: true });
    const doing = "building pulumi with Go (about six minutes, once)";
    progress.say(doing);
    await run("go", ["build", "-mod=readonly", "-trimpath", ...FLAGS, "-o", `${bin}/`, PROGRAM], {
      cwd: join(__dirname, MODULE),
      env: clean,
      onLine: (line) => {
        progress.say(line.startsWith("go: downloading") ? `${doing}: ${line.slice(4, 64)}` : doing);
      },
    });
    await copyFile(
      join(dirname(require.resolve("@pulumi/pulumi/package.json")), DYNAMIC_PROVIDER),
      join(bin, DYNAMIC_PROVIDER),
    );
    return bin;
  },
};
