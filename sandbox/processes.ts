import { type ChildProcess, type StdioOptions, execFileSync, spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { constants } from "node:os";
import { RUN_VARIABLE } from "./child-environment";

/** How a process ended, as a shell would say it: 128 + number for a signal. */
export type ExitCode = number;

export interface Child {
  readonly process: ChildProcess;
  readonly ended: Promise<ExitCode>;
  /** Sends a signal to the process and to what shares its process group. */
  signal(signal: NodeJS.Signals): void;
}

function exitCode(code: number | null, signal: NodeJS.Signals | null): ExitCode {
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}

/**
 * Starts a process in a process group of its own. A terminal then sends its Ctrl+C to the sandbox alone, which passes
 * it on once: pulumi takes a second one for an order to drop everything.
 */
export function start(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: Readonly<Record<string, string>>; stdio: StdioOptions },
): Child {
  const child = spawn(command, args, { ...options, env: { ...options.env }, detached: true });
  const ended = new Promise<ExitCode>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      resolve(exitCode(code, signal));
    });
  });
  return {
    process: child,
    ended,
    signal(signal) {
      if (child.pid !== undefined) kill(-child.pid, signal);
    },
  };
}

/** Sends a signal; a process that has ended meanwhile is no error. */
function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(
      error instanceof Error &&
      "code" in error &&
      (error.code === "ESRCH" || error.code === "EPERM")
    ))
      throw error;
  }
}

/** A living process of a run. */
export interface Survivor {
  readonly pid: number;
  /** Its command line, words separated by blanks. */
  readonly command: string;
}

function markedOnLinux(mark: string): Survivor[] {
  const found: Survivor[] = [];
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      if (!readFileSync(`/proc/${entry}/environ`, "latin1").split("\0").includes(mark)) continue;
      const command = readFileSync(`/proc/${entry}/cmdline`, "utf8").split("\0").join(" ").trim();
      found.push({ pid: Number(entry), command });
    } catch {
      // Another user's, or gone.
    }
  }
  return found;
}

/** `ps` shows the environment of one's own processes on macOS and the BSDs. */
function markedByPs(mark: string): Survivor[] {
  const table = execFileSync("ps", ["-A", "-E", "-ww", "-o", "pid=,command="], {
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  return table
    .split("\n")
    .filter((line) => line.includes(mark))
    .map((line) => ({
      pid: Number.parseInt(line, 10),
      command: line.trim().replace(/^\d+\s+/, ""),
    }));
}

/** The living processes whose environment holds exactly this `NAME=value`, this process apart. */
export function processesWith(mark: string): Survivor[] {
  const found = process.platform === "linux" ? markedOnLinux(mark) : markedByPs(mark);
  return found.filter(({ pid }) => pid !== process.pid);
}

/**
 * The processes of a run that are still alive. The engine puts every plugin into a process group of its own, and a
 * plugin outlives an engine that was killed, so neither groups nor parents find them all; the environment does.
 */
export function survivors(run: string): Survivor[] {
  return processesWith(`${RUN_VARIABLE}=${run}`);
}

/** How long plugins may take to end by themselves once the engine has ended. */
const MILLISECONDS_TO_END = 1_000;
const MILLISECONDS_BETWEEN_LOOKS = 25;

/** Waits until no process of the run is left; ends those that stay, first politely. */
export async function endSurvivors(run: string): Promise<void> {
  for (const signal of [undefined, "SIGTERM", "SIGKILL"] as const) {
    if (signal !== undefined) for (const { pid } of survivors(run)) kill(pid, signal);
    const until = Date.now() + MILLISECONDS_TO_END;
    while (survivors(run).length > 0 && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, MILLISECONDS_BETWEEN_LOOKS));
    }
    if (survivors(run).length === 0) return;
  }
}

/** Ends all processes of the run at once; for an exit handler, which cannot wait. */
export function killSurvivors(run: string): void {
  for (const { pid } of survivors(run)) kill(pid, "SIGKILL");
}

/** Ends the processes of the run whose command line matches, at once, as a crash would. */
export function crash(run: string, command: RegExp): void {
  for (const survivor of survivors(run))
    if (command.test(survivor.command)) kill(survivor.pid, "SIGKILL");
}
