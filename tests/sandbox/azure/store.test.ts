import { mkdtempSync, copyFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { openClock } from "../../../sandbox/azure/clock";
import { startSimulatedAzure } from "../../../sandbox/azure/server";
import { Store } from "../../../sandbox/azure/store";
import { at, group, onArm } from "./arm";
import { securityGroup, subnet, virtualNetwork } from "./bodies";

function inFolder(test: (folder: string) => Promise<void> | void): () => Promise<void> {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), "simulated-store-"));
    try {
      await test(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
}

const hub = at("virtualNetworks/hub");

describe("store of the simulated Azure", () => {
  it(
    "keeps resources, operations and journal from one run to the next",
    inFolder(async (folder) => {
      const storeFile = join(folder, "deep", "store.json");
      const first = await startSimulatedAzure({ storeFile });
      const version = "?api-version=2024-03-01";
      await fetch(`${first.url}${group}${version}`, {
        method: "PUT",
        body: JSON.stringify({ location: "westeurope" }),
      });
      const deletion = await fetch(`${first.url}${group}${version}`, { method: "DELETE" });
      const lines = first.store.journal().length;
      await first.close();

      const second = await startSimulatedAzure({ storeFile });
      expect(second.store.journal().slice(0, lines)).to.deep.equal(
        first.store.journal().slice(0, lines),
      );
      const path = new URL(deletion.headers.get("azure-asyncoperation") ?? "");
      const polled = await fetch(`${second.url}${path.pathname}${path.search}`);
      expect(await polled.json()).to.include({ status: "Succeeded" });
      await second.close();
    }),
  );

  it(
    "is one file that can be copied to begin again from there",
    inFolder(async (folder) => {
      const [one, two] = [join(folder, "one.json"), join(folder, "two.json")];
      const azure = await startSimulatedAzure({ storeFile: one });
      await fetch(`${azure.url}${group}?api-version=2024-03-01`, {
        method: "PUT",
        body: JSON.stringify({ location: "westeurope" }),
      });
      azure.store.flush();
      copyFileSync(one, two);
      await azure.close();
      expect(new Store(two).get(group.toUpperCase())?.id).to.equal(group);
    }),
  );

  it(
    "refuses a file that is no store, and says what to do",
    inFolder((folder) => {
      const file = join(folder, "store.json");
      writeFileSync(file, "{}");
      expect(() => new Store(file)).to.throw(/not a store.*azure reset/);
    }),
  );

  it(
    "takes back everything that a transaction changed, and its effects, when it throws",
    inFolder((folder) => {
      const store = new Store(join(folder, "store.json"));
      const resource = (id: string, value: number): Parameters<Store["put"]>[0] => ({
        id,
        type: "t",
        name: id,
        body: { value },
      });
      store.put(resource("/a", 1));
      store.put(resource("/b", 1));
      store.record({ method: "SET", id: "/", outcome: "succeeded" });
      expect(() =>
        store.transaction(() => {
          store.put(resource("/a", 2));
          store.delete("/b");
          store.put(resource("/c", 1));
          throw new Error("stop");
        }),
      ).to.throw("stop");
      expect(store.all().map(({ id, body }) => [id, body.value])).to.have.deep.members([
        ["/a", 1],
        ["/b", 1],
      ]);
      expect(store.record({ method: "SET", id: "/", outcome: "succeeded" }).effects).to.deep.equal(
        [],
      );
    }),
  );

  it(
    "is readable by its owner only",
    inFolder((folder) => {
      const file = join(folder, "store.json");
      const store = new Store(file);
      store.flush();
      expect(statSync(file).mode & 0o077).to.equal(0);
    }),
  );
});

describe("journal of the simulated Azure", () => {
  it(
    "numbers its entries without gaps and says what each changed, children included",
    onArm(async (arm) => {
      await arm.put(hub, {
        location: "westeurope",
        properties: {
          addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
          subnets: [{ name: "a", ...subnet("10.0.0.0/24") }],
        },
      });
      await arm.remove(hub);
      const { store } = arm.azure.azure;
      expect(store.journal().map((entry) => entry.sequence)).to.deep.equal(
        store.journal().map((_, index) => index + 1),
      );
      const about = store.journal().filter((entry) => entry.id === hub);
      expect(about.map(({ method, outcome }) => [method, outcome])).to.deep.equal([
        ["PUT", "accepted"],
        ["COMPLETE", "succeeded"],
        ["DELETE", "accepted"],
        ["COMPLETE", "succeeded"],
      ]);
      expect(about[0]?.effects.map(({ change, id }) => [change, id])).to.deep.include([
        "created",
        `${hub}/subnets/a`,
      ]);
      expect(about[3]?.effects.map(({ change, id }) => [change, id])).to.deep.equal([
        ["deleted", `${hub}/subnets/a`],
        ["deleted", hub],
      ]);
    }),
  );

  it(
    "rebuilds the whole store from its effects",
    onArm(async (arm) => {
      await arm.put(hub, virtualNetwork("10.0.0.0/16"));
      await arm.put(at("networkSecurityGroups/nsg"), securityGroup());
      await arm.put(
        `${hub}/subnets/a`,
        subnet("10.0.0.0/24", { networkSecurityGroup: { id: at("networkSecurityGroups/nsg") } }),
      );
      await arm.put(`${hub}/subnets/a`, subnet("10.0.0.0/24"));
      await arm.remove(at("networkSecurityGroups/nsg"));
      const { store } = arm.azure.azure;
      const rebuilt = new Map<string, unknown>();
      for (const effect of store.journal().flatMap((entry) => entry.effects)) {
        if (effect.change === "deleted") rebuilt.delete(effect.id);
        else rebuilt.set(effect.id, effect.body);
      }
      expect(rebuilt).to.deep.equal(new Map(store.all().map(({ id, body }) => [id, body])));
    }),
  );

  it(
    "writes down what was refused, with its code",
    onArm(async (arm) => {
      await arm.send("PUT", hub, { properties: {} });
      const last = arm.azure.azure.store.journal().at(-1);
      expect(last).to.include({
        method: "PUT",
        outcome: "refused",
        status: 400,
        code: "LocationRequired",
      });
      expect(last?.effects).to.deep.equal([]);
    }),
  );
});

describe("clock of the simulated Azure", () => {
  it(
    "lies five minutes ahead at the next run, and never behind the machine's",
    inFolder(async (folder) => {
      const storeFile = join(folder, "store.json");
      const first = await startSimulatedAzure({ storeFile });
      first.clock.advance(3600);
      await first.close();
      const closed = new Store(storeFile).lastClock ?? 0;
      const second = await startSimulatedAzure({ storeFile });
      const opened = second.clock.now().getTime();
      await second.close();
      expect(opened - closed).to.be.within(300_000, 310_000);
      expect(openClock({ kind: "virtual", startAt: 0 }).now().getTime()).to.be.at.least(
        Date.now() - 1000,
      );
    }),
  );

  it("waits at once where it is virtual, and moves by what it waited", async () => {
    const clock = openClock({ kind: "virtual" });
    const before = clock.now().getTime();
    await clock.wait(7200);
    expect(clock.now().getTime() - before).to.be.within(7_200_000, 7_210_000);
  });

  it("really waits on a time scale, a part of the time", async () => {
    const clock = openClock({ kind: "virtual", timeScale: 1000 });
    const before = { real: Date.now(), simulated: clock.now().getTime() };
    await clock.wait(20);
    expect(Date.now() - before.real).to.be.at.least(18);
    expect(clock.now().getTime() - before.simulated).to.be.at.least(18_000);
  });

  it("cannot be moved where it is the machine's, nor back where it is virtual", () => {
    expect(() => {
      openClock({ kind: "real" }).advance(1);
    }).to.throw(/SANDBOX_CLOCK=virtual/);
    expect(() => {
      openClock({ kind: "virtual" }).advance(-1);
    }).to.throw(/-1 seconds/);
    expect(() => openClock({ kind: "virtual", timeScale: 0 })).to.throw(/time scale: 0/);
  });

  it(
    "is shown and moved over HTTP, where a provider waits",
    onArm(async (arm) => {
      const url = `${arm.azure.azure.url}/simulated/clock`;
      const before = arm.azure.azure.clock.now().getTime();
      const moved = await fetch(url, { method: "POST", body: JSON.stringify({ wait: 600 }) });
      const { now } = (await moved.json()) as { now: string };
      expect(Date.parse(now) - before).to.be.within(600_000, 610_000);
      const wrong = await fetch(url, { method: "POST", body: JSON.stringify({ wait: "long" }) });
      expect(wrong.status).to.equal(400);
    }),
  );
});
