import type { GraphIndex } from "../graph/graph-index";
import type { Unread } from "../graph/resource-graph";
import type { Eligibility, Holding, RoleAssignment } from "./access-estate";
import { isKnown, type Known, Unknown } from "./known";
import { part, readerOf } from "./part";
import type { Principals } from "./principals";
import type { PropertyReader } from "./property-reader";
import { ROLE_POLICY } from "./read-role-policies";
import type { Roles } from "./read-roles";
import { readScope } from "./read-scope";

const ASSIGNMENT = "azure-native:authorization:RoleAssignment";
const ELIGIBILITY = "azure-native:authorization:PimRoleEligibilitySchedule";

/** What the readers of assignments and eligibilities look things up in. */
export interface Lookups {
  readonly index: GraphIndex;
  readonly roles: Roles;
  readonly principals: Principals;
  readonly unread: Unread[];
}

/** Roles that somebody holds without activation. */
export function readAssignments(lookups: Lookups): RoleAssignment[] {
  return lookups.index.ofType(ASSIGNMENT).map((resource) => {
    const reader = readerOf(resource, lookups.unread, "identity");
    const condition = reader.value("condition");
    return {
      ...holding(reader, lookups),
      principalType: reader.text("principalType"),
      conditional: condition !== undefined && condition !== "",
    };
  });
}

/**
 * Roles that somebody may activate. The provider sends no condition of an eligibility, whatever the program
 * says: provider/pkg/resources/custom_pim_eligibility.go in github.com/pulumi/pulumi-azure-native.
 */
export function readEligibilities(lookups: Lookups): Eligibility[] {
  const { index, unread } = lookups;
  const policies = new Set(index.ofType(ROLE_POLICY).map(({ urn }) => urn));
  return index.ofType(ELIGIBILITY).map((resource) => {
    const reader = readerOf(resource, unread, "identity");
    const before = [
      ...resource.dependencies,
      ...Object.values(resource.propertyDependencies).flat(),
    ];
    return {
      ...holding(reader, lookups),
      conditional: false,
      ends: ends(reader),
      after: [...new Set(before)].filter((urn) => policies.has(urn)),
    };
  });
}

function holding(
  reader: PropertyReader,
  { index, roles, principals }: Lookups,
): Omit<Holding, "conditional"> {
  const { resource } = reader;
  return {
    ...part(index, resource),
    principal: principals.read(resource, "principalId", reader.value("principalId")),
    role: roles.read(reader),
    scope: readScope(reader, index),
  };
}

/**
 * Whether an eligibility ends. AfterDuration without a duration is taken by Azure and never ends:
 * github.com/Azure/azure-rest-api-specs/issues/24242
 */
function ends(reader: PropertyReader): Known<boolean> {
  const info = reader.object("scheduleInfo");
  if (!isKnown(info)) return info;
  const expiration = info?.object("expiration");
  if (expiration === undefined) return new Unknown(`${reader.resource.name} does not say its end`);
  if (!isKnown(expiration)) return expiration;
  const type = expiration.text("type");
  if (!isKnown(type)) return type;
  switch (type?.toLowerCase()) {
    case "noexpiration":
      return false;
    case "afterduration":
      return expiration.value("duration") !== undefined;
    case "afterdatetime":
      return expiration.value("endDateTime") !== undefined;
    default:
      return expiration.odd("type", `"${type ?? ""}" is no expiration`);
  }
}
