/**
 * What the identity claims take for granted, because it lies outside the graph. A claim names those that
 * its verdict needs; `docs/claims.md` lists them all.
 */
export const IDENTITY_ASSUMPTIONS = {
  rolesElsewhere:
    "nobody is assigned a role or made eligible outside the program, its deployer aside",
  directoryRoles:
    "nobody but the deployer holds a directory role that changes groups, Conditional Access or PIM",
  membership:
    "members and owners of the groups are who they should be, and nobody who is excluded from a policy belongs to an access group",
  guestAccounts:
    "nobody left an account or a key in the guest: no earlier session, image or script",
  openSessions: "a session that outlives its activation counts as that activation's",
  policyOfRole: "the role management policy that an eligibility goes with is that of its role",
  contextElsewhere:
    "an enforced policy outside the program demands MFA for the authentication context that activation steps up to",
  stateReaders: "nobody who can decrypt the stack's state signs in with a generated password",
  sourceOfId: "an id that is not known before deployment is that of the resource it comes from",
} as const satisfies Record<string, string>;

export type IdentityAssumption = keyof typeof IDENTITY_ASSUMPTIONS;

/** The sentences of some assumptions, each once, in the order of the table. */
export function sentences(...keys: readonly (IdentityAssumption | false)[]): string[] {
  return Object.entries(IDENTITY_ASSUMPTIONS).flatMap(([key, sentence]) =>
    keys.some((wanted) => wanted === key) ? [sentence] : [],
  );
}
