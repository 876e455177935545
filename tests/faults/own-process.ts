import { fork } from "node:child_process";

/**
 * Has a module do something in a process of its own, and waits for its answer.
 * @param file a module that calls `answering`
 * @param patience milliseconds after which it is ended
 * @throws Error where it ends without an answer
 */
export function inOwnProcess<Answer>(
  file: string,
  order: object,
  name: string,
  patience?: number,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = fork(file, { execArgv: ["--require", "tsx/cjs"], timeout: patience });
    let answer: Answer | undefined;
    child.once("message", (message) => (answer = message as Answer));
    child.once("exit", (code) => {
      if (answer !== undefined) resolve(answer);
      else reject(new Error(`${name}: its process ended with ${code}`));
    });
    child.send(order);
  });
}

/** The other side: carries out the one order that this process gets, answers, and ends. */
export function answering(carryOut: (order: never) => Promise<unknown>): void {
  // Without somebody to report to there is nothing to do.
  process.once("disconnect", () => process.exit(1));
  process.once("message", (order) => {
    carryOut(order as never).then(
      (answer) => process.send?.(answer, () => process.exit(0)),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? (error.stack ?? "") : String(error)}\n`);
        process.exit(1);
      },
    );
  });
}
