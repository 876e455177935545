import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { FaultPlan } from "./azure/fault-plan";
import type { Death } from "./azure/faults";
import { readFaultPlan } from "./azure/read-fault-plan";
import { type SimulatedAzure, startSimulatedAzure } from "./azure/server";
import { childEnvironment } from "./child-environment";
import { type Cli, findCli } from "./cli/find";
import { type Home, homeAt, own } from "./home";
import { REPOSITORY, type SandboxOptions } from "./options";
import { crash, endSurvivors, killSurvivors } from "./processes";
import { type ProjectCopy, copyProject } from "./project";

/** The executables named `pulumi-resource-azure-native` and `pulumi-resource-azuread`. */
export const PROVIDERS = join(REPOSITORY, "sandbox", "providers", "bin");

/** The executable named `pulumi-language-nodejs`. */
const LANGUAGE_HOST = join(REPOSITORY, "sandbox", "language-host", "bin");

/** How long a run waits for another one in the same folder before it refuses. */
export const SECONDS_TO_WAIT = 120;

/** A simulated Azure that runs, and the environment in which pulumi meets nothing else. */
export interface Sandbox {
  readonly home: Home;
  readonly azure: SimulatedAzure;
  readonly cli: Cli;
  /** The whole environment for pulumi and for whatever else runs inside. */
  readonly env: Readonly<Record<string, string>>;
  /** Copies the settings of the project in a folder into the sandbox; pulumi works on the copies only. */
  copyProject(directory: string): ProjectCopy;
  /** Whether a stack of a project was made. */
  hasStack(project: string, stack: string): boolean;
  /** Ends what still runs inside, stops the simulated Azure, writes its store and gives the folder free. */
  close(): Promise<void>;
}

export interface OpenSandboxOptions extends SandboxOptions {
  /** Environment that children inherit, less what could reach a real tenant. @default `process.env` */
  readonly env?: NodeJS.ProcessEnv;
  /** @default the one that {@link findCli} finds */
  readonly cli?: Cli;
  /** Faults given as a value; stands before `faultFile`. */
  readonly faults?: FaultPlan;
  /** Called after a death that the fault plan ordered was carried out. */
  readonly onDeath?: (death: Death) => void;
  /** Seconds to wait for another run in the same folder. @default 120 */
  readonly wait?: number;
  /** Told what a person should know; the caller shows it on standard error. @default nobody is told */
  readonly notice?: (line: string) => void;
}

/**
 * The processes that a fault plan wants dead. An engine takes what it has started along, as where a machine goes down
 * or a container ends; a provider that outlived it would send its request again and carry it out after all.
 */
function victim(death: Death): RegExp {
  if (death.process === "engine") return /./;
  return death.path.startsWith("/graph/")
    ? /pulumi-resource-azuread/
    : /pulumi-resource-azure-native/;
}

/** Where the file backend keeps the state of a stack. */
export function stateFile(home: Home, project: string, stack: string): string {
  return join(home.state, ".pulumi", "stacks", project, `${stack}.json`);
}

/**
 * Opens the sandbox: finds the pulumi CLI, takes the folder for this process alone, starts the simulated Azure in this
 * process. Nothing in it can reach a real backend, subscription or tenant.
 * @throws CliNotFoundError, HomeBusyError, or what is wrong with tenant file, fault plan or store
 */
export async function openSandbox(options: OpenSandboxOptions): Promise<Sandbox> {
  const { env: inherited = process.env, notice = () => undefined } = options;
  const home = homeAt(options.home);
  const cli = options.cli ?? (await findCli({ env: inherited }));
  const release = await own(home, options.wait ?? SECONDS_TO_WAIT, notice);
  const run = randomUUID();
  let azure: SimulatedAzure;
  try {
    const faults =
      options.faults ??
      (options.faultFile === undefined ? undefined : readFaultPlan(options.faultFile));
    azure = await startSimulatedAzure({
      storeFile: home.storeFile,
      tenantFile: options.tenantFile,
      clock: options.clock,
      timeScale: options.timeScale,
      faults,
      onDeath(death) {
        crash(run, victim(death));
        options.onDeath?.(death);
      },
    });
  } catch (error) {
    await release();
    throw error;
  }
  // However this process ends, what it started ends with it.
  const atExit = (): void => {
    killSurvivors(run);
    azure.store.flush();
  };
  process.on("exit", atExit);

  return {
    home,
    azure,
    cli,
    env: childEnvironment({
      inherited,
      cli,
      providers: PROVIDERS,
      pulumiHome: home.pulumiHome,
      state: home.state,
      azureUrl: azure.url,
      run,
      packages: join(REPOSITORY, "node_modules"),
    }),
    copyProject: (directory) =>
      copyProject(directory, home.projects, {
        providers: PROVIDERS,
        languageHost: cli.hasHosts ? undefined : LANGUAGE_HOST,
      }),
    hasStack: (project, stack) => existsSync(stateFile(home, project, stack)),
    async close() {
      await endSurvivors(run);
      process.off("exit", atExit);
      await azure.close();
      await release();
    },
  };
}
