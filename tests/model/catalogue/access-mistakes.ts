import { GROUPS } from "../../support/environment";
import { mistake, type Mistake } from "../../support/seeded";
import { assignment, resource, ROLE, SUBSCRIPTION } from "../identity/plain-program";
import {
  OWN_ROLE,
  RULES,
  SPOKE,
  beside,
  expires,
  machine,
  ownRole,
  property,
  rule,
  rules,
} from "./identity-changes";

/** Mistakes in roles, eligibilities and credentials. */
export const ACCESS_MISTAKES: readonly Mistake[] = [
  mistake(
    "a login role that stands one scope up",
    beside(assignment(ROLE.userLogin, `/subscriptions/${SUBSCRIPTION}`)),
    "I1",
    /vm$/,
  ),
  mistake(
    "a login role that stands at a management group",
    beside(
      assignment(ROLE.administratorLogin, "/providers/Microsoft.Management/managementGroups/root"),
    ),
    "I1",
    /vm$/,
  ),
  mistake(
    "a role that nobody knows",
    beside(assignment("12345678-0000-4000-8000-000000000000", SPOKE)),
    "I1",
    /vm$/,
    "unknown",
  ),
  mistake("an eligibility for ever", expires({ type: "NoExpiration" }), "I2", /operators$/),
  mistake(
    "an eligibility whose duration was forgotten",
    expires({ type: "AfterDuration" }),
    "I2",
    /operators$/,
  ),
  mistake(
    "an activation of a day",
    rule("Expiration_EndUser_Assignment", { maximumDuration: "PT24H" }),
    "I2",
    /operators$/,
  ),
  mistake(
    "an activation without MFA",
    rule("Enablement_EndUser_Assignment", { enabledRules: ["Justification"] }),
    "I2",
    /operators$/,
  ),
  mistake(
    "an activation without a reason",
    rule("Enablement_EndUser_Assignment", { enabledRules: ["MultiFactorAuthentication"] }),
    "I2",
    /operators$/,
  ),
  mistake(
    "the rule on MFA left out",
    rules((list) => list.filter(({ id }) => id !== "Enablement_EndUser_Assignment")),
    "I2",
    /operators$/,
    "unknown",
  ),
  mistake(
    "a rule without a target, which Azure ignores",
    rule("Enablement_EndUser_Assignment", { target: null }),
    "I2",
    /operators$/,
    "unknown",
  ),
  mistake(
    "rules at another scope",
    property(RULES, "scope", () => `/subscriptions/${SUBSCRIPTION}`),
    "I2",
    /operators$/,
    "unknown",
  ),
  mistake(
    "Contributor at the subscription",
    beside(assignment(ROLE.contributor, `/subscriptions/${SUBSCRIPTION}`)),
    "I5",
    /vm$/,
  ),
  mistake("Owner at the resource group", beside(assignment(ROLE.owner, SPOKE)), "I5", /vm$/),
  mistake(
    "a custom role with */action",
    beside(ownRole(["*/action"]), assignment(OWN_ROLE, SPOKE)),
    "I5",
    /vm$/,
  ),
  mistake(
    "a custom role with run command",
    beside(
      ownRole(["Microsoft.Compute/virtualMachines/runCommand/action"]),
      assignment(OWN_ROLE, SPOKE),
    ),
    "I5",
    /vm$/,
  ),
  mistake(
    "a custom role with VMAccess",
    beside(
      ownRole(["Microsoft.Compute/virtualMachines/extensions/write"]),
      assignment(OWN_ROLE, SPOKE),
    ),
    "I5",
    /vm$/,
  ),
  mistake(
    "Network Contributor in the spoke",
    beside(assignment(ROLE.networkContributor, SPOKE)),
    "I6",
    /^the estate$/,
  ),
  mistake(
    "an owner of an access group",
    beside(
      resource("directoryGroup", "operators", {
        objectId: GROUPS.operators,
        owners: ["33333333-0000-4000-8000-000000000098"],
      }),
    ),
    "I6",
    /^the estate$/,
  ),
  mistake(
    "Linux with a password",
    machine("web", (profile) => ({
      ...profile,
      linuxConfiguration: { disablePasswordAuthentication: false },
    })),
    "I7",
    /web-vm$/,
  ),
  mistake(
    "a key of the caller's own",
    property("jump-app-web-vm", "tags", () => ({
      "secure-jump-access:local-credential": "sshKey: backup",
    })),
    "I7",
    /web-vm$/,
  ),
];
