import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { assign, parseAssignment } from "../../../sandbox/azure/assignments";
import { asObject, objectsAt, textAt, type JsonObject } from "../../../sandbox/azure/json";
import { startSimulatedAzure } from "../../../sandbox/azure/server";
import { Store } from "../../../sandbox/azure/store";
import { parseDuration } from "../../../sandbox/azure/time-span";
import { runVerb, VerbError } from "../../../sandbox/azure/verbs";
import { TestAzure } from "../tenant/simulated-tenant";
import { Arm, at, group, subscription } from "./arm";
import { makeMachine, makeSpoke, peering, rule, securityGroup, virtualNetwork } from "./bodies";

type Run = (...words: string[]) => Promise<JsonObject>;

/** A simulated Azure that a run has left behind, and the verbs on its store. */
function afterRun(
  prepare: (arm: Arm) => Promise<void>,
  test: (run: Run, storeFile: string, folder: string) => Promise<void>,
): () => Promise<void> {
  return async () => {
    const azure = await TestAzure.start();
    const storeFile = join(azure.folder, "store.json");
    try {
      const arm = new Arm(azure);
      await arm.put(group, { location: "westeurope" });
      await prepare(arm);
      await azure.azure.close();
      const options = { storeFile, tenantFile: azure.tenantFile };
      await test(
        async (...words) => {
          const text = await runVerb(words, options);
          return text === "" ? {} : asObject(JSON.parse(text));
        },
        storeFile,
        azure.folder,
      );
    } finally {
      rmSync(azure.folder, { recursive: true });
    }
  };
}

async function refusal(run: Promise<unknown>): Promise<string> {
  const error: unknown = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(VerbError);
  return (error as VerbError).message;
}

const policies = "identity/conditionalAccess/policies";
const nsg = at("networkSecurityGroups/nsg");
const hub = at("virtualNetworks/hub");
const spoke = at("virtualNetworks/spoke");

describe("azure get", () => {
  it(
    "answers as a GET would, with the newest version where none is named, and a whole address as well",
    afterRun(
      async (arm) => {
        await arm.put(hub, virtualNetwork("10.0.0.0/16"));
      },
      async (run) => {
        const body = await run("get", hub);
        expect(body).to.include({ id: hub, name: "hub" });
        expect(
          await run("get", `https://management.azure.com${hub}?api-version=2024-05-01`),
        ).to.deep.equal(body);
        const list = await run("get", `${subscription}/resourceGroups`);
        expect(objectsAt(list, "value").map((item) => item.name)).to.include("rg-test");
        const users = await run("get", "https://graph.microsoft.com/v1.0/groups");
        expect(objectsAt(users, "value").map((item) => item.displayName)).to.include("operators");
      },
    ),
  );

  it(
    "says what the simulated Azure refuses",
    afterRun(
      () => Promise.resolve(),
      async (run) => {
        expect(await refusal(run("get", hub))).to.match(
          /simulated Azure answers 404 ResourceNotFound/,
        );
        expect(await refusal(run("get", "hub"))).to.match(/"hub" is not a path/);
        expect(await refusal(run("explode"))).to.match(/use get, set, reset or clock/);
      },
    ),
  );
});

