import { expect } from "chai";
import fc from "fast-check";
import { seededHex, seededUuid } from "../../../../sandbox/providers/plugin/autoname";

describe("stand-in providers: names from the random seed", () => {
  // Drawn with lukechampine.com/frand v1.4.2, which resource.NewUniqueName of pulumi v3.259.0 uses.
  const drawn = "1ec836c14f8e3f3845577ed3bc41c8ad";

  it("draws the digits that the engine's own library draws from a seed", () => {
    expect(seededHex(Buffer.from("seed"), 32)).to.equal(drawn);
    expect(seededHex(Buffer.from("seed"), 8)).to.equal(drawn.slice(0, 8));
  });

  it("makes a role assignment's name of 32 of them", () => {
    expect(seededUuid(Buffer.from("seed"))).to.equal("1ec836c1-4f8e-3f38-4557-7ed3bc41c8ad");
  });

  it("draws the same digits from the same seed and hexadecimal ones from any", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), (seed) => {
        expect(seededHex(seed, 40)).to.match(/^[0-9a-f]{40}$/);
        expect(seededHex(seed, 40)).to.equal(seededHex(Uint8Array.from(seed), 40));
      }),
    );
  });
});
