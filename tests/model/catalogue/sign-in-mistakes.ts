import { GROUPS } from "../../support/environment";
import { mistake, type Mistake } from "../../support/seeded";
import { NOT_KNOWN } from "../identity/plain-program";
import { MAY, grant, policy, property, users } from "./identity-changes";

/** Mistakes in the Conditional Access policy. */
export const SIGN_IN_MISTAKES: readonly Mistake[] = [
  mistake(
    "the policy disabled",
    property("jump-sign-in-policy", "state", () => "disabled"),
    "I3",
    / on /,
  ),
  mistake(
    "the policy left to report",
    property("jump-sign-in-policy", "state", () => "enabledForReportingButNotEnforced"),
    "I3",
    / on /,
    "staged",
  ),
  mistake(
    "a strength in place of which MFA stands",
    grant({ authenticationStrengthPolicyId: null, builtInControls: ["mfa"] }),
    "I3",
    / on /,
  ),
  mistake(
    "the built-in strength number two",
    grant({
      authenticationStrengthPolicyId:
        "/policies/authenticationStrengthPolicies/00000000-0000-0000-0000-000000000002",
    }),
    "I3",
    / on /,
  ),
  mistake(
    "a compliant device instead, by OR",
    grant({ builtInControls: ["compliantDevice"] }),
    "I3",
    / on /,
  ),
  mistake(
    "one letter of an app id",
    policy((conditions) => ({
      ...conditions,
      applications: { includedApplications: ["ce6ff14a-7fdc-4685-bbe0-f6afdfcfa8e1"] },
    })),
    "I3",
    /Linux/,
  ),
  mistake(
    "the wrong group",
    users({ includedGroups: ["33333333-0000-4000-8000-000000000099"] }),
    "I3",
    / on /,
  ),
  mistake(
    "a policy for Windows clients only",
    policy((conditions) => ({ ...conditions, platforms: { includedPlatforms: ["windows"] } })),
    "I3",
    / on /,
  ),
  mistake(
    "a trusted network that is let by",
    policy((conditions) => ({
      ...conditions,
      locations: { includedLocations: ["All"], excludedLocations: ["AllTrusted"] },
    })),
    "I3",
    / on /,
  ),
  mistake(
    "groups that are computed",
    users({ includedGroups: NOT_KNOWN }),
    "I3",
    / on /,
    "unknown",
  ),
  mistake(
    "all guests excluded",
    users({ excludedGuestsOrExternalUsers: [{ guestOrExternalUserTypes: ["internalGuest"] }] }),
    "I4",
    /policy$/,
  ),
  mistake("nobody excluded", users({ excludedGroups: [] }), "I4", /policy$/),
  mistake(
    "a directory role excluded",
    users({ excludedRoles: ["62e90394-69f5-4237-9190-012177145e10"] }),
    "I4",
    /policy$/,
  ),
  mistake(
    "an access group excluded",
    users({ excludedGroups: [GROUPS.emergency, GROUPS.admins] }),
    "I4",
    /policy$/,
  ),
  mistake(
    "another group excluded besides",
    users({ excludedGroups: [GROUPS.emergency, "33333333-0000-4000-8000-000000000099"] }),
    "I4",
    /policy$/,
  ),
  mistake(
    "break-glass that is eligible",
    property(MAY, "principalId", () => GROUPS.emergency),
    "I4",
    /policy$/,
  ),
];
