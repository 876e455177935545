import { PHISHING_RESISTANT } from "../authentication-strength";
import type { AccessPolicy, Grant, Names, Strength } from "../estate/access-estate";
import { allOf, anyOf, isKnown, type Known, Unknown } from "../estate/known";

/**
 * Whether whoever a policy applies to has signed in with a phishing-resistant method, or not at all. Of
 * controls joined by AND one is enough, of those joined by OR each has to be, for the weakest is chosen.
 */
export function demandsPhishingResistance(grant: AccessPolicy["grant"]): Known<boolean> {
  if (grant === undefined) return false;
  if (!isKnown(grant)) return grant;
  const controls = [...builtIn(grant.builtIn), ...strength(grant), ...weak(grant.other)];
  if (controls.length === 0) return false;
  const all = allOf(controls);
  const any = anyOf(controls);
  if (isKnown(grant.operator)) return grant.operator === "AND" ? any : all;
  if (all === true || any === false) return all;
  return grant.operator;
}

/** Why a grant falls short, in words. */
export function grantText(grant: AccessPolicy["grant"]): string {
  if (grant === undefined || !isKnown(grant)) return "it asks for no way of signing in";
  const { strength: demanded } = grant;
  const named = [
    ...(isKnown(grant.builtIn) ? grant.builtIn.filter(isKnown) : []),
    ...(demanded !== undefined && isKnown(demanded) ? [demanded.name] : []),
    ...(isKnown(grant.other) ? grant.other.filter(isKnown) : []),
  ];
  const operator = isKnown(grant.operator) ? ` ${grant.operator} ` : ", ";
  return named.length === 0
    ? "it asks for no way of signing in"
    : `it is satisfied by ${named.join(operator)}, which is not phishing-resistant`;
}

function strength({ strength: demanded }: Grant): Known<boolean>[] {
  if (demanded === undefined) return [];
  return [isKnown(demanded) ? isPhishingResistant(demanded) : demanded];
}

function isPhishingResistant({ combinations }: Strength): Known<boolean> {
  if (!isKnown(combinations)) return combinations;
  const methods: readonly string[] = PHISHING_RESISTANT;
  return combinations.length > 0 && combinations.every((each) => methods.includes(each));
}

/** Whom a policy blocks nobody signs in as; MFA, a device or a changed password can be relayed or stolen. */
function builtIn(controls: Names): Known<boolean>[] {
  if (!isKnown(controls)) return [controls];
  return controls.map((control) =>
    isKnown(control) ? control.toLowerCase() === "block" : control,
  );
}

function weak(controls: Names): Known<boolean>[] {
  if (!isKnown(controls)) return [controls];
  return controls.map((control) => (control instanceof Unknown ? control : false));
}
