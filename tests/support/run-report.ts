import { spawn } from "node:child_process";
import { REPOSITORY } from "../../sandbox/options";

export interface ReportEnded {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the report as `npm run report` does, in a process of its own. */
export function runReport(
  args: readonly string[],
  { input = "", env = {} }: { input?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<ReportEnded> {
  const child = spawn(process.execPath, ["--require", "tsx/cjs", "report/main.ts", ...args], {
    cwd: REPOSITORY,
    env: { ...process.env, npm_lifecycle_event: undefined, ...env },
    stdio: "pipe",
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}
