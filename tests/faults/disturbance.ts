import { join } from "node:path";
import { type Outcome, openEngine } from "../support/engine";
import { devEnvironment } from "./dev-environment";
import type { Kind } from "./kinds";
import type { Moment } from "./moment";
import { inOwnProcess } from "./own-process";
import { ONE_AT_A_TIME, run } from "./undisturbed";

/** How a run with a fault in its way ended. */
export interface Disturbed {
  readonly outcome: Outcome;
  /** URNs of the resources that were under way when it ended. */
  readonly pending: readonly string[];
  readonly struck: boolean;
}

/** What shall strike, when, and in which folder. */
export interface Disturbance {
  readonly kind: Kind;
  readonly moment: Moment;
  readonly home: string;
}

/** Runs the engine with a fault in its way. */
export async function disturb({ kind, moment, home }: Disturbance): Promise<Disturbed> {
  const { match } = moment.operation;
  const engine = await openEngine({ home, faults: { faults: [{ ...kind.fault, match }] } });
  try {
    const stack = await engine.inline(devEnvironment());
    const earlier = engine.journal().length;
    const flags = kind.crowded === true ? [] : ONE_AT_A_TIME;
    const outcome = await run(stack, moment.phase)({ mayFail: true, flags });
    return {
      outcome,
      pending: stack.state().pending.map(({ urn }) => urn),
      struck: engine
        .journal()
        .some(({ sequence, fault }) => sequence > earlier && fault !== undefined),
    };
  } finally {
    await engine.close();
  }
}

/**
 * The same in a process of its own. A program inside this process outlives an engine that dies, and would go on beside
 * the runs that follow; nobody's program outlives its own process.
 */
export function disturbApart(disturbance: Disturbance): Promise<Disturbed> {
  return inOwnProcess(join(__dirname, "disturb-apart.ts"), disturbance, disturbance.kind.name);
}
