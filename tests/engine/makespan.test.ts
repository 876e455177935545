import { expect } from "chai";
import { durations } from "../../sandbox/azure/durations";
import { openEngine } from "../support/engine";
import { address, bastion, place, subnet, vnet } from "../support/plain-azure";

/** Simulated seconds from a deployment's first request to the end of its last operation. */
async function makespan(timeScale: number | undefined): Promise<number> {
  const engine = await openEngine({ timeScale });
  try {
    const stack = await engine.inline({
      program: () => {
        const at = place("timed");
        const inside = subnet(at, vnet(at, "10.0.0.0/24"), "AzureBastionSubnet", "10.0.0.0/26");
        bastion(at, "host", inside.id, address(at, "address").id);
        return undefined;
      },
    });
    await stack.up();
    const times = engine
      .journal()
      .filter(({ method }) => method !== "SET")
      .map(({ time }) => Date.parse(time));
    return (Math.max(...times) - Math.min(...times)) / 1000;
  } finally {
    await engine.close();
  }
}

describe("the makespan of a deployment", () => {
  it("is at least its critical path where operations take their time, and next to nothing where they do not", async () => {
    const path =
      durations.virtualNetworkPut.seconds +
      durations.subnetPut.seconds +
      durations.bastionPut.seconds;
    expect(await makespan(300)).to.be.at.least(path);
    expect(await makespan(undefined)).to.be.lessThan(path / 2);
  });
});
