import type { GraphIndex } from "../graph/graph-index";
import type { Unread } from "../graph/resource-graph";
import type { AccessEstate, Declaration } from "./access-estate";

export function readAccess(
  _index: GraphIndex,
  _unread: Unread[],
  declared: Partial<Declaration>,
): AccessEstate {
  return {
    assignments: [],
    eligibilities: [],
    rolePolicies: [],
    accessPolicies: [],
    directoryGroups: [],
    declared: { breakGlass: [], activation: [], customPorts: [], ...declared },
  };
}
