import type { JournalEntry } from "../../sandbox/azure/journal";
import { parseResourceId } from "../../sandbox/azure/resource-id";
import { resourceTable } from "../../sandbox/providers/azure-native/resource-table";
import type { PublishedTypes } from "../sandbox/azure/published-types";

/** What a look at every body that was sent comes to. */
export interface SentBodies {
  /** Types whose bodies were held against Microsoft's. */
  readonly checked: readonly string[];
  /** Types that are not among the published ones. */
  readonly unknown: readonly string[];
  readonly problems: readonly string[];
}

/** The API version in which azure-native writes each type, by the type's name in lower case. */
const versions = new Map(
  Object.values(resourceTable).map(({ path, apiVersion }) => {
    const [, namespace = "", rest = ""] = /.*\/providers\/([^/]+)\/(.+)$/.exec(path) ?? [];
    const words = rest.split("/").filter((_, index) => index % 2 === 0);
    const type =
      namespace === "" ? "Microsoft.Resources/resourceGroups" : [namespace, ...words].join("/");
    return [type.toLowerCase(), apiVersion] as const;
  }),
);

/**
 * The files are made for deployments by PUT, of which a role management policy takes none: they call all of it
 * read-only. It is changed by PATCH (https://learn.microsoft.com/rest/api/authorization/role-management-policies/update),
 * and what stands inside is held against the type all the same.
 */
const PATCHED = "Microsoft.Authorization/roleManagementPolicies: properties: read-only";

/** Holds every body that Resource Manager was sent against Microsoft's published types. */
export function sentBodies(
  journal: readonly JournalEntry[],
  published: PublishedTypes,
): SentBodies {
  const checked = new Set<string>();
  const unknown = new Set<string>();
  const problems = new Set<string>();
  for (const { method, id, request } of journal) {
    if (!["PUT", "PATCH"].includes(method) || id.startsWith("/graph/")) continue;
    const type = parseResourceId(id)?.type ?? id;
    const version = versions.get(type.toLowerCase());
    if (version === undefined || !published.has(type, version)) unknown.add(type);
    else {
      checked.add(type);
      for (const problem of published.problems(type, version, request, "request"))
        problems.add(`${type}: ${problem}`);
    }
  }
  return {
    checked: [...checked].sort(),
    unknown: [...unknown].sort(),
    problems: [...problems].filter((problem) => problem !== PATCHED).sort(),
  };
}
