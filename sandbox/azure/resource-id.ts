/**
 * The identifier of a resource, resource group, subscription or management group. Resource Manager compares
 * identifiers without regard to case
 * (https://learn.microsoft.com/azure/azure-resource-manager/management/overview, "Terminology"), so `key` is the
 * lower-case form and the only one to compare by.
 */
export interface ResourceId {
  /** As the caller wrote it, with a leading slash and none at the end. */
  readonly text: string;
  readonly key: string;
  /** Namespace and type path as the caller wrote them, such as `Microsoft.Network/virtualNetworks/subnets`. */
  readonly type: string;
  readonly name: string;
  readonly subscription: string | undefined;
  readonly resourceGroup: string | undefined;
  /** The parent resource, else the resource group, subscription or other scope it hangs on. */
  readonly parent: ResourceId | undefined;
}

/** A list (`.../virtualNetworks`) or an action on a resource (`.../virtualMachines/web/deallocate`). */
export interface CollectionPath {
  readonly parent: ResourceId | undefined;
  /** Namespace and type path of the items, as the caller wrote them. */
  readonly type: string;
  /** The last segment: the list's type, or the action's name. */
  readonly last: string;
}

const scopes: readonly { readonly words: readonly string[]; readonly type: string }[] = [
  { words: ["subscriptions"], type: "Microsoft.Resources/subscriptions" },
  { words: ["subscriptions", "resourcegroups"], type: "Microsoft.Resources/resourceGroups" },
];

function segmentsOf(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "");
}

function textOf(segments: readonly string[]): string {
  return `/${segments.join("/")}`;
}

/** The lower-case form of an identifier, without a slash at its end. */
export function keyOf(id: string): string {
  return id.replace(/\/+$/, "").toLowerCase();
}

function build(
  segments: readonly string[],
  type: string,
  parent: ResourceId | undefined,
): ResourceId {
  const text = textOf(segments);
  const name = segments[segments.length - 1] ?? "";
  return {
    text,
    key: text.toLowerCase(),
    type,
    name,
    subscription: type === "Microsoft.Resources/subscriptions" ? name : parent?.subscription,
    resourceGroup: type === "Microsoft.Resources/resourceGroups" ? name : parent?.resourceGroup,
    parent,
  };
}

/** Reads an identifier; undefined where the text is not one of a single resource. */
export function parseResourceId(path: string): ResourceId | undefined {
  const segments = segmentsOf(path);
  const provider = segments.map((segment) => segment.toLowerCase()).lastIndexOf("providers");
  if (provider < 0) {
    const words = segments.filter((_, index) => index % 2 === 0).map((word) => word.toLowerCase());
    const scope = scopes.find((known) => known.words.join("/") === words.join("/"));
    if (scope === undefined || segments.length !== words.length * 2) return undefined;
    return build(segments, scope.type, parseResourceId(textOf(segments.slice(0, -2))));
  }
  const own = segments.slice(provider + 1);
  if (own.length < 3 || own.length % 2 === 0) return undefined;
  const types = own.filter((_, index) => index === 0 || index % 2 === 1);
  const parent =
    own.length > 3
      ? parseResourceId(textOf(segments.slice(0, -2)))
      : parseResourceId(textOf(segments.slice(0, provider)));
  if (parent === undefined && (own.length > 3 || provider > 0)) return undefined;
  return build(segments, types.join("/"), parent);
}

/** Reads the path of a list or of an action; undefined where the text is neither. */
export function parseCollection(path: string): CollectionPath | undefined {
  const segments = segmentsOf(path);
  const last = segments[segments.length - 1];
  if (last === undefined) return undefined;
  const provider = segments.map((segment) => segment.toLowerCase()).lastIndexOf("providers");
  if (provider < 0) {
    if (segments.length === 1 && last.toLowerCase() === "subscriptions") {
      return { parent: undefined, type: "Microsoft.Resources/subscriptions", last };
    }
    const parent = parseResourceId(textOf(segments.slice(0, -1)));
    if (parent === undefined) return undefined;
    const type =
      last.toLowerCase() === "resourcegroups" ? "Microsoft.Resources/resourceGroups" : last;
    return { parent, type, last };
  }
  const own = segments.slice(provider + 1);
  if (own.length < 2 || own.length % 2 !== 0) return undefined;
  const types = own.filter((_, index) => index === 0 || index % 2 === 1);
  const above = own.length > 2 ? segments.slice(0, -1) : segments.slice(0, provider);
  const parent = above.length === 0 ? undefined : parseResourceId(textOf(above));
  if (parent === undefined && above.length > 0) return undefined;
  return { parent, type: types.join("/"), last };
}

/** The identifier of a child resource: `child(vnet, "subnets", "web")`. */
export function childId(parent: string, type: string, name: string): string {
  return `${parent}/${type}/${name}`;
}

/** The name at the end of an identifier. */
export function nameOf(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** An identifier's resource group, or undefined at another scope. */
export function resourceGroupOf(id: string): string | undefined {
  return /^(\/subscriptions\/[^/]+\/resourceGroups\/[^/]+)/i.exec(id)?.[1];
}

/** Whether an identifier is that of a scope or of something beneath it. */
export function isWithin(id: string, scope: string): boolean {
  const inner = keyOf(id);
  const outer = keyOf(scope);
  return inner === outer || inner.startsWith(`${outer}/`);
}
