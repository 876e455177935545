import { expect } from "chai";
import type { Value } from "../../../components/model/graph/resource-graph";
import { accessPolicy, claims, NOT_KNOWN, resource } from "./plain-program";
import { decided, NEAREST, policy, STRENGTH } from "./policy-program";

function grant(more: Record<string, Value>): Value {
  const strength = `${STRENGTH}00000000-0000-0000-0000-000000000004`;
  return { operator: "OR", authenticationStrengthPolicyId: strength, ...more };
}

describe("I3 by the conditions that narrow a policy", () => {
  for (const [what, conditions] of [
    ["client types (browser)", { clientAppTypes: ["browser"] }],
    ["platforms", { platforms: { includedPlatforms: ["windows"] } }],
    [
      "platforms that are excluded",
      { platforms: { includedPlatforms: ["all"], excludedPlatforms: ["linux"] } },
    ],
    ["locations", { locations: { includedLocations: ["11111111-0000-4000-8000-000000000001"] } }],
    [
      "locations that are excluded",
      { locations: { includedLocations: ["All"], excludedLocations: ["AllTrusted"] } },
    ],
    ["devices", { devices: { filter: { mode: "exclude", rule: "device.isCompliant -eq True" } } }],
    ["user risk", { userRiskLevels: ["high"] }],
    ["sign-in risk", { signInRiskLevels: ["medium", "high"] }],
    ["insider risk", { insiderRiskLevels: "elevated" }],
    ["authentication flows", { authenticationFlowTransferMethods: ["deviceCodeFlow"] }],
    ["workload identities", { clientApplications: { includedServicePrincipals: ["x"] } }],
  ] as const satisfies [string, Record<string, Value>][]) {
    it(`is refuted by ${what}`, () => {
      expect(decided(policy(conditions))).to.deep.equal([
        "refuted",
        `${NEAREST}it is narrowed by ${what}`,
      ]);
    });
  }

  it("is proved by conditions that hold everywhere, and by what the provider answers for none", () => {
    const everywhere = {
      platforms: { includedPlatforms: ["all"], excludedPlatforms: [] },
      locations: { includedLocations: ["All"], excludedLocations: [] },
      signInRiskLevels: [],
      insiderRiskLevels: "",
      devices: null,
    };
    expect(decided(policy(everywhere))[0]).to.equal("proved");
  });

  it("is unknown where a condition is computed, or is one that nobody knows", () => {
    expect(decided(policy({ platforms: NOT_KNOWN }))[0]).to.equal("unknown");
    expect(decided(policy({ signInRiskLevels: NOT_KNOWN }))[0]).to.equal("unknown");
    expect(decided(policy({ moonPhases: ["full"] }))[0]).to.equal("unknown");
    expect(
      decided(policy({ clientAppTypes: ["browser", "mobileAppsAndDesktopClients"] }))[0],
    ).to.equal("unknown");
  });

  it("is unknown where several policies cover a part each, which may add up to all", () => {
    const windows = policy({ platforms: { includedPlatforms: ["windows"] } });
    const rest = policy(
      { platforms: { includedPlatforms: ["all"], excludedPlatforms: ["windows"] } },
      undefined,
      "rest",
    );
    expect(decided(windows, rest)).to.deep.equal([
      "unknown",
      "several policies cover a part each, and together they may cover all",
    ]);
    const off = { ...rest, properties: { ...rest.properties, state: "disabled" } };
    expect(decided(windows, off)[0]).to.equal("refuted");
  });
});

describe("I3 by what a policy asks for", () => {
  const asking = (own: Value) => decided(policy({}, own));

  it("is refuted by MFA, by the weaker built-in strengths, and by nothing", () => {
    expect(asking({ operator: "OR", builtInControls: ["mfa"] })).to.deep.equal([
      "refuted",
      `${NEAREST}it is satisfied by mfa, which is not phishing-resistant`,
    ]);
    for (const number of [2, 3]) {
      const id = `${STRENGTH}00000000-0000-0000-0000-00000000000${number}`;
      expect(asking({ operator: "OR", authenticationStrengthPolicyId: id })[0]).to.equal("refuted");
    }
    const sessionOnly = { ...policy(), properties: { ...accessPolicy(), grantControls: null } };
    expect(decided(sessionOnly)).to.deep.equal([
      "refuted",
      `${NEAREST}it asks for no way of signing in`,
    ]);
  });

  it("is refuted where a weaker control stands beside the strength by OR, and proved by AND", () => {
    const controls: Record<string, Value>[] = [
      { builtInControls: ["compliantDevice"] },
      { termsOfUses: ["x"] },
      { customAuthenticationFactors: ["x"] },
    ];
    for (const weaker of controls) {
      expect(asking(grant(weaker))[0]).to.equal("refuted");
      expect(asking(grant({ ...weaker, operator: "AND" }))[0]).to.equal("proved");
      expect(asking(grant({ ...weaker, operator: NOT_KNOWN }))[0]).to.equal("unknown");
    }
    expect(asking(grant({ operator: NOT_KNOWN }))[0]).to.equal("proved");
  });

  it("is proved where the policy blocks: nobody signs in", () => {
    expect(asking({ operator: "OR", builtInControls: ["block"] })[0]).to.equal("proved");
  });

  for (const [combinations, verdict] of [
    [["fido2", "x509CertificateMultiFactor"], "proved"],
    [["fido2", "password,sms"], "refuted"],
    [["deviceBasedPush"], "refuted"],
    [[], "refuted"],
    [NOT_KNOWN, "unknown"],
  ] as const) {
    it(`is ${verdict} by a strength of its own of ${JSON.stringify(combinations)}`, () => {
      const own = resource("strength", "own", { allowedCombinations: combinations });
      const late = {
        ...policy({}, grant({ authenticationStrengthPolicyId: NOT_KNOWN })),
        propertyDependencies: { grantControls: [own.urn] },
      };
      const before = claims("I3", { own, accessPolicy: late });
      expect(before.map((claim) => claim.verdict)).to.deep.equal([verdict, verdict]);
      const id = `${STRENGTH}99999999-0000-4000-8000-000000000001`;
      const made = { ...own, id };
      const after = claims("I3", {
        own: made,
        accessPolicy: policy({}, grant({ authenticationStrengthPolicyId: id })),
      });
      expect(after.map((claim) => claim.verdict)).to.deep.equal([verdict, verdict]);
    });
  }

  it("is unknown by a strength that is made elsewhere, and names it", () => {
    const id = "99999999-0000-4000-8000-000000000002";
    expect(asking(grant({ authenticationStrengthPolicyId: STRENGTH + id }))).to.deep.equal([
      "unknown",
      `the policy mfa might: the authentication strength ${id} is not in the program`,
    ]);
  });
});
