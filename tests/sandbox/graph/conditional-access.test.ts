import { expect } from "chai";
import { asObject, asText, at, textAt, type JsonObject } from "../../../sandbox/azure/json";
import {
  answered,
  azureManagement,
  emergency,
  id,
  items,
  linuxSignIn,
  olga,
  onAzure,
  operators,
  refusal,
  type TestAzure,
} from "../tenant/simulated-tenant";

const policies = "identity/conditionalAccess/policies";
const phishingResistant = "00000000-0000-0000-0000-000000000004";

function policy(changes: JsonObject = {}): JsonObject {
  return {
    displayName: "jump hosts",
    state: "enabledForReportingButNotEnforced",
    conditions: {
      clientAppTypes: ["all"],
      users: { includeGroups: [operators], excludeGroups: [emergency] },
      applications: { includeApplications: [azureManagement, linuxSignIn] },
    },
    grantControls: { operator: "OR", authenticationStrength: { id: phishingResistant } },
    ...changes,
  };
}

const post = (azure: TestAzure, changes: JsonObject = {}) =>
  azure.graph("POST", policies, policy(changes));

async function made(azure: TestAzure, changes: JsonObject = {}): Promise<string> {
  return asText(answered(await post(azure, changes), 201).id) ?? "";
}

const read = async (azure: TestAzure, name: string) =>
  answered(await azure.graph("GET", `${policies}/${name}`), 200);

function conditions(changes: JsonObject): JsonObject {
  return { conditions: { ...asObject(policy().conditions), ...changes } };
}

