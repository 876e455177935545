import { expect } from "chai";
import type { Fault } from "../../../../sandbox/azure/fault-plan";
import { mortalityOf } from "../../../../sandbox/providers/plugin/mortality";
import { AzureNative } from "../../../../sandbox/providers/azure-native/provider";
import { EngineSide, leftBehind } from "../engine-side";
import {
  deployGroup,
  deployNetwork,
  deploySubnet,
  groupId,
  groupName,
  inWorld,
  refusalOf,
  subscription,
  types,
  type World,
} from "../world";

const networkId = `${groupId}/providers/Microsoft.Network/virtualNetworks/vnet`;
const network = {
  resourceGroupName: groupName,
  virtualNetworkName: "vnet",
  location: "westeurope",
  addressSpace: { addressPrefixes: ["10.20.0.0/16"] },
};
const onNetwork = { type: "Microsoft.Network/virtualNetworks" };

/** Whole seconds that the simulated clock moved while something ran. */
async function secondsOf(world: World, work: () => Promise<unknown>): Promise<number> {
  const before = world.azure.clock.now().getTime();
  await work();
  return Math.floor((world.azure.clock.now().getTime() - before) / 1000);
}

const withFault = (fault: Fault, test: (world: World) => Promise<void>): (() => Promise<void>) =>
  inWorld(
    async (world) => {
      await deployGroup(world.native);
      await test(world);
    },
    { faults: { faults: [fault] } },
  );

describe("simulated azure-native: retries (provider-traps 1, Retry)", () => {
  for (const [times, waited] of [
    [1, 20],
    [2, 80],
    [3, 200],
  ] as const) {
    it(
      `waits ${waited} seconds of the simulated clock in all over ${times} failures, and succeeds`,
      withFault({ kind: "serverError", status: 503, times, match: onNetwork }, async (world) => {
        expect(await secondsOf(world, () => deployNetwork(world.native))).to.equal(waited);
      }),
    );
  }

  it(
    "gives up at the fourth failure and says what Azure said",
    withFault({ kind: "serverError", status: 503, times: 4, match: onNetwork }, async (world) => {
      expect(await refusalOf(deployNetwork(world.native))).to.match(/Status=503 Code="\w+"/);
    }),
  );

  it(
    "says that it could not look whether a resource is there",
    withFault(
      { kind: "serverError", times: 0, match: { ...onNetwork, method: "GET" } },
      async (world) => {
        const message = await refusalOf(deployNetwork(world.native));
        expect(message).to.contain(
          `cannot check existence of resource '${networkId}': status code 500`,
        );
      },
    ),
  );

  it(
    "keeps to Retry-After where it is throttled",
    withFault({ kind: "throttled", retryAfter: 7, match: onNetwork }, async (world) => {
      expect(await secondsOf(world, () => deployNetwork(world.native))).to.equal(7);
    }),
  );

  it(
    "does not wait longer than two minutes for anybody",
    withFault({ kind: "throttled", retryAfter: 121, match: onNetwork }, async (world) => {
      expect(await refusalOf(deployNetwork(world.native))).to.contain("Status=429");
    }),
  );

  it(
    "repeats after AnotherOperationInProgress",
    withFault({ kind: "anotherOperation", match: onNetwork }, async (world) => {
      expect(await secondsOf(world, () => deployNetwork(world.native))).to.equal(20);
    }),
  );

  it(
    "repeats a write whose connection was cut, even when it had been carried out",
    withFault({ kind: "connectionReset", when: "after", match: onNetwork }, async (world) => {
      expect((await deployNetwork(world.native)).id).to.equal(networkId);
    }),
  );

  it(
    "repeats nothing else: a missing principal fails at once",
    inWorld(async (world) => {
      const group = await deployGroup(world.native);
      const assignment = {
        scope: group.id,
        roleAssignmentName: "0e0e0e0e-0000-4000-8000-000000000000",
        principalId: "0f0f0f0f-0000-4000-8000-000000000000",
        principalType: "User",
        roleDefinitionId: `/subscriptions/${groupId.split("/")[2] ?? ""}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`,
      };
      const waited = await secondsOf(world, async () => {
        const create = world.native.create(types.roleAssignment, "a", assignment);
        expect(await refusalOf(create)).to.contain('Code="PrincipalNotFound"');
      });
      expect(waited).to.equal(0);
    }),
  );
});

