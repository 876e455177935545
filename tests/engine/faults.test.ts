import { expect } from "chai";
import { runCell, type Result } from "../faults/cell";
import { devEnvironment } from "../faults/dev-environment";
import { KINDS, type Kind } from "../faults/kinds";
import { sampledKinds, sampledOperation } from "../faults/matrix";
import { deployed, remove, stopBefore } from "../faults/moment";
import type { Operation } from "../faults/operations";
import { operationsText, readOperationsPage } from "../faults/operations-page";
import { Person } from "../faults/person";
import { AGAIN, recover } from "../faults/recovery";
import { failures } from "../faults/report";
import { ONE_AT_A_TIME, runUndisturbed, type Undisturbed } from "../faults/undisturbed";
import { openEngine } from "../support/engine";

/** Another one is another sample: `FAULTS_SEED=7 npm run test:engine`. */
const SEED = Number(process.env.FAULTS_SEED ?? "1");

/** A sample of what `npm run test:faults` holds for every fault at every operation; all of it simulated. */
describe("the dev environment under faults", () => {
  let undisturbed: Undisturbed;
  before(async () => {
    undisturbed = await runUndisturbed();
  });

  /** Shows one fault, from nothing but what an undisturbed run has before that operation. */
  async function show(
    kind: Kind,
    operation: Operation,
    text: string = operationsText(),
  ): Promise<Result> {
    const from = kind.phase === "destroy" ? await deployed() : undefined;
    const moment = await stopBefore(kind.phase, operation, from);
    try {
      return await runCell(kind, moment, undisturbed, readOperationsPage(text));
    } finally {
      for (const folder of [moment.folder, from]) if (folder !== undefined) remove(folder);
    }
  }

  const kindOf = (name: string): Kind => KINDS.find((kind) => kind.name === name)!;
  const operationOn = (resource: string): Operation =>
    undisturbed.ends.creation.operations.find((operation) => operation.resource === resource)!;

  describe(`a sample of seed ${SEED}`, () => {
    for (const kind of sampledKinds(SEED)) {
      it(`ends well or names the resource, recovers as docs/operations.md says, and is never open: ${kind.name}`, async () => {
        const result = await show(kind, sampledOperation(SEED, kind, undisturbed));
        expect(failures([result])).to.deep.equal([]);
      });
    }
  });

  it("goes, however young its eligibilities are, once somebody has waited as docs/operations.md says", async () => {
    const engine = await openEngine();
    try {
      const stack = await engine.inline(devEnvironment());
      await stack.up();
      const early = await stack.destroy({ mayFail: true });
      expect(early.ok).to.equal(false);
      const person = new Person(engine, stack, engine.sandbox.home.folder, undisturbed.resources);
      const page = readOperationsPage(operationsText());
      const late = await recover(early, (options) => stack.destroy(options), page, person);
      expect(late.ok, late.stdout).to.equal(true);
      expect(person.typed).to.deep.equal(["sleep 300", AGAIN]);
    } finally {
      await engine.close();
    }
  });

  it("is not helped by --import-pending-creates, which forgets what was under way and takes nothing in", async () => {
    const operation = operationOn("jump-hub-group");
    const fault = { kind: "engineDeath", when: "after", match: operation.match } as const;
    const engine = await openEngine({ faults: { faults: [fault] } });
    try {
      const stack = await engine.inline(devEnvironment());
      await stack.up({ mayFail: true, flags: ONE_AT_A_TIME });
      const [pending] = stack.state().pending;
      await engine.restart({ faults: { faults: [] } });
      await stack.cancel();
      const { id = "" } = undisturbed.resources.find(({ urn }) => urn === pending!.urn)!;
      expect(engine.sandbox.azure.store.get(id)?.id).to.equal(id);
      const flag = "--import-pending-creates";
      await stack.refresh({ flags: [flag, pending!.urn, flag, id] });
      const { resources, pending: left } = stack.state();
      expect(left).to.deep.equal([]);
      expect(resources.map(({ urn }) => urn)).to.not.include(pending!.urn);
    } finally {
      await engine.close();
    }
  });

  describe("seen to fail", () => {
    it("does not recover where docs/operations.md does not say what to do", async () => {
      const kept = operationsText().replace(/^\| `cannot create already existing .*\n/gm, "");
      const result = await show(
        kindOf("provider death after"),
        operationOn("jump-hub-group"),
        kept,
      );
      expect(failures([result]).join()).to.match(
        /^provider death after at jump-hub-group \(error\): cannot create already existing resource/,
      );
    });

    it("counts a second Conditional Access policy, where docs/operations.md does not say to look for it", async () => {
      const kept = operationsText().replace(/^\| `ConditionalAccessPolicy` .*\n/m, "");
      const { twice } = await show(
        kindOf("provider death after"),
        operationOn("jump-sign-in-policy"),
        kept,
      );
      expect(twice).to.equal(1);
    });

    it("starts from no moment that a run never came to", async () => {
      const never = { resource: "nothing", match: { type: "Microsoft.Network/loadBalancers" } };
      const error: unknown = await stopBefore("creation", never).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(String(error)).to.contain("nothing: the run did not stop in order");
    });
  });
});
