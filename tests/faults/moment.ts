import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEngine } from "../support/engine";
import { devEnvironment } from "./dev-environment";
import type { Phase } from "./kinds";
import type { Operation } from "./operations";
import { ONE_AT_A_TIME, run } from "./undisturbed";

/** A folder with state and store as they were just before an operation. */
export interface Moment {
  readonly phase: Phase;
  readonly operation: Operation;
  readonly folder: string;
}

const folderFor = (what: string): string =>
  realpathSync(mkdtempSync(join(tmpdir(), `faults-${what}-`)));

/** A folder with the environment brought up, from which runs of destroy start. */
export async function deployed(): Promise<string> {
  const folder = folderFor("deployed");
  const engine = await openEngine({ home: folder });
  try {
    await (await engine.inline(devEnvironment())).up({ flags: ONE_AT_A_TIME });
  } finally {
    await engine.close();
  }
  return folder;
}

/**
 * Stops a run just before an operation: that request alone is turned away, in a form that no provider repeats. The
 * engine ends in order, so nothing is pending, and nobody cleans up by hand.
 * @param from the folder that the run starts from; an empty one where absent
 */
export async function stopBefore(
  phase: Phase,
  operation: Operation,
  from?: string,
): Promise<Moment> {
  const folder = folderFor("moment");
  if (from !== undefined) cpSync(from, folder, { recursive: true });
  const { match } = operation;
  const faults = { faults: [{ kind: "throttled" as const, retryAfter: 3600, times: 0, match }] };
  const engine = await openEngine({ home: folder, faults });
  try {
    const stack = await engine.inline(devEnvironment());
    const stopped = await run(stack, phase)({ mayFail: true, flags: ONE_AT_A_TIME });
    const last = engine.journal().at(-1);
    if (stopped.ok || last?.fault !== "throttled" || stack.state().pending.length > 0) {
      throw new Error(
        `${operation.resource}: the run did not stop in order: ${stopped.stdout}${stopped.stderr}`,
      );
    }
  } finally {
    await engine.close();
  }
  return { phase, operation, folder };
}

/** A copy of a moment, for one run. */
export function copyOf({ folder }: Moment): string {
  const copy = folderFor("run");
  cpSync(folder, copy, { recursive: true });
  return copy;
}

export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
