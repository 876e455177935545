import type { GraphIndex } from "../graph/graph-index";
import type { GraphResource, Unread } from "../graph/resource-graph";
import type { DirectoryGroup, Principal } from "./access-estate";
import { isKnown, type Known, Unknown } from "./known";
import { part, readerOf } from "./part";
import { GROUP_TYPES, PRINCIPAL_TYPES, type Principals } from "./principals";
import type { PropertyReader } from "./property-reader";

const MEMBER = "azuread:index/groupMember:GroupMember";

/** Groups of the tenant that the program makes, with the owners and members that it gives them. */
export function readDirectoryGroups(
  index: GraphIndex,
  principals: Principals,
  unread: Unread[],
): DirectoryGroup[] {
  const added = index.ofType(MEMBER).map((resource) => ({
    group: principals.read(resource, "groupObjectId", resource.properties.groupObjectId),
    member: principals.read(resource, "memberObjectId", resource.properties.memberObjectId),
  }));
  return index.ofType(...GROUP_TYPES).map((resource) => {
    const reader = readerOf(resource, unread, "identity");
    const principal = principals.of(resource);
    return {
      ...part(index, resource),
      principal,
      owners: owners(reader, resource, principals),
      members: [
        ...listed(reader, "members", principals),
        ...added
          .filter(({ group }) => group === principal || group instanceof Unknown)
          .map(({ group, member }) => (group instanceof Unknown ? group : member)),
      ],
    };
  });
}

/**
 * The owners that the program names. Where it names none, Entra ID makes whoever creates the group its one
 * owner, and the provider answers with that; more of them have come by another way.
 * Source: https://www.pulumi.com/registry/packages/azuread/api-docs/group (owners)
 */
function owners(
  reader: PropertyReader,
  resource: GraphResource,
  principals: Principals,
): Known<readonly Principal[] | undefined> {
  const list = reader.list("owners");
  if (!isKnown(list)) return list;
  if (list.length > 0 && !resource.answered?.includes("owners")) {
    return listed(reader, "owners", principals);
  }
  return list.length <= 1
    ? undefined
    : new Unknown(`the group has ${list.length} owners, and the program names none of them`);
}

function listed(reader: PropertyReader, key: string, principals: Principals): readonly Principal[] {
  const { only } = principals.readLists(
    reader.resource,
    key,
    { only: reader.list(key) },
    PRINCIPAL_TYPES,
  );
  return isKnown(only) ? only : [only];
}
