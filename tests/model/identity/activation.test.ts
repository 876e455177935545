import { expect } from "chai";
import type { ScopedDemand } from "../../../components/model/estate/access-estate";
import type { Scope } from "../../../components/model/estate/scope";
import type { GraphResource, Value } from "../../../components/model/graph/resource-graph";
import {
  activationRules,
  ADMINS,
  changed,
  claim,
  claims,
  DECLARED,
  endUserRule,
  GROUP,
  NOT_KNOWN,
  plainProgram,
  resource,
  ROLE,
  roleId,
  SUBSCRIPTION,
  urnOf,
} from "./plain-program";

/** The plain program's rules with one in another form, or left out. */
function rules(change: Record<string, Value | undefined>): Record<string, GraphResource> {
  const list = Object.values({ ...activationRules(), ...change }).filter(
    (rule) => rule !== undefined,
  );
  return changed("rolePolicy", { rules: list });
}

function approvalRule(required: boolean, ...approvers: string[]): Value {
  return endUserRule("Approval", {
    setting: {
      isApprovalRequired: required,
      approvalStages: [{ primaryApprovers: approvers.map((id) => ({ id, userType: "Group" })) }],
    },
  });
}

function expiration(duration: string): Value {
  return endUserRule("Expiration", { isExpirationRequired: true, maximumDuration: duration });
}

function enablement(...enabledRules: string[]): Value {
  return endUserRule("Enablement", { enabledRules });
}

function context(isEnabled: boolean, claimValue = ""): Value {
  return endUserRule("AuthenticationContext", { isEnabled, claimValue });
}

const asked: ScopedDemand = {
  scope: undefined,
  role: undefined,
  maxHours: 8,
  mfa: true,
  justification: true,
  ticket: false,
  approval: false,
};

/** A second eligibility and a second policy at the same scope. */
function secondRole(after: readonly string[] = ["more-rules"]): Record<string, GraphResource> {
  const { eligibility, rolePolicy } = plainProgram();
  return {
    secondPolicy: { ...rolePolicy!, urn: urnOf("rolePolicy", "more-rules"), name: "more-rules" },
    second: {
      ...eligibility!,
      urn: urnOf("eligibility", "users-may"),
      name: "users-may",
      properties: { ...eligibility!.properties, roleDefinitionId: roleId(ROLE.userLogin) },
      dependencies: after.map((name) => urnOf("rolePolicy", name)),
    },
  };
}

