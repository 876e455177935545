import { expect } from "chai";
import fc from "fast-check";
import { KINDS } from "./kinds";
import { SAMPLE_SIZE, sampledKinds, sampledOperation, wholeMatrix } from "./matrix";
import type { Operation } from "./operations";
import type { Undisturbed } from "./undisturbed";

const operations = (names: readonly string[]): Operation[] =>
  names.map((resource) => ({ resource, match: { name: resource } }));

function environment(created: readonly string[], removed: readonly string[]): Undisturbed {
  const end = (names: readonly string[]) => ({
    operations: operations(names),
    estate: [],
    state: [],
  });
  return { ends: { creation: end(created), destroy: end(removed) }, resources: [], known: [] };
}

describe("the matrix of faults", () => {
  it("shows every kind at every operation of its phase, once", () => {
    const tasks = wholeMatrix(environment(["a", "b", "c"], ["c", "a"]));
    const cells = tasks.flatMap(({ phase, operation, kinds }) =>
      kinds.map((kind) => `${kind.name} ${phase} ${operation.resource}`),
    );
    const of = (phase: string): number => KINDS.filter((kind) => kind.phase === phase).length;
    expect(new Set(cells)).to.have.length(3 * of("creation") + 2 * of("destroy"));
    expect(cells).to.have.length(new Set(cells).size);
  });

  it("has every kind of fault that a fault plan knows", () => {
    expect([...new Set(KINDS.map(({ fault }) => fault.kind))]).to.have.members([
      "throttled",
      "anotherOperation",
      "serverError",
      "connectionReset",
      "acceptedThenFails",
      "notFoundAfterCreate",
      "slow",
      "providerDeath",
      "engineDeath",
    ]);
    expect(KINDS.map(({ name }) => name)).to.have.length(
      new Set(KINDS.map(({ name }) => name)).size,
    );
  });

  it("meets every kind in the samples of seeds that follow each other", () => {
    const turns = Math.ceil(KINDS.length / SAMPLE_SIZE);
    fc.assert(
      fc.property(fc.nat(1_000_000), (first) => {
        const seeds = Array.from({ length: turns }, (_, index) => first + index);
        const met = new Set(seeds.flatMap(sampledKinds));
        expect(met.size).to.equal(KINDS.length);
      }),
    );
  });

  it("draws the same operation for the same seed, and over the seeds every one", () => {
    const world = environment(["a", "b", "c", "d"], ["e", "f"]);
    for (const kind of KINDS) {
      const drawn = Array.from({ length: 60 }, (_, seed) => sampledOperation(seed, kind, world));
      const again = Array.from({ length: 60 }, (_, seed) => sampledOperation(seed, kind, world));
      expect(drawn).to.deep.equal(again);
      expect(new Set(drawn)).to.have.length(world.ends[kind.phase].operations.length);
    }
  });

  it("takes no seed that is no whole number from 0", () => {
    for (const seed of [-1, 0.5, Number.NaN]) expect(() => sampledKinds(seed)).to.throw("seed: ");
  });
});
