import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Fault } from "../../../sandbox/azure/fault-plan";
import type { Death } from "../../../sandbox/azure/faults";
import { asObject, textAt, type JsonObject } from "../../../sandbox/azure/json";
import { checkFaultPlan } from "../../../sandbox/azure/read-fault-plan";
import { startSimulatedAzure, type SimulatedAzure } from "../../../sandbox/azure/server";
import { at, group } from "./arm";
import { virtualNetwork } from "./bodies";

const hub = at("virtualNetworks/hub");
const network = "Microsoft.Network/virtualNetworks";

interface Harness {
  readonly azure: SimulatedAzure;
  readonly deaths: Death[];
  readonly send: (method: string, path: string, body?: JsonObject) => Promise<Response>;
  /** Asks once how the operation stands that a response began. */
  readonly end: (response: Response) => Promise<JsonObject>;
}

function withFaults(
  faults: readonly Fault[],
  test: (harness: Harness) => Promise<void>,
): () => Promise<void> {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), "simulated-faults-"));
    const deaths: Death[] = [];
    const azure = await startSimulatedAzure({
      storeFile: join(folder, "store.json"),
      faults: { faults },
      onDeath: (death) => deaths.push(death),
    });
    const send = (method: string, path: string, body?: JsonObject): Promise<Response> => {
      const version = path === group ? "2024-03-01" : "2024-05-01";
      const address = path.startsWith("http") ? path : `${azure.url}${path}?api-version=${version}`;
      return fetch(address, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    };
    try {
      await send("PUT", group, { location: "westeurope" });
      await test({
        azure,
        deaths,
        send,
        end: async (response) =>
          asObject(
            await (await send("GET", response.headers.get("azure-asyncoperation") ?? "")).json(),
          ),
      });
    } finally {
      await azure.close();
      rmSync(folder, { recursive: true });
    }
  };
}

const body = virtualNetwork("10.0.0.0/16");
const onNetwork = { type: network, method: "PUT" };

