import { expect } from "chai";
import fc from "fast-check";
import { PHISHING_RESISTANT } from "../../../components/model/authentication-strength";
import type { Verdict } from "../../../components/model/claims/claim";
import {
  verdictOf,
  type SignInAttempt,
} from "../../../sandbox/azure/graph/conditional-access-evaluation";
import { putGraphObject } from "../../../sandbox/azure/graph/objects";
import { Store } from "../../../sandbox/azure/store";
import { policyBody } from "../../../sandbox/providers/azuread/conditional-access-body";
import type { Values } from "../../../sandbox/providers/plugin/values";
import type { Value } from "../../../components/model/graph/resource-graph";
import { ADMINS, APP, claims, EMERGENCY, resource, SOMEBODY } from "./plain-program";
import { STRENGTH } from "./policy-program";

const PERSON = "33333333-0000-4000-8000-0000000000aa";
const OFFICE = "198.51.100.0/24";
const LOCATION = "33333333-0000-4000-8000-0000000000bb";

/** A simulated tenant with one person in the access group, and one trusted network. */
function tenant(): Store {
  const store = new Store("/nonexistent/store.json");
  putGraphObject(store, "users", PERSON, { userType: "Member" });
  putGraphObject(store, "groups", ADMINS, { members: [PERSON] });
  putGraphObject(store, "groups", EMERGENCY, { members: [] });
  putGraphObject(store, "groups", SOMEBODY, { members: [] });
  const ipRanges = [{ cidrAddress: OFFICE }];
  putGraphObject(store, "namedLocations", LOCATION, { isTrusted: true, ipRanges });
  return store;
}

/** Every sign-in of that person to an app by methods that can be relayed, from everywhere. */
function relayable(appId: string): SignInAttempt[] {
  const methods = [["password"], ["password", "sms"], ["deviceBasedPush"]];
  return methods.flatMap((used) =>
    ["windows", "linux"].flatMap((platform) =>
      ["browser", "mobileAppsAndDesktopClients"].flatMap((clientAppType) =>
        ["198.51.100.7", "203.0.113.7"].flatMap((ipAddress) =>
          [true, false].map((compliantDevice) => ({
            userId: PERSON,
            appId,
            methods: used,
            platform,
            clientAppType,
            ipAddress,
            compliantDevice,
          })),
        ),
      ),
    ),
  );
}

const some = <Item>(...items: Item[]): fc.Arbitrary<Item[]> => fc.subarray(items);
const maybe = <Item>(...items: Item[]): fc.Arbitrary<Item | undefined> =>
  fc.option(fc.constantFrom(...items), { nil: undefined, freq: 1 });

const conditions = fc
  .record({
    applications: fc.record({
      includedApplications: fc.oneof(
        fc.constant(["All"]),
        some(APP.linuxVm, APP.management, "Office365"),
      ),
      excludedApplications: fc.oneof(
        { arbitrary: fc.constant([]), weight: 4 },
        { arbitrary: some<string>(APP.linuxVm), weight: 1 },
      ),
    }),
    users: fc.oneof(
      {
        arbitrary: fc.constant({ includedGroups: [ADMINS], excludedGroups: [EMERGENCY] }),
        weight: 4,
      },
      {
        arbitrary: fc.record({
          includedUsers: some("All"),
          includedGroups: some(ADMINS, SOMEBODY),
          excludedGroups: some(EMERGENCY, ADMINS),
        }),
        weight: 3,
      },
    ),
    clientAppTypes: fc.constantFrom(["all"], ["all"], ["all"], ["browser"]),
    platforms: maybe(
      { includedPlatforms: ["all"] },
      { includedPlatforms: ["windows"] },
      { includedPlatforms: ["all"], excludedPlatforms: ["linux"] },
    ),
    locations: maybe(
      { includedLocations: ["All"] },
      { includedLocations: ["All"], excludedLocations: ["AllTrusted"] },
      { includedLocations: [LOCATION] },
    ),
    signInRiskLevels: fc.constantFrom([], [], [], ["high"]),
  })
  .map((made) => JSON.parse(JSON.stringify(made)) as Record<string, Value>);
