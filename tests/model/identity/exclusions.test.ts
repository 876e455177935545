import { expect } from "chai";
import {
  accessPolicy,
  ADMINS,
  assignment,
  changed,
  claim,
  claims,
  EMERGENCY,
  GROUP,
  NOT_KNOWN,
  resource,
  ROLE,
  SOMEBODY,
} from "./plain-program";
import { policy, users } from "./policy-program";
import type { Declaration } from "../../../components/model/estate/access-estate";
import type { Value } from "../../../components/model/graph/resource-graph";

/** Verdict and reason for the plain program's policy with other users excluded. */
function excluding(
  more: Record<string, Value>,
  declared?: Partial<Declaration>,
): [verdict: string, because: string] {
  const { verdict, because } = claim("I4", { accessPolicy: policy(users(more)) }, declared);
  return [verdict, because];
}

const CALLED = "who is not declared as break-glass";
const GUESTS = [{ guestOrExternalUserTypes: ["b2bCollaborationGuest", "internalGuest"] }];

describe("I4, the policy excludes break-glass and nobody else", () => {
  it("is proved where the declared group is excluded and nobody else, also while it only reports", () => {
    const { verdict, because, assumptions, subject } = claim("I4");
    expect([subject, verdict, because]).to.deep.equal([
      "mfa",
      "proved",
      "it excludes the declared break-glass and nobody else",
    ]);
    expect(assumptions).to.have.length(1);
    const reporting = changed("accessPolicy", { state: "enabledForReportingButNotEnforced" });
    expect(claim("I4", reporting).verdict).to.equal("proved");
  });

  it("is refuted where nobody is excluded, whatever is declared", () => {
    const nobody = "it excludes nobody: where it is wrong, it locks out those who could mend it";
    expect(excluding({ excludedGroups: [] })).to.deep.equal(["refuted", nobody]);
    expect(excluding({ excludedGroups: [] }, {})).to.deep.equal(["refuted", nobody]);
  });

  it("is refuted where guests, a directory role or everybody is excluded, whatever is declared", () => {
    for (const declared of [undefined, {}]) {
      expect(excluding({ excludedGuestsOrExternalUsers: GUESTS }, declared)).to.deep.equal([
        "refuted",
        "it excludes guests or external users",
      ]);
      expect(excluding({ excludedUsers: ["GuestsOrExternalUsers"] }, declared)[0]).to.equal(
        "refuted",
      );
      expect(excluding({ excludedUsers: ["All"] }, declared)[0]).to.equal("refuted");
      expect(excluding({ excludedRoles: ["62e90394"] }, declared)).to.deep.equal([
        "refuted",
        "it excludes holders of the directory role 62e90394",
      ]);
    }
  });

  it("is refuted where somebody else is excluded besides, group or person", () => {
    expect(excluding({ excludedGroups: [EMERGENCY, SOMEBODY] })).to.deep.equal([
      "refuted",
      `it excludes ${SOMEBODY}, ${CALLED}`,
    ]);
    expect(excluding({ excludedUsers: [SOMEBODY.toUpperCase()] })[0]).to.equal("refuted");
  });

  it("takes the declared group in the form in which azuread gives its id, in any letter case", () => {
    const declared = { breakGlass: [`/groups/${EMERGENCY.toUpperCase()}`] };
    expect(excluding({}, declared)[0]).to.equal("proved");
  });

  it("is unknown where nobody declares break-glass, and names who is excluded", () => {
    expect(excluding({}, {})).to.deep.equal([
      "unknown",
      `it excludes ${EMERGENCY}, and nobody declares who is break-glass`,
    ]);
  });

  it("is refuted where whoever is excluded may activate a role, or belongs to who may", () => {
    const may = `it excludes ${ADMINS}, who may activate Virtual Machine Administrator Login`;
    for (const declared of [{ breakGlass: [ADMINS] }, {}]) {
      expect(excluding({ excludedGroups: [ADMINS] }, declared)).to.deep.equal(["refuted", may]);
    }
    const admins = resource("directoryGroup", "admins", { objectId: ADMINS, members: [EMERGENCY] });
    const nested = claim("I4", { admins });
    expect([nested.verdict, nested.because]).to.deep.equal([
      "refuted",
      `it excludes ${EMERGENCY}, who may activate Virtual Machine Administrator Login`,
    ]);
  });

  it("is refuted where whoever is excluded holds a login role, and not where they hold Reader", () => {
    const holding = (role: string) =>
      claim("I4", { standing: assignment(role, GROUP, { principalId: EMERGENCY }) }).verdict;
    expect(holding(ROLE.userLogin)).to.equal("refuted");
    expect(holding(ROLE.reader)).to.equal("proved");
  });

  it("is unknown where the excluded ids are computed", () => {
    expect(excluding({ excludedGroups: NOT_KNOWN })[0]).to.equal("unknown");
    expect(excluding({ excludedGroups: [NOT_KNOWN] })[0]).to.equal("unknown");
    expect(excluding({ excludedGuestsOrExternalUsers: NOT_KNOWN })[0]).to.equal("unknown");
  });

  it("takes the word of a component of this package, found in the graph", () => {
    const component = {
      ...resource("group", "sign-in", { breakGlass: { groupId: EMERGENCY, reason: "recovery" } }),
      type: "secure-jump-access:index:CaPolicy",
    };
    expect(claim("I4", { component }, {}).verdict).to.equal("proved");
  });

  it("is unknown where the one who is declared is not known yet", () => {
    const component = {
      ...resource("group", "sign-in", { breakGlass: { groupId: NOT_KNOWN, reason: "recovery" } }),
      type: "secure-jump-access:index:CaPolicy",
    };
    expect(claim("I4", { component }, {}).verdict).to.equal("unknown");
  });

  it("is claimed of policies that guard a sign-in, and of no other", () => {
    const grant = { operator: "OR", builtInControls: ["mfa"] };
    const mail = { applications: { includedApplications: ["Office365"] } };
    expect(claims("I4", { accessPolicy: policy({}, grant) })).to.deep.equal([]);
    expect(claims("I4", { accessPolicy: policy(mail) })).to.deep.equal([]);
    const second = resource("accessPolicy", "second", accessPolicy());
    expect(claims("I4", { second }).map(({ subject }) => subject)).to.deep.equal(["mfa", "second"]);
  });
});
