import type { Change } from "./change";
import { NEXT_SIGN_IN, NOTHING } from "./costs";
import * as made from "./resources";
import { GROUPS } from "./tenant";

const POLICIES = [made.SIGN_IN_POLICY, made.APPROVERS_POLICY];
const KEYS_ONLY = { combinations: ["fido2"] };
const WINDOWS_CLOUD_LOGIN = made.other(
  "the app's service principal",
  "sign-in-app-windowsCloudLogin",
);

export const SIGN_IN_CHANGES: readonly Change[] = [
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
];
