import { expect } from "chai";
import fc from "fast-check";
import { durationMinutes } from "../../components/model/iso-duration";
import { hoursDuration } from "../../components/model/pim-policy";

describe("an ISO 8601 duration", () => {
  it("comes back as the hours that this package writes it from", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 48 }), (halves) => {
        expect(durationMinutes(hoursDuration(halves / 2))).to.equal(halves * 30);
      }),
    );
  });

  it("adds up its parts, and counts years and months long", () => {
    expect(durationMinutes("P1DT2H3M")).to.equal(1440 + 120 + 3);
    expect(durationMinutes("PT90S")).to.equal(1.5);
    expect(durationMinutes("P2W")).to.equal(2 * 7 * 1440);
    expect(durationMinutes("P1Y")).to.be.greaterThan(durationMinutes("P365D")!);
    expect(durationMinutes("P1M")).to.equal(durationMinutes("P31D"));
  });

  it("is nothing else", () => {
    for (const text of ["", "P", "PT", "8H", "PT8", "P1H", "PT1D", "P1DT"]) {
      expect(durationMinutes(text), text).to.equal(undefined);
    }
    expect(durationMinutes(" pt8h ")).to.equal(480);
  });
});
