import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { REPOSITORY } from "../../sandbox/options";
import type { Result } from "./cell";
import { wholeMatrix, type Task } from "./matrix";
import { deployed, remove } from "./moment";
import { inOwnProcess } from "./own-process";
import { failures, isGood, report } from "./report";
import { runUndisturbed, type Undisturbed } from "./undisturbed";
import type { Order } from "./worker";

/** Operations under test at the same time: one for each of two cores. */
const WORKERS = 2;
/** No operation takes so long; one that does hangs. */
const PATIENCE = 30 * 60 * 1000;

/** A process of its own for each operation, so that none meets what another has left behind in memory. */
function workOn(order: Order): Promise<Result[]> {
  const { resource } = order.task.operation;
  return inOwnProcess(join(__dirname, "worker.ts"), order, resource, PATIENCE);
}

async function workOnAll(
  tasks: readonly Task[],
  undisturbed: Undisturbed,
  from: string,
): Promise<Result[]> {
  const left = [...tasks];
  const results: Result[] = [];
  const lane = async (): Promise<void> => {
    for (let task = left.shift(); task !== undefined; task = left.shift()) {
      const { phase, operation } = task;
      const done = await workOn({
        task,
        undisturbed,
        ...(phase === "destroy" ? { from } : {}),
      });
      results.push(...done);
      const good = done.filter(isGood).length;
      const line = `${phase} of ${operation.resource}: ${good} of ${done.length} as promised, ${left.length} operations to go`;
      process.stderr.write([line, ...failures(done), ""].join("\n"));
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, lane));
  return results;
}

async function main(): Promise<number> {
  const start = Date.now();
  const undisturbed = await runUndisturbed();
  const from = await deployed();
  try {
    const results = await workOnAll(wholeMatrix(undisturbed), undisturbed, from);
    const file = join(REPOSITORY, "docs", "faults.md");
    const style = await resolveConfig(file);
    const text = await format(report(results), { ...style, filepath: file });
    writeFileSync(file, text);
    const minutes = ((Date.now() - start) / 60_000).toFixed(1);
    const wrong = failures(results);
    process.stdout.write(`${text}\n${results.length} runs in ${minutes} minutes\n`);
    process.stdout.write(wrong.map((line) => `${line}\n`).join(""));
    return wrong.length === 0 ? 0 : 1;
  } finally {
    remove(from);
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? "") : String(error)}\n`);
    process.exit(1);
  },
);