describe("faults of the simulated Azure", () => {
  for (const [fault, status, code] of [
    [{ kind: "throttled", retryAfter: 7 }, 429, "TooManyRequests"],
    [{ kind: "anotherOperation" }, 409, "AnotherOperationInProgress"],
    [{ kind: "serverError" }, 500, "InternalServerError"],
    [{ kind: "serverError", status: 503 }, 503, "ServiceUnavailable"],
  ] as const) {
    it(
      `${fault.kind} answers ${status} once, changes nothing, and stands in the journal`,
      withFaults([{ ...fault, match: onNetwork }], async ({ azure, send }) => {
        const struck = await send("PUT", hub, body);
        expect(struck.status).to.equal(status);
        expect(struck.headers.get("x-simulated-fault")).to.equal(fault.kind);
        expect(textAt(await struck.json(), "error.code")).to.equal(code);
        expect(azure.store.get(hub)).to.equal(undefined);
        expect(azure.store.journal().at(-1)).to.include({
          fault: fault.kind,
          outcome: "refused",
          status,
        });
        expect((await send("PUT", hub, body)).status).to.equal(201);
      }),
    );
  }

  it(
    "names the seconds to wait",
    withFaults([{ kind: "throttled", retryAfter: 7, match: onNetwork }], async ({ send }) => {
      expect((await send("PUT", hub, body)).headers.get("retry-after")).to.equal("7");
    }),
  );

  for (const when of ["before", "after"] as const) {
    it(
      `connectionReset ${when} cuts the connection ${when} the request is carried out`,
      withFaults([{ kind: "connectionReset", when, match: onNetwork }], async ({ azure, send }) => {
        const error = await send("PUT", hub, body).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        expect(error).to.be.instanceOf(TypeError);
        expect(azure.store.get(hub) === undefined).to.equal(when === "before");
        expect(azure.store.journal().some((entry) => entry.fault === "connectionReset")).to.equal(
          true,
        );
      }),
    );
  }

  it(
    "serverError after the fact has carried the request out",
    withFaults(
      [{ kind: "serverError", when: "after", match: onNetwork }],
      async ({ azure, send }) => {
        expect((await send("PUT", hub, body)).status).to.equal(500);
        expect(azure.store.get(hub)?.id).to.equal(hub);
      },
    ),
  );

  it(
    "acceptedThenFails accepts, and ends as Failed with the resource left so",
    withFaults([{ kind: "acceptedThenFails", match: onNetwork }], async ({ azure, send, end }) => {
      const accepted = await send("PUT", hub, body);
      expect(accepted.status).to.equal(201);
      expect(await end(accepted)).to.deep.include({ status: "Failed" });
      expect(textAt(azure.store.get(hub)?.body, "properties.provisioningState")).to.equal("Failed");
      expect(azure.store.journal().at(-1)).to.include({
        method: "COMPLETE",
        outcome: "failed",
        fault: "acceptedThenFails",
      });
      expect(await end(await send("PUT", hub, body))).to.deep.include({ status: "Succeeded" });
    }),
  );

  it(
    "acceptedThenFails at a deletion leaves the resource there",
    withFaults(
      [{ kind: "acceptedThenFails", match: { type: network, method: "DELETE" } }],
      async ({ azure, send, end }) => {
        await end(await send("PUT", hub, body));
        expect(await end(await send("DELETE", hub))).to.deep.include({ status: "Failed" });
        expect(textAt(azure.store.get(hub)?.body, "properties.provisioningState")).to.equal(
          "Failed",
        );
        expect(await end(await send("DELETE", hub))).to.deep.include({ status: "Succeeded" });
        expect(azure.store.get(hub)).to.equal(undefined);
      },
    ),
  );

  it(
    "notFoundAfterCreate hides a new resource from as many GETs as it says",
    withFaults([{ kind: "notFoundAfterCreate", reads: 2, match: onNetwork }], async ({ send }) => {
      await send("PUT", hub, body);
      const seen = [];
      for (let turn = 0; turn < 3; turn += 1) seen.push((await send("GET", hub)).status);
      expect(seen).to.deep.equal([404, 404, 200]);
    }),
  );

  it(
    "notFoundAfterCreate leaves a new resource out of as many lists",
    withFaults([{ kind: "notFoundAfterCreate", reads: 2, match: onNetwork }], async ({ send }) => {
      await send("PUT", hub, body);
      const seen = [];
      for (let turn = 0; turn < 3; turn += 1) {
        const list = asObject(await (await send("GET", at("virtualNetworks"))).json());
        seen.push(Array.isArray(list.value) ? list.value.length : undefined);
      }
      expect(seen).to.deep.equal([0, 0, 1]);
    }),
  );

  it(
    "slow keeps an operation in progress until its seconds have passed on the simulated clock",
    withFaults([{ kind: "slow", seconds: 60, match: onNetwork }], async ({ azure, send, end }) => {
      const begun = azure.clock.now().getTime();
      const response = await send("PUT", hub, body);
      let polls = 0;
      while ((await end(response)).status === "InProgress") polls += 1;
      expect(polls).to.be.within(5, 7);
      expect(azure.clock.now().getTime() - begun).to.be.at.least(60_000);
    }),
  );

  for (const [kind, process] of [
    ["providerDeath", "provider"],
    ["engineDeath", "engine"],
  ] as const) {
    for (const when of ["before", "after"] as const) {
      it(
        `${kind} ${when} calls for the ${process}'s death ${when} the request is carried out`,
        withFaults([{ kind, when, match: onNetwork }], async ({ azure, deaths, send }) => {
          const answered = await send("PUT", hub, body).then(
            () => true,
            () => false,
          );
          expect(answered).to.equal(false);
          expect(deaths).to.deep.equal([{ process, when, method: "PUT", path: hub }]);
          expect(azure.store.get(hub) === undefined).to.equal(when === "before");
        }),
      );
    }
  }

  it(
    "strikes the n-th operation of all, and no read",
    withFaults([{ kind: "serverError", match: { operation: 3 } }], async ({ send }) => {
      // The resource group was the first.
      const statuses = [];
      for (const path of [hub, at("virtualNetworks/b"), at("virtualNetworks/c")]) {
        await send("GET", path);
        statuses.push((await send("PUT", path, virtualNetwork("10.0.0.0/16"))).status);
      }
      expect(statuses).to.deep.equal([201, 500, 201]);
    }),
  );

  it(
    "strikes by name, the n-th time, and as often as it says",
    withFaults(
      [{ kind: "serverError", times: 2, match: { name: "h*", method: "PUT", nth: 2 } }],
      async ({ send, end }) => {
        const statuses = [];
        for (let turn = 0; turn < 4; turn += 1) {
          const response = await send("PUT", hub, body);
          statuses.push(response.status);
          if (response.ok) await end(response);
        }
        expect(statuses).to.deep.equal([201, 500, 500, 200]);
        expect((await send("PUT", at("virtualNetworks/other"), body)).status).to.equal(201);
      },
    ),
  );

  it(
    "strikes the requests whose body contains a text",
    withFaults(
      [{ kind: "serverError", times: 0, match: { contains: "10.1.0.0/16" } }],
      async ({ send }) => {
        const other = virtualNetwork("10.1.0.0/16");
        expect((await send("PUT", hub, body)).status).to.equal(201);
        expect((await send("PUT", at("virtualNetworks/other"), other)).status).to.equal(500);
      },
    ),
  );
});

describe("a fault plan", () => {
  it("is refused with every problem at once", () => {
    const plan = {
      faults: [
        { kind: "earthquake" },
        { kind: "serverError", status: 200, match: { methd: "PUT" } },
      ],
    };
    expect(() => checkFaultPlan(plan, "faults.json"))
      .to.throw(/faults\.json/)
      .with.property("message")
      .that.matches(/faults\.0\.kind: "earthquake"/)
      .and.matches(/faults\.1\.status: 200/)
      .and.matches(/methd/);
  });

  it("is taken as it is where it is right", () => {
    const plan = {
      faults: [{ kind: "throttled", match: { type: network, operation: 4 }, retryAfter: 3 }],
    };
    expect(checkFaultPlan(plan, "faults.json")).to.equal(plan);
  });
});
