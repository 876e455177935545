import { expect } from "chai";
import { textOf, type Values } from "../../../../sandbox/providers/plugin/values";
import { deploy, inWorld, operators, refusalOf, unrelatedUser, type World } from "../world";

const types = {
  strength: "azuread:index/authenticationStrengthPolicy:AuthenticationStrengthPolicy",
  location: "azuread:index/namedLocation:NamedLocation",
  principal: "azuread:index/servicePrincipal:ServicePrincipal",
  group: "azuread:index/group:Group",
  member: "azuread:index/groupMember:GroupMember",
  user: "azuread:index/user:User",
} as const;

/** An application of Microsoft's that the default tenant has a service principal of, and one that it lacks. */
const known = "797f4846-ba00-4fd7-ba43-dac1f8f63013";

async function status(world: World, path: string): Promise<number> {
  return (await fetch(`${world.azure.url}/graph/v1.0${path}`)).status;
}

describe("simulated azuread: every type", () => {
  const examples: readonly [string, string, Values][] = [
    [
      "strength",
      types.strength,
      { displayName: "narrow", allowedCombinations: ["fido2", "x509CertificateMultiFactor"] },
    ],
    [
      "location of addresses",
      types.location,
      { displayName: "office", ip: { ipRanges: ["203.0.113.0/24"], trusted: true } },
    ],
    [
      "location of countries",
      types.location,
      { displayName: "home", country: { countriesAndRegions: ["DE", "FR"] } },
    ],
    [
      "group",
      types.group,
      { displayName: "made", securityEnabled: true, members: [unrelatedUser] },
    ],
    ["membership", types.member, { groupObjectId: operators, memberObjectId: unrelatedUser }],
    [
      "user",
      types.user,
      {
        displayName: "Nora New",
        userPrincipalName: "nora@contoso.onmicrosoft.com",
        password: "Not-in-the-state-1",
      },
    ],
  ];
  for (const [what, type, args] of examples) {
    it(
      `a ${what} is made, read without a difference and removed`,
      inWorld(async ({ entra }) => {
        const made = await deploy(entra, type, "x", args);
        expect((await entra.diff(type, "x", made, made.inputs)).changes).to.equal("none");
        expect(await entra.read(type, "x", made.id, made)).to.deep.equal({
          id: made.id,
          state: made.state,
          inputs: made.inputs,
        });
        await entra.delete(type, "x", made.id, made.state);
        expect((await entra.read(type, "x", made.id, made)).id).to.equal("");
        await entra.delete(type, "x", made.id, made.state);
      }),
    );
  }

  it(
    "has ids that are paths (provider-traps 6.1)",
    inWorld(async ({ entra }) => {
      const group = await deploy(entra, types.group, "g", {
        displayName: "made",
        securityEnabled: true,
      });
      expect(group.id).to.equal(`/groups/${textOf(group.state.objectId) ?? ""}`);
      const strength = await deploy(entra, types.strength, "s", {
        displayName: "s",
        allowedCombinations: ["fido2"],
      });
      expect(strength.id).to.match(/^\/policies\/authenticationStrengthPolicies\/[0-9a-f-]{36}$/);
      expect(strength.state).to.not.have.any.keys("objectId");
    }),
  );

  it(
    "refuses a type that is not simulated",
    inWorld(async ({ entra }) => {
      const check = entra.check("azuread:index/application:Application", "a", {});
      expect(await refusalOf(check)).to.contain(
        "does not have this type; it has AuthenticationStrengthPolicy",
      );
    }),
  );
});

describe("simulated azuread: authentication strengths (provider-traps 6.3)", () => {
  it(
    "change their combinations in place, whose order means nothing",
    inWorld(async ({ entra }) => {
      const made = await deploy(entra, types.strength, "s", {
        displayName: "s",
        allowedCombinations: ["fido2", "windowsHelloForBusiness"],
      });
      const turned = { ...made.inputs, allowedCombinations: ["windowsHelloForBusiness", "fido2"] };
      expect((await entra.diff(types.strength, "s", made, turned)).changes).to.equal("none");
      const state = await entra.update(types.strength, "s", made, {
        ...made.inputs,
        allowedCombinations: ["fido2"],
      });
      expect(state.allowedCombinations).to.deep.equal(["fido2"]);
    }),
  );
});

