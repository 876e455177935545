import { speaksForNobody } from "./inline-run";

// A promise nobody awaited must not let a test pass: mocha says nothing of it and exits 0.
// Each rejection is kept and thrown in the hook after the test during which it came up.
const rejections: unknown[] = [];
function keep(reason: unknown): void {
  if (!speaksForNobody()) rejections.push(reason);
}
process.on("unhandledRejection", keep);

/** Rejections seen since the last call; a test that expects one takes it here. */
export function takeUnhandled(): unknown[] {
  return rejections.splice(0);
}

export const mochaHooks = {
  /** A worker of mocha's parallel mode takes every listener off after each file (mocha/lib/nodejs/worker.js). */
  beforeAll(): void {
    if (!process.listeners("unhandledRejection").includes(keep)) {
      process.on("unhandledRejection", keep);
    }
  },
  afterEach(): void {
    const seen = takeUnhandled();
    if (seen.length > 0) {
      throw new AggregateError(seen, `${seen.length} unhandled rejection(s): ${String(seen[0])}`);
    }
  },
};
