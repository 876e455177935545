import { expect } from "chai";
import { readEstate } from "../../../components/model/estate/read-estate";
import { prove } from "../../../components/model/claims/prove";
import type { ResourceGraph } from "../../../components/model/graph/resource-graph";
import { SecureJumpAccess } from "../../../sdk";
import { byEachReader, type Decided } from "../../support/each-reader";
import { smallest } from "../../support/environment";
import { recordedGraph } from "../../support/recorded-graph";
import { record } from "../../support/recorder";
import { ACCESS_MISTAKES } from "./access-mistakes";
import { OPENED_WAYS } from "./opened-ways";
import { REACHED_VMS } from "./reached-vms";
import { SIGN_IN_MISTAKES } from "./sign-in-mistakes";
import { STOPPED_WAYS } from "./stopped-ways";

const CATALOGUE = [
  ...OPENED_WAYS,
  ...REACHED_VMS,
  ...STOPPED_WAYS,
  ...ACCESS_MISTAKES,
  ...SIGN_IN_MISTAKES,
];

describe("a mistake that is seeded into the smallest environment", () => {
  let sound: ResourceGraph;

  before(async () => {
    const { signIn } = smallest();
    const acknowledgeLockout = { reason: "every operator has a key" };
    const enforced = { ...signIn, stage: "enforced" as const, acknowledgeLockout };
    const args = { ...smallest(), signIn: enforced };
    sound = recordedGraph(await record(() => new SecureJumpAccess("jump", args)));
  });

  it("is none: before it, every claim is proved by each reader", async () => {
    expect(await byEachReader(sound)).to.deep.equal({
      registrations: [],
      state: [],
      "policy pack": [],
    });
  });

  for (const { mistake, change, claim: id, subject, verdict } of CATALOGUE) {
    it(`is found: ${mistake} (${id} ${verdict})`, async () => {
      const graph = change(sound);
      const { claims } = prove(readEstate(graph));
      const meant = claims.filter((claim) => claim.id === id && subject.test(claim.subject));
      expect(meant.map((claim) => claim.verdict)).to.include(verdict);
      const [refuted] = meant.filter((claim) => claim.verdict === "refuted");
      if (refuted !== undefined) {
        expect(refuted.counterexample?.resource, "what would have to change").to.be.a("string");
      }
      const decided = await byEachReader(graph);
      const of = (list: readonly Decided[]): Decided[] =>
        list.filter((claim) => claim.id === id && subject.test(claim.subject));
      const expected = meant
        .filter((claim) => claim.verdict !== "proved")
        .map((claim) => ({ id: claim.id, subject: claim.subject, verdict: claim.verdict }));
      for (const [reader, list] of Object.entries(decided)) {
        expect(of(list), reader).to.deep.equal(expected);
      }
    });
  }
});
