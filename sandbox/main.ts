import { rmSync } from "node:fs";
import { join } from "node:path";
import { VerbError, runVerb } from "./azure/verbs";
import { CliNotFoundError } from "./cli/find";
import { SECONDS_TO_WAIT, type Sandbox, openSandbox, stateFile } from "./environment";
import { helpText } from "./help";
import { HomeBusyError, homeAt, own } from "./home";
import { REPOSITORY, SandboxOptionsError, readOptions } from "./options";
import { prepare, startMakingStack, startPulumi } from "./pulumi";
import { type Signals, exitCodeOf, takeSignals } from "./signals";
import { formatSummary, readSummary } from "./summary";

/** What the sandbox brings up when it is given nothing to do. */
const BRING_UP = ["up", "--yes", "--stack", "dev"];

function notice(line: string): void {
  process.stderr.write(`sandbox: ${line}\n`);
}

/** Where the command was given: npm moves to the package's folder and leaves the caller's in INIT_CWD. */
function callersFolder(env: NodeJS.ProcessEnv): string {
  return env.npm_lifecycle_event === "sandbox" ? (env.INIT_CWD ?? process.cwd()) : process.cwd();
}

async function runPulumi(
  sandbox: Sandbox,
  args: readonly string[],
  base: string,
  signals: Signals,
): Promise<number> {
  const command = prepare(sandbox, args, base, REPOSITORY);
  for (const line of command.project.notices) notice(line);
  if (command.stackIsNew) {
    notice(`making stack ${command.stack} of ${command.project.name}`);
    const code = await signals.foreground(startMakingStack(sandbox, command));
    if (code !== 0) return code;
    if (signals.received !== undefined) return exitCodeOf(signals.received);
  }
  const code = await signals.foreground(startPulumi(sandbox, command));
  if (signals.killed) {
    // A killed engine cannot give its state free; nobody else can hold it while this run owns the folder.
    rmSync(join(sandbox.home.state, ".pulumi", "locks"), { recursive: true, force: true });
    notice("pulumi did not end when asked and was killed; run refresh before the next update");
  }
  return code;
}

/** Reads or changes the simulated Azure itself; no pulumi is needed for that. */
async function runAzureVerb(words: readonly string[], base: string): Promise<number> {
  const options = readOptions(process.env, base);
  const home = homeAt(options.home);
  const release = await own(home, SECONDS_TO_WAIT, notice);
  try {
    notice(`simulated Azure, kept in ${home.folder}; nothing here reaches Azure`);
    process.chdir(base); // a body may be a file named from there
    process.stdout.write(await runVerb(words, { ...options, storeFile: home.storeFile }));
    if (words[0] === "reset")
      notice("the stacks' state is as it was; refresh shows it what is gone");
    return 0;
  } finally {
    await release();
  }
}

async function main(args: readonly string[]): Promise<number> {
  if (args[0] === "--help" || args[0] === "-h") {
    process.stdout.write(helpText());
    return 0;
  }
  const base = callersFolder(process.env);
  if (args[0] === "azure") return runAzureVerb(args.slice(1), base);
  const options = readOptions(process.env, base);
  const signals = takeSignals();
  const sandbox = await openSandbox({ ...options, notice });
  try {
    notice(
      `simulated Azure at ${sandbox.azure.url}, kept in ${sandbox.home.folder}; nothing here reaches Azure`,
    );
    if (args.length > 0) return await runPulumi(sandbox, args, base, signals);
    const code = await runPulumi(sandbox, BRING_UP, base, signals);
    if (code === 0) {
      const summary = readSummary(stateFile(sandbox.home, "secure-jump-access", "dev"));
      process.stdout.write(formatSummary(summary, "dev"));
    }
    return code;
  } finally {
    await sandbox.close();
  }
}

/** Errors that are the caller's to mend: their message says how, a stack trace would not. */
function isExpected(error: unknown): error is Error {
  return [CliNotFoundError, HomeBusyError, SandboxOptionsError, VerbError].some(
    (kind) => error instanceof kind,
  );
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    const text = isExpected(error)
      ? error.message
      : error instanceof Error
        ? error.stack
        : String(error);
    process.stderr.write(`${text ?? ""}\n`);
    process.exit(1);
  },
);