describe("simulated azuread: named locations (provider-traps 6.4)", () => {
  it(
    "are replaced when addresses become countries, and changed when the addresses change",
    inWorld(async ({ entra }) => {
      const made = await deploy(entra, types.location, "l", {
        displayName: "l",
        ip: { ipRanges: ["203.0.113.0/24"] },
      });
      const countries = { displayName: "l", country: { countriesAndRegions: ["DE"] } };
      expect((await entra.diff(types.location, "l", made, countries)).replaces).to.have.members([
        "ip",
        "country",
      ]);
      const other = { displayName: "l", ip: { ipRanges: ["198.51.100.0/24"] } };
      expect(await entra.diff(types.location, "l", made, other)).to.deep.include({
        replaces: [],
        detail: { "ip.ipRanges[0]": "UPDATE" },
      });
    }),
  );

  it(
    "are one of the two kinds",
    inWorld(async ({ entra }) => {
      const { failures } = await entra.check(types.location, "l", { displayName: "l" });
      expect(failures[0]?.reason).to.contain("country,ip");
    }),
  );

  it(
    "have the default of the schema among their inputs",
    inWorld(async ({ entra }) => {
      const { inputs } = await entra.check(types.location, "l", {
        displayName: "l",
        country: { countriesAndRegions: ["DE"] },
      });
      expect(inputs.country).to.deep.equal({
        countriesAndRegions: ["DE"],
        countryLookupMethod: "clientIpAddress",
      });
    }),
  );
});

describe("simulated azuread: service principals (provider-traps 6.5)", () => {
  it(
    "that exist are adopted with useExisting, changed, and deleted all the same on destroy",
    inWorld(async (world) => {
      const made = await deploy(world.entra, types.principal, "sp", {
        clientId: known,
        useExisting: true,
        notes: "ours",
      });
      const path = made.id;
      const patches = world.azure.store
        .journal()
        .filter((entry) => entry.method === "PATCH")
        .map((entry) => entry.id);
      expect(patches).to.deep.equal([`/graph/v1.0${path}`]);
      expect(made.state).to.include({ clientId: known, notes: "ours", useExisting: true });
      expect((await world.entra.diff(types.principal, "sp", made, made.inputs)).changes).to.equal(
        "none",
      );
      await world.entra.delete(types.principal, "sp", made.id, made.state);
      expect(await status(world, path)).to.equal(404);
    }),
  );

  it(
    "that exist are an error without it",
    inWorld(async ({ entra }) => {
      const create = deploy(entra, types.principal, "sp", { clientId: known });
      expect(await refusalOf(create)).to.contain("needs to be imported into the State");
    }),
  );

  it(
    "that are missing are waited for with useExisting, then made",
    inWorld(async (world) => {
      const first = await deploy(world.entra, types.principal, "sp", {
        clientId: known,
        useExisting: true,
      });
      await world.entra.delete(types.principal, "sp", first.id, first.state);
      const before = world.azure.clock.now().getTime();
      const made = await deploy(world.entra, types.principal, "sp", {
        clientId: known,
        useExisting: true,
      });
      expect(Math.floor((world.azure.clock.now().getTime() - before) / 1000)).to.equal(300);
      expect(await status(world, made.id)).to.equal(200);
    }),
  );

  it(
    "are replaced for another application",
    inWorld(async ({ entra }) => {
      const inputs = { clientId: known };
      const diff = await entra.diff(
        types.principal,
        "sp",
        { inputs, state: inputs },
        { clientId: "ce6ff14a-7fdc-4685-bbe0-f6afdfcfa8e0" },
      );
      expect(diff).to.deep.include({ replaces: ["clientId"], deleteBeforeReplace: false });
    }),
  );
});

describe("simulated azuread: imports", () => {
  it(
    "make inputs of what a program could have said, without defaults and without what Entra ID sets",
    inWorld(async ({ entra }) => {
      const made = await deploy(entra, types.location, "l", {
        displayName: "l",
        country: { countriesAndRegions: ["DE"] },
      });
      const { inputs } = await entra.read(types.location, "l", made.id);
      expect(inputs).to.deep.equal({ displayName: "l", country: { countriesAndRegions: ["DE"] } });
    }),
  );
});

