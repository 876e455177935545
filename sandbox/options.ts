import { join, resolve } from "node:path";

/** The checkout that this sandbox belongs to. */
export const REPOSITORY = resolve(__dirname, "..");

/** What the environment variables of the sandbox say. */
export interface SandboxOptions {
  /** Folder for everything the sandbox keeps; another one is another Azure. @default `.sandbox` in the checkout */
  readonly home: string;
  /** Tenant file. @default the tenant that the stacks of this project use */
  readonly tenantFile: string | undefined;
  /** Fault plan. @default no faults */
  readonly faultFile: string | undefined;
  /** Simulated seconds per real second. @default operations take no time */
  readonly timeScale: number | undefined;
  /** `virtual` moves five minutes on between two runs and never waits. @default `virtual` */
  readonly clock: "virtual" | "real";
}

/** The variables, as `npm run sandbox -- --help` shows them. */
export const VARIABLES: Readonly<Record<string, string>> = {
  SANDBOX_HOME:
    "folder for state, store and settings; runs with different ones know nothing of each other (.sandbox)",
  SANDBOX_TENANT: "JSON file with the users, groups and subscriptions of the simulated tenant",
  SANDBOX_FAULTS: "JSON file with the faults that the simulated Azure shows",
  SANDBOX_TIME_SCALE: "simulated seconds per real second (operations take no time unless set)",
  SANDBOX_CLOCK:
    "virtual or real (virtual: waiting costs nothing, five minutes pass between two runs)",
};

/** Set by the sandbox for what runs inside it, and by tests that let a provider die. */
const INTERNAL = new Set(["SANDBOX_RUN", "SANDBOX_AZURE_URL", "SANDBOX_PROVIDER_DIE_AT"]);

/** The environment variables of the sandbox cannot be used; the message lists every problem. */
export class SandboxOptionsError extends Error {
  override readonly name = "SandboxOptionsError";

  constructor(readonly issues: readonly string[]) {
    super(
      [`sandbox: ${issues.length} problem(s)`, ...issues.map((issue) => `  - ${issue}`)].join("\n"),
    );
  }
}

/**
 * Reads the sandbox's environment variables; empty ones count as unset.
 * @param env environment
 * @param base folder that relative paths are taken from
 * @throws SandboxOptionsError with all problems at once
 */
export function readOptions(env: NodeJS.ProcessEnv, base: string): SandboxOptions {
  const issues: string[] = [];
  const get = (name: string): string | undefined => (env[name] === "" ? undefined : env[name]);
  const path = (name: string): string | undefined => {
    const value = get(name);
    return value === undefined ? undefined : resolve(base, value);
  };
  for (const name of Object.keys(env)) {
    if (name.startsWith("SANDBOX_") && !(name in VARIABLES) && !INTERNAL.has(name)) {
      issues.push(
        `${name}: not an option of the sandbox; use ${Object.keys(VARIABLES).join(", ")}`,
      );
    }
  }
  const clock = get("SANDBOX_CLOCK") ?? "virtual";
  if (clock !== "virtual" && clock !== "real") {
    issues.push(`SANDBOX_CLOCK: ${JSON.stringify(clock)} is not a clock; use "virtual" or "real"`);
  }
  const written = get("SANDBOX_TIME_SCALE");
  const timeScale = written === undefined ? undefined : Number(written);
  if (timeScale !== undefined && !(timeScale > 0 && Number.isFinite(timeScale))) {
    issues.push(
      `SANDBOX_TIME_SCALE: ${JSON.stringify(written)} is not a number above zero; use 60 for a minute a second`,
    );
  }
  if (issues.length > 0) throw new SandboxOptionsError(issues);
  return {
    home: path("SANDBOX_HOME") ?? join(REPOSITORY, ".sandbox"),
    tenantFile: path("SANDBOX_TENANT"),
    faultFile: path("SANDBOX_FAULTS"),
    timeScale,
    clock: clock === "real" ? "real" : "virtual",
  };
}
