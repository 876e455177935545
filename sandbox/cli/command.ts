import { spawn } from "node:child_process";

export interface CommandOptions {
  readonly cwd?: string;
  readonly env: NodeJS.ProcessEnv;
  /** Ends the command, and all that it started, after so many seconds. @default no limit */
  readonly seconds?: number;
  /** Called with every line of standard error while the command runs. */
  readonly onLine?: (line: string) => void;
}

/**
 * Runs a command to its end and returns its standard output. It has a process group of its own, so that what it
 * started (compilers, `curl`) ends with it at the time limit or when this process ends.
 * @throws Error with the command and the last lines it wrote to standard error.
 */
export function run(
  file: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: options.env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    let stdout = "";
    let stderr = "";
    let timedOut = false;
    const stop = (): void => {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // It has ended by itself.
      }
    };
    const timer =
      options.seconds === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            stop();
          }, options.seconds * 1000);
    process.once("exit", stop);
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      const line = text.trimEnd().split("\n").at(-1);
      if (line !== undefined && line !== "") options.onLine?.(line);
    });
    const done = (): void => {
      clearTimeout(timer);
      process.off("exit", stop);
    };
    child.once("error", (error) => {
      done();
      reject(new Error(`${file}: ${error.message}`));
    });
    child.once("close", (code, signal) => {
      done();
      if (code === 0) {
        resolve(stdout);
        return;
      }
      const how = timedOut
        ? `took longer than ${String(options.seconds)} s`
        : `ended with ${String(code ?? signal)}`;
      const tail = stderr.trim().split("\n").slice(-8).join("\n");
      reject(
        new Error(
          `${[file, ...args.slice(0, 2)].join(" ")} ${how}${tail === "" ? "" : `:\n${tail}`}`,
        ),
      );
    });
  });
}
