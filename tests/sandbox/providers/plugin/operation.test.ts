import { expect } from "chai";
import { Operation, poll, within } from "../../../../sandbox/providers/plugin/operation";
import { refusalOf } from "../world";

/** An operation on a clock that only counts, with the pauses it took. */
function operationWith(timeout?: number): {
  operation: Operation;
  pauses: number[];
  abort: AbortController;
} {
  const pauses: number[] = [];
  const abort = new AbortController();
  const clock = { wait: (seconds: number) => Promise.resolve(void pauses.push(seconds)) };
  return { operation: new Operation(clock, abort.signal, timeout), pauses, abort };
}

describe("stand-in providers: the time of an operation (provider-traps 1, Timeout)", () => {
  it("is two hours by default, counted over all its waits", async () => {
    const { operation, pauses } = operationWith();
    await operation.wait(7000);
    await operation.wait(199);
    expect(await refusalOf(operation.wait(30))).to.equal("operation timed out");
    expect(pauses).to.deep.equal([7000, 199, 1]);
  });

  it("is what the user sets", async () => {
    const { operation } = operationWith(60);
    await operation.wait(59);
    expect(await refusalOf(operation.wait(1))).to.equal("operation timed out");
  });

  it("ends with the engine's cancellation", async () => {
    const { operation, pauses, abort } = operationWith();
    abort.abort(new Error("cancelled"));
    expect(await refusalOf(operation.wait(1))).to.equal("cancelled");
    expect(pauses).to.deep.equal([]);
  });

  it("lets a question be asked at once and every ten seconds until its limit", async () => {
    const { operation, pauses } = operationWith();
    let asked = 0;
    const limit = { seconds: 30, shown: "30s" };
    const never = within(operation, () =>
      poll("waiting", limit, () => {
        asked += 1;
        return Promise.resolve(undefined);
      }),
    );
    expect(await refusalOf(never)).to.equal("timed out during waiting after 30s");
    expect(pauses).to.deep.equal([10, 10, 10]);
    expect(asked).to.equal(4);
    const found = await within(operation, () => poll("waiting", limit, () => Promise.resolve(7)));
    expect(found).to.equal(7);
    expect(pauses).to.have.length(3);
  });
});
