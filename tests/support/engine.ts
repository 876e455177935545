import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type EngineEvent,
  LocalWorkspace,
  PulumiCommand,
  type Stack,
  type StackSettings,
} from "@pulumi/pulumi/automation";
import { SemVer } from "semver";
import type { JournalEntry } from "../../sandbox/azure/journal";
import { scrub } from "../../sandbox/child-environment";
import { type Cli, findCli } from "../../sandbox/cli/find";
import {
  type OpenSandboxOptions,
  PROVIDERS,
  type Sandbox,
  openSandbox,
  stateFile,
} from "../../sandbox/environment";
import { REPOSITORY } from "../../sandbox/options";
import { start } from "../../sandbox/processes";
import { STAND_INS } from "../../sandbox/project";
import { prepare, startMakingStack } from "../../sandbox/pulumi";
import { type EngineReport, readEvents } from "./engine-events";
import { InlineRun } from "./inline-run";
import "./own-connections";
import { takeUnhandled } from "./unhandled";

// The program of an inline test runs in this process, where azure-native and azuread read ARM_* themselves.
const clean = scrub(process.env);
for (const name of Object.keys(process.env))
  if (!(name in clean)) Reflect.deleteProperty(process.env, name);

/** One search, one build, however many tests. */
let cli: Promise<Cli> | undefined;

/** A Pulumi program; what it returns are the stack's outputs. */
export type Program = () =>
  Record<string, unknown> | undefined | Promise<Record<string, unknown> | undefined>;

export interface EngineOptions extends Partial<Omit<OpenSandboxOptions, "home" | "cli">> {
  /** Folder to use instead of a temporary one; left as it is afterwards. */
  readonly home?: string;
}

/** How an operation of the engine ended. */
export interface Outcome extends EngineReport {
  readonly ok: boolean;
  /** Exit code of the CLI; 137 where it was killed. */
  readonly code: number;
  /** Outputs of the stack after the operation; secrets read `[secret]`. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly stdout: string;
  readonly stderr: string;
}

export interface OperationOptions {
  /** Return an outcome that is not `ok` instead of throwing. @default false */
  readonly mayFail?: boolean;
  /** Further flags of the command, such as `["--target", urn]`. */
  readonly flags?: readonly string[];
  /** Another program from now on. */
  readonly program?: Program;
}

export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly custom: boolean;
  readonly parent?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly initErrors?: readonly string[];
}

/** The state that the engine keeps of a stack. */
export interface StackState {
  readonly resources: readonly StateResource[];
  /** Operations that the engine began and never saw the end of. */
  readonly pending: readonly { readonly type: string; readonly urn: string }[];
}

/** A stack whose program is a function of the test; the fast way. */
export interface InlineStack {
  up(options?: OperationOptions): Promise<Outcome>;
  preview(options?: OperationOptions): Promise<Outcome>;
  refresh(options?: OperationOptions): Promise<Outcome>;
  destroy(options?: OperationOptions): Promise<Outcome>;
  /** Forgets a run that died, as `pulumi cancel` does. */
  cancel(): Promise<void>;
  /** Runs another command of the real CLI on the stack, such as `import`; one that runs no program. */
  cli(...args: string[]): Promise<Ended>;
  state(): StackState;
  /** The stack of the Automation API, for what this interface lacks. */
  readonly stack: Stack;
}

export interface InlineOptions {
  readonly program: Program;
  /** @default `test` */
  readonly project?: string;
  /** @default `dev` */
  readonly stack?: string;
  readonly config?: Readonly<Record<string, unknown>>;
}

/** A sandbox of one test's own, and the engine in it. */
export interface Engine {
  readonly sandbox: Sandbox;
  inline(options: InlineOptions): Promise<InlineStack>;
  /**
   * Runs the real CLI as the launcher does, by default on this project's own program and stack files.
   * @param args as on the command line; `--cwd` is taken from the repository
   */
  run(...args: string[]): Promise<Outcome>;
  state(project: string, stack: string): StackState;
  /** What the simulated Azure was asked and did, in order. */
  journal(): readonly JournalEntry[];
  /** Ends the sandbox and starts another on the same folder, as a later run would: five simulated minutes pass. */
  restart(options?: EngineOptions): Promise<void>;
  close(): Promise<void>;
}

