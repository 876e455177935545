import { expect } from "chai";
import type { ResourceGraph } from "../../../components/model/graph/resource-graph";
import { SecureJumpAccess } from "../../../sdk";
import { networkClaimsOf, notProved } from "../../support/claims-of";
import { largest, smallest } from "../../support/environment";
import { recordedGraph } from "../../support/recorded-graph";
import { record } from "../../support/recorder";

describe("the component's own network", () => {
  for (const [mode, preview] of [
    ["before anything is deployed", true],
    ["as deployed", false],
  ] as const) {
    it(`is proved in every claim, ${mode}, in the smallest and the largest environment`, async () => {
      for (const args of [smallest(), largest()]) {
        const graph: ResourceGraph = recordedGraph(
          await record(() => new SecureJumpAccess("jump", args), { preview }),
        );
        const { all } = networkClaimsOf(graph);
        expect(notProved(all)).to.deep.equal([]);
        const machines = Object.values(args.spokes).flatMap(({ vms }) => Object.values(vms));
        for (const id of ["N1", "N2", "N4", "N7"]) {
          expect(
            all.filter((claim) => claim.id === id),
            id,
          ).to.have.length(machines.length);
        }
        expect(all.filter(({ id }) => id === "N3")).to.have.length(1);
        expect(all.filter(({ id }) => id === "N5")).to.have.length(Object.keys(args.spokes).length);
        const signedIn = machines.filter(
          ({ withoutEntraLogin }) => withoutEntraLogin === undefined,
        );
        expect(all.filter(({ id }) => id === "N6")).to.have.length(signedIn.length);
      }
    });
  }

  it("trusts the appliance behind a next hop by name, for the way out and between spokes", async () => {
    const graph = recordedGraph(await record(() => new SecureJumpAccess("jump", largest())));
    const { one } = networkClaimsOf(graph);
    const trusted = "the appliance at 10.10.0.132";
    expect(one("N6", "jump-data-sql-vm").assumptions.join("\n")).to.contain(trusted);
    expect(one("N6", "jump-app-web-vm").assumptions.join("\n")).to.not.contain(trusted);
  });

  it("holds a VM's own sign-in port as well as the usual ones", async () => {
    const graph = recordedGraph(await record(() => new SecureJumpAccess("jump", largest())));
    const { one } = networkClaimsOf(graph);
    expect(one("N1", "jump-data-jump-vm").because).to.contain("22, 3389, 2222");
    expect(one("N2", "jump-data-jump-vm").because).to.contain("reaches 2222");
  });
});
