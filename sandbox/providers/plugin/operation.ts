import { AsyncLocalStorage } from "node:async_hooks";
import type { SimulatedClock } from "./simulated-clock";
import type { Values } from "./values";

/** azure-native's limit for one operation where the user sets none (`customTimeouts`), in seconds. */
const defaultLimit = 120 * 60;

/** One call of the engine, as the provider carries it out: its limit on the simulated clock and its abort. */
export class Operation {
  /** Whether the service accepted a long-running operation, so that a later failure leaves something behind. */
  accepted = false;
  /** Addresses that report on a long-running operation. */
  readonly monitors = new Set<string>();
  /** Body of the last successful answer to a write. */
  answer: Values = {};
  /** Watches the body of a write on its way out. */
  onBody: ((body: unknown) => void) | undefined;
  readonly #limit: number;
  #spent = 0;

  constructor(
    readonly clock: SimulatedClock,
    readonly signal: AbortSignal,
    timeout = 0,
  ) {
    this.#limit = timeout > 0 ? timeout : defaultLimit;
  }

  /** Seconds until its time is over. */
  get left(): number {
    return Math.max(this.#limit - this.#spent, 0);
  }

  /**
   * Lets simulated seconds pass.
   * @throws Error where the operation's time is over, or the engine cancelled it.
   */
  async wait(seconds: number): Promise<void> {
    this.signal.throwIfAborted();
    const { left } = this;
    await this.clock.wait(Math.min(seconds, left), this.signal);
    this.#spent += seconds;
    if (seconds >= left) throw new Error("operation timed out");
  }
}

const storage = new AsyncLocalStorage<Operation>();

/** Runs work as an operation; what it sends finds it again through {@link currentOperation}. */
export function within<T>(operation: Operation, work: () => Promise<T>): Promise<T> {
  return storage.run(operation, work);
}

export function currentOperation(): Operation {
  const operation = storage.getStore();
  if (operation === undefined) throw new Error("a request was sent outside an operation");
  return operation;
}

/** Asks again every ten simulated seconds until the answer is there or the time is over; the first time at once. */
export async function poll<T>(
  description: string,
  limit: { readonly seconds: number; readonly shown: string },
  ask: () => Promise<T | undefined>,
): Promise<T> {
  const interval = 10;
  for (let spent = 0; ; spent += interval) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (spent + interval > limit.seconds) {
      throw new Error(`timed out during ${description} after ${limit.shown}`);
    }
    await currentOperation().wait(interval);
  }
}
