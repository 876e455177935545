import { join } from "node:path";
import { run } from "./command";
import type { Installer } from "./installer";
import { PINNED_VERSION } from "./release";

/** The script that the Automation API's installer downloads first. */
const SCRIPT = "https://get.pulumi.com/install.sh";

/** A network that drops packets must not hold up the way that works without it. */
const SECONDS_TO_ANSWER = 5;

/** About 130 MB on a slow line; beyond that the build from source is no slower. */
const SECONDS_TO_INSTALL = 300;

/**
 * The official way: `PulumiCommand.install` of the Automation API
 * (https://www.pulumi.com/docs/iac/automation-api/). It runs in a process of its own, because it takes no time limit.
 */
export const official: Installer = {
  name: "Pulumi's installer",
  async install(folder, { env, progress }) {
    progress.say("asking Pulumi's download site");
    try {
      await fetch(SCRIPT, {
        method: "HEAD",
        signal: AbortSignal.timeout(SECONDS_TO_ANSWER * 1000),
      });
    } catch (error) {
      const cause =
        error instanceof Error && error.cause instanceof Error
          ? error.cause.message
          : String(error);
      throw new Error(`Pulumi's download site cannot be reached: ${cause}`, { cause: error });
    }
    progress.say(`installing Pulumi ${PINNED_VERSION}, once`);
    const program = `
      const { PulumiCommand } = require("@pulumi/pulumi/automation");
      const { SemVer } = require(require.resolve("semver", { paths: [require.resolve("@pulumi/pulumi")] }));
      const [root, version] = process.argv.slice(1);
      PulumiCommand.install({ root, version: new SemVer(version), skipVersionCheck: true }).catch((error) => {
        console.error(error.message);
        process.exitCode = 1;
      });`;
    await run(process.execPath, ["-e", program, folder, PINNED_VERSION], {
      cwd: __dirname,
      env,
      seconds: SECONDS_TO_INSTALL,
      onLine: (line) => {
        progress.say(`installing Pulumi ${PINNED_VERSION}: ${line.slice(0, 60)}`);
      },
    });
    return join(folder, "bin");
  },
};
