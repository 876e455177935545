import { expect } from "chai";
import { Unknown } from "../../../components/model/estate/known";
import { readEstate } from "../../../components/model/estate/read-estate";
import type { Estate } from "../../../components/model/estate/estate";
import { readPulumiJson } from "../../../components/model/graph/read-pulumi-json";
import type { GraphResource, Value } from "../../../components/model/graph/resource-graph";
import {
  accessPolicy,
  ADMINS,
  assignment,
  EMERGENCY,
  GROUP,
  NOT_KNOWN,
  plainProgram,
  resource,
  ROLE,
  roleId,
  SOMEBODY,
} from "../identity/plain-program";

function estateOf(...resources: GraphResource[]): Estate {
  return readEstate({ resources, unread: [] });
}

/** What a reader did not understand of these resources: where, and which theorem it bears on. */
function unreadOf(...resources: GraphResource[]) {
  return estateOf(...resources).unread.map(({ subject, path, bearsOn }) => [
    subject,
    path,
    bearsOn,
  ]);
}

function eligibility(more: Record<string, Value>): GraphResource {
  const own = plainProgram().eligibility!;
  return { ...own, properties: { ...own.properties, ...more } };
}

function lateGroup(name: string): GraphResource {
  return resource("directoryGroup", name, { displayName: name });
}

function latePolicy(includedGroups: Value, excludedGroups: Value, ...from: GraphResource[]) {
  const conditions = { users: { includedGroups, excludedGroups } };
  return {
    ...resource("accessPolicy", "mfa", accessPolicy(conditions)),
    propertyDependencies: { conditions: from.map(({ urn }) => urn) },
  };
}

