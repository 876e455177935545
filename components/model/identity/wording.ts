import type { Counterexample } from "../claims/claim";
import type { AccessEstate, Holding, Principal } from "../estate/access-estate";
import { isKnown } from "../estate/known";
import { scopeText } from "../estate/scope";

/** What people call a principal: the logical name of what makes it, else its object id. */
export function principalText({ principalNames }: AccessEstate, principal: Principal): string {
  if (!isKnown(principal)) return "somebody whose id is not known";
  return principalNames.get(principal) ?? principal;
}

export function roleText({ role }: Holding): string {
  return isKnown(role) ? role.name : "a role that is not known";
}

/** Where a holding holds, as people write it. */
export function placeText({ scope }: Holding): string {
  return isKnown(scope) ? scopeText(scope) : "a scope that is not known";
}

/** `operators holds Contributor at /resourcegroups/rg-app`. */
export function holdingText(estate: AccessEstate, holding: Holding): string {
  return `${principalText(estate, holding.principal)} holds ${roleText(holding)} at ${placeText(holding)}`;
}

/** A right that should not be there. */
export function heldRight(estate: AccessEstate, holding: Holding): Counterexample {
  return {
    hop: placeText(holding),
    principal: principalText(estate, holding.principal),
    role: roleText(holding),
    scope: placeText(holding),
    resource: holding.subject,
  };
}

/** `one, two and three`. */
export function listed(names: readonly string[]): string {
  const once = [...new Set(names)];
  if (once.length < 2) return once.join("");
  return `${once.slice(0, -1).join(", ")} and ${once.at(-1) ?? ""}`;
}
