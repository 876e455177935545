import { existsSync, readFileSync } from "node:fs";
import picocolors from "picocolors";

interface StateResource {
  readonly type: string;
  readonly custom?: boolean;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** What a state file of the file backend holds, as far as it is read here. */
interface State {
  readonly checkpoint?: { readonly latest?: { readonly resources?: readonly StateResource[] } };
}

/** What a stack made, and how to reach it. */
export interface Summary {
  /** How many resources of each type, providers apart: `network:VirtualNetwork` to 2. */
  readonly made: Readonly<Record<string, number>>;
  /** Commands by machine and kind: `app/web` to `ssh` to `az network bastion ssh ...`. */
  readonly connect: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Where eligible people activate their role. */
  readonly activate: string | undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `azure-native:network:VirtualNetwork` reads `network:VirtualNetwork`; azuread's types lose their file name. */
function shortType(type: string): string {
  const [provider = "", path = "", name = ""] = type.split(":");
  const module = path.split("/")[0] ?? path;
  return provider === "azure-native" ? `${module}:${name}` : `${provider}:${name}`;
}

/** Reads the summary from the state that the last update left. */
export function readSummary(stateFile: string): Summary {
  const state = existsSync(stateFile) ? (JSON.parse(readFileSync(stateFile, "utf8")) as State) : {};
  const resources = state.checkpoint?.latest?.resources ?? [];
  const made: Record<string, number> = {};
  for (const { type, custom } of resources) {
    if (custom !== true || type.startsWith("pulumi:")) continue;
    made[shortType(type)] = (made[shortType(type)] ?? 0) + 1;
  }
  const outputs = resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
  const connect: Record<string, Record<string, string>> = {};
  for (const [machine, commands] of Object.entries(
    isObject(outputs.connect) ? outputs.connect : {},
  )) {
    if (!isObject(commands)) continue;
    const texts = Object.entries(commands).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    );
    connect[machine] = Object.fromEntries(texts);
  }
  const activate = outputs.activate;
  return { made, connect, activate: typeof activate === "string" ? activate : undefined };
}

/** The summary as lines for a person; each could be read alone, so the heading of each part says "simulated". */
export function formatSummary(summary: Summary, stack: string): string {
  const { bold, dim } = picocolors;
  const total = Object.values(summary.made).reduce((sum, count) => sum + count, 0);
  const types = Object.entries(summary.made).sort(([left], [right]) => left.localeCompare(right));
  const lines = [
    "",
    bold(`simulated Azure: stack ${stack} holds ${total} resources; nothing was deployed to Azure`),
    ...types.map(([type, count]) => `  ${String(count).padStart(3)}  ${type}`),
  ];
  const machines = Object.entries(summary.connect);
  if (machines.length > 0) {
    lines.push(
      "",
      bold("how to connect (the simulated machines run nothing; on Azure these are the commands)"),
    );
    for (const [machine, commands] of machines) {
      lines.push(`  ${machine}`);
      for (const [kind, command] of Object.entries(commands))
        lines.push(`    ${dim(kind.padEnd(8))} ${command}`);
    }
  }
  if (summary.activate !== undefined)
    lines.push("", `activate the role first: ${summary.activate}`);
  return `${lines.join("\n")}\n`;
}