describe("simulated Conditional Access policies", () => {
  it(
    "are made, read, listed and deleted",
    onAzure(async (azure) => {
      const name = await made(azure);
      const body = await read(azure, name);
      expect(body).to.include({
        displayName: "jump hosts",
        state: "enabledForReportingButNotEnforced",
      });
      expect(textAt(body, "grantControls.authenticationStrength.displayName")).to.equal(
        "Phishing-resistant MFA",
      );
      expect(at(body, "conditions.users.excludeGroups")).to.deep.equal([emergency]);
      expect(at(body, "conditions.users.includeUsers")).to.deep.equal([]);
      expect(items(await azure.graph("GET", policies)).map((item) => item.id)).to.deep.equal([
        name,
      ]);
      expect((await azure.graph("DELETE", `${policies}/${name}`)).status).to.equal(204);
      refusal(await azure.graph("GET", `${policies}/${name}`), 404, "Request_ResourceNotFound");
    }),
  );

  it(
    "answer under beta as under v1.0",
    onAzure(async (azure) => {
      const name = await made(azure);
      const beta = await azure.send("GET", `/graph/beta/${policies}/${name}`);
      expect(answered(beta, 200)).to.include({ id: name });
    }),
  );

  it(
    "keep what a PATCH does not name, down to single lists",
    onAzure(async (azure) => {
      const name = await made(azure);
      expect(
        (await azure.graph("PATCH", `${policies}/${name}`, { state: "enabled" })).status,
      ).to.equal(204);
      const users = { conditions: { users: { excludeUsers: [olga] } } };
      expect((await azure.graph("PATCH", `${policies}/${name}`, users)).status).to.equal(204);
      const body = await read(azure, name);
      expect(body.state).to.equal("enabled");
      expect(at(body, "conditions.users.excludeUsers")).to.deep.equal([olga]);
      expect(at(body, "conditions.users.includeGroups")).to.deep.equal([operators]);
      expect(textAt(body, "grantControls.authenticationStrength.id")).to.equal(phishingResistant);
    }),
  );

  it(
    "take a strength by reference, and another in its place",
    onAzure(async (azure) => {
      const bound = (number: number) => ({
        grantControls: {
          operator: "OR",
          "authenticationStrength@odata.bind": `https://graph.microsoft.com/v1.0/policies/authenticationStrengthPolicies/00000000-0000-0000-0000-00000000000${number}`,
        },
      });
      const name = await made(azure, bound(4));
      expect(textAt(await read(azure, name), "grantControls.authenticationStrength.id")).to.equal(
        phishingResistant,
      );
      expect((await azure.graph("PATCH", `${policies}/${name}`, bound(2))).status).to.equal(204);
      expect(
        textAt(await read(azure, name), "grantControls.authenticationStrength.displayName"),
      ).to.equal("Multifactor authentication");
    }),
  );

  for (const state of ["enabled", "disabled", "enabledForReportingButNotEnforced"]) {
    it(
      `take the state ${state}`,
      onAzure(async (azure) => {
        expect((await read(azure, await made(azure, { state }))).state).to.equal(state);
      }),
    );
  }

  for (const [what, changes, message] of [
    ["a state nobody knows", { state: "reportOnly" }, /^1007: /],
    ["no name", { displayName: "" }, /^1007: /],
    [
      "users that nobody belongs to",
      conditions({ users: {} }),
      /'users' condition must specify the users to include/,
    ],
    [
      "an unknown group",
      conditions({ users: { includeGroups: [id(9)] } }),
      new RegExp(`'${id(9)}' in 'includeGroups' is no group`),
    ],
    [
      "an unknown group among the excluded",
      conditions({ users: { includeGroups: [operators], excludeGroups: [id(9)] } }),
      /in 'excludeGroups' is no group/,
    ],
    [
      "an unknown user",
      conditions({ users: { includeUsers: [id(9)] } }),
      /in 'includeUsers' is no user/,
    ],
    [
      "a group in place of a user",
      conditions({ users: { includeUsers: [operators] } }),
      /in 'includeUsers' is no user/,
    ],
    ["no application", conditions({ applications: {} }), /^1011: /],
    [
      "an unknown application",
      conditions({ applications: { includeApplications: [id(9)] } }),
      /no application with a service principal/,
    ],
    [
      "a display name in place of an app id",
      conditions({ applications: { includeApplications: ["Azure Linux VM Sign-In"] } }),
      /no application with a service principal/,
    ],
    [
      "applications beside an authentication context",
      conditions({
        applications: {
          includeApplications: ["All"],
          includeAuthenticationContextClassReferences: ["c1"],
        },
      }),
      /exclude each other/,
    ],
    [
      "an unknown authentication context",
      conditions({ applications: { includeAuthenticationContextClassReferences: ["c9"] } }),
      /'c9' is no authentication context/,
    ],
    ["an empty list of clients", conditions({ clientAppTypes: [] }), /^1064: /],
    ["a client nobody knows", conditions({ clientAppTypes: ["telnet"] }), /'telnet' is not known/],
    [
      "an unknown location",
      conditions({ locations: { includeLocations: [id(9)] } }),
      /in 'includeLocations' is no named location/,
    ],
    [
      "MFA beside a strength",
      {
        grantControls: {
          operator: "OR",
          builtInControls: ["mfa"],
          authenticationStrength: { id: phishingResistant },
        },
      },
      /^1108: Authentication strengths cannot be used alongside the MFA built-in control\.$/,
    ],
    [
      "an unknown strength",
      { grantControls: { operator: "OR", authenticationStrength: { id: id(9) } } },
      /is no authentication strength policy/,
    ],
    ["no control at all", { grantControls: null }, /must have grant controls or session controls/],
    ["no operator", { grantControls: { builtInControls: ["mfa"] } }, /operator 'AND' or 'OR'/],
    [
      "a control nobody knows",
      { grantControls: { operator: "OR", builtInControls: ["password"] } },
      /'password', which is not known/,
    ],
    [
      "block beside another control",
      { grantControls: { operator: "OR", builtInControls: ["block", "mfa"] } },
      /'block' stands alone/,
    ],
  ] as const) {
    it(
      `refuse ${what}`,
      onAzure(async (azure) => {
        const sent = JSON.parse(JSON.stringify(changes)) as JsonObject;
        const error = refusal(await post(azure, sent), 400, "BadRequest");
        expect(error.message).to.match(message);
        expect(items(await azure.graph("GET", policies))).to.deep.equal([]);
      }),
    );
  }

  it(
    "refuse a PATCH that would leave MFA beside a strength (Microsoft365DSC/Microsoft365DSC#6218)",
    onAzure(async (azure) => {
      const name = await made(azure, {
        grantControls: { operator: "OR", builtInControls: ["mfa"] },
      });
      const strength = {
        grantControls: { operator: "OR", authenticationStrength: { id: phishingResistant } },
      };
      const error = refusal(
        await azure.graph("PATCH", `${policies}/${name}`, strength),
        400,
        "BadRequest",
      );
      expect(error.message).to.match(/^1108: /);
      const replaced = { grantControls: { ...strength.grantControls, builtInControls: [] } };
      expect((await azure.graph("PATCH", `${policies}/${name}`, replaced)).status).to.equal(204);
    }),
  );
});
