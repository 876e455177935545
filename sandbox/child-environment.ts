import { delimiter } from "node:path";
import type { Cli } from "./cli/find";

/** What the environment of every process inside the sandbox is made from. */
export interface ChildEnvironmentOptions {
  readonly inherited: NodeJS.ProcessEnv;
  readonly cli: Pick<Cli, "folders">;
  /** Folder with the stand-in provider plugins, which nothing outside the sandbox has on its PATH. */
  readonly providers: string;
  /** Folder for Pulumi's own settings, plugins and logs. */
  readonly pulumiHome: string;
  /** Folder that holds the state of the stacks. */
  readonly state: string;
  /** Address of the simulated Azure. */
  readonly azureUrl: string;
  /** Marks every process of this run, so that none is left behind. */
  readonly run: string;
  /** Where a program without packages of its own finds `@pulumi/pulumi` and the providers' packages. */
  readonly packages: string;
}

/** Variables that could point the engine, a provider or a login at something real. */
const FOREIGN = /^(PULUMI|ARM|AZURE)_/i;

/** Names the variable that marks every process of one run. */
export const RUN_VARIABLE = "SANDBOX_RUN";

/** The inherited environment without what could reach a real backend, subscription or tenant. */
export function scrub(inherited: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(inherited).filter(([name]) => !FOREIGN.test(name));
  return Object.fromEntries(
    kept.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/**
 * The whole environment of a process inside the sandbox. The passphrase guards nothing: simulated secrets are made
 * up, and the state never leaves the sandbox's folder.
 */
export function childEnvironment(options: ChildEnvironmentOptions): Record<string, string> {
  const { inherited } = options;
  const path = [options.providers, ...options.cli.folders, inherited.PATH ?? ""].join(delimiter);
  const nodePath = [inherited.NODE_PATH, options.packages].filter(
    (part) => part !== undefined && part !== "",
  );
  return {
    ...scrub(inherited),
    PATH: path,
    NODE_PATH: nodePath.join(delimiter),
    PULUMI_HOME: options.pulumiHome,
    // Without sidecar files: they are written in place, and an engine that dies meanwhile leaves a state that it calls
    // "failed to load checkpoint: EOF" (gocloud.dev/blob/fileblob, setAttrs; the state itself is replaced whole).
    PULUMI_BACKEND_URL: `file://${options.state}?metadata=skip`,
    PULUMI_CONFIG_PASSPHRASE: "simulated",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
    PULUMI_SUPPRESS_NEO_LINK: "true",
    // The type check belongs to `npm run typecheck`; here it would cost six seconds at every run.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    SANDBOX_AZURE_URL: options.azureUrl,
    [RUN_VARIABLE]: options.run,
  };
}
