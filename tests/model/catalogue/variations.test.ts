import { expect } from "chai";
import { type Claim, CLAIMS } from "../../../components/model/claims/claim";
import { prove } from "../../../components/model/claims/prove";
import { readEstate } from "../../../components/model/estate/read-estate";
import type { ResourceGraph } from "../../../components/model/graph/resource-graph";
import { notProved } from "../../support/claims-of";
import {
  claimsOfFile,
  decidedByPack,
  exportOf,
  previewOf,
  saidByPack,
} from "../../support/each-reader";
import { GROUPS } from "../../support/environment";
import { handWritten } from "../../support/hand-written";
import { recordedGraph } from "../../support/recorded-graph";
import { record } from "../../support/recorder";
import { EXISTING_HUB, VARIATIONS } from "../../support/variations";

/** What such a program cannot say of itself. */
const DECLARED = { breakGlass: [GROUPS.emergency] };

async function graphOf(way: object, preview: boolean): Promise<ResourceGraph> {
  const program = (): void => {
    handWritten(way);
  };
  return recordedGraph(await record(program, { preview, existing: EXISTING_HUB }));
}

/** Who holds the key or password that the program gives out, no graph tells: I7 has to ask. Report-only is staged. */
function alarms(claims: readonly Claim[], enforced: boolean): string[] {
  return notProved(claims).filter(
    (line) => !/^I7 .* unknown: /.test(line) && (enforced || !/^I3 .* staged: /.test(line)),
  );
}

describe("a right program that is written by hand raises no alarm", () => {
  for (const [name, way] of Object.entries(VARIATIONS)) {
    const enforced = way.ownStrength === true;
    for (const preview of [true, false]) {
      it(`but every claim is decided: ${name}${preview ? ", before deployment" : ""}`, async () => {
        const graph = await graphOf(way, preview);
        const { claims } = prove(readEstate(graph, DECLARED));
        expect(alarms(claims, enforced)).to.deep.equal([]);
        const decided = new Set(claims.map(({ id }) => id));
        // N5 is claimed of spokes, and one network for all has none.
        const due = Object.keys(CLAIMS).filter((id) => id !== "N5" || way.singleNetwork !== true);
        expect([...decided].sort()).to.deep.equal(due.sort());
        const file = preview ? previewOf(graph) : exportOf(graph);
        expect(alarms(claimsOfFile(file, DECLARED), enforced)).to.deep.equal([]);
        const said = decidedByPack(await saidByPack(graph, DECLARED));
        expect(said.filter(({ verdict }) => verdict === "refuted")).to.deep.equal([]);
      });
    }
  }

  it("nor does one whose hub is read by an id that comes late: it is unknown, and named", async () => {
    const graph = await graphOf({ existingHub: true }, true);
    const late = {
      ...graph,
      resources: graph.resources.map((resource) =>
        resource.external ? { ...resource, properties: {} } : resource,
      ),
    };
    const { claims, unread } = prove(readEstate(late, DECLARED));
    expect(claims.filter(({ verdict }) => verdict === "refuted")).to.deep.equal([]);
    expect(claims.find(({ id }) => id === "N2")?.verdict).to.equal("unknown");
    expect(unread.map(({ subject, bearsOn }) => [subject, ...bearsOn])).to.deep.include.members([
      ["AzureBastionSubnet", "network"],
      ["bastion", "network"],
    ]);
  });
});
