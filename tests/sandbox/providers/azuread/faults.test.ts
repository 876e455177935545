import { expect } from "chai";
import type { Fault } from "../../../../sandbox/azure/fault-plan";
import { deploy, emergency, inWorld, operators, refusalOf, type World } from "../world";

const type = "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy";
const strengths = "/policies/authenticationStrengthPolicies";
const policies = "graph/identity/conditionalAccess/policies";

const policy = {
  displayName: "sign-in",
  state: "enabledForReportingButNotEnforced",
  conditions: {
    clientAppTypes: ["all"],
    applications: { includedApplications: ["372140e0-b3b7-4226-8ef9-d57986796201"] },
    users: { includedGroups: [operators], excludedGroups: [emergency] },
  },
  grantControls: {
    operator: "OR",
    authenticationStrengthPolicyId: `${strengths}/00000000-0000-0000-0000-000000000004`,
  },
};

const withFault = (fault: Fault, test: (world: World) => Promise<void>): (() => Promise<void>) =>
  inWorld(test, { faults: { faults: [{ match: { type: policies, method: "POST" }, ...fault }] } });

/** How many policies of that name the simulated Entra ID holds. */
function copies({ azure }: World): number {
  return azure.store.ofType("graph/conditionalAccessPolicies").length;
}

async function secondsOf(world: World, work: () => Promise<unknown>): Promise<number> {
  const before = world.azure.clock.now().getTime();
  await work();
  return Math.floor((world.azure.clock.now().getTime() - before) / 1000);
}

/** What hashicorp/go-azure-sdk does, which azuread is built on; not what azure-native does. */
describe("simulated azuread: retries", () => {
  for (const [times, waited] of [
    [1, 1],
    [3, 7],
    [7, 124],
  ] as const) {
    it(
      `waits ${waited} seconds of the simulated clock in all over ${times} failures, and succeeds`,
      withFault({ kind: "serverError", status: 503, times }, async (world) => {
        expect(await secondsOf(world, () => deploy(world.entra, type, "ca", policy))).to.equal(
          waited,
        );
      }),
    );
  }

  it(
    "gives up before the five minutes of a creation are over, and says what Graph said",
    withFault({ kind: "serverError", times: 0 }, async (world) => {
      const waited = await secondsOf(world, async () => {
        const message = await refusalOf(deploy(world.entra, type, "ca", policy));
        expect(message).to.contain("Could not create conditional access policy");
        expect(message).to.contain("InternalServerError");
      });
      expect(waited).to.be.within(200, 300);
    }),
  );

  it(
    "keeps to Retry-After, however long it is",
    withFault({ kind: "throttled", retryAfter: 200 }, async (world) => {
      expect(await secondsOf(world, () => deploy(world.entra, type, "ca", policy))).to.equal(200);
    }),
  );

  it(
    "does not repeat what another operation is in the way of",
    withFault({ kind: "anotherOperation" }, async (world) => {
      expect(await refusalOf(deploy(world.entra, type, "ca", policy))).to.contain(
        "AnotherOperationInProgress",
      );
    }),
  );

  for (const [when, made] of [
    ["before", 0],
    ["after", 1],
  ] as const) {
    it(
      `does not repeat a write whose connection was cut ${when} it was carried out, and makes no second copy`,
      withFault({ kind: "connectionReset", when }, async (world) => {
        expect(await refusalOf(deploy(world.entra, type, "ca", policy))).to.contain(
          "Could not create conditional access policy: HTTP response was nil; connection may have been reset",
        );
        expect(copies(world)).to.equal(made);
      }),
    );
  }

  it(
    "repeats a creation that was carried out and answered with a 500, which makes a second copy",
    withFault({ kind: "serverError", when: "after" }, async (world) => {
      await deploy(world.entra, type, "ca", policy);
      expect(copies(world)).to.equal(2);
    }),
  );
});
