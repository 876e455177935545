import { expect } from "chai";
import fc from "fast-check";
import { holds, intervals, type IntervalSet } from "../../../components/model/packets/interval-set";
import {
  coversLocal,
  meet,
  type PacketBox,
  without,
  withoutAll,
} from "../../../components/model/packets/packet-set";

const MOST = 3;
const set: fc.Arbitrary<IntervalSet> = fc
  .array(fc.nat({ max: MOST }), { minLength: 1, maxLength: 3 })
  .map((numbers) => intervals(numbers.map((number) => ({ first: number, last: number }))));
const box: fc.Arbitrary<PacketBox> = fc.record({
  remote: set,
  local: set,
  remotePort: set,
  localPort: set,
  protocol: set,
});
type Packet = Record<keyof PacketBox, number>;

const NUMBERS = Array.from({ length: MOST + 1 }, (_, number) => number);
const PACKETS: readonly Packet[] = NUMBERS.flatMap((remote) =>
  NUMBERS.flatMap((local) =>
    NUMBERS.flatMap((remotePort) =>
      NUMBERS.flatMap((localPort) =>
        NUMBERS.map((protocol) => ({ remote, local, remotePort, localPort, protocol })),
      ),
    ),
  ),
);

function inside(packets: PacketBox, packet: Packet): boolean {
  return (Object.keys(packet) as (keyof Packet)[]).every((dimension) =>
    holds(packets[dimension], packet[dimension]),
  );
}

describe("sets of packets", () => {
  it("meet in the packets of both", () => {
    fc.assert(
      fc.property(box, box, (one, other) => {
        const common = meet(one, other);
        for (const packet of PACKETS) {
          const both = inside(one, packet) && inside(other, packet);
          expect(common !== undefined && inside(common, packet)).to.equal(both);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("lose exactly the packets that are taken away, and hold none twice", () => {
    fc.assert(
      fc.property(box, fc.array(box, { maxLength: 3 }), (whole, parts) => {
        const left = withoutAll([whole], parts);
        for (const packet of PACKETS) {
          const wanted = inside(whole, packet) && !parts.some((part) => inside(part, packet));
          expect(left.filter((part) => inside(part, packet))).to.have.length(wanted ? 1 : 0);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("stay whole where nothing is common", () => {
    const one = [{ first: 1, last: 1 }];
    const two = [{ first: 2, last: 2 }];
    const whole = { remote: one, local: one, remotePort: one, localPort: one, protocol: one };
    expect(without(whole, { ...whole, protocol: two })).to.deep.equal([whole]);
  });

  it("cover a local side only together", () => {
    const part = (first: number, last: number): PacketBox => {
      const any = [{ first: 0, last: 9 }];
      const local = [{ first, last }];
      return { remote: any, local, remotePort: any, localPort: any, protocol: any };
    };
    const local = [{ first: 0, last: 7 }];
    expect(coversLocal([part(0, 3), part(4, 7)], local)).to.equal(true);
    expect(coversLocal([part(0, 3), part(5, 7)], local)).to.equal(false);
  });
});