describe("simulated azure-native: many writes at once", () => {
  it(
    "to one network all succeed by their retries, without a warning on standard error",
    inWorld(async ({ azure, native }) => {
      const warnings: string[] = [];
      const note = (warning: Error): void => void warnings.push(warning.message);
      process.on("warning", note);
      try {
        await deployGroup(native);
        await deployNetwork(native);
        const numbers = Array.from({ length: 16 }, (_, i) => i);
        await Promise.all(numbers.map((i) => deploySubnet(native, `s${i}`, `10.20.${i}.0/24`)));
        await new Promise((resolve) => setImmediate(resolve));
      } finally {
        process.off("warning", note);
      }
      expect(
        azure.store.journal().some((entry) => entry.code === "AnotherOperationInProgress"),
      ).to.equal(true);
      expect(warnings).to.deep.equal([]);
    }),
  );
});

describe("simulated azure-native: without a simulated Azure", () => {
  it("fails at once and says that nothing answers", async () => {
    const engine = await EngineSide.start(new AzureNative("http://127.0.0.1:9"));
    try {
      await engine.configure({ "azure-native:config:subscriptionId": subscription });
      const create = engine.create(types.resourceGroup, "rg", {
        resourceGroupName: "rg",
        location: "westeurope",
      });
      expect(await refusalOf(create)).to.contain(
        "the simulated Azure at http://127.0.0.1:9 does not answer",
      );
    } finally {
      engine.close();
    }
  });
});

describe("simulated azure-native: what a failure leaves", () => {
  it(
    "hands the engine a resource that Azure took and then failed to make",
    withFault({ kind: "acceptedThenFails", match: onNetwork }, async ({ native }) => {
      const error = await native.create(types.virtualNetwork, "vnet", network).then(
        () => undefined,
        (refusal: unknown) => refusal,
      );
      const left = leftBehind(error);
      expect(left?.id).to.equal(networkId);
      expect(left?.state).to.include({ name: "vnet", provisioningState: "Failed" });
      expect(left?.reasons.join()).to.match(/Status=200 Code="\w+"/);
    }),
  );

  it(
    "leaves nothing where Azure refused at once",
    inWorld(async ({ native }) => {
      await deployGroup(native);
      const bad = { ...network, addressSpace: { addressPrefixes: ["not a range"] } };
      const error = await native.create(types.virtualNetwork, "vnet", bad).then(
        () => undefined,
        (refusal: unknown) => refusal,
      );
      expect(error).to.be.instanceOf(Error);
      expect(leftBehind(error)).to.equal(undefined);
    }),
  );

  it(
    "keeps what the write answered where the read after it comes too early",
    inWorld(
      async ({ native }) => {
        expect((await deployGroup(native)).state).to.include({
          name: groupName,
          location: "westeurope",
        });
      },
      { faults: { faults: [{ kind: "notFoundAfterCreate", reads: 1 }] } },
    ),
  );
});

describe("simulated azure-native: time limits (provider-traps 1, Timeout)", () => {
  const slow: Fault = { kind: "slow", seconds: 900, match: onNetwork };

  it(
    "waits for a slow operation on the simulated clock",
    withFault(slow, async (world) => {
      await world.native.create(types.virtualNetwork, "vnet", network);
    }),
  );

  it(
    "ends an operation at the limit that the user sets, and says what is left",
    withFault(slow, async (world) => {
      const error = await world.native
        .create(types.virtualNetwork, "vnet", network, { timeout: 300 })
        .then(
          () => undefined,
          (refusal: unknown) => refusal,
        );
      expect(String(error)).to.contain("operation timed out");
      expect(leftBehind(error)?.id).to.equal(networkId);
    }),
  );
});

describe("simulated azure-native: cancellation and death", () => {
  it(
    "does nothing more once the engine has cancelled",
    inWorld(async ({ azure, native }) => {
      await native.cancel();
      const entries = azure.store.journal().length;
      const create = native.create(types.resourceGroup, "rg", {
        resourceGroupName: groupName,
        location: "westeurope",
      });
      expect(await refusalOf(create)).to.contain("the operation was cancelled");
      expect(azure.store.journal()).to.have.length(entries);
    }),
  );

  it(
    "dies after its operation was carried out, before the engine hears of it",
    inWorld(async ({ azure }) => {
      const deaths: boolean[] = [];
      const die = (): void => {
        deaths.push(azure.store.get(groupId) !== undefined);
      };
      const engine = await EngineSide.start(
        new AzureNative(azure.url),
        mortalityOf("1:after", "azure-native", die),
      );
      try {
        await engine.configure({ "azure-native:config:location": "westeurope" });
        await deployGroup(engine);
        expect(deaths).to.deep.equal([true]);
      } finally {
        engine.close();
      }
    }),
  );
});
