import { expect } from "chai";
import { networkClaimsOf, notProved } from "../../support/claims-of";
import { handWritten } from "../../support/hand-written";
import { recordedGraph } from "../../support/recorded-graph";
import { record } from "../../support/recorder";
import { EXISTING_HUB, VARIATIONS } from "../../support/variations";

describe("a right network that is written by hand", () => {
  for (const [name, way] of Object.entries(VARIATIONS)) {
    for (const preview of [true, false]) {
      it(`is proved: ${name}${preview ? ", before deployment" : ""}`, async () => {
        const recording = await record(
          () => {
            handWritten(way);
          },
          { preview, existing: EXISTING_HUB },
        );
        const { all } = networkClaimsOf(recordedGraph(recording));
        expect(notProved(all)).to.deep.equal([]);
        expect([...new Set(all.map(({ id }) => id))].sort()).to.include.members(["N1", "N2", "N3"]);
      });
    }
  }
});
