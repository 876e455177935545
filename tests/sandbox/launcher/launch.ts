import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { REPOSITORY } from "../../../sandbox/options";

export interface LaunchEnded {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface Launched {
  readonly child: ChildProcess;
  readonly ended: Promise<LaunchEnded>;
  /** Resolves with all of standard output so far once it holds the text; rejects where the launcher ends without. */
  readonly printed: (text: string) => Promise<string>;
  /** All of standard error so far. */
  readonly said: () => string;
}

/** Starts the launcher as `npm run sandbox` does, in exactly this environment. */
export function launch(args: readonly string[], env: NodeJS.ProcessEnv): Launched {
  const child = spawn(process.execPath, ["--require", "tsx/cjs", "sandbox/main.ts", ...args], {
    cwd: REPOSITORY,
    env,
    stdio: "pipe",
  });
  const stdout: Buffer[] = [];
  let stderr = "";
  child.stdout.on("data", (part: Buffer) => stdout.push(part));
  child.stderr.setEncoding("utf8").on("data", (part: string) => (stderr += part));
  const ended = new Promise<LaunchEnded>((resolve) => {
    child.once("close", (code) => {
      resolve({ code, stdout: Buffer.concat(stdout), stderr });
    });
  });
  const printed = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const seen = Buffer.concat(stdout).toString();
        if (seen.includes(text)) resolve(seen);
      };
      child.stdout.on("data", look);
      look();
      void ended.then(({ stderr: said }) => {
        reject(new Error(`the launcher ended without printing ${JSON.stringify(text)}: ${said}`));
      });
    });
  return { child, ended, printed, said: () => stderr };
}

/** An ended process whose parent is gone may stay in the table as a zombie where process 1 collects none. */
export function isAlive(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.trim() !== "" && !stdout.startsWith("Z");
}
