import { expect } from "chai";
import fc from "fast-check";
import {
  covers,
  holds,
  intersect,
  type Interval,
  intervals,
  type IntervalSet,
  points,
  subtract,
  union,
} from "../../../components/model/packets/interval-set";

const MOST = 24;
const interval: fc.Arbitrary<Interval> = fc
  .tuple(fc.nat({ max: MOST }), fc.nat({ max: MOST }))
  .map(([one, other]) => ({ first: Math.min(one, other), last: Math.max(one, other) }));
const set: fc.Arbitrary<IntervalSet> = fc.array(interval, { maxLength: 5 }).map(intervals);

/** The same set, number by number. */
function numbers(parts: readonly Interval[]): Set<number> {
  const found = new Set<number>();
  for (const { first, last } of parts) for (let at = first; at <= last; at += 1) found.add(at);
  return found;
}

function expectNumbers(actual: IntervalSet, keep: (number: number) => boolean): void {
  const wanted = Array.from({ length: MOST + 1 }, (_, number) => number).filter(keep);
  expect([...numbers(actual)].sort((one, other) => one - other)).to.deep.equal(wanted);
}

describe("sets of numbers", () => {
  it("are intervals in order that neither overlap nor touch", () => {
    fc.assert(
      fc.property(fc.array(interval), (parts) => {
        const made = intervals(parts);
        expectNumbers(made, (number) => numbers(parts).has(number));
        made.slice(1).forEach(({ first }, index) => {
          expect(first).to.be.greaterThan((made[index]?.last ?? 0) + 1);
        });
      }),
    );
  });

  it("are joined, cut and taken from each other as number by number", () => {
    fc.assert(
      fc.property(set, set, (one, other) => {
        const [a, b] = [numbers(one), numbers(other)];
        expectNumbers(union(one, other), (number) => a.has(number) || b.has(number));
        expectNumbers(intersect(one, other), (number) => a.has(number) && b.has(number));
        expectNumbers(subtract(one, other), (number) => a.has(number) && !b.has(number));
        expect(covers(one, other)).to.equal([...b].every((number) => a.has(number)));
      }),
    );
  });

  it("hold what they are made of and nothing else", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: MOST })), fc.nat({ max: MOST }), (given, number) => {
        expect(holds(points(given), number)).to.equal(given.includes(number));
      }),
    );
  });

  it("are empty where an interval ends before it begins", () => {
    expect(intervals([{ first: 3, last: 2 }])).to.deep.equal([]);
  });
});
