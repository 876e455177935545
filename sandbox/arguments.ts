import { resolve } from "node:path";

/** A pulumi command line, as far as the sandbox has to understand it. */
export interface PulumiArguments {
  /** `["up"]`, `["stack", "export"]`; empty for flags alone (`--version`). Aliases are spelt out. */
  readonly verb: readonly string[];
  /** Folder of the program: the value of `--cwd`, absolute. */
  readonly cwd: string | undefined;
  /** The value of `--stack`, or the stack that `stack select NAME` names; without organization and project. */
  readonly stack: string | undefined;
  /** Whether `--help` or `-h` is among the flags. */
  readonly help: boolean;
  /** The arguments to pass on: without `--cwd`, and with absolute paths, since pulumi runs in another folder. */
  readonly passed: readonly string[];
}

/**
 * Flags whose value is a path, from the flag definitions of the CLI (`pulumi <command> --help`, 3.259). A flag that
 * is missing here has its relative value looked up in the sandbox's own copy of the project.
 */
const PATHS = new Set([
  ...[
    "--config-file",
    "--event-log",
    "--plan",
    "--save-plan",
    "--policy-pack",
    "--policy-pack-config",
  ],
  ...[
    "--import-file",
    "--file",
    "--out",
    "--input-file",
    "--resources-file",
    "--provider-file",
    "--details-file",
  ],
  ...["--dir", "--profiling"],
]);

/** Short path flags, by verb, because elsewhere the letter means another thing (`up -f` skips the preview). */
const SHORT_PATHS: Readonly<Record<string, readonly string[]>> = { import: ["-f", "-o"] };

/** Flags that may stand before or inside a verb and take a value, so that the value is not taken for the verb. */
const VALUED = new Set([
  ...[
    "--stack",
    "-s",
    "--color",
    "--tracing",
    "--profiling",
    "--otel-traces",
    "--memprofilerate",
    "--verbose",
    "-v",
  ],
  ...["--config-file", "--config", "-c", "--message", "-m", "--file", "--output"],
]);

const ALIASES: Readonly<Record<string, string>> = {
  update: "up",
  pre: "preview",
  down: "destroy",
  dn: "destroy",
  cfg: "config",
  conf: "config",
};
const STACK_ALIASES: Readonly<Record<string, string>> = {
  new: "init",
  create: "init",
  ls: "list",
  rm: "remove",
};

/** Commands with subcommands that the sandbox tells apart. */
const GROUPS = new Set(["stack", "config", "state", "policy", "plugin"]);

/** `organization/project/dev` names the stack `dev`. */
function plainStackName(name: string): string {
  return name.split("/").at(-1) ?? name;
}

function verbOf(positionals: readonly string[]): string[] {
  const [first, second] = positionals;
  if (first === undefined) return [];
  const verb = ALIASES[first] ?? first;
  if (!GROUPS.has(verb) || second === undefined) return [verb];
  return [verb, verb === "stack" ? (STACK_ALIASES[second] ?? second) : second];
}

/** Reads a pulumi command line; relative paths in it are taken from `base`, or from `--cwd` as pulumi does. */
export function readArguments(args: readonly string[], base: string): PulumiArguments {
  const separator = args.indexOf("--");
  const end = separator === -1 ? args.length : separator;

  let cwd: string | undefined;
  const words: { flag: string | undefined; value: string | undefined; raw: readonly string[] }[] =
    [];
  for (let index = 0; index < end; index++) {
    const word = args[index] ?? "";
    const next = index + 1 < end ? args[index + 1] : undefined;
    const joined = /^(--[^=]+)=(.*)$/s.exec(word);
    const flag = joined?.[1] ?? (word.startsWith("-") && word !== "-" ? word : undefined);
    if (flag === "--cwd" || flag === "-C") {
      cwd = resolve(base, joined?.[2] ?? next ?? ".");
      if (joined === null) index++;
    } else if (flag !== undefined && joined !== null) {
      words.push({ flag, value: joined[2], raw: [word] });
    } else if (flag !== undefined && next !== undefined && (VALUED.has(flag) || PATHS.has(flag))) {
      words.push({ flag, value: next, raw: [word, next] });
      index++;
    } else {
      words.push({ flag, value: undefined, raw: [word] });
    }
  }

  const positionals = words
    .filter((word) => word.flag === undefined)
    .map((word) => word.raw[0] ?? "");
  const verb = verbOf(positionals);
  const from = cwd ?? base;
  const shortPaths = SHORT_PATHS[verb[0] ?? ""] ?? [];
  const passed: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === undefined) continue;
    if (word.flag !== undefined && word.value !== undefined && PATHS.has(word.flag)) {
      const paths = word.value.split(",").map((path) => resolve(from, path));
      passed.push(`${word.flag}=${paths.join(",")}`);
    } else if (word.flag !== undefined && shortPaths.includes(word.flag)) {
      const path = words[index + 1]?.raw[0];
      passed.push(word.flag, ...(path === undefined ? [] : [resolve(from, path)]));
      index++;
    } else if (
      verb.join(" ") === "stack graph" &&
      word.raw[0] === positionals[2] &&
      word.flag === undefined
    ) {
      passed.push(resolve(from, word.raw[0] ?? ""));
    } else {
      passed.push(...word.raw);
    }
  }

  const named = words.find((word) => word.flag === "--stack" || word.flag === "-s")?.value;
  const stack = named ?? (verb.join(" ") === "stack select" ? positionals[2] : undefined);
  return {
    verb,
    cwd,
    stack: stack === undefined ? undefined : plainStackName(stack),
    help: words.some((word) => word.flag === "--help" || word.flag === "-h"),
    passed: [...passed, ...args.slice(end)],
  };
}

/** Verbs that need a stack that exists, for which the sandbox makes it on first use. */
const MAKES_STACK = new Set(["up", "preview", "refresh", "watch", "import", "config"]);

/** Whether the sandbox makes the stack before it passes this command on, so that a fresh checkout just works. */
export function makesStack(args: PulumiArguments): boolean {
  if (args.help) return false;
  const [verb, second] = args.verb;
  if (verb === "stack") return second === "select" || second === undefined;
  return verb !== undefined && MAKES_STACK.has(verb);
}
