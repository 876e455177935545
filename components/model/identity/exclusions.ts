import type { Claim } from "../claims/claim";
import type { AccessPolicy, Holding, Principal } from "../estate/access-estate";
import type { Estate } from "../estate/estate";
import { everyKnown, isKnown, Unknown } from "../estate/known";
import { SIGN_IN_APPS } from "../sign-in-apps";
import { sentences } from "./assumptions";
import { decide, type Finding } from "./finding";
import { demandsPhishingResistance } from "./grant-strength";
import { Membership } from "./membership";
import { allows } from "./permissions";
import { coversApp } from "./policy-coverage";
import { SIGN_IN } from "./ways-in";
import { listed, principalText, roleText } from "./wording";

/** Words of Graph for more than one person. */
const EVERYBODY: Readonly<Record<string, string>> = {
  all: "all users",
  guestsorexternalusers: "guests or external users",
};

/** I4: each policy that guards a sign-in excludes the declared break-glass, and nobody else. */
export function onlyBreakGlass(estate: Estate): Claim[] {
  const membership = new Membership(estate.directoryGroups);
  return estate.accessPolicies.filter(isGuard).map((policy) => claim(estate, policy, membership));
}

/** A policy for an app that leads to VMs which demands a phishing-resistant method, or might. */
function isGuard(policy: AccessPolicy): boolean {
  return (
    demandsPhishingResistance(policy.grant) !== false &&
    Object.values(SIGN_IN_APPS).some((app) => coversApp(policy, app) !== false)
  );
}

function claim(estate: Estate, policy: AccessPolicy, membership: Membership): Claim {
  const subject = { id: "I4", subject: policy.subject } as const;
  const { verdict, because } = decide(findings(estate, policy, membership));
  if (verdict === "proved") {
    return {
      ...subject,
      verdict,
      because: "it excludes the declared break-glass and nobody else",
      assumptions: sentences("membership"),
    };
  }
  return {
    ...subject,
    verdict,
    because,
    assumptions: [],
    ...(verdict === "refuted"
      ? { counterexample: { hop: "excluded users", resource: policy.subject } }
      : {}),
  };
}

function findings(estate: Estate, policy: AccessPolicy, membership: Membership): Finding[] {
  const { excludedUsers, excludedGroups, otherExclusions } = policy;
  const lists = [excludedUsers, excludedGroups, otherExclusions];
  const open = lists.find((list) => list instanceof Unknown);
  const excluded = [excludedUsers, excludedGroups].flatMap((list) => (isKnown(list) ? list : []));
  const others = isKnown(otherExclusions) ? otherExclusions : [];
  const isEmpty = lists.every((list) => isKnown(list) && list.length === 0);
  return [
    {
      holds: !isEmpty,
      otherwise: "it excludes nobody: where it is wrong, it locks out those who could mend it",
    },
    ...others.map((words): Finding => ({
      holds: isKnown(words) ? false : words,
      otherwise: `it excludes ${isKnown(words) ? words : "others"}`,
    })),
    ...excluded.flatMap((principal) => ofExcluded(estate, principal, membership)),
    ...(open === undefined ? [] : [{ holds: open, otherwise: "" }]),
    declaredFor(estate, excluded),
  ];
}

function ofExcluded(estate: Estate, principal: Principal, membership: Membership): Finding[] {
  if (!isKnown(principal)) return [{ holds: principal, otherwise: "" }];
  const everybody = EVERYBODY[principal];
  if (everybody !== undefined) return [{ holds: false, otherwise: `it excludes ${everybody}` }];
  const name = principalText(estate, principal);
  const shares = ({ principal: holder }: Holding): boolean =>
    isKnown(holder) && membership.overlap(holder, principal);
  const eligible = estate.eligibilities.find(shares);
  const holder = estate.assignments
    .filter(({ role }) => allows(role, SIGN_IN) !== false)
    .find(shares);
  return [
    {
      holds: eligible === undefined,
      otherwise: `it excludes ${name}, who may activate ${eligible === undefined ? "" : roleText(eligible)}`,
    },
    {
      holds: holder === undefined,
      otherwise: `it excludes ${name}, who holds ${holder === undefined ? "" : roleText(holder)}`,
    },
  ];
}

/** Whether all who are excluded are break-glass; unknown where nobody says who that is. */
function declaredFor(estate: Estate, excluded: readonly Principal[]): Finding {
  const declared = [...estate.asked.breakGlass, ...estate.declared.breakGlass];
  const known = everyKnown(declared);
  const names = new Set(declared.filter(isKnown));
  const strangers = excluded.filter(isKnown).filter((principal) => !names.has(principal));
  const text = listed(strangers.map((principal) => principalText(estate, principal)));
  if (strangers.length === 0) return { holds: true, otherwise: "" };
  if (declared.length === 0) {
    const why = `it excludes ${text}, and nobody declares who is break-glass`;
    return { holds: new Unknown(why), otherwise: "" };
  }
  return {
    holds: isKnown(known) ? false : known,
    otherwise: `it excludes ${text}, who is not declared as break-glass`,
  };
}
