import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { StdioOptions } from "node:child_process";
import { makesStack, type PulumiArguments, readArguments } from "./arguments";
import type { Sandbox } from "./environment";
import { type Child, start } from "./processes";
import type { ProjectCopy } from "./project";

/** A pulumi command made ready to run inside the sandbox. */
export interface PulumiCommand {
  readonly args: readonly string[];
  /** Folder that pulumi runs in: the project's copy. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly project: ProjectCopy;
  /** The stack that the command works on: named in it, chosen by `stack select`, or the default. */
  readonly stack: string;
  /** Whether the stack has to be made first. */
  readonly stackIsNew: boolean;
}

/** What `stack select` writes: the stack by backend; older releases keep one name. */
interface WorkspaceSettings {
  readonly stack?: string;
  readonly stacks?: Readonly<Record<string, string>>;
}

/** The stack that `stack select` has chosen in a project's copy; Pulumi keeps it in its own settings. */
function selected(sandbox: Sandbox, project: ProjectCopy): string | undefined {
  const folder = join(sandbox.home.pulumiHome, "workspaces");
  if (!existsSync(folder)) return undefined;
  for (const file of readdirSync(folder).filter((name) => name.startsWith(`${project.name}-`))) {
    const settings = JSON.parse(readFileSync(join(folder, file), "utf8")) as WorkspaceSettings;
    const stack = settings.stacks?.[sandbox.env.PULUMI_BACKEND_URL ?? ""] ?? settings.stack;
    if (stack !== undefined) return stack.split("/").at(-1);
  }
  return undefined;
}

/** The stack of a command that names none: `dev`, unless the project has but one other. */
function defaultStack(project: ProjectCopy): string {
  const [only, another] = project.stacks;
  return only !== undefined && another === undefined ? only : "dev";
}

/**
 * Makes a pulumi command line ready: its project's settings copied, its paths absolute, its stack named. A stack that
 * the project has a file for, or any stack of a project without such files, is made on first use; another name is
 * left to pulumi to refuse, so that a slip of the pen makes no stack.
 * @param args as given to pulumi
 * @param base folder that relative paths are taken from
 * @param defaultFolder the project's folder where `--cwd` is missing
 */
export function prepare(
  sandbox: Sandbox,
  args: readonly string[],
  base: string,
  defaultFolder: string,
): PulumiCommand {
  const read: PulumiArguments = readArguments(args, base);
  const project = sandbox.copyProject(read.cwd ?? defaultFolder);
  const chosen = read.stack ?? selected(sandbox, project);
  const stack = chosen ?? defaultStack(project);
  const known = project.stacks.length === 0 || project.stacks.includes(stack);
  return {
    args: read.passed,
    cwd: project.folder,
    env: chosen === undefined ? { ...sandbox.env, PULUMI_STACK: stack } : sandbox.env,
    project,
    stack,
    stackIsNew: makesStack(read) && known && !sandbox.hasStack(project.name, stack),
  };
}

/** Makes the stack of a command; whatever pulumi says about it goes to standard error. */
export function startMakingStack(
  sandbox: Sandbox,
  command: PulumiCommand,
  stdio: StdioOptions = ["ignore", 2, 2],
): Child {
  const args = ["stack", "init", command.stack, "--no-select", "--non-interactive"];
  return start(sandbox.cli.command, args, { cwd: command.cwd, env: sandbox.env, stdio });
}

/** Starts pulumi; its three streams are this process's own unless said otherwise. */
export function startPulumi(
  sandbox: Sandbox,
  command: PulumiCommand,
  stdio: StdioOptions = "inherit",
): Child {
  return start(sandbox.cli.command, command.args, { cwd: command.cwd, env: command.env, stdio });
}
