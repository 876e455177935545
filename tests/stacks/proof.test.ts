import { expect } from "chai";
import { CLAIMS } from "../../components/model/claims/claim";
import { prove } from "../../components/model/claims/prove";
import { readEstate } from "../../components/model/estate/read-estate";
import type { ResourceGraph } from "../../components/model/graph/resource-graph";
import { SecureJumpAccess } from "../../sdk";
import { readStackConfig } from "../../stacks/config";
import { changed, openRule, rules } from "../support/changed-graph";
import { byEachReader, claimsOfFile, previewOf } from "../support/each-reader";
import { recordedGraph } from "../support/recorded-graph";
import { record } from "../support/recorder";
import { sourceOf, stackFile } from "../support/stack-file";

/** What a stack file of this repository makes, before its first deployment or after. */
async function graphOf(stack: string, preview: boolean): Promise<ResourceGraph> {
  const { args } = readStackConfig(sourceOf(stackFile(stack)), stack);
  if (args === undefined) throw new Error(`${stack} has problems`);
  return recordedGraph(await record(() => new SecureJumpAccess("jump", args), { preview }));
}

/** Claims that are not proved, each id with its verdict once. */
function open(claims: readonly { id: string; verdict: string }[]): string[] {
  const rest = claims.filter(({ verdict }) => verdict !== "proved");
  return [...new Set(rest.map(({ id, verdict }) => `${id} ${verdict}`))];
}

for (const stack of ["dev", "prod"]) {
  describe(`the first preview of ${stack}, on an empty backend`, () => {
    let graph: ResourceGraph;
    before(async () => {
      graph = await graphOf(stack, true);
    });

    it("is proved in every claim; sign-in is staged while its policy only reports", () => {
      const { claims } = prove(readEstate(graph));
      expect([...new Set(claims.map(({ id }) => id))].sort()).to.deep.equal(
        Object.keys(CLAIMS).sort(),
      );
      expect(open(claims)).to.deep.equal(["I3 staged"]);
      expect(open(claimsOfFile(previewOf(graph)))).to.deep.equal(["I3 staged"]);
    });

    it("is refuted where a rule is broken, though nothing has an id yet", () => {
      const broken = changed(graph, {
        "jump-app-nsg": rules((list) => [
          openRule({ priority: 99, sourceAddressPrefix: "VirtualNetwork" }),
          ...list,
        ]),
      });
      const claims = claimsOfFile(previewOf(broken));
      const refuted = claims.filter(({ verdict }) => verdict === "refuted");
      expect([...new Set(refuted.map(({ id }) => id))]).to.deep.equal(["N1"]);
      for (const { counterexample } of refuted) {
        expect(counterexample?.rule).to.include({ name: "Opened", priority: 99 });
        expect(counterexample?.packet?.destinationPort).to.equal(22);
      }
    });
  });

  it(`${stack} is proved as deployed, by each reader`, async () => {
    const decided = await byEachReader(await graphOf(stack, false));
    for (const [reader, claims] of Object.entries(decided)) {
      expect(open(claims), reader).to.deep.equal(["I3 staged"]);
    }
  });
}
