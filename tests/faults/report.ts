import type { Result } from "./cell";
import { KINDS } from "./kinds";

/** Whether a run keeps what is promised of it. */
export function isGood({ named, amiss, violations }: Result): boolean {
  return named && amiss.length === 0 && violations === 0;
}

const phaseOf = (kind: string): string =>
  KINDS.find(({ name }) => name === kind)?.phase ?? "no phase";

type Row = readonly (string | number)[];

function table(head: Row, rows: readonly Row[]): string {
  const line = (row: Row): string => `| ${row.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function figures(label: string, when: string, results: readonly Result[]): Row {
  const count = (of: (result: Result) => boolean): number => results.filter(of).length;
  return [
    label,
    when,
    new Set(results.map(({ kind, resource }) => `${phaseOf(kind)} of ${resource}`)).size,
    results.length,
    count(({ ended }) => ended === "success"),
    count(({ ended }) => ended !== "success"),
    count(({ ended, named }) => ended !== "success" && named),
    count(({ amiss }) => amiss.length === 0),
    count(({ twice }) => twice > 0),
    results.reduce((sum, { violations }) => sum + violations, 0),
  ];
}

const HEAD = [
  "fault",
  "at",
  "operations",
  "runs",
  "ended well",
  "failed or died",
  "of these named the resource",
  "converged",
  "made a second copy",
  "order broken",
];

/** What had to be typed, and after how many runs; those among other operations differ from one time to the next. */
function recoveries(results: readonly Result[]): string {
  const crowded = new Set(KINDS.filter((kind) => kind.crowded === true).map(({ name }) => name));
  const runs = new Map<string, Result[]>();
  for (const result of results) {
    if (crowded.has(result.kind)) continue;
    const typed = result.typed.length === 0 ? "nothing" : result.typed.map(shown).join("<br>");
    runs.set(typed, [...(runs.get(typed) ?? []), result]);
  }
  const rows = [...runs]
    .sort(([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1))
    .map(([typed, list]) => [
      typed,
      list.length,
      [...new Set(list.map(({ kind }) => kind))].join(", "),
    ]);
  return table(["typed", "runs", "after"], rows);
}

/** A command of the page, or what stands for one; without the tail that only the page needs. */
function shown(command: string): string {
  return command.includes(" ") && /^(pulumi|az|sleep) /.test(command)
    ? `\`${command.replace(/ --(url|body) .*/, " …")}\``
    : command;
}

/** The figures of a whole matrix, as docs/faults.md shows them. */
export function report(results: readonly Result[]): string {
  const rows = KINDS.map(({ name, what, phase }) =>
    figures(
      `${name}: ${what}`,
      phase,
      results.filter(({ kind }) => kind === name),
    ),
  );
  return `# Faults

Written by \`npm run test:faults\`; not to be edited. Everything here is simulated: the real engine, stand-ins
for both providers, and a simulated Azure.

The dev environment is brought up, and taken down, once for each fault at each of its operations. Each run
starts from a copy of the engine's state and of the simulated Azure as they were just before that operation,
one operation at a time unless it says "crowded". When the fault is gone, what [operations](operations.md)
says is done, word for word. A run has converged when the simulated Azure and the engine's state are what an
undisturbed run leaves, but for what is drawn at random or read off a clock, and, where there was something
to recover from, another run changes nothing and a destroy leaves what an undisturbed one leaves. The order
is broken at each moment of the simulated Azure's journal at which somebody was eligible without the closed
network or the Conditional Access policy.

${table(HEAD, [...rows, figures("all", "", results)])}

A second copy is one of the Conditional Access policy, the one thing here whose name Entra ID does not keep
unique: azuread repeats a creation that was answered with a status of 500 or above. It is removed as the page
says, and the run counts as converged after that.

## What had to be typed

${recoveries(results)}
`;
}

/** What is wrong with the runs that do not keep what is promised, a line each. */
export function failures(results: readonly Result[]): string[] {
  return results
    .filter((result) => !isGood(result))
    .map(({ kind, resource, ended, named, amiss, violations }) =>
      [
        `${kind} at ${resource} (${ended}):`,
        ...(named ? [] : ["the resource was not named;"]),
        ...(violations === 0 ? [] : [`the order was broken ${violations} times;`]),
        amiss.join("; "),
      ].join(" "),
    );
}
