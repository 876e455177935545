import { expect } from "chai";
import type { Values } from "../../../../sandbox/providers/plugin/values";
import {
  deploy,
  deployGroup,
  groupId,
  inWorld,
  operators,
  refusalOf,
  subscription,
  types,
  type World,
} from "../world";

const login = "fb879df8-f326-4884-b1cf-06f3ad86be52";
const role = `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${login}`;
const five = 5 * 60;

function schedule(world: World, more: Values = {}): Values {
  return {
    scope: groupId,
    principalId: operators,
    roleDefinitionId: role,
    justification: "test",
    scheduleInfo: {
      startDateTime: world.azure.clock.now().toISOString(),
      expiration: { type: "AfterDuration", duration: "P30D" },
    },
    ...more,
  };
}

const inGroup = (test: (world: World) => Promise<void>): (() => Promise<void>) =>
  inWorld(async (world) => {
    await deployGroup(world.native);
    await test(world);
  });

/** Types of the schedule requests that Azure was sent. */
function requestsOf(world: World): unknown[] {
  return world.azure.store
    .journal()
    .filter((entry) => entry.id.includes("roleEligibilityScheduleRequests"))
    .map(
      (entry) => (entry.request as { properties: { requestType: string } }).properties.requestType,
    );
}

async function minutesOf(world: World, work: () => Promise<unknown>): Promise<number> {
  const before = world.azure.clock.now().getTime();
  await work();
  return Math.floor((world.azure.clock.now().getTime() - before) / 60_000);
}

describe("simulated azure-native: eligibilities (provider-traps 4.4)", () => {
  it(
    "asks for an assignment and answers the schedule under an id of its own making",
    inGroup(async (world) => {
      const made = await deploy(world.native, types.eligibility, "elig", schedule(world));
      expect(requestsOf(world)).to.deep.equal(["AdminAssign"]);
      expect(made.id).to.match(/\/roleEligibilityScheduleRequests\/elig[0-9a-f]{8}$/);
      expect(made.state).to.include({
        principalId: operators,
        principalType: "Group",
        roleDefinitionId: role,
        scope: groupId,
      });
      expect(made.state).to.not.have.any.keys("scheduleInfo", "justification", "type");
    }),
  );

  it(
    "fails where the same principal has the role at the scope already",
    inGroup(async (world) => {
      await deploy(world.native, types.eligibility, "elig", schedule(world));
      const again = deploy(world.native, types.eligibility, "again", schedule(world));
      expect(await refusalOf(again)).to.contain('cannot create already existing resource "');
      expect(requestsOf(world)).to.have.length(1);
    }),
  );

  it(
    "waits until a schedule that Azure does not list yet is listed",
    inWorld(
      async (world) => {
        await deployGroup(world.native);
        const start = world.azure.clock.now().getTime();
        await deploy(world.native, types.eligibility, "elig", schedule(world));
        const waited = (world.azure.clock.now().getTime() - start) / 1000;
        expect(Math.floor(waited)).to.equal(30);
        expect(requestsOf(world)).to.deep.equal(["AdminAssign"]);
      },
      {
        faults: {
          faults: [{ kind: "notFoundAfterCreate", reads: 3, match: { contains: "AdminAssign" } }],
        },
      },
    ),
  );

  it(
    "polls ten minutes and fails for a form of the role's id that Azure does not give back",
    inGroup(async (world) => {
      const tenantForm = `/providers/Microsoft.Authorization/roleDefinitions/${login}`;
      const minutes = await minutesOf(world, async () => {
        const create = deploy(
          world.native,
          types.eligibility,
          "elig",
          schedule(world, { roleDefinitionId: tenantForm }),
        );
        expect(await refusalOf(create)).to.contain(
          "timed out during waiting for role eligibility schedule to be created after 10m0s",
        );
      });
      expect(minutes).to.equal(10);
    }),
  );

  it(
    "hands on the rules of the policy that a request failed",
    inGroup(async (world) => {
      const forever = { scheduleInfo: { expiration: { type: "NoExpiration" } } };
      const create = deploy(world.native, types.eligibility, "elig", schedule(world, forever));
      expect(await refusalOf(create)).to.match(
        /creating role eligibility schedule request: Status=400 Code="RoleAssignmentRequestPolicyValidationFailed".*ExpirationRule/,
      );
    }),
  );

  it(
    "refuses a start that is no time, before anything is sent",
    inGroup(async (world) => {
      const create = deploy(
        world.native,
        types.eligibility,
        "elig",
        schedule(world, { scheduleInfo: { startDateTime: "tomorrow" } }),
      );
      expect(await refusalOf(create)).to.contain('invalid start time: "tomorrow"');
      expect(requestsOf(world)).to.deep.equal([]);
    }),
  );

  it(
    "previews any change but the scope as an update and fails it",
    inGroup(async (world) => {
      const made = await deploy(world.native, types.eligibility, "elig", schedule(world));
      const news = { ...made.inputs, justification: "other" };
      expect(await world.native.diff(types.eligibility, "elig", made, news)).to.deep.include({
        changes: "some",
        replaces: [],
      });
      expect(
        await refusalOf(world.native.update(types.eligibility, "elig", made, news)),
      ).to.contain("cannot be updated; name the changed property in replaceOnChanges");
    }),
  );

  it(
    "tries a removal for two minutes while the eligibility is too young, and fails",
    inGroup(async (world) => {
      const made = await deploy(world.native, types.eligibility, "elig", schedule(world));
      const minutes = await minutesOf(world, async () => {
        const removal = world.native.delete(types.eligibility, "elig", made.id, made.state);
        expect(await refusalOf(removal)).to.contain(
          "timed out during requesting role eligibility schedule removal after 2m0s",
        );
      });
      expect(minutes).to.equal(2);
    }),
  );

  it(
    "removes one that is old enough, and takes one that is gone for removed",
    inGroup(async (world) => {
      const made = await deploy(world.native, types.eligibility, "elig", schedule(world));
      world.azure.clock.advance(five);
      await world.native.delete(types.eligibility, "elig", made.id, made.state);
      expect(requestsOf(world)).to.deep.equal(["AdminAssign", "AdminRemove"]);
      expect((await world.native.read(types.eligibility, "elig", made.id, made)).id).to.equal("");
      await world.native.delete(types.eligibility, "elig", made.id, made.state);
      expect(requestsOf(world)).to.have.length(2);
    }),
  );

  it(
    "waits for the five minutes to pass where they pass within its two",
    inGroup(async (world) => {
      const made = await deploy(world.native, types.eligibility, "elig", schedule(world));
      world.azure.clock.advance(five - 60);
      await world.native.delete(types.eligibility, "elig", made.id, made.state);
      expect((await world.native.read(types.eligibility, "elig", made.id, made)).id).to.equal("");
    }),
  );

  it(
    "is read by scope, principal and role, so that a refresh finds no change and an import finds nothing",
    inGroup(async (world) => {
      const made = await deploy(world.native, types.eligibility, "elig", schedule(world));
      const read = await world.native.read(types.eligibility, "elig", made.id, made);
      expect(read).to.deep.equal({ id: made.id, state: made.state, inputs: made.inputs });
      expect(await refusalOf(world.native.read(types.eligibility, "elig", made.id))).to.contain(
        "scope is required",
      );
    }),
  );
});
