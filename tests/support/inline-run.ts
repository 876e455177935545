import { AsyncLocalStorage } from "node:async_hooks";

/** A run of the engine on a program inside this process. */
interface Run {
  /** Its program may go on for a while after it has failed, but speaks for no run any more. */
  failed: boolean;
}

const runs = new AsyncLocalStorage<Run>();

/** Whether what is going on belongs to the program of a run that has failed. */
export function speaksForNobody(): boolean {
  return runs.getStore()?.failed === true;
}

/** Keeps apart what the programs of this process's runs say. */
export class InlineRun {
  readonly #run: Run = { failed: false };
  #stopListening = (): void => undefined;

  /**
   * Runs the program. Pulumi's runtime listens to every unhandled rejection of the process while a run lasts; from here
   * on it does not hear those of a run that has failed. Node calls a listener in the context in which the rejected
   * promise was made (lib/internal/process/promises.js).
   */
  async carryOut<T>(program: () => T | Promise<T>): Promise<T> {
    const event = "unhandledRejection";
    const theirs = process.listeners(event).at(-1);
    const ours = (reason: unknown, promise: Promise<unknown>): void => {
      if (!speaksForNobody()) theirs?.(reason, promise);
    };
    if (theirs !== undefined) {
      process.off(event, theirs);
      process.on(event, ours);
      this.#stopListening = () => process.off(event, ours);
    }
    return await runs.run(this.#run, async () => await program());
  }

  end(failed: boolean): void {
    this.#run.failed = failed;
    this.#stopListening();
  }
}