describe("I2, each way in passes activation with the rules asked for", () => {
  it("is proved where the eligibility ends and its policy asks for everything, under named assumptions", () => {
    const { verdict, because, assumptions, subject } = claim("I2");
    expect({ verdict, because, subject }).to.deep.equal({
      subject: "admins-may",
      verdict: "proved",
      because: "the eligibility ends, and rules asks for everything it has to",
    });
    expect(assumptions).to.deep.equal([
      "a session that outlives its activation counts as that activation's",
      "the role management policy that an eligibility goes with is that of its role",
    ]);
  });

  it("is claimed of login roles only", () => {
    const reader = changed("eligibility", { roleDefinitionId: roleId(ROLE.reader) });
    expect(claims("I2", reader)).to.deep.equal([]);
  });

  it("is unknown of a role that is not known", () => {
    const { verdict, because } = claim(
      "I2",
      changed("eligibility", { roleDefinitionId: NOT_KNOWN }),
    );
    expect([verdict, because]).to.deep.equal([
      "unknown",
      "the role of admins-may is not known before deployment",
    ]);
  });

  for (const [what, expiration_] of [
    ["never ends", { type: "NoExpiration" }],
    ["has a duration that is missing, which Azure takes for ever", { type: "AfterDuration" }],
  ] as const) {
    it(`is refuted where the eligibility ${what}`, () => {
      const { verdict, because, counterexample } = claim(
        "I2",
        changed("eligibility", { scheduleInfo: { expiration: expiration_ } }),
      );
      expect([verdict, because]).to.deep.equal(["refuted", "the eligibility never ends"]);
      expect(counterexample).to.include({
        principal: ADMINS,
        role: "Virtual Machine Administrator Login",
        resource: "admins-may",
      });
    });
  }

  it("is proved where the eligibility ends on a day, and unknown where it does not say", () => {
    const day = { type: "AfterDateTime", endDateTime: "2027-01-01T00:00:00Z" };
    expect(
      claim("I2", changed("eligibility", { scheduleInfo: { expiration: day } })).verdict,
    ).to.equal("proved");
    const silent = claim("I2", changed("eligibility", { scheduleInfo: {} }));
    expect([silent.verdict, silent.because]).to.deep.equal([
      "unknown",
      "admins-may does not say its end",
    ]);
  });

  it("is refuted where an activation may last longer than eight hours and nobody asked for that", () => {
    const { verdict, because, counterexample } = claim(
      "I2",
      rules({ expiration: expiration("PT24H") }),
    );
    expect([verdict, because]).to.deep.equal([
      "refuted",
      "rules lets an activation last 24 hours, more than the 8 hours asked for",
    ]);
    expect(counterexample?.resource).to.equal("rules");
  });

  it("is proved for a longer activation where the author declares it, for that scope and below", () => {
    const longer = rules({ expiration: expiration("P1D") });
    const declared = (scope: Scope | undefined, maxHours = 24) =>
      claim("I2", longer, { ...DECLARED, activation: [{ ...asked, maxHours, scope }] }).verdict;
    expect(declared(undefined)).to.equal("proved");
    expect(declared({ kind: "subscription", subscription: SUBSCRIPTION })).to.equal("proved");
    expect(declared({ kind: "subscription", subscription: "another" })).to.equal("refuted");
    expect(declared(undefined, 23)).to.equal("refuted");
  });

  it("follows the nearest declaration, and of two at one scope the one that names the role", () => {
    const scope: Scope = {
      kind: "below",
      path: "/resourcegroups/rg-app",
      subscription: undefined,
      derived: false,
    };
    const strict = { ...asked, approval: true };
    const lax = rules({ approval: approvalRule(false) });
    const verdict = (...activation: ScopedDemand[]) =>
      claim("I2", lax, { ...DECLARED, activation }).verdict;
    expect(verdict(strict)).to.equal("refuted");
    expect(verdict(strict, { ...asked, scope })).to.equal("proved");
    expect(verdict({ ...strict, scope }, asked)).to.equal("refuted");
    expect(verdict(strict, { ...asked, role: ROLE.administratorLogin })).to.equal("proved");
    expect(verdict(asked, { ...strict, role: ROLE.userLogin })).to.equal("proved");
  });

  it("is refuted where activation asks for no MFA, or for no justification", () => {
    const noMfa = claim("I2", rules({ enablement: enablement("Justification") }));
    expect([noMfa.verdict, noMfa.because]).to.deep.equal([
      "refuted",
      "rules asks for no MFA and for no authentication context",
    ]);
    const noReason = claim("I2", rules({ enablement: enablement("MultiFactorAuthentication") }));
    expect([noReason.verdict, noReason.because]).to.deep.equal([
      "refuted",
      "rules asks for no justification",
    ]);
  });

  it("takes an authentication context in place of MFA, and says what that rests on", () => {
    const stepUp = { enablement: enablement("Justification"), context: context(true, "c2") };
    const { verdict, assumptions } = claim("I2", rules(stepUp));
    expect(verdict).to.equal("proved");
    expect(assumptions).to.include(
      "an enforced policy outside the program demands MFA for the authentication context that activation steps up to",
    );
    const off = { enablement: enablement("Justification"), context: context(false) };
    expect(claim("I2", rules(off)).verdict).to.equal("refuted");
  });

  it("is refuted where an approval or a ticket that is declared is not asked for", () => {
    const declared = { ...DECLARED, activation: [{ ...asked, approval: true, ticket: true }] };
    const both = enablement("MultiFactorAuthentication", "Justification", "Ticketing");
    const verdict = (change: Record<string, Value>) => {
      const { verdict: found, because } = claim("I2", rules(change), declared);
      return [found, because];
    };
    expect(verdict({ enablement: both, approval: approvalRule(true, ADMINS) })[0]).to.equal(
      "proved",
    );
    expect(verdict({ approval: approvalRule(true, ADMINS) })).to.deep.equal([
      "refuted",
      "rules asks for no ticket",
    ]);
    expect(verdict({ enablement: both, approval: approvalRule(false) })).to.deep.equal([
      "refuted",
      "rules asks for nobody's approval",
    ]);
  });

  it("is refuted where approval is required and nobody is named who can give it", () => {
    const declared = { ...DECLARED, activation: [{ ...asked, approval: true }] };
    const { verdict } = claim("I2", rules({ approval: approvalRule(true) }), declared);
    expect(verdict).to.equal("refuted");
  });

  it("is unknown where the program leaves a rule to Azure", () => {
    const verdict = (change: Record<string, Value | undefined>) => {
      const { verdict: found, because } = claim("I2", rules(change));
      return [found, because];
    };
    expect(verdict({ expiration: undefined })).to.deep.equal([
      "unknown",
      "rules leaves the length of an activation to Azure",
    ]);
    expect(verdict({ enablement: undefined })).to.deep.equal([
      "unknown",
      "rules leaves MFA to Azure",
    ]);
  });

  it("is unknown where the policy does not ask an activation to end", () => {
    const endless = endUserRule("Expiration", {
      isExpirationRequired: false,
      maximumDuration: "PT8H",
    });
    const { verdict, because } = claim("I2", rules({ expiration: endless }));
    expect([verdict, because]).to.deep.equal([
      "unknown",
      "the policy does not ask an activation to end",
    ]);
  });

  it("is unknown where a rule's target is not whole, because Azure may ignore the rule", () => {
    const partial = {
      id: "Enablement_EndUser_Assignment",
      enabledRules: ["MultiFactorAuthentication", "Justification"],
    };
    const { verdict, because } = claim("I2", rules({ enablement: partial }));
    expect([verdict, because]).to.deep.equal([
      "unknown",
      "the target of Enablement_EndUser_Assignment is not whole, and Azure may ignore the rule",
    ]);
  });

  it("is unknown where no policy stands at the scope: Azure's own rules hold", () => {
    const elsewhere = changed("rolePolicy", { scope: `${GROUP}-other` });
    const { verdict, because } = claim("I2", elsewhere);
    expect([verdict, because]).to.deep.equal([
      "unknown",
      "the program sets no activation rules for the role of admins-may at its scope; Azure's own hold there",
    ]);
    const above = changed("rolePolicy", { scope: `/subscriptions/${SUBSCRIPTION}` });
    expect(claim("I2", above).verdict).to.equal("unknown");
  });

  it("goes by the policy that each eligibility waits for", () => {
    const weak = changed("rolePolicy", { rules: [expiration("PT24H"), enablement()] });
    const found = claims("I2", { ...weak, ...secondRole() });
    expect(found.map(({ subject, verdict }) => [subject, verdict])).to.deep.equal([
      ["admins-may", "refuted"],
      ["users-may", "proved"],
    ]);
  });

  it("asks all policies at the scope where an eligibility waits for several", () => {
    const both = ["rules", "more-rules"].map((name) => urnOf("rolePolicy", name));
    const { second, secondPolicy } = secondRole();
    const waiting = (own: Record<string, GraphResource>) => {
      const { eligibility } = plainProgram();
      return claims("I2", {
        ...own,
        secondPolicy: secondPolicy!,
        eligibility: { ...eligibility!, dependencies: both },
        second: { ...second!, dependencies: both },
      }).map(({ verdict, because }) => [verdict, because]);
    };
    expect(waiting({}).map(([verdict]) => verdict)).to.deep.equal(["proved", "proved"]);
    for (const [verdict, because] of waiting(rules({ expiration: expiration("PT24H") }))) {
      expect(verdict).to.equal("unknown");
      expect(because).to.match(
        /^rules lets an activation last 24 hours.*, if it is that policy's role$/,
      );
    }
  });

  it("leaves a policy to the role that waits for it alone", () => {
    const { second } = secondRole([]);
    const found = claims("I2", { second: second! });
    expect(found.map(({ subject, verdict }) => [subject, verdict])).to.deep.equal([
      ["admins-may", "proved"],
      ["users-may", "unknown"],
    ]);
  });

  it("is unknown of two roles that wait for one policy, which belongs to one role", () => {
    const { second } = secondRole(["rules"]);
    const found = claims("I2", { second: second! });
    expect(found.map(({ verdict }) => verdict)).to.deep.equal(["unknown", "unknown"]);
    expect(found[0]?.because).to.equal(
      "admins-may and users-may go with the same policy rules, which belongs to one role",
    );
  });

  it("follows scopes that are not known yet to the resource group they come from", () => {
    const { eligibility, rolePolicy } = plainProgram();
    const late = (own: GraphResource): GraphResource => ({
      ...own,
      properties: { ...own.properties, scope: NOT_KNOWN },
      propertyDependencies: { scope: [urnOf("group", "app")] },
    });
    const { verdict, assumptions } = claim("I2", {
      eligibility: late(eligibility!),
      rolePolicy: late(rolePolicy!),
    });
    expect(verdict).to.equal("proved");
    expect(assumptions).to.include(
      "an id that is not known before deployment is that of the resource it comes from",
    );
  });

  it("holds a component's eligibilities to what the component says of itself", () => {
    const component = {
      ...resource("group", "spoke", {
        scope: GROUP,
        activation: {
          administrators: {
            maxHours: 4,
            mfa: true,
            justification: true,
            ticket: false,
            approval: false,
          },
        },
      }),
      type: "secure-jump-access:index:PimEligibility",
    };
    const { verdict, because } = claim("I2", { component });
    expect([verdict, because]).to.deep.equal([
      "refuted",
      "rules lets an activation last 8 hours, more than the 4 hours asked for",
    ]);
    const short = { component, ...rules({ expiration: expiration("PT4H") }) };
    expect(claim("I2", short).verdict).to.equal("proved");
  });
});
