import { expect } from "chai";
import { largeEnvironment } from "../../../bench/large-environment";
import { prove } from "../../../components/model/claims/prove";
import { readEstate } from "../../../components/model/estate/read-estate";

/** Seconds of the processor, of the fastest of several runs: what else the machine does is not counted. */
function fastest(run: () => void, runs = 5): number {
  const times = Array.from({ length: runs }, () => {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  });
  return Math.min(...times);
}

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
