import type { AccessEstate, Eligibility, ScopedDemand } from "../estate/access-estate";
import { isKnown } from "../estate/known";
import { depthOf, holds, isSameScope } from "../estate/scope";
import type { ActivationDemand } from "../pim-policy";

/** What activation has to ask for where nobody says otherwise: a working day, MFA and a reason. */
export const DEFAULT_DEMAND: ActivationDemand = {
  maxHours: 8,
  mfa: true,
  justification: true,
  ticket: false,
  approval: false,
};

/**
 * What activation of an eligibility has to ask for: what the component that made it says, else the nearest
 * word of the reader, else the default. What a component says of a scope that is not known yet counts too.
 */
export function demandsOf(eligibility: Eligibility, estate: AccessEstate): ActivationDemand[] {
  const { scope } = eligibility;
  const ofRole = ({ role }: ScopedDemand): boolean =>
    role === undefined || (isKnown(eligibility.role) && eligibility.role.id === role);
  const asked = estate.asked.activation.filter(
    (demand) =>
      ofRole(demand) &&
      (demand.scope === undefined ||
        !isKnown(demand.scope) ||
        (isKnown(scope) && isSameScope(demand.scope, scope))),
  );
  if (asked.length > 0) return asked;
  const declared = estate.declared.activation.filter(
    (demand) => ofRole(demand) && reaches(demand, eligibility),
  );
  const [nearest] = declared.sort((one, other) => rank(other) - rank(one));
  return [nearest ?? DEFAULT_DEMAND];
}

function reaches(demand: ScopedDemand, { scope }: Eligibility): boolean {
  if (demand.scope === undefined) return true;
  if (!isKnown(demand.scope) || !isKnown(scope)) return true;
  if (scope.kind === "below") return holds(demand.scope, scope) === true;
  return depthOf(demand.scope) < depthOf(scope) || isSameScope(demand.scope, scope);
}

/** The deeper scope comes first, then the one that names the role. */
function rank({ scope, role }: ScopedDemand): number {
  const depth = scope !== undefined && isKnown(scope) ? depthOf(scope) + 1 : 0;
  return depth * 2 + (role === undefined ? 0 : 1);
}
