import { expect } from "chai";
import { asObject, at, type JsonObject } from "../../../../sandbox/azure/json";
import { textOf, type Values } from "../../../../sandbox/providers/plugin/values";
import {
  deploy,
  emergency,
  inWorld,
  operators,
  refusalOf,
  unrelatedUser,
  type World,
} from "../world";

const type = "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy";
const strengths = "/policies/authenticationStrengthPolicies";
const phishingResistant = `${strengths}/00000000-0000-0000-0000-000000000004`;
const windowsSignIn = "372140e0-b3b7-4226-8ef9-d57986796201";

function policy(more: Values = {}): Values {
  return {
    displayName: "sign-in",
    state: "enabledForReportingButNotEnforced",
    conditions: {
      clientAppTypes: ["all"],
      applications: { includedApplications: [windowsSignIn] },
      users: { includedGroups: [operators], excludedGroups: [emergency] },
    },
    grantControls: { operator: "OR", authenticationStrengthPolicyId: phishingResistant },
    ...more,
  };
}

async function graph(
  world: World,
  method: string,
  path: string,
  body?: JsonObject,
): Promise<JsonObject> {
  const response = await fetch(`${world.azure.url}/graph/v1.0${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return response.status === 204 ? {} : asObject(await response.json());
}

describe("simulated azuread: Conditional Access policies (provider-traps 6.2)", () => {
  it(
    "have a path as id and the GUID as objectId (provider-traps 6.1)",
    inWorld(async ({ entra }) => {
      const { id, state } = await deploy(entra, type, "ca", policy());
      expect(id).to.equal(`/identity/conditionalAccess/policies/${textOf(state.objectId) ?? ""}`);
      expect(state.id).to.equal(id);
    }),
  );

  it(
    "reach Graph as the Terraform provider writes them",
    inWorld(async (world) => {
      const { id } = await deploy(world.entra, type, "ca", policy());
      const stored = await graph(world, "GET", id);
      expect(at(stored, "conditions.users.includeGroups")).to.deep.equal([operators]);
      expect(at(stored, "conditions.users.excludeGroups")).to.deep.equal([emergency]);
      expect(at(stored, "conditions.applications.includeApplications")).to.deep.equal([
        windowsSignIn,
      ]);
      expect(at(stored, "grantControls.authenticationStrength.id")).to.equal(
        "00000000-0000-0000-0000-000000000004",
      );
      expect(at(stored, "grantControls.operator")).to.equal("OR");
    }),
  );

  it(
    "fill what the program leaves out with the zero values of the schema",
    inWorld(async ({ entra }) => {
      const { state } = await deploy(entra, type, "ca", policy());
      expect(state.grantControls).to.deep.equal({
        operator: "OR",
        authenticationStrengthPolicyId: phishingResistant,
        builtInControls: [],
        customAuthenticationFactors: [],
        termsOfUses: [],
      });
      expect(state.conditions).to.deep.include({
        signInRiskLevels: [],
        userRiskLevels: [],
        insiderRiskLevels: "",
      });
    }),
  );

  it(
    "show no difference after creation and after a refresh",
    inWorld(async ({ entra }) => {
      const made = await deploy(
        entra,
        type,
        "ca",
        policy({ sessionControls: { signInFrequency: 4, signInFrequencyPeriod: "hours" } }),
      );
      expect((await entra.diff(type, "ca", made, made.inputs)).changes).to.equal("none");
      const read = await entra.read(type, "ca", made.id, made);
      expect(read).to.deep.equal({ id: made.id, state: made.state, inputs: made.inputs });
    }),
  );

  it(
    "are changed in place, never replaced",
    inWorld(async (world) => {
      const made = await deploy(world.entra, type, "ca", policy());
      const news = policy({ state: "enabled", displayName: "other" });
      const diff = await world.entra.diff(type, "ca", made, news);
      expect(diff).to.deep.include({
        replaces: [],
        detail: { state: "UPDATE", displayName: "UPDATE" },
      });
      const state = await world.entra.update(type, "ca", made, news);
      expect(state).to.include({
        state: "enabled",
        displayName: "other",
        objectId: made.state.objectId,
      });
      expect(await graph(world, "GET", made.id)).to.include({ state: "enabled" });
    }),
  );

  it(
    "take a list in another order for a change, because the lists are ordered",
    inWorld(async ({ entra }) => {
      const users = (groups: string[]): Values => ({
        ...(policy().conditions as Values),
        users: { includedGroups: groups, excludedUsers: [unrelatedUser] },
      });
      const made = await deploy(
        entra,
        type,
        "ca",
        policy({ conditions: users([operators, emergency]) }),
      );
      const diff = await entra.diff(
        type,
        "ca",
        made,
        policy({ conditions: users([emergency, operators]) }),
      );
      expect(Object.keys(diff.detail)).to.deep.equal([
        "conditions.users.includedGroups[0]",
        "conditions.users.includedGroups[1]",
      ]);
    }),
  );

  it(
    "show drift after a refresh: an exclusion that somebody added is a change to take back",
    inWorld(async (world) => {
      const made = await deploy(world.entra, type, "ca", policy());
      await graph(world, "PATCH", made.id, {
        state: "disabled",
        conditions: { users: { excludeUsers: [unrelatedUser] } },
      });
      const read = await world.entra.read(type, "ca", made.id, made);
      expect(read.inputs.state).to.equal("disabled");
      expect(at(read.state, "conditions.users.excludedUsers")).to.deep.equal([unrelatedUser]);
      const diff = await world.entra.diff(
        type,
        "ca",
        { ...made, state: read.state, inputs: read.inputs },
        made.inputs,
      );
      expect(diff.detail).to.deep.equal({
        state: "UPDATE",
        "conditions.users.excludedUsers": "DELETE",
      });
    }),
  );

  it(
    "are gone from the state once they are gone from Graph",
    inWorld(async (world) => {
      const made = await deploy(world.entra, type, "ca", policy());
      await graph(world, "DELETE", made.id);
      expect((await world.entra.read(type, "ca", made.id, made)).id).to.equal("");
      await world.entra.delete(type, "ca", made.id, made.state);
    }),
  );

  it(
    "are imported by their id",
    inWorld(async ({ entra }) => {
      const made = await deploy(entra, type, "ca", policy());
      const { inputs } = await entra.read(type, "ca", made.id);
      expect(inputs).to.deep.equal(made.inputs);
    }),
  );

  it(
    "store session controls that take no effect as none, and show no difference for them",
    inWorld(async (world) => {
      const made = await deploy(
        world.entra,
        type,
        "ca",
        policy({ sessionControls: { persistentBrowserMode: "" } }),
      );
      expect((await graph(world, "GET", made.id)).sessionControls).to.equal(null);
      expect((await world.entra.diff(type, "ca", made, made.inputs)).changes).to.equal("none");
    }),
  );

  it(
    "carry a sign-in every time without a frequency",
    inWorld(async (world) => {
      const made = await deploy(
        world.entra,
        type,
        "ca",
        policy({ sessionControls: { signInFrequencyInterval: "everyTime" } }),
      );
      expect(
        at(await graph(world, "GET", made.id), "sessionControls.signInFrequency"),
      ).to.deep.include({ isEnabled: true, frequencyInterval: "everyTime" });
    }),
  );

  it(
    "know at a preview what the program says, and no id",
    inWorld(async ({ azure, entra }) => {
      const before = azure.store.journal().length;
      const { id, state } = await entra.create(type, "ca", policy(), { preview: true });
      expect(id).to.equal("");
      expect(state.displayName).to.equal("sign-in");
      expect(state.objectId).to.equal("04da6b54-80e4-46f7-96ec-b56ff0331ba9");
      expect(azure.store.journal()).to.have.length(before);
    }),
  );

  const bad: readonly [string, Values, string, RegExp][] = [
    ["a missing state", { state: undefined }, "state", /Missing required argument/],
    ["an argument that is none", { colour: "red" }, "colour", /not an argument/],
    [
      "a condition that is none",
      { conditions: { ...(policy().conditions as Values), network: [] } },
      "conditions.network",
      /not an argument/,
    ],
    [
      "applications and user actions at once",
      {
        conditions: {
          ...(policy().conditions as Values),
          applications: {
            includedApplications: ["All"],
            includedUserActions: ["urn:user:registerdevice"],
          },
        },
      },
      "conditions.applications",
      /only one/,
    ],
    [
      "nobody",
      {
        conditions: { ...(policy().conditions as Values), users: { excludedGroups: [emergency] } },
      },
      "conditions.users",
      /must be specified/,
    ],
    [
      "no control at all",
      { grantControls: undefined },
      "grantControls",
      /grantControls,sessionControls/,
    ],
    [
      "a strength's GUID without its path",
      {
        grantControls: {
          operator: "OR",
          authenticationStrengthPolicyId: "00000000-0000-0000-0000-000000000004",
        },
      },
      "grantControls.authenticationStrengthPolicyId",
      /use \/policies\/authenticationStrengthPolicies\/GUID/,
    ],
    [
      "every time together with a frequency",
      {
        sessionControls: {
          signInFrequencyInterval: "everyTime",
          signInFrequency: 1,
          signInFrequencyPeriod: "hours",
        },
      },
      "sessionControls.signInFrequencyInterval",
      /not valid/,
    ],
  ];
  for (const [what, change, property, reason] of bad) {
    it(
      `are refused with ${what}`,
      inWorld(async ({ entra }) => {
        const { failures } = await entra.check(type, "ca", policy(change));
        expect(failures.map((failure) => failure.property)).to.deep.equal([property]);
        expect(failures[0]?.reason).to.match(reason);
      }),
    );
  }

  it(
    "are refused by Graph in the provider's words where a group does not exist",
    inWorld(async ({ entra }) => {
      const conditions = {
        ...(policy().conditions as Values),
        users: { includedGroups: ["0f0f0f0f-0000-4000-8000-000000000000"] },
      };
      const message = await refusalOf(deploy(entra, type, "ca", policy({ conditions })));
      expect(message).to.match(
        /Could not create conditional access policy: unexpected status 400 with error: \d*\w+: /,
      );
    }),
  );
});
