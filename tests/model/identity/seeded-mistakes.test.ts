import { expect } from "chai";
import type { ClaimId, Verdict } from "../../../components/model/claims/claim";
import { readEstate } from "../../../components/model/estate/read-estate";
import type {
  GraphResource,
  ResourceGraph,
  Value,
} from "../../../components/model/graph/resource-graph";
import { identityClaims } from "../../../components/model/identity/identity-claims";
import { SecureJumpAccess } from "../../../sdk";
import { GROUPS, smallest } from "../../support/environment";
import { recordedGraph } from "../../support/recorded-graph";
import { record } from "../../support/recorder";
import { assignment, NOT_KNOWN, resource, ROLE, roleId, SUBSCRIPTION } from "./plain-program";

type Json = Record<string, Value>;
type Change = (graph: ResourceGraph) => ResourceGraph;

const SPOKE = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-jump-dev-app`;
const OWN_ROLE = "99999999-0000-4000-8000-000000000001";

/** Adds a resource that somebody has written beside the environment. */
function beside(...more: GraphResource[]): Change {
  return ({ resources, unread }) => ({ resources: [...resources, ...more], unread });
}

/** Changes one property of the resource with that logical name. */
function property(name: string, key: string, change: (value: Json) => Value): Change {
  return ({ resources, unread }) => {
    const [own] = resources.filter((each) => each.name === name);
    if (own === undefined) throw new Error(`the environment has no ${name}`);
    const properties = { ...own.properties, [key]: change(own.properties[key] as Json) };
    return {
      resources: resources.map((each) => (each === own ? { ...own, properties } : each)),
      unread,
    };
  };
}

function ownRole(actions: string[]): GraphResource {
  const permissions = [{ actions }];
  return resource("definition", "own", { roleName: "Own", permissions }, { id: roleId(OWN_ROLE) });
}

const policy = (change: (conditions: Json) => Json): Change =>
  property("jump-sign-in-policy", "conditions", change);
const users = (more: Json): Change =>
  policy((conditions) => ({ ...conditions, users: { ...(conditions.users as Json), ...more } }));
const grant = (more: Json): Change =>
  property("jump-sign-in-policy", "grantControls", (controls) => ({ ...controls, ...more }));
const RULES = "jump-app-dev-westeurope-users-policy";
const rules = (change: (rules: Json[]) => Json[]): Change =>
  property(RULES, "rules", (list) => change(list as unknown as Json[]));
const rule = (id: string, more: Json): Change =>
  rules((list) => list.map((each) => (each.id === id ? { ...each, ...more } : each)));
const MAY = "jump-app-dev-westeurope-users-operators";
const expires = (expiration: Json): Change => property(MAY, "scheduleInfo", () => ({ expiration }));
const machine = (os: string, change: (profile: Json) => Json): Change =>
  property(`jump-app-${os}-vm`, "osProfile", change);

/** What somebody may get wrong, what it does to which claim, and of what. */
const MISTAKES: readonly (readonly [
  mistake: string,
  change: Change,
  claim: ClaimId,
  subject: RegExp,
  verdict: Verdict,
])[] = [
  [
    "a login role that stands one scope up",
    beside(assignment(ROLE.userLogin, `/subscriptions/${SUBSCRIPTION}`)),
    "I1",
    /vm$/,
    "refuted",
  ],
  [
    "a login role that stands at a management group",
    beside(
      assignment(ROLE.administratorLogin, "/providers/Microsoft.Management/managementGroups/root"),
    ),
    "I1",
    /vm$/,
    "refuted",
  ],
  [
    "a role that nobody knows",
    beside(assignment("12345678-0000-4000-8000-000000000000", SPOKE)),
    "I1",
    /vm$/,
    "unknown",
  ],
  ["an eligibility for ever", expires({ type: "NoExpiration" }), "I2", /operators$/, "refuted"],
  [
    "an eligibility whose duration was forgotten",
    expires({ type: "AfterDuration" }),
    "I2",
    /operators$/,
    "refuted",
  ],
  [
    "an activation of a day",
    rule("Expiration_EndUser_Assignment", { maximumDuration: "PT24H" }),
    "I2",
    /operators$/,
    "refuted",
  ],
  [
    "an activation without MFA",
    rule("Enablement_EndUser_Assignment", { enabledRules: ["Justification"] }),
    "I2",
    /operators$/,
    "refuted",
  ],
  [
    "an activation without a reason",
    rule("Enablement_EndUser_Assignment", { enabledRules: ["MultiFactorAuthentication"] }),
    "I2",
    /operators$/,
    "refuted",
  ],
  [
    "the rule on MFA left out",
    rules((list) => list.filter(({ id }) => id !== "Enablement_EndUser_Assignment")),
    "I2",
    /operators$/,
    "unknown",
  ],
  [
    "a rule without a target, which Azure ignores",
    rule("Enablement_EndUser_Assignment", { target: null }),
    "I2",
    /operators$/,
    "unknown",
  ],
  [
    "rules at another scope",
    property(RULES, "scope", () => `/subscriptions/${SUBSCRIPTION}`),
    "I2",
    /operators$/,
    "unknown",
  ],
  [
    "the policy disabled",
    property("jump-sign-in-policy", "state", () => "disabled"),
    "I3",
    / on /,
    "refuted",
  ],
  [
    "the policy left to report",
    property("jump-sign-in-policy", "state", () => "enabledForReportingButNotEnforced"),
    "I3",
    / on /,
    "staged",
  ],
  [
    "a strength in place of which MFA stands",
    grant({ authenticationStrengthPolicyId: null, builtInControls: ["mfa"] }),
    "I3",
    / on /,
    "refuted",
  ],
  [
    "the built-in strength number two",
    grant({
      authenticationStrengthPolicyId:
        "/policies/authenticationStrengthPolicies/00000000-0000-0000-0000-000000000002",
    }),
    "I3",
    / on /,
    "refuted",
  ],
  [
    "a compliant device instead, by OR",
    grant({ builtInControls: ["compliantDevice"] }),
    "I3",
    / on /,
    "refuted",
  ],
  [
    "one letter of an app id",
    policy((conditions) => ({
      ...conditions,
      applications: { includedApplications: ["ce6ff14a-7fdc-4685-bbe0-f6afdfcfa8e1"] },
    })),
    "I3",
    /Linux/,
    "refuted",
  ],
  [
    "the wrong group",
    users({ includedGroups: ["33333333-0000-4000-8000-000000000099"] }),
    "I3",
    / on /,
    "refuted",
  ],
  [
    "a policy for Windows clients only",
    policy((conditions) => ({ ...conditions, platforms: { includedPlatforms: ["windows"] } })),
    "I3",
    / on /,
    "refuted",
  ],
  [
    "a trusted network that is let by",
    policy((conditions) => ({
      ...conditions,
      locations: { includedLocations: ["All"], excludedLocations: ["AllTrusted"] },
    })),
    "I3",
    / on /,
    "refuted",
  ],
  ["groups that are computed", users({ includedGroups: NOT_KNOWN }), "I3", / on /, "unknown"],
  [
    "all guests excluded",
    users({ excludedGuestsOrExternalUsers: [{ guestOrExternalUserTypes: ["internalGuest"] }] }),
    "I4",
    /policy$/,
    "refuted",
  ],
  ["nobody excluded", users({ excludedGroups: [] }), "I4", /policy$/, "refuted"],
  [
    "a directory role excluded",
    users({ excludedRoles: ["62e90394-69f5-4237-9190-012177145e10"] }),
    "I4",
    /policy$/,
    "refuted",
  ],
  [
    "an access group excluded",
    users({ excludedGroups: [GROUPS.emergency, GROUPS.admins] }),
    "I4",
    /policy$/,
    "refuted",
  ],
  [
    "another group excluded besides",
    users({ excludedGroups: [GROUPS.emergency, "33333333-0000-4000-8000-000000000099"] }),
    "I4",
    /policy$/,
    "refuted",
  ],
  [
    "break-glass that is eligible",
    property(MAY, "principalId", () => GROUPS.emergency),
    "I4",
    /policy$/,
    "refuted",
  ],
  [
    "Contributor at the subscription",
    beside(assignment(ROLE.contributor, `/subscriptions/${SUBSCRIPTION}`)),
    "I5",
    /vm$/,
    "refuted",
  ],
  ["Owner at the resource group", beside(assignment(ROLE.owner, SPOKE)), "I5", /vm$/, "refuted"],
  [
    "a custom role with */action",
    beside(ownRole(["*/action"]), assignment(OWN_ROLE, SPOKE)),
    "I5",
    /vm$/,
    "refuted",
  ],
  [
    "a custom role with run command",
    beside(
      ownRole(["Microsoft.Compute/virtualMachines/runCommand/action"]),
      assignment(OWN_ROLE, SPOKE),
    ),
    "I5",
    /vm$/,
    "refuted",
  ],
  [
    "a custom role with VMAccess",
    beside(
      ownRole(["Microsoft.Compute/virtualMachines/extensions/write"]),
      assignment(OWN_ROLE, SPOKE),
    ),
    "I5",
    /vm$/,
    "refuted",
  ],
  [
    "Network Contributor in the spoke",
    beside(assignment(ROLE.networkContributor, SPOKE)),
    "I6",
    /^the estate$/,
    "refuted",
  ],
  [
    "an owner of an access group",
    beside(
      resource("directoryGroup", "operators", {
        objectId: GROUPS.operators,
        owners: ["33333333-0000-4000-8000-000000000098"],
      }),
    ),
    "I6",
    /^the estate$/,
    "refuted",
  ],
  [
    "Linux with a password",
    machine("web", (profile) => ({
      ...profile,
      linuxConfiguration: { disablePasswordAuthentication: false },
    })),
    "I7",
    /web-vm$/,
    "refuted",
  ],
  [
    "a key of the caller's own",
    property("jump-app-web-vm", "tags", () => ({
      "secure-jump-access:local-credential": "sshKey: backup",
    })),
    "I7",
    /web-vm$/,
    "refuted",
  ],
];

describe("a mistake that is seeded into the smallest environment, enforced", () => {
  let sound: ResourceGraph;

  before(async () => {
    const { signIn } = smallest();
    const acknowledgeLockout = { reason: "every operator has a key" };
    const enforced = { ...signIn, stage: "enforced" as const, acknowledgeLockout };
    const args = { ...smallest(), signIn: enforced };
    sound = recordedGraph(await record(() => new SecureJumpAccess("jump", args)));
  });

  it("is none: before it, every claim is proved", () => {
    const claims = identityClaims(readEstate(sound));
    expect(claims.filter(({ verdict }) => verdict !== "proved")).to.deep.equal([]);
  });

  for (const [mistake, change, id, subject, verdict] of MISTAKES) {
    it(`is found: ${mistake} (${id} ${verdict})`, () => {
      const claims = identityClaims(readEstate(change(sound)));
      const found = claims.filter((claim) => claim.id === id && subject.test(claim.subject));
      expect(found.map((claim) => claim.verdict)).to.include(verdict);
      if (verdict !== "refuted") return;
      const [refuted] = found.filter((claim) => claim.verdict === "refuted");
      expect(refuted?.counterexample?.resource, "what would have to change").to.be.a("string");
    });
  }
});
