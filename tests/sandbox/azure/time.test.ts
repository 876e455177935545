import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { durations } from "../../../sandbox/azure/durations";
import { asObject } from "../../../sandbox/azure/json";
import { startSimulatedAzure } from "../../../sandbox/azure/server";
import { at, group } from "./arm";
import { virtualNetwork } from "./bodies";

describe("durations of the simulated Azure", () => {
  it("has a source for every kind of operation, and a time above zero", () => {
    for (const [name, { seconds, source }] of Object.entries(durations)) {
      expect(seconds, name).to.be.above(0);
      expect(source, name).to.match(/^(https:\/\/|estimate)/);
    }
  });

  it("takes its time on a time scale, however often a client asks", async () => {
    const folder = mkdtempSync(join(tmpdir(), "simulated-time-"));
    const azure = await startSimulatedAzure({
      storeFile: join(folder, "store.json"),
      timeScale: 50,
    });
    try {
      const put = (path: string, version: string, body: object): Promise<Response> =>
        fetch(`${azure.url}${path}?api-version=${version}`, {
          method: "PUT",
          body: JSON.stringify(body),
        });
      await put(group, "2024-03-01", { location: "westeurope" });
      const start = { real: Date.now(), simulated: azure.clock.now().getTime() };
      const response = await put(
        at("virtualNetworks/hub"),
        "2024-05-01",
        virtualNetwork("10.0.0.0/16"),
      );
      const poll = response.headers.get("azure-asyncoperation") ?? "";
      const end = asObject(await (await fetch(poll)).json());
      const needed = durations.virtualNetworkPut.seconds;
      expect(end.status).to.equal("Succeeded");
      expect(azure.clock.now().getTime() - start.simulated).to.be.at.least(needed * 1000);
      expect(Date.now() - start.real).to.be.at.least((needed * 1000) / 50 - 5);
    } finally {
      await azure.close();
      rmSync(folder, { recursive: true });
    }
  });
});
