import { format, resolveConfig } from "prettier";
import { join } from "node:path";
import { durations } from "../../sandbox/azure/durations";
import { REPOSITORY } from "../../sandbox/options";
import {
  before,
  type Change,
  type Cost,
  type NoChange,
  placeOf,
  type Steps,
  valueAt,
} from "./change";
import { NAMED } from "./costs";
import { base } from "./environment";
import type { Group } from "./resources";
import { isChange, SECTIONS } from "./table";

/** Where the page lies. */
export const PAGE = join(REPOSITORY, "docs/changes.md");

const HEAD = `# What a change costs

Written by \`npm run docs:changes\`, which carries every change of this page out on the real Pulumi engine against the
**simulated** Azure and stops where the engine does anything else; do not edit it by hand. The rows are data in
\`tests/changes\`; \`tests/engine/changes-*.test.ts\` carries them out too, and a test refuses an argument without a row.

"Replaces" means that the old one is deleted first, because Azure allows one of its kind or keeps its name; "moves over
to" that the new one stands first. What a row does not name stays as it is. Minutes are those of the operations that have
to end, one after the other, by the simulated Azure's table of durations (\`sandbox/azure/durations.ts\`: measured where
its source says so, else estimated), and no promise of Azure's. \`*\` stands for a name of your own.
`;

const WORDS: Readonly<Record<keyof Steps, string>> = {
  replace: "replaces",
  moveOver: "moves over to another one of",
  create: "makes",
  update: "updates",
  delete: "deletes",
};

function shown(value: unknown): string {
  if (value === undefined) return "left out";
  if (Array.isArray(value)) return value.join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}

function changeText(change: Change): string {
  if (change.words !== undefined) return change.words;
  const from = valueAt(before(base(), change), placeOf(change));
  return `${shown(from)} to ${shown(change.to)}`;
}

function stepsText(changes: readonly Change[]): string {
  const parts = (Object.keys(WORDS) as (keyof Steps)[]).flatMap((kind) => {
    const labels = changes.flatMap(({ steps }) => (steps[kind] ?? []).map(({ label }) => label));
    return labels.length === 0 ? [] : [`${WORDS[kind]} ${[...new Set(labels)].join(", ")}`];
  });
  return parts.length === 0 ? "nothing" : parts.join("; ");
}

/** How long there is no way in, and to where. */
function closedText({ closed }: Cost): string {
  if (closed === undefined) return "";
  const seconds = closed.operations.reduce((sum, key) => sum + durations[key].seconds, 0);
  return `to ${closed.to}, about ${Math.ceil(seconds / 60)} minutes`;
}

function costText({ cost: { name, words }, note }: Change): string {
  return [name === undefined ? words : `**${name}**`, ...(note === undefined ? [] : [note])].join(
    "; ",
  );
}

function line(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/\|/g, "\\|")).join(" | ")} |`;
}

/** Changes that differ in nothing but where the input stands share a line. */
function twins(changes: readonly Change[]): Change[][] {
  const lines = new Map<string, Change[]>();
  for (const change of changes) {
    const { input, steps, cost, note } = change;
    const last = input.split(/\.(?:users|administrators)\./).at(-1);
    const kinds = Object.entries(steps).map(([kind, groups]: [string, readonly Group[]]) => [
      kind,
      groups.map(({ label }) => label),
    ]);
    const key = JSON.stringify([last, changeText(change), kinds, cost, note]);
    lines.set(key, [...(lines.get(key) ?? []), change]);
  }
  return [...lines.values()];
}

function code(text: string): string {
  return ["`", text, "`"].join("");
}

function rowsOf(rows: readonly (Change | NoChange)[]): string[] {
  const fixed = rows.filter((row): row is NoChange => !isChange(row));
  return [
    ...twins(rows.filter(isChange)).map((batch) => {
      const [first] = batch;
      if (first === undefined) return "";
      const inputs = [...new Set(batch.map(({ input }) => code(input)))].join("<br>");
      return line(inputs, changeText(first), stepsText(batch), costText(first));
    }),
    ...fixed.map(({ input, because }) => line(code(input), "not changed", "nothing", because)),
  ];
}

/** The whole page, as it has to lie there. */
export async function page(): Promise<string> {
  const sections = SECTIONS.map(({ title, rows }) =>
    [
      `## ${title}`,
      "",
      line("input", "change", "what Pulumi does", "what people notice"),
      line("---", "---", "---", "---"),
      ...rowsOf(rows),
    ].join("\n"),
  );
  const words = [
    "## What the words mean",
    "",
    line("in the tables", "is", "no way in"),
    line("---", "---", "---"),
    ...NAMED.map((cost) => line(`**${cost.name ?? ""}**`, cost.words, closedText(cost))),
  ].join("\n");
  const options = await resolveConfig(PAGE);
  return await format([HEAD, words, ...sections].join("\n\n"), { ...options, parser: "markdown" });
}
