import type { Change, NoChange } from "./change";
import { NEXT_SIGN_IN, NOTHING } from "./costs";
import * as made from "./resources";
import { GROUPS } from "./tenant";

const POLICIES = [made.SIGN_IN_POLICY, made.APPROVERS_POLICY];
const KEYS_ONLY = { combinations: ["fido2"] };
const WINDOWS_CLOUD_LOGIN = made.other(
  "the app's service principal",
  "sign-in-app-windowsCloudLogin",
);

/** An environment that names no break-glass yet, and says so. */
const WAIVED = {
  "signIn.breakGlass": undefined,
  waivers: {
    later: {
      claim: "I4",
      subject: "*",
      reason: "the emergency group is made next week",
      expires: "9999-12-30",
    },
  },
};

export const SIGN_IN_CHANGES: readonly (Change | NoChange)[] = [
  {
    input: "signIn.stage",
    to: "enforced",
    along: { "signIn.acknowledgeLockout": { reason: "everybody has two keys" } },
    words: "report-only to enforced",
    batch: "sign-in",
    property: "state",
    steps: { update: POLICIES },
    cost: { words: "who has no phishing-resistant method is refused at the next sign-in" },
  },
  {
    input: "signIn.acknowledgeLockout.reason",
    to: "everybody has two keys",
    batch: "sign-in",
    steps: {},
    cost: NOTHING,
  },
  {
    input: "signIn.breakGlass.groupId",
    to: GROUPS.rescuers,
    words: "another group",
    batch: "sign-in",
    property: "conditions.users.excludedGroups",
    steps: { update: POLICIES },
    cost: NEXT_SIGN_IN,
  },
  {
    input: "signIn.breakGlass.reason",
    to: "tenant recovery, reviewed",
    batch: "sign-in",
    steps: {},
    cost: NOTHING,
  },
  {
    input: "signIn.strength.combinations",
    at: "signIn.strength",
    to: KEYS_ONLY,
    words: "a strength of its own in place of the built-in one",
    steps: { create: [made.STRENGTH], update: POLICIES },
    cost: NEXT_SIGN_IN,
  },
  {
    input: "signIn.strength.combinations",
    given: { "signIn.strength": KEYS_ONLY },
    to: ["fido2", "windowsHelloForBusiness"],
    batch: "strength",
    property: "allowedCombinations",
    steps: { update: [made.STRENGTH] },
    cost: NEXT_SIGN_IN,
  },
  {
    input: "signIn.strength.combinations",
    at: "signIn.strength",
    from: KEYS_ONLY,
    to: undefined,
    words: "back to the built-in strength",
    steps: { update: POLICIES, delete: [made.STRENGTH] },
    cost: NEXT_SIGN_IN,
  },
  {
    input: "signIn.strength.description",
    given: { "signIn.strength": KEYS_ONLY },
    to: "keys only",
    batch: "strength",
    property: "description",
    steps: { update: [made.STRENGTH] },
    cost: NOTHING,
  },
  {
    input: "signIn.createMissing",
    to: ["windowsCloudLogin"],
    steps: { create: [WINDOWS_CLOUD_LOGIN] },
    cost: NOTHING,
  },
  {
    input: "signIn.createMissing",
    from: ["windowsCloudLogin"],
    to: undefined,
    words: "no longer asked for: it stays in the tenant",
    steps: { delete: [WINDOWS_CLOUD_LOGIN] },
    cost: NOTHING,
  },
  {
    input: "signIn.signInFrequency.hours",
    to: 4,
    batch: "sign-in",
    property: "sessionControls",
    steps: { update: POLICIES },
    cost: { words: "everybody signs in anew when their last sign-in is older" },
  },
  {
    input: "waivers.*",
    at: "waivers",
    given: WAIVED,
    to: undefined,
    along: { "signIn.breakGlass": { groupId: GROUPS.emergency, reason: "tenant recovery" } },
    words: "taken out, with the break-glass group that it stood for",
    steps: { update: POLICIES },
    cost: NEXT_SIGN_IN,
  },
  {
    input: "waivers.*.reason",
    at: "waivers.later.reason",
    given: WAIVED,
    to: "the emergency group is made this week",
    batch: "waivers",
    steps: {},
    cost: NOTHING,
  },
  {
    input: "waivers.*.expires",
    at: "waivers.later.expires",
    given: WAIVED,
    to: "9999-12-31",
    batch: "waivers",
    steps: {},
    cost: NOTHING,
  },
  {
    input: "waivers.*.claim",
    because:
      "a waiver for another claim is another waiver: this one is taken out and that one named",
  },
  {
    input: "waivers.*.subject",
    because: "it says only which refuted claims the waiver stands for, and changes no resource",
  },
];
