import { expect } from "chai";
import fc from "fast-check";
import {
  addressText,
  checkDisjoint,
  checkRange,
  contains,
  overlap,
  parseAddress,
  parseRange,
  rangeText,
  slot,
} from "../../components/model/address-range";

const address = fc.nat({ max: 2 ** 32 - 1 });
const range = fc.tuple(address, fc.integer({ min: 0, max: 32 })).map(([number, bits]) => {
  const size = 2 ** (32 - bits);
  return { first: number - (number % size), last: number - (number % size) + size - 1, bits };
});
/** Some addresses of a range, its ends among them. */
const within = ({ first, last }: { first: number; last: number }): fc.Arbitrary<number> =>
  fc.oneof(fc.constant(first), fc.constant(last), fc.integer({ min: first, max: last }));

describe("IPv4 ranges", () => {
  it("are read back as they are written", () => {
    fc.assert(
      fc.property(range, (r) => {
        expect(parseRange(rangeText(r))).to.deep.equal(r);
      }),
    );
    fc.assert(
      fc.property(address, (a) => {
        expect(parseAddress(addressText(a))).to.equal(a);
      }),
    );
  });

  it("are refused in every other spelling, host bits above all", () => {
    for (const text of [
      "10.0.0.0",
      "10.0.0.1/24",
      "10.0.0.0/33",
      "010.0.0.0/8",
      "10.0/16",
      "::/0",
      "Internet",
      "",
      "10.0.0.0/ 8",
    ]) {
      expect(parseRange(text), text).to.equal(undefined);
    }
  });

  it("overlap exactly when an address is in both", () => {
    fc.assert(
      fc.property(
        fc
          .tuple(range, range)
          .chain(([one, other]) => fc.tuple(fc.constant(one), fc.constant(other), within(one))),
        ([one, other, inOne]) => {
          const inOther = other.first <= inOne && inOne <= other.last;
          if (inOther) expect(overlap(one, other)).to.equal(true);
          if (!overlap(one, other)) expect(inOther).to.equal(false);
          expect(overlap(one, other)).to.equal(overlap(other, one));
          // Two CIDR ranges that meet lie one inside the other.
          expect(overlap(one, other)).to.equal(contains(one, other) || contains(other, one));
        },
      ),
    );
  });

  it("are cut into slots that fill them without gap or overlap, whatever comes later", () => {
    fc.assert(
      fc.property(range, fc.integer({ min: 0, max: 4 }), (r, more) => {
        const bits = Math.min(32, r.bits + more);
        const count = 2 ** (bits - r.bits);
        const slots = Array.from({ length: count }, (_, n) => slot(r, bits, n));
        expect(slots[0]?.first).to.equal(r.first);
        expect(slots.at(-1)?.last).to.equal(r.last);
        slots.slice(1).forEach((next, n) => {
          expect(next?.first).to.equal((slots[n]?.last ?? Number.NaN) + 1);
        });
        expect(slot(r, bits, count)).to.equal(undefined);
        expect(slot(r, r.bits - 1, 0)).to.equal(undefined);
      }),
    );
  });

  it("of one environment are told apart pair by pair, at the later path", () => {
    expect(
      checkDisjoint([
        { path: "hub", text: "10.0.0.0/16" },
        { path: "a", text: "10.1.0.0/24" },
        { path: "b", text: "10.0.128.0/24" },
        { path: "c", text: "no range" },
      ]),
    ).to.deep.equal([
      {
        path: "b",
        problem:
          '"10.0.128.0/24" overlaps hub "10.0.0.0/16"; Azure peers only networks that share no address, choose another range',
      },
    ]);
  });

  it("are told how to be written when they are wrong", () => {
    expect(checkRange("10.0.0.9/24", "x", 26, "a subnet")).to.deep.equal([
      { path: "x", problem: '"10.0.0.9/24" has host bits set; write 10.0.0.0/24' },
    ]);
    expect(checkRange("ten", "x", 26, "a subnet")).to.deep.equal([
      { path: "x", problem: '"ten" is no IPv4 range; write it as 10.0.0.0/24' },
    ]);
    expect(checkRange("10.0.0.0/27", "x", 26, "a subnet")).to.deep.equal([
      { path: "x", problem: '"10.0.0.0/27" is too small; a subnet needs /26 or larger' },
    ]);
    expect(checkRange("10.0.0.0/26", "x", 26, "a subnet")).to.deep.equal([]);
  });
});