describe("simulated azuread: groups (provider-traps 6.6)", () => {
  it(
    "gain and lose members in place, and are replaced when they become assignable to roles",
    inWorld(async ({ entra }) => {
      const made = await deploy(entra, types.group, "g", {
        displayName: "made",
        securityEnabled: true,
        members: [unrelatedUser],
      });
      const state = await entra.update(types.group, "g", made, { ...made.inputs, members: [] });
      expect(state.members).to.deep.equal([]);
      const assignable = { ...made.inputs, assignableToRole: true };
      expect((await entra.diff(types.group, "g", made, assignable)).replaces).to.deep.equal([
        "assignableToRole",
      ]);
    }),
  );

  it(
    "keep members that somebody else added where the program names none",
    inWorld(async ({ entra }) => {
      const made = await deploy(entra, types.group, "g", {
        displayName: "made",
        securityEnabled: true,
      });
      await deploy(entra, types.member, "m", {
        groupObjectId: made.state.objectId,
        memberObjectId: unrelatedUser,
      });
      const read = await entra.read(types.group, "g", made.id, made);
      expect(read.state.members).to.deep.equal([unrelatedUser]);
      expect(
        (await entra.diff(types.group, "g", { ...made, state: read.state }, made.inputs)).changes,
      ).to.equal("none");
    }),
  );

  it(
    "refuse a name that is taken where the program asks for that",
    inWorld(async ({ entra }) => {
      const create = deploy(entra, types.group, "g", {
        displayName: "operators",
        securityEnabled: true,
        preventDuplicateNames: true,
      });
      expect(await refusalOf(create)).to.contain(
        'A resource with the display name "operators" and ID',
      );
      const { failures } = await entra.check(types.group, "g", { displayName: "x" });
      expect(failures[0]?.reason).to.contain("mailEnabled,securityEnabled");
    }),
  );

  it(
    "have each member once",
    inWorld(async ({ entra }) => {
      const args = { groupObjectId: operators, memberObjectId: unrelatedUser };
      await deploy(entra, types.member, "m", args);
      expect(await refusalOf(deploy(entra, types.member, "again", args))).to.contain(
        "already exists",
      );
      const diff = await entra.diff(
        types.member,
        "m",
        { inputs: args, state: args },
        { ...args, groupObjectId: unrelatedUser },
      );
      expect(diff.replaces).to.deep.equal(["groupObjectId"]);
    }),
  );
});

describe("simulated azuread: functions", () => {
  const token = (name: string): string => `azuread:index/${name}:${name}`;

  it(
    "look a group up by name or id, with its members",
    inWorld(async ({ entra }) => {
      const named = await entra.invoke(token("getGroup"), { displayName: "operators" });
      expect(named).to.deep.include({
        id: `/groups/${operators}`,
        objectId: operators,
        securityEnabled: true,
      });
      expect(named.members).to.have.length(2);
      expect(await entra.invoke(token("getGroup"), { objectId: operators })).to.deep.equal(named);
    }),
  );

  it(
    "look a user and a service principal up",
    inWorld(async ({ entra }) => {
      const user = await entra.invoke(token("getUser"), {
        userPrincipalName: "uma@contoso.onmicrosoft.com",
      });
      expect(user).to.include({ objectId: unrelatedUser, displayName: "Uma Unrelated" });
      const principal = await entra.invoke(token("getServicePrincipal"), { clientId: known });
      expect(principal).to.include({
        clientId: known,
        id: `/servicePrincipals/${textOf(principal.objectId) ?? ""}`,
      });
    }),
  );

  it(
    "say who is signed in, and the ids of Microsoft's applications",
    inWorld(async ({ entra }) => {
      const config = await entra.invoke(token("getClientConfig"));
      expect(config).to.include({
        tenantId: "11111111-1111-4111-8111-111111111111",
        objectId: "44444444-0000-4000-8000-000000000001",
      });
      const published = await entra.invoke(token("getApplicationPublishedAppIds"));
      expect(published.result).to.deep.include({
        MicrosoftGraph: "00000003-0000-0000-c000-000000000000",
      });
    }),
  );

  it(
    "fail for what is not there, what is not named and what is not simulated",
    inWorld(async ({ entra }) => {
      expect(await refusalOf(entra.invoke(token("getGroup"), { displayName: "none" }))).to.contain(
        'no group found with displayName: "none"',
      );
      expect(await refusalOf(entra.invoke(token("getUser"), {}))).to.contain("must be specified");
      expect(await refusalOf(entra.invoke(token("getDomains"), {}))).to.contain(
        "does not have this function",
      );
    }),
  );
});