describe("azure set", () => {
  it(
    "opens a rule of a security group, behind everybody's back",
    afterRun(
      async (arm) => {
        await arm.put(
          nsg,
          securityGroup(rule("ssh", 100, "Inbound", "Tcp", "10.10.0.0/26", "*", ["22"])),
        );
      },
      async (run, storeFile) => {
        const opened = await run(
          "set",
          `${nsg}/securityRules/ssh`,
          "properties.sourceAddressPrefix=Internet",
        );
        expect(textAt(opened, "properties.sourceAddressPrefix")).to.equal("Internet");
        const group = await run("get", nsg);
        expect(
          textAt(objectsAt(group, "properties.securityRules")[0], "properties.sourceAddressPrefix"),
        ).to.equal("Internet");
        const own = new Store(storeFile).journal().filter((entry) => entry.origin === "azure set");
        expect(own.map((entry) => entry.method)).to.deep.equal(["PUT"]);
      },
    ),
  );

  it(
    "deletes a peering",
    afterRun(
      async (arm) => {
        await arm.put(hub, virtualNetwork("10.1.0.0/16"));
        await arm.put(spoke, virtualNetwork("10.2.0.0/16"));
        await arm.put(`${hub}/virtualNetworkPeerings/p`, peering(spoke));
        await arm.put(`${spoke}/virtualNetworkPeerings/p`, peering(hub));
      },
      async (run) => {
        await run("set", "delete", `${hub}/virtualNetworkPeerings/p`);
        const left = await run("get", `${spoke}/virtualNetworkPeerings/p`);
        expect(textAt(left, "properties.peeringState")).to.equal("Disconnected");
      },
    ),
  );

  it(
    "stops a VM",
    afterRun(
      async (arm) => {
        await makeSpoke(arm);
        await makeMachine(arm, "web", "linux");
      },
      async (run) => {
        const view = await run("set", "stop", at("virtualMachines/web"));
        expect(objectsAt(view, "statuses").map((status) => status.code)).to.include(
          "PowerState/stopped",
        );
      },
    ),
  );

  it(
    "sets keys of a VM that has an extension",
    afterRun(
      async (arm) => {
        await makeSpoke(arm);
        await makeMachine(arm, "web", "linux");
        await arm.put(`${at("virtualMachines/web")}/extensions/e`, {
          location: "westeurope",
          properties: { publisher: "P", type: "T", typeHandlerVersion: "1.0" },
        });
      },
      async (run) => {
        const body = await run(
          "set",
          at("virtualMachines/web"),
          "tags.owner=somebody",
          "properties.hardwareProfile.vmSize=Standard_B4ms",
        );
        expect(body.tags).to.deep.equal({ owner: "somebody" });
        expect(textAt(body, "properties.hardwareProfile.vmSize")).to.equal("Standard_B4ms");
      },
    ),
  );

  it(
    "adds a standing role assignment, from text and from a file",
    afterRun(
      () => Promise.resolve(),
      async (run, _, folder) => {
        const reader = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`;
        const body = {
          properties: {
            principalId: "33333333-0000-4000-8000-000000000001",
            principalType: "Group",
            roleDefinitionId: reader,
          },
        };
        const id = (last: number): string =>
          `${group}/providers/Microsoft.Authorization/roleAssignments/77777777-0000-4000-8000-00000000000${last}`;
        await run("set", "PUT", id(1), JSON.stringify(body));
        expect(await refusal(run("set", "PUT", id(2), JSON.stringify(body)))).to.match(
          /RoleAssignmentExists/,
        );
        await run("set", "delete", id(1));
        const file = join(folder, "body.json");
        writeFileSync(file, JSON.stringify(body));
        expect(
          textAt(await run("set", "PUT", id(2), `@${file}`), "properties.principalId"),
        ).to.equal(body.properties.principalId);
        expect(await refusal(run("set", "PUT", id(3), "{"))).to.match(/not JSON/);
      },
    ),
  );

  it(
    "disables a Conditional Access policy",
    afterRun(
      async (arm) => {
        const made = await arm.azure.graph("POST", policies, {
          displayName: "jump hosts",
          state: "enabled",
          conditions: {
            clientAppTypes: ["all"],
            users: { includeGroups: ["33333333-0000-4000-8000-000000000001"] },
            applications: { includeApplications: ["797f4846-ba00-4fd7-ba43-dac1f8f63013"] },
          },
          grantControls: { operator: "OR", builtInControls: ["mfa"] },
        });
        expect(made.status, JSON.stringify(made.body)).to.equal(201);
      },
      async (run) => {
        const [policy] = objectsAt(await run("get", `/graph/v1.0/${policies}`), "value");
        const path = `/graph/v1.0/${policies}/${textAt(policy, "id") ?? ""}`;
        expect((await run("set", path, "state=disabled")).state).to.equal("disabled");
        expect(await run("get", path)).to.include({ state: "disabled", displayName: "jump hosts" });
      },
    ),
  );

  it(
    "says how to write what it does not understand",
    afterRun(
      async (arm) => {
        await arm.put(hub, virtualNetwork("10.0.0.0/16"));
      },
      async (run) => {
        expect(await refusal(run("set"))).to.match(/nothing to set/);
        expect(await refusal(run("set", hub))).to.match(/key=value/);
        expect(await refusal(run("set", hub, "tags"))).to.match(/"tags" is not key=value/);
        expect(await refusal(run("set", `${subscription}/resourceGroups`, "a=b"))).to.match(
          /not a single resource/,
        );
      },
    ),
  );
});

describe("azure reset and azure clock", () => {
  it(
    "empties the simulated Azure but for what the tenant file names",
    afterRun(
      async (arm) => {
        await arm.put(hub, virtualNetwork("10.0.0.0/16"));
      },
      async (run) => {
        await run("reset");
        expect(await refusal(run("get", hub))).to.match(/ResourceGroupNotFound/);
        const groups = await run("get", "/graph/v1.0/groups");
        expect(objectsAt(groups, "value").map((item) => item.displayName)).to.include("operators");
      },
    ),
  );

  it("shows the clock and puts it forward, and reading it passes no time", async () => {
    const folder = mkdtempSync(join(tmpdir(), "simulated-clock-"));
    const options = { storeFile: join(folder, "store.json") };
    try {
      await (await startSimulatedAzure(options)).close();
      const show = async (...words: string[]): Promise<number> =>
        Date.parse((await runVerb(["clock", ...words], options)).split(" ")[0] ?? "");
      const before = await show();
      expect((await show()) - before).to.be.below(10_000);
      expect((await show("advance", "2h")) - before).to.be.within(7_200_000, 7_210_000);
      expect(await refusal(runVerb(["clock", "advance", "soon"], options))).to.match(
        /"soon" is not a duration/,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("words of azure set and azure clock", () => {
  for (const [text, path, value] of [
    ["a=1", ["a"], 1],
    ["a.b=text", ["a", "b"], "text"],
    ['a[0].b="1"', ["a", 0, "b"], "1"],
    ["a=", ["a"], ""],
    ["a=b=c", ["a"], "b=c"],
    ["a=[1,2]", ["a"], [1, 2]],
  ] as const) {
    it(`reads ${text}`, () => {
      expect(parseAssignment(text)).to.deep.equal({ path, value });
    });
  }

  it("does not read what has no key", () => {
    expect(["=1", "a", "a..b=1", "[0]=1"].map(parseAssignment)).to.deep.equal([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("makes objects and lists on the way, and leaves the original alone", () => {
    const before = { a: [{ b: 1 }] };
    const after = assign(before, { path: ["a", 1, "c"], value: 2 });
    expect(after).to.deep.equal({ a: [{ b: 1 }, { c: 2 }] });
    expect(before).to.deep.equal({ a: [{ b: 1 }] });
  });

  for (const [text, seconds] of [
    ["90s", 90],
    ["10m", 600],
    ["1.5h", 5400],
    ["1d", 86_400],
    ["PT8H", 28_800],
    ["P1DT30M", 88_200],
    ["P", undefined],
    ["8", undefined],
  ] as const) {
    it(`takes ${text} for ${String(seconds)} seconds`, () => {
      expect(parseDuration(text)).to.equal(seconds);
    });
  }
});
