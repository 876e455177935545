import { join } from "node:path";
import envPaths from "env-paths";

/** The release that the sandbox is tested with; `sandbox/cli/pulumi/go.mod` pins the same. */
export const PINNED_VERSION = "3.259.0";

/**
 * The oldest pulumi on PATH that is used: that of the oldest SDK that the package takes, so that the engine knows the
 * hooks and replacement triggers which the components rely on (docs/adr/0006-hooks-and-triggers.md).
 */
export const OLDEST_VERSION = "3.248.0";

/**
 * Hosts of two languages: every distribution of Pulumi's own brings all of them. A CLI without both runs programs
 * through the sandbox's own host; one that stands alone is of an early release, which knows no resource hooks.
 */
export const LANGUAGE_HOSTS = ["pulumi-language-nodejs", "pulumi-language-python"] as const;

/** Where the pinned release is kept for all checkouts of one user. */
export function defaultCacheFolder(): string {
  return envPaths("secure-jump-access", { suffix: "" }).cache;
}

/** The pinned release inside a cache folder; its executables are in `bin`. */
export function pinnedFolder(cacheFolder: string): string {
  return join(cacheFolder, `pulumi-${PINNED_VERSION}`);
}

type Version = readonly [major: number, minor: number];

function parse(printed: string): Version | undefined {
  const match = /(\d+)\.(\d+)(?:\.\d+)?/.exec(printed);
  return match === null ? undefined : [Number(match[1]), Number(match[2])];
}

/**
 * Whether a printed version (`v3.259.0`, `go version go1.26.8 linux/amd64`) is at least `oldest`, by major and minor
 * number; false for text without a version.
 */
export function isAtLeast(printed: string, oldest: string): boolean {
  const [seen, wanted] = [parse(printed), parse(oldest)];
  if (seen === undefined || wanted === undefined) return false;
  return seen[0] !== wanted[0] ? seen[0] > wanted[0] : seen[1] >= wanted[1];
}
