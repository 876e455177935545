import { expect } from "chai";
import { SecureJumpAccess, type SecureJumpAccessArgs } from "../../sdk";
import { type Engine, openEngine } from "../support/engine";
import { largest, smallest } from "../support/environment";
import { violations } from "../support/order-promise";
import { difference, standing } from "../support/simulated-state";

const program = (args: SecureJumpAccessArgs) => () => {
  const jump = new SecureJumpAccess("jump", args);
  return { connect: jump.connect, waysRound: jump.waysRound };
};

/** The life of an environment on the real engine and the simulated Azure, from nothing to nothing. */
for (const [scenario, args] of [
  ["smallest", smallest],
  ["largest", largest],
] as const) {
  describe(`the ${scenario} environment, from nothing to nothing`, () => {
    let engine: Engine;
    beforeEach(async () => {
      engine = await openEngine();
    });
    afterEach(() => engine.close());

    it("comes up, stays as it is, and leaves nothing but what is kept on purpose", async () => {
      const before = standing(engine);
      const stack = await engine.inline({ program: program(args()) });
      const up = await stack.up();
      expect([...new Set(up.changes.map(({ op }) => op))]).to.deep.equal(["create"]);
      expect(up.warnings).to.deep.equal([]);
      expect(Object.keys(up.outputs.connect as object)).to.include("app/web");

      expect((await stack.preview()).changes, "second preview").to.deep.equal([]);
      expect((await stack.refresh()).changes, "refresh").to.deep.equal([]);
      expect((await stack.up()).changes, "up after refresh").to.deep.equal([]);

      await engine.restart(); // five simulated minutes: Azure removes no younger eligibility
      const destroy = await stack.destroy();
      expect([...new Set(destroy.changes.map(({ op }) => op))]).to.deep.equal(["delete"]);
      expect(stack.state().resources).to.deep.equal([]);
      // Windows Cloud Login is one of the tenant's own principals, so adopting it leaves nothing either.
      expect(difference(before, standing(engine))).to.deep.equal({ more: [], gone: [] });
      expect(violations(engine.journal())).to.deep.equal([]);
    });
  });
}

describe("the order promise", () => {
  let engine: Engine;
  beforeEach(async () => {
    engine = await openEngine();
  });
  afterEach(() => engine.close());

  it("is broken in the eyes of its own check when the policy goes before the eligibility", async () => {
    const stack = await engine.inline({ program: program(smallest()) });
    await stack.up();
    expect(violations(engine.journal())).to.deep.equal([]);
    const policy = engine
      .journal()
      .flatMap(({ effects }) => effects)
      .find(({ id }) => id.includes("conditionalAccessPolicies"));
    const tampered = [
      ...engine.journal(),
      {
        sequence: 999,
        time: "",
        method: "DELETE",
        id: "",
        outcome: "succeeded" as const,
        effects: [{ change: "deleted" as const, id: policy?.id ?? "" }],
      },
    ];
    expect(violations(tampered).map(({ missing }) => missing)).to.include(
      "Conditional Access policy",
    );
  });

  it("holds when a deployment stops half-way, at the host that takes longest", async () => {
    await engine.restart({
      faults: {
        faults: [{ kind: "acceptedThenFails", match: { type: "Microsoft.Network/bastionHosts" } }],
      },
    });
    const stack = await engine.inline({ program: program(smallest()) });
    const failed = await stack.up({ mayFail: true });
    expect(failed.ok).to.equal(false);
    expect(
      engine.journal().some(({ id }) => id.includes("roleEligibilityScheduleRequests")),
    ).to.equal(false);

    await engine.restart();
    await stack.up();
    expect(violations(engine.journal())).to.deep.equal([]);
  });
});

describe("bad arguments on the real engine", () => {
  let engine: Engine;
  beforeEach(async () => {
    engine = await openEngine();
  });
  afterEach(() => engine.close());

  it("create nothing, and print every problem without a stack trace", async () => {
    const before = standing(engine);
    const stack = await engine.inline({
      program: program({ ...smallest(), hub: { addressSpace: "10.20.0.0/28" }, spokes: {} }),
    });
    const failed = await stack.up({ mayFail: true });
    expect(failed.ok).to.equal(false);
    const text = failed.errors.join("\n");
    expect(text).to.contain('SecureJumpAccess "jump": 2 problems');
    expect(text).to.contain("spokes: is empty; name at least one spoke");
    expect(text).to.not.match(/\n\s+at /);
    expect(difference(before, standing(engine))).to.deep.equal({ more: [], gone: [] });
  });
});
