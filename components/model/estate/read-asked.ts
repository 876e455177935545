import type { GraphIndex } from "../graph/graph-index";
import { isObject, type Unread } from "../graph/resource-graph";
import { LOGIN_ROLES, type LoginRole } from "../login-roles";
import type { AccessEstate, Principal, ScopedDemand } from "./access-estate";
import { isKnown } from "./known";
import { readerOf } from "./part";
import type { Principals } from "./principals";
import type { PropertyReader } from "./property-reader";
import { readScope } from "./read-scope";

const POLICY = "secure-jump-access:index:CaPolicy";
const ELIGIBILITY = "secure-jump-access:index:PimEligibility";

/** What the package's own components say is meant: their inputs are in registrations, previews and states. */
export function readAsked(
  index: GraphIndex,
  principals: Principals,
  unread: Unread[],
): AccessEstate["asked"] {
  return {
    breakGlass: index.ofType(POLICY).flatMap((resource): Principal[] => {
      const { breakGlass } = resource.properties;
      if (breakGlass === undefined || breakGlass === null) return [];
      const id = isObject(breakGlass) ? breakGlass.groupId : breakGlass;
      return [principals.read(resource, "breakGlass", id)];
    }),
    activation: index
      .ofType(ELIGIBILITY)
      .flatMap((resource) => demands(readerOf(resource, unread, "identity"), index)),
  };
}

function demands(reader: PropertyReader, index: GraphIndex): ScopedDemand[] {
  // A component of an older version says nothing of itself.
  if (reader.value("activation") === undefined) return [];
  const scope = readScope(reader, index);
  const activation = reader.object("activation");
  if (activation === undefined || !isKnown(activation)) return [];
  return (Object.keys(LOGIN_ROLES) as LoginRole[]).flatMap((role) => {
    const asked = activation.object(role);
    if (asked === undefined || !isKnown(asked)) return [];
    const flag = (key: string): boolean => asked.flag(key) === true;
    const maxHours = asked.number("maxHours") ?? asked.odd("maxHours", "is missing");
    if (!isKnown(maxHours)) return [];
    return [
      {
        scope,
        role: LOGIN_ROLES[role].id,
        maxHours,
        mfa: flag("mfa"),
        justification: flag("justification"),
        ticket: flag("ticket"),
        approval: flag("approval"),
      },
    ];
  });
}
