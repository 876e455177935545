import { at, type Issue, shown } from "./issue";

/** Ways of signing in that no proxy between person and Entra ID can relay. */
export const PHISHING_RESISTANT = [
  "fido2",
  "windowsHelloForBusiness",
  "x509CertificateMultiFactor",
] as const;
export type PhishingResistantMethod = (typeof PHISHING_RESISTANT)[number];

/**
 * The built-in strength "Phishing-resistant MFA": all three of the above.
 * Source: https://learn.microsoft.com/graph/api/authenticationstrengthroot-list-policies
 */
export const PHISHING_RESISTANT_STRENGTH = "00000000-0000-0000-0000-000000000004";

/** The form in which azuread's Conditional Access policy takes a strength: a path, not an id. */
export function strengthPath(id: string): string {
  return `/policies/authenticationStrengthPolicies/${id}`;
}

/** Problems of a strength of the caller's own: it may be narrower than the built-in one, not wider. */
export function checkCombinations(combinations: readonly string[], path: string): Issue[] {
  if (combinations.length === 0) {
    return [{ path, problem: `is empty; name some of ${PHISHING_RESISTANT.join(", ")}` }];
  }
  return combinations.flatMap((combination, index) => {
    if (!PHISHING_RESISTANT.some((method) => method === combination)) {
      return [
        {
          path: at(path, index),
          problem: `${shown(combination)} is not phishing-resistant; use some of ${PHISHING_RESISTANT.join(", ")}`,
        },
      ];
    }
    return combinations.indexOf(combination) === index
      ? []
      : [{ path: at(path, index), problem: `${shown(combination)} stands there twice` }];
  });
}