describe("the reader of access", () => {
  it("understands the whole of a sound program", () => {
    const estate = estateOf(...Object.values(plainProgram()));
    expect(estate.unread).to.deep.equal([]);
    expect(estate.eligibilities[0]).to.deep.include({
      principal: ADMINS,
      ends: true,
      conditional: false,
      after: [plainProgram().rolePolicy!.urn],
    });
  });

  it("takes principals in the forms of both providers, in any letter case", () => {
    const forms = [
      ADMINS,
      ADMINS.toUpperCase(),
      `/groups/${ADMINS}`,
      `/servicePrincipals/${ADMINS}`,
    ];
    for (const principalId of forms) {
      const { assignments } = estateOf(assignment(ROLE.reader, GROUP, { principalId }));
      expect(assignments[0]?.principal, principalId).to.equal(ADMINS);
    }
  });

  it("takes roles in every form of their id", () => {
    for (const roleDefinitionId of [
      roleId(ROLE.reader),
      `/providers/Microsoft.Authorization/roleDefinitions/${ROLE.reader}`,
      ROLE.reader.toUpperCase(),
    ]) {
      const { assignments } = estateOf(assignment(ROLE.reader, GROUP, { roleDefinitionId }));
      const role = assignments[0]?.role;
      expect(role instanceof Unknown ? role.why : role?.name, roleDefinitionId).to.equal("Reader");
    }
  });

  it("finds a custom role by the GUID of its input, of its answer and of its id", () => {
    const own = "99999999-0000-4000-8000-000000000001";
    const permissions = [{ actions: ["*/read"] }];
    for (const definition of [
      resource("definition", "own", { roleDefinitionId: own, permissions }),
      resource("definition", "own", { name: own, permissions }),
      resource("definition", "own", { permissions }, { id: roleId(own) }),
    ]) {
      const { assignments } = estateOf(definition, assignment(own, GROUP));
      const role = assignments[0]?.role;
      expect(role).to.have.nested.property("permissions[0].actions[0]", "*/read");
    }
  });

  it("lets the URN of a group stand for it while it has no id, and its object id after", () => {
    const late = lateGroup("admins");
    const may = {
      ...eligibility({ principalId: NOT_KNOWN }),
      propertyDependencies: { principalId: [late.urn] },
    };
    expect(estateOf(late, may).eligibilities[0]?.principal).to.equal(late.urn);
    const made = { ...late, properties: { objectId: ADMINS.toUpperCase() } };
    expect(estateOf(made, may).eligibilities[0]?.principal).to.equal(ADMINS);
    expect(estateOf(made, eligibility({})).principalNames.get(ADMINS)).to.equal("admins");
  });

  it("does not guess a principal that comes from two groups, or from none", () => {
    const [one, other] = [lateGroup("one"), lateGroup("other")];
    const may = (...from: GraphResource[]) => ({
      ...eligibility({ principalId: NOT_KNOWN }),
      propertyDependencies: { principalId: from.map(({ urn }) => urn) },
    });
    for (const own of [may(one, other), may()]) {
      expect(estateOf(one, other, own).eligibilities[0]?.principal).to.be.instanceOf(Unknown);
    }
  });

  it("tells late groups of a policy apart by those that are known", () => {
    const [one, other] = [lateGroup("one"), lateGroup("other")];
    const known = { ...other, properties: { objectId: EMERGENCY } };
    const [policy] = estateOf(
      one,
      known,
      latePolicy([NOT_KNOWN], [EMERGENCY], one, known),
    ).accessPolicies;
    expect(policy?.includedGroups).to.deep.equal([one.urn]);
    expect(policy?.excludedGroups).to.deep.equal([EMERGENCY]);
    const [two] = estateOf(
      one,
      other,
      latePolicy([NOT_KNOWN, NOT_KNOWN], [EMERGENCY], one, other),
    ).accessPolicies;
    expect(two?.includedGroups).to.have.members([one.urn, other.urn]);
  });

  it("does not tell apart late groups that a policy may include or exclude", () => {
    const [one, other] = [lateGroup("one"), lateGroup("other")];
    for (const [included, excluded] of [
      [[NOT_KNOWN], [NOT_KNOWN]],
      [NOT_KNOWN, [NOT_KNOWN]],
      [[NOT_KNOWN], [EMERGENCY]],
    ] as const) {
      const [policy] = estateOf(
        one,
        other,
        latePolicy(included, excluded, one, other),
      ).accessPolicies;
      const groups = policy!.includedGroups;
      const unknown =
        groups instanceof Unknown || groups.every((group) => group instanceof Unknown);
      expect(unknown).to.equal(true);
    }
  });

  it("reads members and owners of groups, those added one by one too", () => {
    const group = resource("directoryGroup", "admins", {
      objectId: ADMINS,
      members: [SOMEBODY.toUpperCase()],
      owners: [EMERGENCY],
    });
    const late = lateGroup("inner");
    const added = {
      ...resource("groupMember", "more", { groupObjectId: ADMINS, memberObjectId: NOT_KNOWN }),
      propertyDependencies: { memberObjectId: [late.urn] },
    };
    const [read] = estateOf(group, late, added).directoryGroups;
    expect(read).to.deep.include({
      principal: ADMINS,
      members: [SOMEBODY, late.urn],
      owners: [EMERGENCY],
    });
  });

  it("tells owners that the program names in a state from the one that Entra ID gave", () => {
    const owners = (inputs: object, outputs: object) => {
      const { urn, type } = resource("directoryGroup", "admins", {});
      const state = { urn, type, custom: true, inputs, outputs };
      const graph = readPulumiJson({ deployment: { resources: [state] } }, "outputs");
      return readEstate(graph).directoryGroups[0]?.owners;
    };
    expect(owners({ owners: [SOMEBODY] }, { owners: [SOMEBODY] })).to.deep.equal([SOMEBODY]);
    expect(owners({}, { owners: [SOMEBODY] })).to.equal(undefined);
    expect(owners({}, { owners: [SOMEBODY, EMERGENCY] })).to.be.instanceOf(Unknown);
  });

  it("reads what the provider answers of a policy as what the program gave", () => {
    const given = estateOf(resource("accessPolicy", "mfa", accessPolicy())).accessPolicies;
    const { conditions, grantControls, ...rest } = accessPolicy();
    const answered = {
      ...rest,
      objectId: SOMEBODY,
      conditions: {
        ...(conditions as Record<string, Value>),
        authenticationFlowTransferMethods: [],
        insiderRiskLevels: "",
        signInRiskLevels: [],
        userRiskLevels: [],
        servicePrincipalRiskLevels: [],
        devices: null,
      },
      grantControls: {
        ...(grantControls as Record<string, Value>),
        builtInControls: [],
        customAuthenticationFactors: [],
        termsOfUses: [],
      },
    };
    const read = estateOf(resource("accessPolicy", "mfa", answered));
    expect(read.accessPolicies).to.deep.equal(given);
    expect(read.unread).to.deep.equal([]);
  });

  it("lists what it does not understand, where it stands, as bearing on identity", () => {
    const odd = (name: string, key: string) => [[name, key, ["identity"]]];
    expect(unreadOf(assignment(ROLE.reader, "everywhere"))).to.deep.equal(odd("standing", "scope"));
    expect(unreadOf(assignment("Reader", GROUP))).to.deep.equal(
      odd("standing", "roleDefinitionId"),
    );
    expect(
      unreadOf(eligibility({ scheduleInfo: { expiration: { type: "Someday" } } })),
    ).to.deep.equal(odd("admins-may", "scheduleInfo.expiration.type"));
    const policy = (more: Record<string, Value>) =>
      resource("accessPolicy", "mfa", { ...accessPolicy(), ...more });
    expect(unreadOf(policy({ state: "on" }))).to.deep.equal(odd("mfa", "state"));
    const conditions = (more: Record<string, Value>) =>
      resource("accessPolicy", "mfa", accessPolicy(more));
    expect(unreadOf(conditions({ moonPhases: ["full"] }))).to.deep.equal(
      odd("mfa", "conditions.moonPhases"),
    );
    expect(unreadOf(conditions({ users: { excludedTeams: ["x"] } }))).to.deep.equal(
      odd("mfa", "conditions.users.excludedTeams"),
    );
    const grant = { operator: "XOR", builtInControls: ["mfa"] };
    expect(unreadOf(policy({ grantControls: grant }))).to.deep.equal(
      odd("mfa", "grantControls.operator"),
    );
    const twice = plainProgram().rolePolicy!;
    const rules = [...(twice.properties.rules as Value[]), ...(twice.properties.rules as Value[])];
    const [[, first]] = unreadOf({ ...twice, properties: { ...twice.properties, rules } }) as [
      [string, string],
    ];
    expect(first).to.match(/^rules\[\d\]\.id$/);
  });

  it("does not call unread what is only not known yet", () => {
    expect(
      unreadOf(assignment(ROLE.reader, NOT_KNOWN), eligibility({ scheduleInfo: NOT_KNOWN })),
    ).to.deep.equal([]);
    expect(
      unreadOf(
        resource("accessPolicy", "mfa", {
          conditions: NOT_KNOWN,
          grantControls: NOT_KNOWN,
          state: NOT_KNOWN,
        }),
      ),
    ).to.deep.equal([]);
  });

  it("leaves what another tenant or a script may do to the list of what is not read", () => {
    const typed = (type: string) => ({ ...resource("group", "x", {}), type });
    for (const type of [
      "azure-native:managedservices:RegistrationAssignment",
      "azure-native:compute:VirtualMachineRunCommandByVirtualMachine",
      "azure-native:guestconfiguration:GuestConfigurationAssignment",
      "azuread:index/privilegedAccessGroupEligibilitySchedule:PrivilegedAccessGroupEligibilitySchedule",
    ]) {
      expect(unreadOf(typed(type)), type).to.deep.equal([["x", undefined, ["identity"]]]);
    }
  });
});
