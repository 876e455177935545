import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { check, lock } from "proper-lockfile";
import { run } from "./command";
import { folderOnPath, holdsAll } from "./executable";
import { goBuild } from "./go-build";
import type { Installer } from "./installer";
import { official } from "./official";
import { type Progress, openProgress } from "./progress";
import {
  LANGUAGE_HOSTS,
  OLDEST_VERSION,
  PINNED_VERSION,
  defaultCacheFolder,
  isAtLeast,
  pinnedFolder,
} from "./release";

/** A pulumi CLI. */
export interface Cli {
  /** The `pulumi` executable. */
  readonly command: string;
  /** Folders to put first on PATH. */
  readonly folders: readonly string[];
  /** Whether it brings the language hosts of its release. */
  readonly hasHosts: boolean;
  /** Without a leading `v`. */
  readonly version: string;
  /** Where it came from: PATH, the user's cache folder, or the name of the installer that has just made it. */
  readonly source: string;
}

export interface FindOptions {
  /** Environment whose PATH is searched. @default `process.env` */
  readonly env?: NodeJS.ProcessEnv;
  /** @default the user's cache folder, so that all checkouts share one build */
  readonly cacheFolder?: string;
  /** Ways to get the pinned release, tried in this order. @default Pulumi's installer, then Go */
  readonly installers?: readonly Installer[];
  /** Opened only when something has to be installed. @default on standard error */
  readonly progress?: () => Progress;
}

/** No pulumi CLI could be found or made; the message names all that was tried. */
export class CliNotFoundError extends Error {
  override readonly name = "CliNotFoundError";

  constructor(readonly tried: readonly string[]) {
    super(
      [
        `no pulumi CLI to run: ${tried.length} ways tried`,
        ...tried.map((line) => `  - ${line}`),
        `install Pulumi ${OLDEST_VERSION} or newer (https://www.pulumi.com/docs/iac/download-install/), ` +
          "or Go 1.25 or newer to have it built here once",
      ].join("\n"),
    );
  }
}

/** The CLI on PATH, or the reason why there is none to use. */
async function onPath(env: NodeJS.ProcessEnv, cacheFolder: string): Promise<Cli | string> {
  const folder = folderOnPath("pulumi", env);
  if (folder === undefined) return "PATH: no pulumi";
  const command = join(folder, "pulumi");
  let version: string;
  try {
    const home = join(cacheFolder, "pulumi-home"); // even `version` keeps a log in it
    const clean = {
      PATH: env.PATH,
      HOME: env.HOME,
      PULUMI_HOME: home,
      PULUMI_SKIP_UPDATE_CHECK: "true",
    };
    version = (await run(command, ["version"], { env: clean, seconds: 20 })).trim();
  } catch (error) {
    return `PATH: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (!isAtLeast(version, OLDEST_VERSION)) {
    return `PATH: ${command} is "${version}"; ${OLDEST_VERSION} or newer is needed`;
  }
  return {
    command,
    folders: [folder],
    hasHosts: holdsAll(folder, LANGUAGE_HOSTS),
    version: version.replace(/^v/, ""),
    source: "PATH",
  };
}

function cached(cacheFolder: string, source: string): Cli | undefined {
  const bin = join(pinnedFolder(cacheFolder), "bin");
  if (!holdsAll(bin, ["pulumi"])) return undefined;
  const hasHosts = holdsAll(bin, LANGUAGE_HOSTS);
  return {
    command: join(bin, "pulumi"),
    folders: [bin],
    hasHosts,
    version: PINNED_VERSION,
    source,
  };
}

/** Waits as long as another process builds: it ends, or its lock goes stale. */
const LOCK = {
  realpath: false,
  stale: 20_000,
  update: 5_000,
  retries: { forever: true, minTimeout: 200, maxTimeout: 2_000 },
};

/** Gets the pinned release into the cache folder: into a folder of its own first, moved into place when complete. */
async function install(
  cacheFolder: string,
  installers: readonly Installer[],
  env: NodeJS.ProcessEnv,
  openedProgress: () => Progress,
  tried: readonly string[],
): Promise<Cli> {
  await mkdir(cacheFolder, { recursive: true });
  const progress = openedProgress();
  const busy = await check(pinnedFolder(cacheFolder), LOCK);
  progress.say(busy ? "waiting for another process that gets the pulumi CLI" : "no pulumi CLI yet");
  const unlock = await lock(pinnedFolder(cacheFolder), LOCK);
  const failures = [...tried];
  let outcome = "no pulumi CLI";
  try {
    const made = cached(cacheFolder, "cache");
    if (made !== undefined) {
      outcome = "another process has made the pulumi CLI";
      return made;
    }
    for (const installer of installers) {
      const folder = await mkdtemp(`${pinnedFolder(cacheFolder)}-`);
      try {
        const bin = await installer.install(folder, { env, progress });
        if (!holdsAll(bin, ["pulumi"])) throw new Error("left no pulumi behind");
        await rm(pinnedFolder(cacheFolder), { recursive: true, force: true });
        await rename(dirname(bin), pinnedFolder(cacheFolder));
        const found = cached(cacheFolder, installer.name);
        if (found === undefined) throw new Error(`${pinnedFolder(cacheFolder)} cannot be read`);
        outcome = `Pulumi ${PINNED_VERSION} is in ${pinnedFolder(cacheFolder)}`;
        return found;
      } catch (error) {
        failures.push(
          `${installer.name}: ${error instanceof Error ? error.message : String(error)}`,
        );
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    }
    throw new CliNotFoundError(failures);
  } finally {
    progress.end(outcome);
    await unlock();
  }
}

/**
 * Finds the pulumi CLI: the one on PATH when new enough, else the pinned release in the
 * user's cache folder, else the pinned release got by the first installer that can.
 * @throws CliNotFoundError naming every way that was tried.
 */
export async function findCli(options: FindOptions = {}): Promise<Cli> {
  const {
    env = process.env,
    cacheFolder = defaultCacheFolder(),
    installers = [official, goBuild],
  } = options;
  const { progress = openProgress } = options;
  const ambient = await onPath(env, cacheFolder);
  if (typeof ambient !== "string") return ambient;
  const kept = cached(cacheFolder, "cache");
  if (kept !== undefined) return kept;
  const tried = [ambient, `cache: no Pulumi ${PINNED_VERSION} in ${cacheFolder}`];
  return install(cacheFolder, installers, env, progress, tried);
}
