import type { AccessEstate, Eligibility, RolePolicy } from "../estate/access-estate";
import { isKnown, type Known, Unknown } from "../estate/known";
import { isSameScope } from "../estate/scope";

/** The policies that one of is an eligibility's. */
export interface Candidates {
  readonly policies: readonly RolePolicy[];
  /** Whether it is the one policy that the eligibility waits for. */
  readonly certain: boolean;
}

/**
 * Which role management policy governs an eligibility. A policy does not say its role: its name is a GUID
 * that only Azure knows. So it is the one at the same scope that the eligibility waits for; where it waits
 * for several or for none, it may be any of those that no other role has for itself.
 */
export function policiesOf(eligibility: Eligibility, estate: AccessEstate): Known<Candidates> {
  const { scope, subject } = eligibility;
  if (!isKnown(scope)) return scope;
  const there = estate.rolePolicies.filter(
    (policy) => isKnown(policy.scope) && isSameScope(policy.scope, scope),
  );
  const own = there.filter(({ key }) => eligibility.after.includes(key));
  const [only, another] = own;
  if (only !== undefined && another === undefined) {
    const rival = estate.eligibilities.find((other) => isRival(other, eligibility, there, only));
    if (rival === undefined) return { policies: own, certain: true };
    return new Unknown(
      `${subject} and ${rival.subject} go with the same policy ${only.subject}, which belongs to one role`,
    );
  }
  const taken = new Set(
    estate.eligibilities
      .filter((other) => isSameRole(other, eligibility) === false)
      .flatMap((other) => exclusive(other, there) ?? []),
  );
  const open = (own.length > 0 ? own : there).filter((policy) => !taken.has(policy));
  if (open.length > 0) return { policies: open, certain: false };
  const adrift = estate.rolePolicies.map((policy) => policy.scope).find((at) => !isKnown(at));
  if (adrift instanceof Unknown) return adrift;
  return new Unknown(
    `the program sets no activation rules for the role of ${subject} at its scope; Azure's own hold there`,
  );
}

/** The one policy that an eligibility waits for, where it is one. */
function exclusive(
  { after }: Eligibility,
  policies: readonly RolePolicy[],
): RolePolicy | undefined {
  const own = policies.filter(({ key }) => after.includes(key));
  return own.length === 1 ? own[0] : undefined;
}

function isRival(
  other: Eligibility,
  eligibility: Eligibility,
  policies: readonly RolePolicy[],
  policy: RolePolicy,
): boolean {
  return isSameRole(other, eligibility) === false && exclusive(other, policies) === policy;
}

function isSameRole(one: Eligibility, other: Eligibility): Known<boolean> {
  if (!isKnown(one.role)) return one.role;
  return isKnown(other.role) ? one.role.id === other.role.id : other.role;
}
