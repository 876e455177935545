import type { GraphIndex } from "../graph/graph-index";
import type { Unread } from "../graph/resource-graph";
import type { AccessEstate, Declaration } from "./access-estate";
import { isKnown } from "./known";
import { idOf, Principals } from "./principals";
import { readAccessPolicies } from "./read-access-policies";
import { readAsked } from "./read-asked";
import { readDirectoryGroups } from "./read-directory";
import { readAssignments, readEligibilities } from "./read-holdings";
import { readRolePolicies } from "./read-role-policies";
import { Roles } from "./read-roles";

/** Who may do what, and under which policies. What is not understood is in `unread`. */
export function readAccess(
  index: GraphIndex,
  unread: Unread[],
  declared: Partial<Declaration>,
): AccessEstate {
  const principals = new Principals(index);
  const lookups = { index, principals, unread, roles: new Roles(index, unread) };
  return {
    assignments: readAssignments(lookups),
    eligibilities: readEligibilities(lookups),
    rolePolicies: readRolePolicies(index, principals, unread),
    accessPolicies: readAccessPolicies(index, principals, unread),
    directoryGroups: readDirectoryGroups(index, principals, unread),
    principalNames: principals.names(),
    declared: {
      activation: [],
      customPorts: [],
      ...declared,
      breakGlass: (declared.breakGlass ?? []).map((id) => (isKnown(id) ? idOf(id) : id)),
    },
    asked: readAsked(index, principals, unread),
  };
}
