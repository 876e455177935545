import type { AccessPolicy, Names } from "../estate/access-estate";
import { anyOf, isKnown, type Known, Unknown } from "../estate/known";
import { SIGN_IN_APPS, type SignInApp } from "../sign-in-apps";
import type { Finding } from "./finding";
import { demandsPhishingResistance, grantText } from "./grant-strength";
import type { Membership } from "./membership";

/** Somebody who signs in, and to what. */
export interface SignIn {
  readonly principal: string;
  readonly app: SignInApp;
}

/** What a policy has to be for a sign-in to pass it. `partial` where it holds for a part of the sign-ins. */
export type CoverageFinding = Finding & { readonly partial?: boolean };

/**
 * Everything that has to hold of a policy for each such sign-in to be phishing-resistant, but its state.
 * Source: https://learn.microsoft.com/entra/identity/conditional-access/concept-conditional-access-policies
 */
export function coverage(
  policy: AccessPolicy,
  { principal, app }: SignIn,
  membership: Membership,
): CoverageFinding[] {
  return [
    { holds: coversApp(policy, app), otherwise: `it does not cover ${app.name}` },
    {
      holds: includes(policy, principal, membership),
      otherwise: "it does not include them",
    },
    ...exclusions(policy, principal, membership),
    ...policy.narrowedBy.map((condition): CoverageFinding => ({
      holds: isKnown(condition) ? false : condition,
      otherwise: `it is narrowed by ${isKnown(condition) ? condition : "a condition"}`,
      partial: true,
    })),
    {
      holds: demandsPhishingResistance(policy.grant),
      otherwise: grantText(policy.grant),
    },
  ];
}

/** Whether a policy is for an app: by its id or as one of all. Suites of apps hold none of these. */
export function coversApp(policy: AccessPolicy, { appId }: SignInApp): Known<boolean> {
  const included = anyOf([
    names(policy.includedApplications, "all"),
    names(policy.includedApplications, appId),
  ]);
  const excluded = names(policy.excludedApplications, appId);
  // Whether the portals' suite takes Azure management along is not said.
  const suite =
    appId === SIGN_IN_APPS.azureManagement.appId
      ? names(policy.excludedApplications, "microsoftadminportals")
      : false;
  if (included === false || excluded === true) return false;
  if (included !== true) return included;
  if (excluded !== false) return excluded;
  return suite === false
    ? true
    : new Unknown("the policy excludes the admin portals, and with them perhaps Azure management");
}

function includes(policy: AccessPolicy, principal: string, membership: Membership): Known<boolean> {
  return anyOf([
    names(policy.includedUsers, "all"),
    ...within(policy.includedUsers, (user) => user === principal),
    ...within(policy.includedGroups, (group) => membership.holds(group, principal)),
    ...within(
      policy.includedRoles,
      () =>
        new Unknown("the policy includes holders of a directory role, who are not in the graph"),
    ),
  ]);
}

/** What a policy excludes of a principal: the whole, or somebody who is known to be part of it. */
function exclusions(
  policy: AccessPolicy,
  principal: string,
  membership: Membership,
): CoverageFinding[] {
  const named = [policy.excludedUsers, policy.excludedGroups];
  const whole = anyOf([
    names(policy.excludedUsers, "all"),
    ...named.flatMap((list) => within(list, (other) => membership.holds(other, principal))),
  ]);
  const part = anyOf(
    named.flatMap((list) => within(list, (other) => membership.overlap(other, principal))),
  );
  const others = within(
    policy.otherExclusions,
    (words) => new Unknown(`the policy excludes ${words}, among whom they may be`),
  );
  return [
    { holds: opposite(whole), otherwise: "it excludes them" },
    { holds: opposite(part), otherwise: "it excludes some of them", partial: true },
    { holds: opposite(anyOf(others)), otherwise: "it excludes some of them" },
  ];
}

/** Whether a list names something; an element that is not known might. */
export function names(list: Names, name: string): Known<boolean> {
  return anyOf(within(list, (each) => each === name.toLowerCase()));
}

function within(list: Names, judge: (name: string) => Known<boolean>): Known<boolean>[] {
  if (!isKnown(list)) return [list];
  return list.map((each) => (isKnown(each) ? judge(each) : each));
}

function opposite(answer: Known<boolean>): Known<boolean> {
  return isKnown(answer) ? !answer : answer;
}
