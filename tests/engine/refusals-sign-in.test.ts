import * as azuread from "@pulumi/azuread";
import { GROUPS } from "../support/environment";
import type { Place } from "../support/plain-azure";
import { testRefusals } from "../support/refusals";

const AZURE_MANAGEMENT = "797f4846-ba00-4fd7-ba43-dac1f8f63013";
/** The built-in strength "Phishing-resistant MFA". */
const STRENGTH = "/policies/authenticationStrengthPolicies/00000000-0000-0000-0000-000000000004";
const NOBODYS = "99999999-0000-4000-8000-000000000002";

interface Wanted {
  readonly application?: string;
  readonly group?: string;
  readonly controls?: string[];
  readonly strength?: string;
}

function policy(at: Place, { application, group, controls, strength }: Wanted): void {
  new azuread.ConditionalAccessPolicy(`${at.name}-policy`, {
    displayName: `plain ${at.name}`,
    state: "enabledForReportingButNotEnforced",
    conditions: {
      clientAppTypes: ["all"],
      applications: { includedApplications: [application ?? AZURE_MANAGEMENT] },
      users: { includedGroups: [group ?? GROUPS.operators] },
    },
    grantControls: {
      operator: "OR",
      builtInControls: controls,
      authenticationStrengthPolicyId: strength,
    },
  });
}

testRefusals("simulated Graph, asked for a Conditional Access policy by a plain program,", [
  {
    code: "BadRequest",
    of: "an application that the tenant does not have",
    says: /'99999999-0000-4000-8000-000000000002' in 'includeApplications' is no application/,
    after: (at) => {
      policy(at, { application: NOBODYS, strength: STRENGTH });
    },
    refused: "policy",
  },
  {
    code: "BadRequest",
    of: "a group that the tenant does not have",
    says: /'99999999-0000-4000-8000-000000000002' in 'includeGroups' is no group/,
    after: (at) => {
      policy(at, { group: NOBODYS, strength: STRENGTH });
    },
    refused: "policy",
  },
  {
    code: "BadRequest",
    of: "MFA beside a strength (1108)",
    says: /1108: Authentication strengths cannot be used alongside the MFA built-in control/,
    after: (at) => {
      policy(at, { controls: ["mfa"], strength: STRENGTH });
    },
    refused: "policy",
  },
  {
    code: "BadRequest",
    of: "a strength that the tenant does not have",
    says: /is no authentication strength policy of this tenant/,
    after: (at) => {
      policy(at, { strength: `/policies/authenticationStrengthPolicies/${NOBODYS}` });
    },
    refused: "policy",
  },
]);
