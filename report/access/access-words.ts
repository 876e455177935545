import type {
  AccessPolicy,
  PolicyState,
  RolePolicy,
} from "../../components/model/estate/access-estate";
import { isKnown, type Known } from "../../components/model/estate/known";
import { counted } from "../verdict-words";

/** The rules of `enabled` as people say them. */
const ENABLED: Readonly<Record<string, string>> = {
  MultiFactorAuthentication: "MFA",
  Justification: "a justification",
  Ticketing: "a ticket",
};
const STATES: Readonly<Record<PolicyState, string>> = {
  enabled: "enforced",
  enabledForReportingButNotEnforced: "only recorded, not enforced",
  disabled: "disabled",
};
/** Methods as Microsoft's pages call them. https://learn.microsoft.com/entra/identity/authentication/concept-authentication-strengths */
const METHODS: Readonly<Record<string, string>> = {
  fido2: "FIDO2 key or passkey",
  windowsHelloForBusiness: "Windows Hello for Business",
  x509CertificateMultiFactor: "certificate",
};

/** What an activation asks for. */
export function activationText(policy: RolePolicy): string[] {
  const { maxMinutes, enabled, approval, authenticationContext } = policy;
  return [
    said(maxMinutes, "how long it lasts", (minutes) =>
      minutes === undefined
        ? "lasts as long as Azure's default"
        : `lasts ${minutes / 60} h at most`,
    ),
    said(enabled, "what it asks for", (rules) => {
      if (rules === undefined) return "asks for what Azure's default does";
      return rules.length === 0
        ? "asks for nothing"
        : `asks for ${rules.map((rule) => ENABLED[rule] ?? rule).join(" and ")}`;
    }),
    ...(authenticationContext === undefined
      ? []
      : [said(authenticationContext, "its authentication context", (id) => `steps up to ${id}`)]),
    said(approval, "whose approval it asks for", (asked) => {
      if (asked === undefined) return "approval as Azure's default has it";
      const { required, approvers } = asked;
      if (!isKnown(required)) return required.why;
      if (!required) return "nobody has to approve";
      return isKnown(approvers)
        ? `${counted(approvers.length, "approver")} to agree`
        : "somebody has to approve";
    }),
  ];
}

/** What a Conditional Access policy demands, and whether it does so yet. */
export function policyText({ subject, state, grant }: AccessPolicy): string[] {
  return [
    `${subject}: ${said(state, "whether it is enforced", (known) => STATES[known])}`,
    said(grant, "what it demands", (known) => {
      if (known === undefined) return "demands nothing";
      const { strength } = known;
      if (!isKnown(strength)) return strength.why;
      if (strength === undefined) return "demands no authentication strength";
      return isKnown(strength.combinations)
        ? `demands ${strength.combinations.map((method) => METHODS[method] ?? method).join(", or ")}`
        : `demands the strength ${strength.name}`;
    }),
  ];
}

function said<Value>(value: Known<Value>, what: string, text: (known: Value) => string): string {
  return isKnown(value) ? text(value) : `${what} is not known: ${value.why}`;
}
