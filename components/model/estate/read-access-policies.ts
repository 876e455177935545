import type { GraphIndex } from "../graph/graph-index";
import type { GraphResource, Unread } from "../graph/resource-graph";
import { type AccessPolicy, type Names, POLICY_STATES, type PolicyState } from "./access-estate";
import { isKnown, type Known, Unknown } from "./known";
import { part, readerOf } from "./part";
import { GROUP_TYPES, type Principals } from "./principals";
import type { PropertyReader } from "./property-reader";
import { narrowings } from "./read-conditions";
import { readGrant, readStrengths } from "./read-grant";

const POLICY = "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy";
const USERS = [
  "includedUsers",
  "excludedUsers",
  "includedGroups",
  "excludedGroups",
  "includedRoles",
  "excludedRoles",
  "includedGuestsOrExternalUsers",
  "excludedGuestsOrExternalUsers",
] as const;

type Assignments = Pick<
  AccessPolicy,
  | "includedUsers"
  | "excludedUsers"
  | "includedGroups"
  | "excludedGroups"
  | "includedRoles"
  | "otherExclusions"
>;
type Applications = Pick<AccessPolicy, "includedApplications" | "excludedApplications">;

/** Conditional Access policies, as azuread 6 writes them. */
export function readAccessPolicies(
  index: GraphIndex,
  principals: Principals,
  unread: Unread[],
): AccessPolicy[] {
  const strengths = readStrengths(index, unread);
  return index.ofType(POLICY).map((resource) => {
    const reader = readerOf(resource, unread, "identity");
    const conditions = reader.object("conditions");
    const whole = conditions ?? reader.odd("conditions", "is missing");
    return {
      ...part(index, resource),
      state: state(reader),
      ...assignments(within(whole, "users"), resource, principals),
      ...applications(within(whole, "applications")),
      narrowedBy: isKnown(whole) ? narrowings(whole) : [whole],
      grant: readGrant(reader, strengths, index),
    };
  });
}

function state(reader: PropertyReader): Known<PolicyState> {
  const text = reader.text("state");
  if (!isKnown(text)) return text;
  return (
    POLICY_STATES.find((known) => known === text) ??
    reader.odd("state", `"${text ?? ""}" is no state`)
  );
}

function within(conditions: Known<PropertyReader>, key: string): Known<PropertyReader> {
  if (!isKnown(conditions)) return conditions;
  return conditions.object(key) ?? conditions.odd(key, "is missing");
}

function assignments(
  users: Known<PropertyReader>,
  resource: GraphResource,
  principals: Principals,
): Assignments {
  if (!isKnown(users)) {
    return {
      includedUsers: users,
      excludedUsers: users,
      includedGroups: users,
      excludedGroups: users,
      includedRoles: users,
      otherExclusions: users,
    };
  }
  const { included, excluded } = principals.readLists(
    resource,
    "conditions",
    { included: users.list("includedGroups"), excluded: users.list("excludedGroups") },
    GROUP_TYPES,
  );
  return {
    includedUsers: inLowerCase(users.texts("includedUsers")),
    excludedUsers: inLowerCase(users.texts("excludedUsers")),
    includedGroups: included,
    excludedGroups: excluded,
    includedRoles: users.texts("includedRoles"),
    otherExclusions: otherExclusions(users),
  };
}

function inLowerCase(names: Names): Names {
  return isKnown(names) ? names.map((name) => (isKnown(name) ? name.toLowerCase() : name)) : names;
}

/** Directory roles, kinds of guests, and whatever else may be excluded one day. */
function otherExclusions(users: PropertyReader): Names {
  const roles = users.texts("excludedRoles");
  const guests = users.list("excludedGuestsOrExternalUsers");
  if (!isKnown(roles)) return roles;
  if (!isKnown(guests)) return guests;
  return [
    ...roles.map((role) => (isKnown(role) ? `holders of the directory role ${role}` : role)),
    ...(guests.length > 0 ? ["guests or external users"] : []),
    ...users.others(...USERS).map((key) => users.odd(key, "is not understood")),
  ];
}

function applications(reader: Known<PropertyReader>): Applications {
  if (!isKnown(reader)) return { includedApplications: reader, excludedApplications: reader };
  const actions = reader.list("includedUserActions");
  const others = reader.others(
    "includedApplications",
    "excludedApplications",
    "includedUserActions",
  );
  const odd = others.map((key) => reader.odd(key, "is not understood"));
  return {
    // A policy for user actions, such as registering a method, is for no application.
    includedApplications:
      isKnown(actions) && actions.length > 0
        ? []
        : lowered(reader.texts("includedApplications"), actions, odd),
    excludedApplications: lowered(reader.texts("excludedApplications"), [], odd),
  };
}

/** Names in lower case, beside others that might name more. */
function lowered(names: Names, actions: Known<readonly unknown[]>, odd: readonly Unknown[]): Names {
  if (actions instanceof Unknown) return actions;
  const known = inLowerCase(names);
  return isKnown(known) ? [...known, ...odd] : known;
}
