import type {
  AccessPolicy,
  Eligibility,
  RolePolicy,
} from "../../components/model/estate/access-estate";
import type { Estate } from "../../components/model/estate/estate";
import { isKnown, type Known } from "../../components/model/estate/known";
import { holds, isSameScope, scopeText } from "../../components/model/estate/scope";
import { type Verdict, worst } from "../../components/model/claims/claim";
import { grouped } from "../../components/model/grouped";
import { inOrder } from "../in-order";
import type { Report } from "../proof-report";
import { activationText, policyText } from "./access-words";

/** The way of a group from being eligible to a VM. */
export interface AccessPath {
  readonly who: string;
  /** Names of the eligibilities that say the same, and where each holds. */
  readonly eligibilities: readonly string[];
  readonly scopes: readonly string[];
  readonly role: string;
  readonly activation: readonly string[];
  readonly signIn: readonly string[];
  readonly machines: readonly string[];
  /** What is claimed of the activation (I2) and of the sign-in (I3), where something is. */
  readonly activationVerdict: Verdict | undefined;
  readonly signInVerdict: Verdict | undefined;
}

/** Every way by activation, those that differ only in their scope told once. */
export function accessPathsOf({ estate, claims }: Report): AccessPath[] {
  const verdictsOf = (id: string, subject: (name: string) => boolean): Verdict | undefined => {
    const found = claims.filter((claim) => claim.id === id && subject(claim.subject));
    return found.length === 0 ? undefined : worst(found.map(({ verdict }) => verdict));
  };
  const single = inOrder(estate.eligibilities, ({ subject }) => subject).map((eligibility) => {
    const who = whoText(eligibility, estate);
    return {
      who,
      role: isKnown(eligibility.role) ? eligibility.role.name : eligibility.role.why,
      subject: eligibility.subject,
      scope: scopeWords(eligibility),
      activation: activationOf(eligibility, estate),
      signIn: signInOf(eligibility, estate),
      machines: machinesOf(eligibility, estate),
      activationVerdict: verdictsOf("I2", (name) => name === eligibility.subject),
      signInVerdict: verdictsOf("I3", (name) => name === who || name.startsWith(`${who} on `)),
    };
  });
  const same = grouped(single, ({ who, role, activation, signIn, activationVerdict }) =>
    JSON.stringify([who, role, activation, signIn, activationVerdict]),
  );
  return [...same.values()].flatMap((paths) => {
    const [first] = paths;
    if (first === undefined) return [];
    return [
      {
        ...first,
        eligibilities: paths.map(({ subject }) => subject),
        scopes: [...new Set(paths.map(({ scope }) => scope))],
        machines: [...new Set(paths.flatMap(({ machines }) => machines))],
      },
    ];
  });
}

function whoText({ principal }: Eligibility, { principalNames }: Estate): string {
  if (!isKnown(principal)) return "somebody whose id is not known";
  return principalNames.get(principal) ?? principal;
}

function scopeWords({ scope }: Eligibility): string {
  return isKnown(scope) ? scopeText(scope) : scope.why;
}

/** The VMs in the scope, by name. */
function machinesOf({ scope }: Eligibility, { machines }: Estate): string[] {
  if (!isKnown(scope)) return [];
  const within = machines.filter((machine) => holds(scope, machine) === true);
  return inOrder(
    within.map(({ subject }) => subject),
    (name) => name,
  );
}

function activationOf(eligibility: Eligibility, { rolePolicies }: Estate): string[] {
  const { scope, after, ends } = eligibility;
  const there = rolePolicies.filter(
    (policy) =>
      isKnown(scope) &&
      isKnown(policy.scope) &&
      isSameScope(policy.scope, scope) &&
      after.includes(policy.key),
  );
  const [only, another] = there as readonly (RolePolicy | undefined)[];
  const rules =
    only === undefined
      ? ["the program sets no activation rules for it"]
      : another === undefined
        ? activationText(only)
        : ["several policies stand at its scope; which is its own is not known"];
  return [...rules, endText(ends)];
}

function endText(ends: Known<boolean>): string {
  if (!isKnown(ends)) return "whether the eligibility ends is not known";
  return ends ? "the eligibility ends" : "the eligibility never ends";
}

function signInOf({ principal }: Eligibility, { accessPolicies }: Estate): string[] {
  const covering = accessPolicies.filter((policy) => includes(policy, principal));
  if (covering.length === 0) return ["no Conditional Access policy of the program names them"];
  return covering.flatMap(policyText);
}

function includes(policy: AccessPolicy, principal: Known<string>): boolean {
  const { includedGroups, includedUsers } = policy;
  return [includedGroups, includedUsers].some(
    (names) =>
      isKnown(names) &&
      names.some(
        (name) => isKnown(name) && (name === "all" || (isKnown(principal) && name === principal)),
      ),
  );
}
