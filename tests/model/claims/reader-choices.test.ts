import { expect } from "chai";
import { besideUnread } from "../../../components/model/claims/beside-unread";
import type { Claim, Verdict } from "../../../components/model/claims/claim";
import { withoutAssumptions } from "../../../components/model/claims/without-assumptions";
import type { Unread } from "../../../components/model/graph/resource-graph";

const VERDICTS: readonly Verdict[] = ["proved", "refuted", "unknown", "staged"];

function claim(verdict: Verdict, assumptions: string[] = []): Claim {
  return { id: "I1", subject: "web", verdict, because: "it is so", assumptions };
}

function unread(more: Partial<Unread> = {}): Unread {
  return {
    subject: "thing",
    type: "azuread:index/thing:Thing",
    why: "is not read",
    bearsOn: ["identity"],
    ...more,
  };
}

describe("claims for a reader who takes nothing for granted", () => {
  it("are unknown where proved or staged under assumptions, and name them", () => {
    for (const verdict of ["proved", "staged"] as const) {
      const [found] = withoutAssumptions([claim(verdict, ["one", "two"])]);
      expect(found).to.deep.equal({
        ...claim("unknown"),
        because: "not shown by the graph alone: one; two",
      });
    }
  });

  it("stay what they are without assumptions, and where they are refuted or unknown anyway", () => {
    const plain = VERDICTS.map((verdict) => claim(verdict));
    expect(withoutAssumptions(plain)).to.deep.equal(plain);
    const resting = [claim("refuted", ["one"]), claim("unknown", ["one"])];
    expect(withoutAssumptions(resting)).to.deep.equal(resting);
  });
});

describe("claims beside what is not understood", () => {
  it("are unknown where they were proved or staged, and name it", () => {
    const found = besideUnread(
      VERDICTS.map((verdict) => claim(verdict)),
      [unread()],
      "identity",
    );
    expect(found.map(({ verdict }) => verdict)).to.deep.equal([
      "unknown",
      "refuted",
      "unknown",
      "unknown",
    ]);
    expect(found[0]?.because).to.equal("thing (azuread:index/thing:Thing): is not read");
    expect(found[1]?.because).to.equal("it is so");
  });

  it("say how many more there are, and in which property", () => {
    const [found] = besideUnread(
      [claim("proved")],
      [unread({ path: "rules[0]" }), unread(), unread()],
      "identity",
    );
    expect(found?.because).to.equal(
      "thing.rules[0] (azuread:index/thing:Thing): is not read, and 2 more are not understood",
    );
  });

  it("stay what they are beside what bears on another theorem, or on none", () => {
    const claims = VERDICTS.map((verdict) => claim(verdict));
    const others = [unread({ bearsOn: ["network"] }), unread({ bearsOn: [] })];
    expect(besideUnread(claims, others, "identity")).to.deep.equal(claims);
  });
});
