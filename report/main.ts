import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { UnreadableGraphError } from "../components/model/graph/read-pulumi-json";
import { type CommandLine, readCommandLine, type Source } from "./command-line";
import { readDeclaration } from "./declaration";
import { summaryText } from "./formats/summary";
import { HELP } from "./help";
import { previewStack } from "./preview-stack";
import { makeReport, type Report } from "./proof-report";
import { jsonOf, readText } from "./read-document";
import { render } from "./render";
import { ReportError, together } from "./report-error";

/** Exit codes, as docs/report.md promises them. */
const NOTHING_REFUTED = 0;
const UNREADABLE = 1;
const REFUTED = 2;

const STATE = "what `pulumi stack export` or `pulumi preview --json --show-sames` wrote";
const DECLARATION = "a declaration as docs/report.md describes it";
/** The sandbox's own subscription, which no real stack can have. */
const SIMULATED_SUBSCRIPTION = "22222222-2222-4222-8222-222222222222";

/** Where the command was given: npm moves to the package's folder and leaves the caller's in INIT_CWD. */
function callersFolder(env: NodeJS.ProcessEnv): string {
  return env.npm_lifecycle_event === "report" ? (env.INIT_CWD ?? process.cwd()) : process.cwd();
}

async function main(args: readonly string[], base: string): Promise<number> {
  const line = readCommandLine(args);
  if (line === "help") {
    await print(HELP);
    return NOTHING_REFUTED;
  }
  const report = await reportOf(line, base);
  const text = render(report, line.format, line.projectFile);
  if (line.out === undefined) {
    await print(text);
  } else {
    writeWhole(resolve(base, line.out), text);
    await print(summaryText(report, line.out));
  }
  return report.claims.some(({ verdict }) => verdict === "refuted") ? REFUTED : NOTHING_REFUTED;
}

async function reportOf(line: CommandLine, base: string): Promise<Report> {
  const { source, declare, assumptions } = line;
  // What is quick to read is read before a preview is waited for, and all its problems are told at once.
  const meant = declare === undefined ? undefined : await readText(declare, base, DECLARATION);
  const file = source.kind === "state" ? await readText(source.file, base, STATE) : undefined;
  const [declared, state] = together(
    () => (meant === undefined ? {} : readDeclaration(jsonOf(meant, DECLARATION), meant.name)),
    () => (file === undefined ? undefined : jsonOf(file, STATE)),
  );
  const document = source.kind === "stack" ? await previewStack(source.name, base) : state;
  const simulated = line.simulated || JSON.stringify(document).includes(SIMULATED_SUBSCRIPTION);
  try {
    return makeReport(document, { declared, assumptions, simulated });
  } catch (error) {
    if (!(error instanceof UnreadableGraphError)) throw error;
    throw new ReportError([`${sourceText(source)}: ${error.message}`]);
  }
}

function sourceText(source: Source): string {
  return source.kind === "stack" ? `stack "${source.name}"` : `"${source.file}"`;
}

/** Writes a file all at once: a reader finds the old one or the new one. */
function writeWhole(file: string, text: string): void {
  const partial = `${file}.${process.pid}.partial`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(partial, text);
    renameSync(partial, file);
  } catch (error) {
    if (existsSync(partial)) rmSync(partial);
    const code = error instanceof Error && "code" in error ? String(error.code) : "an error";
    throw new ReportError([
      `--out "${file}" cannot be written (${code}); name a file in a folder of yours`,
    ]);
  }
}

/** Waits until it is written: a pipe takes long texts in parts. */
function print(text: string): Promise<void> {
  return new Promise((done, failed) => {
    process.stdout.write(text, (error) => {
      if (error) failed(error);
      else done();
    });
  });
}

main(process.argv.slice(2), callersFolder(process.env)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const text =
      error instanceof ReportError
        ? error.message
        : String(error instanceof Error ? error.stack : error);
    process.stderr.write(`${text}\n`);
    process.exitCode = UNREADABLE;
  },
);
