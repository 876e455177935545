import { fork } from "node:child_process";
import type { Fault } from "../../sandbox/azure/fault-plan";
import { openEngine, type Outcome } from "../support/engine";
import { devEnvironment } from "./dev-environment";
import type { Phase } from "./kinds";
import { run } from "./undisturbed";

/** A run with a fault in its way. */
export interface Disturbance {
  /** Folder with state and store to start from; what the run leaves stands there afterwards. */
  readonly home: string;
  readonly phase: Phase;
  readonly fault: Fault;
  readonly flags: readonly string[];
}

/** How the run ended. */
export interface Disturbed {
  readonly outcome: Outcome;
  /** URNs of the resources that were under way when it ended. */
  readonly pending: readonly string[];
  readonly struck: boolean;
}

/** Runs with the fault in this process. */
export async function disturb({ home, phase, fault, flags }: Disturbance): Promise<Disturbed> {
  const engine = await openEngine({ home, faults: { faults: [fault] } });
  try {
    const stack = await engine.inline(devEnvironment());
    const earlier = engine.journal().length;
    const outcome = await run(stack, phase)({ mayFail: true, flags });
    return {
      outcome,
      pending: stack.state().pending.map(({ urn }) => urn),
      struck: engine
        .journal()
        .some(({ sequence, fault: by }) => sequence > earlier && by !== undefined),
    };
  } finally {
    await engine.close();
  }
}

/**
 * Runs with the fault in a process of its own. An engine that dies takes its program along; one in this process would
 * live on, and what it says to nobody would count against the next run.
 */
export function disturbApart(disturbance: Disturbance): Promise<Disturbed> {
  return new Promise((resolve, reject) => {
    const child = fork(__filename, { execArgv: ["--require", "tsx/cjs"] });
    let disturbed: Disturbed | undefined;
    child.once("message", (message) => (disturbed = message as Disturbed));
    child.once("exit", (code) => {
      if (disturbed !== undefined) resolve(disturbed);
      else reject(new Error(`a run apart ended with ${code} and said nothing`));
    });
    child.send(disturbance);
  });
}

if (require.main === module) {
  process.once("message", (disturbance: Disturbance) => {
    disturb(disturbance).then(
      (disturbed) => process.send?.(disturbed, () => process.exit(0)),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? (error.stack ?? "") : String(error)}\n`);
        process.exit(1);
      },
    );
  });
}
