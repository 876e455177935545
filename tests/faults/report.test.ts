import { expect } from "chai";
import type { Result } from "./cell";
import { failures, isGood, report } from "./report";

const good: Result = {
  kind: "throttled",
  resource: "jump-hub-network",
  ended: "success",
  named: true,
  typed: [],
  twice: 0,
  amiss: [],
  violations: 0,
};

/** The row of the first table for a kind, cell by cell. */
function rowOf(kind: string, results: readonly Result[]): string[] {
  const line = report(results)
    .split("\n")
    .find((text) => text.startsWith(`| ${kind}`));
  return (line ?? "").split("|").map((cell) => cell.trim());
}

describe("the table of faults", () => {
  it("counts operations, runs, ends, convergence, second copies and broken order", () => {
    const results: Result[] = [
      good,
      { ...good, resource: "jump-hub-group", ended: "error", twice: 1 },
      { ...good, resource: "jump-hub-group", ended: "death", named: false },
      { ...good, amiss: ["Azure has a second copy"], violations: 2 },
    ];
    expect(rowOf("throttled:", results).slice(2, -1)).to.deep.equal([
      "creation",
      "2",
      "4",
      "2",
      "2",
      "1",
      "3",
      "1",
      "2",
    ]);
    const removed = { ...good, kind: "engine death, at destroy" };
    expect(rowOf("all", [...results, removed]).slice(3, 5)).to.deep.equal(["3", "5"]);
  });

  it("is the same whatever the order in which the runs ended", () => {
    const results = [
      good,
      { ...good, typed: ["the same command again"], ended: "error" as const },
      { ...good, kind: "slow", typed: ["sleep 300"] },
    ];
    expect(report([...results].reverse())).to.equal(report(results));
  });

  it("shows what was typed, but not after runs among other operations, which differ each time", () => {
    const typed = ['az rest --method put --url "https://management.azure.com<scope>" --body "{}"'];
    expect(report([{ ...good, typed }])).to.contain("| `az rest --method put …` | 1 | throttled |");
    const crowded = { ...good, typed, kind: "engine death after, crowded" };
    expect(report([crowded])).to.not.contain("az rest");
  });

  for (const [what, result, says] of [
    ["that did not converge", { amiss: ["Azure has not x"] }, "Azure has not x"],
    [
      "whose error names no resource",
      { ended: "error", named: false },
      "the resource was not named",
    ],
    ["that was open at a moment", { violations: 3 }, "the order was broken 3 times"],
  ] as const) {
    it(`takes no run for good ${what}, and says so`, () => {
      const bad: Result = { ...good, ...result };
      expect([isGood(good), isGood(bad)]).to.deep.equal([true, false]);
      expect(failures([good, bad])).to.have.length(1);
      expect(failures([bad])[0])
        .to.contain("throttled at jump-hub-network")
        .and.to.contain(says);
    });
  }
});
