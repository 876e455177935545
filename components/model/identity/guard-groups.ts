import type { Counterexample } from "../claims/claim";
import type { DirectoryGroup } from "../estate/access-estate";
import type { Estate } from "../estate/estate";
import { isKnown, Unknown } from "../estate/known";
import { Membership } from "./membership";
import { allows } from "./permissions";
import { SIGN_IN } from "./ways-in";
import { listed, principalText } from "./wording";

/** A group on which the claims rest, and who can change its members. */
interface OwnedGroup {
  readonly because: string;
  readonly counterexample: Counterexample;
}

/** Owners of groups that sign in, approve, are covered by a policy or excluded from one. */
export function ownedGuardGroups(estate: Estate): { certain: OwnedGroup[]; doubts: Unknown[] } {
  const guarding = guardGroups(estate);
  const certain: OwnedGroup[] = [];
  const doubts: Unknown[] = [];
  for (const group of estate.directoryGroups.filter(({ principal }) => guarding.has(principal))) {
    const { owners } = group;
    if (owners instanceof Unknown) doubts.push(owners);
    else if (owners !== undefined && owners.length > 0) certain.push(owned(estate, group, owners));
  }
  return { certain, doubts };
}

function owned(
  estate: Estate,
  { subject }: DirectoryGroup,
  owners: Exclude<DirectoryGroup["owners"], Unknown | undefined>,
): OwnedGroup {
  const names = listed(owners.map((owner) => principalText(estate, owner)));
  const [first] = owners;
  return {
    because: `${names} can change the members of the group ${subject}, which ${owners.length > 1 ? "they own" : "it owns"}`,
    counterexample: {
      hop: `group ${subject}`,
      ...(first === undefined ? {} : { principal: principalText(estate, first) }),
      role: "owner",
      resource: subject,
    },
  };
}

/** Everybody whose membership decides a claim, and the groups inside them. */
function guardGroups(estate: Estate): ReadonlySet<string> {
  const membership = new Membership(estate.directoryGroups);
  const lists = [
    [...estate.assignments, ...estate.eligibilities]
      .filter(({ role }) => allows(role, SIGN_IN) !== false)
      .map(({ principal }) => principal),
    ...estate.rolePolicies.map(({ approval }) =>
      approval !== undefined && isKnown(approval) && isKnown(approval.approvers)
        ? approval.approvers
        : [],
    ),
    ...estate.accessPolicies.flatMap(({ includedGroups, excludedGroups }) =>
      [includedGroups, excludedGroups].filter(isKnown),
    ),
    estate.declared.breakGlass,
    estate.asked.breakGlass,
  ];
  const named = lists.flat().filter(isKnown);
  return new Set(named.flatMap((principal) => [...membership.within(principal)]));
}
