import { parseArgs } from "node:util";
import { ReportError } from "./report-error";

export const FORMATS = ["json", "sarif", "markdown", "html"] as const;
export type Format = (typeof FORMATS)[number];

/** What the report is made of: an exported state or preview, or a stack of this project. */
export type Source =
  | { readonly kind: "state"; readonly file: string }
  | { readonly kind: "stack"; readonly name: string };

export interface CommandLine {
  readonly source: Source;
  readonly format: Format;
  /** File to write; undefined for standard output. */
  readonly out: string | undefined;
  readonly declare: string | undefined;
  /** Whether claims may take for granted what lies outside the graph. */
  readonly assumptions: boolean;
  /** Said of a file that came from the sandbox; what the sandbox itself is asked for is always so. */
  readonly simulated: boolean;
  /** File of the repository that SARIF results point to. */
  readonly projectFile: string;
}

/** Endings that name a format, where `--format` does not. */
const ENDINGS: Readonly<Record<string, Format>> = {
  json: "json",
  sarif: "sarif",
  md: "markdown",
  html: "html",
};
const STACK_NAME = /^(?:[\w.-]+\/){0,2}(?<name>[\w-][\w.-]*)$/;

const OPTIONS = {
  state: { type: "string" },
  stack: { type: "string" },
  format: { type: "string" },
  out: { type: "string" },
  declare: { type: "string" },
  "no-assumptions": { type: "boolean" },
  simulated: { type: "boolean" },
  "project-file": { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/**
 * Reads the command line.
 * @throws ReportError with every problem at once
 */
export function readCommandLine(args: readonly string[]): CommandLine | "help" {
  const { values, tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    strict: false,
    tokens: true,
  });
  const problems = tokens.flatMap((token) => {
    if (token.kind === "positional") {
      return [`"${token.value}" is not an option; name a file with --state, a stack with --stack`];
    }
    if (token.kind !== "option") return [];
    const known = Object.entries(OPTIONS).find(([name]) => name === token.name);
    if (known === undefined) {
      return [`${token.rawName} is not an option; see --help`];
    }
    const [, { type }] = known;
    if (type === "boolean" && token.value !== undefined) {
      return [`${token.rawName} takes no value, it was given "${token.value}"; leave it out`];
    }
    return type === "string" && (token.value === undefined || token.value === "")
      ? [`${token.rawName} needs a value; see --help`]
      : [];
  });
  if (values.help === true) return "help";
  const text = (value: string | boolean | undefined): string | undefined =>
    typeof value === "string" && value !== "" ? value : undefined;
  const source = sourceOf(text(values.state), text(values.stack), problems);
  if (values.state === "-" && values.declare === "-") {
    problems.push(
      '--state "-" and --declare "-" cannot both be standard input; name a file for one',
    );
  }
  const out = text(values.out);
  const format = formatOf(text(values.format), out, source, problems);
  if (problems.length > 0 || source === undefined) throw new ReportError(problems);
  return {
    source,
    format,
    out: out ?? (source.kind === "stack" && format === "html" ? pageOf(source.name) : undefined),
    declare: text(values.declare),
    assumptions: values["no-assumptions"] !== true,
    simulated: values.simulated === true || source.kind === "stack",
    projectFile: text(values["project-file"]) ?? "Pulumi.yaml",
  };
}

function sourceOf(
  state: string | undefined,
  stack: string | undefined,
  problems: string[],
): Source | undefined {
  if (state !== undefined && stack !== undefined) {
    problems.push(`--state "${state}" and --stack "${stack}" are both given; give one of them`);
    return undefined;
  }
  if (state !== undefined) return { kind: "state", file: state };
  if (stack === undefined) {
    if (problems.length === 0) {
      problems.push("nothing to report on; give --stack NAME or --state FILE, or see --help");
    }
    return undefined;
  }
  if (!STACK_NAME.test(stack)) {
    problems.push(
      `--stack "${stack}" is no name of a stack; write it as dev or organization/project/dev`,
    );
    return undefined;
  }
  return { kind: "stack", name: stack };
}

function formatOf(
  written: string | undefined,
  out: string | undefined,
  source: Source | undefined,
  problems: string[],
): Format {
  const named = FORMATS.find((format) => format === written);
  if (written !== undefined && named === undefined) {
    problems.push(`--format "${written}" is not a format; use ${FORMATS.join(", ")}`);
  }
  const ending = out === undefined ? undefined : ENDINGS[out.split(".").pop() ?? ""];
  return named ?? ending ?? (source?.kind === "stack" ? "html" : "json");
}

/** Where the page of a stack goes; the folder is ignored by git. */
function pageOf(stack: string): string {
  return `reports/${STACK_NAME.exec(stack)?.groups?.name ?? stack}.html`;
}
