import { expect } from "chai";
import fc from "fast-check";
import { milliseconds } from "../../../sandbox/azure/authorization/duration";

describe("ISO 8601 durations", () => {
  for (const [text, seconds] of [
    ["PT8H", 28_800],
    ["PT30M", 1_800],
    ["P1DT1S", 86_401],
    ["P2W", 1_209_600],
    ["P365D", 31_536_000],
  ] as const) {
    it(`read ${text} as ${seconds} seconds`, () => {
      expect(milliseconds(text)).to.equal(seconds * 1000);
    });
  }

  for (const text of ["", "P", "PT", "8H", "P8H", "PT8D", "P1DT", "PT-1H", "PT1.5H", "pt1h"]) {
    it(`read "${text}" as none`, () => {
      expect(milliseconds(text)).to.equal(undefined);
    });
  }

  it("count the sum of their parts", () => {
    const part = fc.nat({ max: 999 });
    fc.assert(
      fc.property(part, part, part, part, (days, hours, minutes, seconds) => {
        const sum = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
        expect(milliseconds(`P${days}DT${hours}H${minutes}M${seconds}S`)).to.equal(sum * 1000);
      }),
    );
  });

  it("of a year and of twelve months outlast 365 days, so that a bound of P365D refuses them", () => {
    for (const text of ["P1Y", "P12M"])
      expect(milliseconds(text)).to.be.greaterThan(milliseconds("P365D")!);
  });
});
