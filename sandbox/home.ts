import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lock } from "proper-lockfile";

/** Where things are in the sandbox's folder. */
export interface Home {
  readonly folder: string;
  /** State of the stacks: the file backend. */
  readonly state: string;
  /** Pulumi's own settings, plugins and logs. */
  readonly pulumiHome: string;
  /** Copies of projects' settings. */
  readonly projects: string;
  /** What the simulated Azure holds. */
  readonly storeFile: string;
}

export function homeAt(folder: string): Home {
  return {
    folder,
    state: join(folder, "state"),
    pulumiHome: join(folder, "pulumi"),
    projects: join(folder, "projects"),
    storeFile: join(folder, "azure.json"),
  };
}

/** Another run owns the folder and did not end in time. */
export class HomeBusyError extends Error {
  override readonly name = "HomeBusyError";

  constructor(folder: string, owner: string) {
    super(
      `sandbox: another run (process ${owner}) is working in ${folder}; ` +
        "wait for it to end, or give this run a folder of its own with SANDBOX_HOME",
    );
  }
}

/** A run that is killed leaves a lock; it counts as left after so long without a sign of life. */
const STALE = 10_000;

function isBusy(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ELOCKED";
}

/**
 * Makes this process the only one that works in the folder: store and state bear one writer.
 * @param home the folder
 * @param seconds how long to wait for another run before refusing
 * @param notice told once when there is somebody to wait for
 * @returns a function that gives the folder free; an exit of the process does so too
 * @throws HomeBusyError
 */
export async function own(
  home: Home,
  seconds: number,
  notice: (line: string) => void,
): Promise<() => Promise<void>> {
  for (const folder of [home.state, home.pulumiHome, home.projects])
    mkdirSync(folder, { recursive: true });
  const ownerFile = join(home.folder, "owner");
  const options = {
    realpath: false,
    lockfilePath: join(home.folder, "lock"),
    stale: STALE,
    update: STALE / 4,
    onCompromised: () => {
      notice(
        "the lock on the sandbox's folder was taken by another process; two runs may be writing to it",
      );
    },
  };
  const owner = (): string => {
    try {
      return readFileSync(ownerFile, "utf8").trim();
    } catch {
      return "unknown";
    }
  };
  const until = Date.now() + seconds * 1000;
  for (let waited = false; ; waited = true) {
    try {
      const release = await lock(home.folder, options);
      writeFileSync(ownerFile, `${process.pid}\n`);
      return release;
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (Date.now() >= until) throw new HomeBusyError(home.folder, owner());
      if (!waited) notice(`waiting for another run (process ${owner()}) in ${home.folder}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
