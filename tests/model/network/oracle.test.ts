import { expect } from "chai";
import fc from "fast-check";
import { arbitraryEstate } from "../../support/arbitrary-estate";
import { oracle } from "../../support/brute-force/oracle";
import { told } from "../../support/brute-force/told";
import { both, drop, type Otherwise } from "../../support/otherwise";
import { ONE_SPOKE, rightEstate } from "../../support/right-estate";

describe("The oracle of the network theorem", () => {
  it("proves every claim of an estate that is as it should be, whatever its way out", () => {
    for (const egress of ["nat", "appliance", "implicit"] as const) {
      for (const fixed of [true, false]) {
        const judged = oracle(
          rightEstate({ ...ONE_SPOKE, spokes: ["app", "data"], hubMachine: true, egress, fixed }),
        );
        expect(judged.filter(({ verdict }) => verdict !== "proved")).to.deep.equal([]);
        expect(judged).to.have.length(3 * 5 + 1 + 2);
      }
    }
  });

  it("calls nothing proved beside what nobody could read, if it bears on the network", () => {
    const beside =
      (theorem: "network" | "identity"): Otherwise =>
      (estate) => {
        estate.unread.push({ subject: "odd", type: "odd", why: "odd", bearsOn: [theorem] });
      };
    expect(told("N7", beside("network"))).to.equal("unknown");
    expect(told("N7", beside("identity"))).to.equal("proved");
    const open = both(beside("network"), drop("4096"));
    expect(told("N7", open)).to.equal("refuted");
  });

  it("sees every claim proved, refuted and unknown among random estates", function () {
    this.timeout(120_000);
    const seen = new Set<string>();
    fc.assert(
      fc.property(arbitraryEstate, (estate) => {
        for (const { id, verdict } of oracle(estate)) seen.add(`${id} ${verdict}`);
      }),
      { numRuns: 200 },
    );
    const all = ["N1", "N2", "N3", "N4", "N5", "N6", "N7"].flatMap((id) =>
      ["proved", "refuted", "unknown"].map((verdict) => `${id} ${verdict}`),
    );
    expect([...seen].sort()).to.deep.equal(all);
  });

  it("decides nothing rule by rule and packet by packet that the worlds leave open or decide otherwise", function () {
    this.timeout(120_000);
    fc.assert(
      fc.property(arbitraryEstate, (estate) => {
        for (const { id, subject, verdict, loose } of oracle(estate)) {
          expect([verdict, "unknown"], `${id} of ${subject}`).to.include(loose());
        }
      }),
      { numRuns: 20 },
    );
  });
});
