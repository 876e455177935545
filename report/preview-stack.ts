import { spawn } from "node:child_process";
import { join } from "node:path";
import { isObject } from "../components/model/graph/resource-graph";
import { parsed } from "./read-document";
import { ReportError } from "./report-error";

const REPOSITORY = join(__dirname, "..");

/**
 * Previews a stack of this project against the simulated Azure, as its own command does. Unchanged resources
 * are in it: without `--show-sames` a preview shows changes only, and the reader refuses it.
 * @param base folder in which the report was asked for, from which the sandbox takes its own settings
 * @throws ReportError with what the program said where the preview fails
 */
export async function previewStack(stack: string, base: string): Promise<unknown> {
  const command = ["preview", "--json", "--show-sames", "--non-interactive", "--stack", stack];
  const { code, text } = await run(
    "npm",
    ["--prefix", REPOSITORY, "run", "--silent", "sandbox", "--", ...command],
    base,
  );
  const name = `the preview of stack "${stack}"`;
  if (code === 0) return parsed(text, name, "a stack that `npm run -s sandbox` can preview");
  throw new ReportError([
    `${name} ended with ${code}; mend what it says and run it again`,
    ...diagnosticsOf(text),
  ]);
}

function run(
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number; text: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "inherit"] });
    const parts: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => parts.push(part));
    child.once("error", (error) => {
      reject(
        new ReportError([`${command} cannot be started (${error.message}); install Node's npm`]),
      );
    });
    child.once("close", (code) => {
      resolve({ code: code ?? 1, text: Buffer.concat(parts).toString("utf8") });
    });
  });
}

/** Errors that `preview --json` puts into its own output instead of standard error. */
function diagnosticsOf(text: string): string[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return [];
  }
  const list =
    isObject(document) && Array.isArray(document.diagnostics) ? document.diagnostics : [];
  return list.flatMap((entry: unknown) =>
    isObject(entry) && entry.severity === "error" && typeof entry.message === "string"
      ? [entry.message.trim()]
      : [],
  );
}