const grantControls = fc
  .record({
    operator: fc.constantFrom("AND", "OR"),
    builtInControls: fc.oneof(
      { arbitrary: fc.constant([]), weight: 3 },
      { arbitrary: some("mfa", "compliantDevice", "block"), weight: 2 },
    ),
    authenticationStrengthPolicyId: maybe(4, 4, 4, 3, 2),
  })
  .map(({ authenticationStrengthPolicyId: number, ...controls }): Value => ({
    ...controls,
    ...(number === undefined
      ? {}
      : {
          authenticationStrengthPolicyId: `${STRENGTH}00000000-0000-0000-0000-00000000000${number}`,
        }),
  }));
const policy: fc.Arbitrary<Policy> = fc.record({
  displayName: fc.constant("p"),
  state: fc.constantFrom("enabled", "enabled", "enabledForReportingButNotEnforced", "disabled"),
  conditions,
  grantControls,
});
type Policy = Record<"displayName" | "state" | "conditions" | "grantControls", Value>;

/** A policy that fits, in that state. */
function fitting(state: string): Policy {
  return {
    displayName: "p",
    state,
    conditions: {
      clientAppTypes: ["all"],
      applications: { includedApplications: ["All"] },
      users: { includedGroups: [ADMINS] },
    },
    grantControls: {
      operator: "OR",
      authenticationStrengthPolicyId: `${STRENGTH}00000000-0000-0000-0000-000000000004`,
    },
  };
}

/** What the model says of each app of the plain program's VM. */
function claimed(policies: readonly Policy[]): Map<string, Verdict> {
  const entries = policies.map((own, index) => [
    index === 0 ? "accessPolicy" : `policy${index}`,
    resource("accessPolicy", `p${index}`, own),
  ]);
  const found = claims("I3", Object.fromEntries(entries) as Parameters<typeof claims>[1]);
  const [management, linux] = found.map(({ verdict }) => verdict);
  return new Map([
    [APP.management, management!],
    [APP.linuxVm, linux!],
  ]);
}

/** Whether the simulated Entra ID refuses every such sign-in, and whether it would once policies are enforced. */
function played(policies: readonly Policy[], appId: string): { refused: boolean; would: boolean } {
  const store = tenant();
  const bodies = policies.map((own) => policyBody(own as unknown as Values));
  const results = relayable(appId).map((attempt) =>
    bodies.map((body) => verdictOf(store, body, attempt).result),
  );
  return {
    refused: results.every((each) => each.includes("failure")),
    would: results.every((each) =>
      each.some((result) => result === "failure" || result === "reportOnlyFailure"),
    ),
  };
}

describe("I3 held against the simulated Entra ID, which evaluates policies by itself", () => {
  it("is proved of a policy exactly where every sign-in that can be relayed is refused", () => {
    const seen = new Set<Verdict>();
    fc.assert(
      fc.property(policy, (made) => {
        for (const [appId, verdict] of claimed([made])) {
          seen.add(verdict);
          const { refused, would } = played([made], appId);
          expect(verdict).to.equal(refused ? "proved" : would ? "staged" : "refuted");
        }
      }),
      {
        numRuns: 250,
        examples: [
          [fitting("enabled")],
          [fitting("enabledForReportingButNotEnforced")],
          [fitting("disabled")],
        ],
      },
    );
    expect([...seen]).to.have.members(["proved", "staged", "refuted"]);
  });

  it("is right about several policies together, or says that it does not know", () => {
    fc.assert(
      fc.property(fc.array(policy, { minLength: 2, maxLength: 3 }), (made) => {
        for (const [appId, verdict] of claimed(made)) {
          const { refused, would } = played(made, appId);
          if (verdict === "proved") expect(refused).to.equal(true);
          if (verdict === "staged") expect(would).to.equal(true);
          if (verdict === "refuted") expect(refused).to.equal(false);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("lets in, under a policy that is proved, whoever has a phishing-resistant method", () => {
    const own = fitting("enabled");
    expect([...claimed([own]).values()]).to.deep.equal(["proved", "proved"]);
    for (const method of PHISHING_RESISTANT) {
      const [attempt] = relayable(APP.linuxVm);
      const body = policyBody(own as unknown as Values);
      const { result } = verdictOf(tenant(), body, { ...attempt!, methods: [method] });
      expect(result, method).to.equal("success");
    }
  });
});
