import { expect } from "chai";
import { fastest } from "../../../bench/fastest";
import { largeEnvironment } from "../../../bench/large-environment";
import { prove } from "../../../components/model/claims/prove";
import { readEstate } from "../../../components/model/estate/read-estate";

describe("all claims of fifty spokes with a thousand VMs", () => {
  it("are proved in less than a second; npm run bench shows how that grows", () => {
    const graph = largeEnvironment(50);
    const { claims } = prove(readEstate(graph));
    expect(claims.filter(({ id }) => id === "N1")).to.have.length(1000);
    const open = new Set(claims.filter(({ verdict }) => verdict !== "proved").map(({ id }) => id));
    expect([...open]).to.deep.equal(["I3"]);
    expect(fastest(() => prove(readEstate(graph)))).to.be.lessThan(1);
  });
});