const VERBS = ["up", "preview", "refresh", "destroy"] as const;
type Verb = (typeof VERBS)[number];

interface Checkpoint {
  readonly checkpoint?: {
    readonly latest?: {
      readonly resources?: readonly (Omit<StateResource, "custom"> & {
        readonly custom?: boolean;
      })[];
      readonly pending_operations?: readonly {
        readonly type: string;
        readonly resource: { readonly urn: string };
      }[];
    };
  };
}

/** The key by which the engine marks a secret in its state. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  if (SIGNATURE in value) return "[secret]";
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withoutSecrets(item)]),
  );
}

/** How a command of the real CLI ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the CLI with exactly the sandbox's environment, which the Automation API would add to this process's own. */
async function runCli(
  sandbox: Sandbox,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  const child = start(sandbox.cli.command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.process.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.process.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const code = await child.ended;
  return { code, stdout, stderr };
}

/**
 * What the Automation API calls. It asks for `stack output` and `stack history` after each operation, which costs more
 * than the operation and which the state file answers.
 */
function automationCommand(
  current: () => Sandbox,
  flags: () => readonly string[],
  ended: (run: Ended) => void,
): PulumiCommand {
  const command = {
    command: current().cli.command,
    version: new SemVer(current().cli.version),
    async run(
      args: readonly string[],
      cwd: string,
      env: Readonly<Record<string, string>>,
    ): Promise<Ended> {
      const sandbox = current();
      const [group, verb] = args;
      if (group === "stack" && verb === "output") return { code: 0, stdout: "{}", stderr: "" };
      if (group === "stack" && verb === "history") return { code: 0, stdout: "[]", stderr: "" };
      const operates = VERBS.some((operation) => operation === group);
      const all = [...args, ...(operates ? flags() : []), "--non-interactive"];
      const run = await runCli(sandbox, all, cwd, {
        ...env,
        ...sandbox.env,
        PULUMI_AUTOMATION_API: "true",
      });
      if (operates) ended(run);
      if (run.code !== 0)
        throw new Error(
          `pulumi ${args.join(" ")} ended with ${run.code}\n${run.stdout}\n${run.stderr}`,
        );
      return run;
    },
  };
  // The class has no public constructor; what calls it looks at nothing else.
  return Object.assign(Object.create(PulumiCommand.prototype) as PulumiCommand, command);
}

/**
 * Opens a sandbox in a folder of its own, so that tests may run side by side. Close it in an `afterEach`.
 */
export async function openEngine(options: EngineOptions = {}): Promise<Engine> {
  const temporary = options.home === undefined;
  const home = options.home ?? realpathSync(mkdtempSync(join(tmpdir(), "engine-")));
  cli ??= findCli();
  const openAgain = async (more: EngineOptions): Promise<Sandbox> =>
    openSandbox({
      tenantFile: undefined,
      faultFile: undefined,
      timeScale: undefined,
      clock: "virtual",
      ...options,
      ...more,
      home,
      cli: await (cli ?? findCli()),
    });
  let sandbox = await openAgain({});

  function state(project: string, stack: string): StackState {
    const file = stateFile(sandbox.home, project, stack);
    const read = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Checkpoint) : {};
    const latest = read.checkpoint?.latest;
    return {
      resources: (latest?.resources ?? []).map((resource) => ({
        ...resource,
        custom: resource.custom === true,
      })),
      pending: (latest?.pending_operations ?? []).map(({ type, resource }) => ({
        type,
        urn: resource.urn,
      })),
    };
  }

  function outputs(project: string, stack: string): Record<string, unknown> {
    const root = state(project, stack).resources.find(({ type }) => type === "pulumi:pulumi:Stack");
    return withoutSecrets(root?.outputs ?? {}) as Record<string, unknown>;
  }

  async function inline(wanted: InlineOptions): Promise<InlineStack> {
    const { project = "test", stack: name = "dev", config } = wanted;
    let program = wanted.program;
    let extra: readonly string[] = [];
    let last: Ended = { code: 0, stdout: "", stderr: "" };
    let running = new InlineRun();
    const settings: StackSettings = config === undefined ? {} : { config };
    // Named here as well as on PATH, because the engine warns of a plugin that only PATH has.
    const plugins = {
      providers: STAND_INS.map((provider) => ({ name: provider, path: PROVIDERS })),
    };
    const projectSettings = { name: project, runtime: "nodejs" as const, plugins };
    const openStack = sandbox.hasStack(project, name) ? "selectStack" : "createStack";
    const stack = await LocalWorkspace[openStack](
      {
        stackName: name,
        projectName: project,
        program: async () => (await running.carryOut(program)) ?? {},
      },
      {
        pulumiCommand: automationCommand(
          () => sandbox,
          () => extra,
          (run) => (last = run),
        ),
        stackSettings: { [name]: settings },
        projectSettings,
      },
    );

    async function operate(
      verb: Verb,
      { mayFail, flags = [], program: next }: OperationOptions = {},
    ): Promise<Outcome> {
      if (next !== undefined) program = next;
      const events: EngineEvent[] = [];
      const onEvent = (event: EngineEvent): void => void events.push(event);
      let failure: Error | undefined;
      extra = flags;
      running = new InlineRun();
      try {
        await stack[verb]({ onEvent });
        running.end(false);
      } catch (error) {
        running.end(true);
        failure = error instanceof Error ? error : new Error(String(error));
        if (mayFail !== true) throw failure;
        // The engine has reported what the program left unhandled, so it does not count as the test's.
        await new Promise((resolve) => setImmediate(resolve));
        takeUnhandled();
      }
      return {
        ...readEvents(events, verb),
        ok: failure === undefined,
        code: last.code,
        outputs: outputs(project, name),
        stdout: last.stdout,
        stderr:
          failure !== undefined && last.code === 0
            ? `${last.stderr}${failure.message}`
            : last.stderr,
      };
    }
    return {
      up: (given) => operate("up", given),
      preview: (given) => operate("preview", given),
      refresh: (given) => operate("refresh", given),
      destroy: (given) => operate("destroy", given),
      cancel: () => stack.cancel(),
      cli: (...args) =>
        runCli(
          sandbox,
          [...args, "--stack", name, "--non-interactive"],
          stack.workspace.workDir,
          sandbox.env,
        ),
      state: () => state(project, name),
      stack,
    };
  }

  async function run(...args: string[]): Promise<Outcome> {
    const eventLog = join(sandbox.home.folder, "events.json");
    rmSync(eventLog, { force: true });
    const verb = VERBS.find((candidate) => args.includes(candidate));
    const command = prepare(
      sandbox,
      verb === undefined ? args : [...args, "--event-log", eventLog],
      REPOSITORY,
      REPOSITORY,
    );
    if (command.stackIsNew) {
      const code = await startMakingStack(sandbox, command, "ignore").ended;
      if (code !== 0) throw new Error(`pulumi stack init ${command.stack} ended with ${code}`);
    }
    // `--event-log` is a flag for developers of tools.
    const env = { ...command.env, PULUMI_DEBUG_COMMANDS: "true" };
    const ended = await runCli(sandbox, command.args, command.cwd, env);
    const lines = existsSync(eventLog)
      ? readFileSync(eventLog, "utf8")
          .split("\n")
          .filter((line) => line !== "")
      : [];
    return {
      ...readEvents(
        lines.map((line) => JSON.parse(line) as EngineEvent),
        verb ?? "up",
      ),
      ...ended,
      ok: ended.code === 0,
      outputs: outputs(command.project.name, command.stack),
    };
  }

  return {
    get sandbox() {
      return sandbox;
    },
    inline,
    run,
    state,
    journal: () => sandbox.azure.store.journal(),
    async restart(more = {}) {
      await sandbox.close();
      sandbox = await openAgain(more);
    },
    async close() {
      await sandbox.close();
      if (temporary) rmSync(home, { recursive: true, force: true });
    },
  };
}
