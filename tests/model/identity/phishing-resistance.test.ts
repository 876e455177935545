import { expect } from "chai";
import type { Value } from "../../../components/model/graph/resource-graph";
import {
  accessPolicy,
  ADMINS,
  APP,
  assignment,
  changed,
  claims,
  EMERGENCY,
  GROUP,
  NOT_KNOWN,
  plainProgram,
  resource,
  ROLE,
  SOMEBODY,
} from "./plain-program";
import { decided, NEAREST, policy, users } from "./policy-program";

describe("I3, sign-in demands phishing-resistant MFA", () => {
  it("is proved for each eligible principal and each app of the VMs in the scope", () => {
    const found = claims("I3");
    expect(found.map(({ subject, verdict }) => [subject, verdict])).to.deep.equal([
      [`${ADMINS} on Windows Azure Service Management API`, "proved"],
      [`${ADMINS} on Microsoft Azure Linux Virtual Machine Sign-In`, "proved"],
    ]);
    expect(found[0]?.assumptions).to.deep.equal([
      "members and owners of the groups are who they should be, and nobody who is excluded from a policy belongs to an access group",
    ]);
  });

  it("is staged where the policy only reports, and refuted where it is off", () => {
    const state = (to: string) =>
      decided({ ...policy(), properties: { ...accessPolicy(), state: to } });
    expect(state("enabledForReportingButNotEnforced")).to.deep.equal([
      "staged",
      "the policy mfa demands it, and only reports as yet",
    ]);
    expect(state("disabled")).to.deep.equal(["refuted", `${NEAREST}it is disabled`]);
    expect(
      decided({ ...policy(), properties: { ...accessPolicy(), state: NOT_KNOWN } })[0],
    ).to.equal("unknown");
  });

  it("takes the enforced policy where another only reports", () => {
    const reporting = {
      ...policy({}, undefined, "reporting"),
      properties: { ...accessPolicy(), state: "enabledForReportingButNotEnforced" },
    };
    expect(decided(reporting, policy())).to.deep.equal(["proved", "the policy mfa demands it"]);
  });

  it("names in the counterexample who signs in to what, and the policy that would have to change", () => {
    const [first] = claims("I3", changed("accessPolicy", { state: "disabled" }));
    expect(first?.counterexample).to.deep.equal({
      hop: "Windows Azure Service Management API",
      principal: ADMINS,
      role: "Virtual Machine Administrator Login",
      scope: "/resourcegroups/rg-app",
      resource: "mfa",
    });
  });

  it("is unknown where the program has no policy at all: another may have it", () => {
    const found = claims("I3", {
      accessPolicy: resource("group", "none", { resourceGroupName: "x" }),
    });
    expect(found.map(({ verdict }) => verdict)).to.deep.equal(["unknown", "unknown"]);
    expect(found[0]?.because).to.equal("the program has no Conditional Access policy");
  });

  describe("by the apps that a policy covers", () => {
    const apps = (more: Record<string, Value>) => decided(policy({ applications: more }));

    it("holds for all apps, and for each by its id in any letter case", () => {
      expect(apps({ includedApplications: ["All"] })[0]).to.equal("proved");
      const ids = [APP.linuxVm.toUpperCase(), APP.management.toUpperCase()];
      expect(apps({ includedApplications: ids })[0]).to.equal("proved");
    });

    it("is refuted for an app that is not among them, and for no other", () => {
      const found = claims("I3", {
        accessPolicy: policy({
          applications: { includedApplications: [APP.windowsVm, APP.management] },
        }),
      });
      expect(found.map(({ verdict }) => verdict)).to.deep.equal(["proved", "refuted"]);
      expect(found[1]?.because).to.equal(
        `${NEAREST}it does not cover Microsoft Azure Linux Virtual Machine Sign-In`,
      );
    });

    it("is refuted for suites of apps and for user actions, which hold none of them", () => {
      expect(apps({ includedApplications: ["Office365", "MicrosoftAdminPortals"] })[0]).to.equal(
        "refuted",
      );
      expect(apps({ includedUserActions: ["urn:user:registersecurityinfo"] })[0]).to.equal(
        "refuted",
      );
    });

    it("is refuted where the app is excluded from all", () => {
      const [verdict] = apps({
        includedApplications: ["All"],
        excludedApplications: [APP.linuxVm, APP.management],
      });
      expect(verdict).to.equal("refuted");
    });

    it("is unknown where the ids are computed", () => {
      expect(apps({ includedApplications: NOT_KNOWN })[0]).to.equal("unknown");
      expect(apps({ includedApplications: [NOT_KNOWN] })[0]).to.equal("unknown");
      expect(
        apps({ includedApplications: ["All"], excludedApplications: [NOT_KNOWN] })[0],
      ).to.equal("unknown");
    });
  });

  describe("by whom a policy includes", () => {
    it("holds for all users, and for a group that holds the eligible one", () => {
      expect(decided(policy(users({ includedGroups: [], includedUsers: ["All"] })))[0]).to.equal(
        "proved",
      );
      const outer = resource(
        "directoryGroup",
        "outer",
        { objectId: SOMEBODY, members: [ADMINS] },
        { id: `/groups/${SOMEBODY}` },
      );
      const nested = { accessPolicy: policy(users({ includedGroups: [SOMEBODY] })), outer };
      expect(claims("I3", nested).map(({ verdict }) => verdict)).to.deep.equal([
        "proved",
        "proved",
      ]);
    });

    it("is refuted where the eligible group is not among them", () => {
      expect(decided(policy(users({ includedGroups: [SOMEBODY] })))).to.deep.equal([
        "refuted",
        `${NEAREST}it does not include them`,
      ]);
      const guests = [{ guestOrExternalUserTypes: ["b2bCollaborationGuest"] }];
      const only = users({ includedGroups: [], includedGuestsOrExternalUsers: guests });
      expect(decided(policy(only))[0]).to.equal("refuted");
    });

    it("is unknown for directory roles and for ids that are computed", () => {
      const role = users({
        includedGroups: [],
        includedRoles: ["62e90394-69f5-4237-9190-012177145e10"],
      });
      expect(decided(policy(role))[0]).to.equal("unknown");
      expect(decided(policy(users({ includedGroups: NOT_KNOWN })))[0]).to.equal("unknown");
      expect(decided(policy(users({ includedGroups: [NOT_KNOWN] })))[0]).to.equal("unknown");
    });

    it("follows a group of the program whose id is not known yet", () => {
      const group = resource("directoryGroup", "admins", { displayName: "admins" });
      const { eligibility } = plainProgram();
      const late = {
        group: plainProgram().group!,
        directoryGroup: group,
        eligibility: {
          ...eligibility!,
          properties: { ...eligibility!.properties, principalId: NOT_KNOWN },
          propertyDependencies: { principalId: [group.urn] },
        },
        accessPolicy: {
          ...policy(users({ includedGroups: [NOT_KNOWN] })),
          propertyDependencies: { conditions: [group.urn] },
        },
      };
      const found = claims("I3", late);
      expect(found.map(({ subject, verdict }) => [subject, verdict])).to.deep.equal([
        ["admins on Windows Azure Service Management API", "proved"],
        ["admins on Microsoft Azure Linux Virtual Machine Sign-In", "proved"],
      ]);
      expect(found[0]?.assumptions).to.include(
        "an id that is not known before deployment is that of the resource it comes from",
      );
    });

    it("does not guess which of two groups is included and which is excluded", () => {
      const [first, second] = ["admins", "emergency"].map((name) =>
        resource("directoryGroup", name, { displayName: name }),
      );
      const { eligibility } = plainProgram();
      const late = {
        first: first!,
        second: second!,
        eligibility: {
          ...eligibility!,
          properties: { ...eligibility!.properties, principalId: NOT_KNOWN },
          propertyDependencies: { principalId: [first!.urn] },
        },
        accessPolicy: {
          ...policy(users({ includedGroups: [NOT_KNOWN], excludedGroups: [NOT_KNOWN] })),
          propertyDependencies: { conditions: [first!.urn, second!.urn] },
        },
      };
      expect(claims("I3", late).map(({ verdict }) => verdict)).to.deep.equal([
        "unknown",
        "unknown",
      ]);
    });
  });

  describe("by whom a policy excludes", () => {
    it("is refuted where the eligible group is excluded, or a group that holds it", () => {
      expect(decided(policy(users({ excludedGroups: [EMERGENCY, ADMINS] })))).to.deep.equal([
        "refuted",
        `${NEAREST}it excludes them`,
      ]);
      expect(decided(policy(users({ excludedUsers: ["All"] })))[0]).to.equal("refuted");
    });

    it("is refuted where somebody of the eligible group is excluded", () => {
      const admins = resource(
        "directoryGroup",
        "admins",
        { objectId: ADMINS, members: [] },
        { id: `/groups/${ADMINS}` },
      );
      const member = resource("groupMember", "boss", {
        groupObjectId: ADMINS,
        memberObjectId: SOMEBODY,
      });
      const found = claims("I3", {
        admins,
        member,
        accessPolicy: policy(users({ excludedUsers: [SOMEBODY] })),
      });
      expect(found.map(({ verdict }) => verdict)).to.deep.equal(["refuted", "refuted"]);
      expect(found[0]?.because).to.equal(`${NEAREST}it excludes some of them`);
    });

    it("is unknown where two policies exclude some of them each, who need not be the same", () => {
      const [one, other] = [SOMEBODY, "33333333-0000-4000-8000-000000000011"];
      const admins = resource("directoryGroup", "admins", {
        objectId: ADMINS,
        members: [one, other],
      });
      const second = policy(users({ excludedUsers: [other] }), undefined, "second");
      const found = claims("I3", {
        admins,
        accessPolicy: policy(users({ excludedUsers: [one] })),
        second,
      });
      expect(found.map(({ verdict }) => verdict)).to.deep.equal(["unknown", "unknown"]);
    });

    it("is unknown where guests or a directory role are excluded, among whom they may be", () => {
      const guests = {
        excludedGuestsOrExternalUsers: [{ guestOrExternalUserTypes: ["internalGuest"] }],
      };
      expect(decided(policy(users(guests)))).to.deep.equal([
        "unknown",
        "the policy mfa might: the policy excludes guests or external users, among whom they may be",
      ]);
      expect(decided(policy(users({ excludedRoles: ["62e90394"] })))[0]).to.equal("unknown");
    });
  });

  it("asks for the apps of Windows where a VM of Windows, or none that is known, is in the scope", () => {
    const windows = changed("machine", { osProfile: { windowsConfiguration: {} } });
    expect(claims("I3", windows).map(({ verdict }) => verdict)).to.deep.equal([
      "refuted",
      "refuted",
      "proved",
      "refuted",
    ]);
    const elsewhere = changed("eligibility", { scope: `${GROUP}-other` });
    expect(claims("I3", elsewhere)).to.have.length(5);
  });

  it("asks it of standing holders too, and finds that no policy for users reaches an application", () => {
    const person = claims("I3", { standing: assignment(ROLE.userLogin, GROUP) });
    expect(person.map(({ verdict }) => verdict)).to.deep.equal([
      "proved",
      "proved",
      "refuted",
      "refuted",
    ]);
    const application = assignment(ROLE.userLogin, GROUP, { principalType: "ServicePrincipal" });
    const [last] = claims("I3", { standing: application }).slice(-1);
    expect([last?.verdict, last?.because]).to.deep.equal([
      "refuted",
      "policies for users do not reach an application",
    ]);
  });

  it("is unknown of a principal that is not known", () => {
    const { eligibility } = plainProgram();
    const lost = { ...eligibility!.properties, principalId: NOT_KNOWN };
    const [only] = claims("I3", { eligibility: { ...eligibility!, properties: lost } });
    expect([only?.verdict, only?.because]).to.deep.equal([
      "unknown",
      "an id in admins-may.principalId is not known",
    ]);
  });
});
