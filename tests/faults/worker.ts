import { runCell, type Result } from "./cell";
import type { Task } from "./matrix";
import { remove, stopBefore } from "./moment";
import { operationsText, readOperationsPage } from "./operations-page";
import { answering } from "./own-process";
import type { Undisturbed } from "./undisturbed";

/** What a worker is given: one operation, and what its runs are held against. */
export interface Order {
  readonly task: Task;
  readonly undisturbed: Undisturbed;
  /** Folder that a run of that phase starts from; an empty one where absent. */
  readonly from?: string;
}

async function carryOut({ task, undisturbed, from }: Order): Promise<Result[]> {
  const page = readOperationsPage(operationsText());
  const moment = await stopBefore(task.phase, task.operation, from);
  const results: Result[] = [];
  try {
    for (const kind of task.kinds) {
      results.push(
        await runCell(kind, moment, undisturbed, page).catch((error: unknown) => ({
          kind: kind.name,
          resource: task.operation.resource,
          ended: "error" as const,
          named: false,
          typed: [],
          twice: 0,
          amiss: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
          violations: 0,
        })),
      );
    }
  } finally {
    remove(moment.folder);
  }
  return results;
}

answering(carryOut);
