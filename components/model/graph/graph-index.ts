import { isKnown, type Known, Outside, type Reference, Unknown } from "../estate/known";
import { ARM_TYPES, parseArmId, resourceGroupPath } from "./arm-types";
import { type GraphResource, Hidden, type ResourceGraph, type Value } from "./resource-graph";

const RESOURCE_GROUP = "azure-native:resources:ResourceGroup";

/** What stands inside another resource's properties and can be referred to, such as an inline subnet. */
export interface InlineChild {
  readonly key: string;
  /** Type that it would have as a resource of its own. */
  readonly type: string;
  readonly parent: string;
  readonly path: Known<string>;
}

/**
 * Finds what a property refers to: by id, by name, and before deployment by the one resource of the right
 * type that the property's value comes from.
 */
export class GraphIndex {
  readonly #byUrn: ReadonlyMap<string, GraphResource>;
  readonly #paths = new Map<string, Known<string>>();
  readonly #byPath = new Map<string, { key: string; subscription: string | undefined }[]>();
  readonly #inline: InlineChild[] = [];

  /** Names that more than one resource of a type has. */
  readonly #shared: ReadonlySet<string>;

  public constructor(public readonly graph: ResourceGraph) {
    this.#shared = repeated(graph.resources.map(({ type, name }) => `${type}::${name}`));
    this.#byUrn = new Map(graph.resources.map((resource) => [resource.urn, resource]));
    for (const resource of graph.resources) {
      const path = this.pathOf(resource);
      if (isKnown(path)) this.#register(path, resource.urn, subscriptionOf(resource));
    }
  }

  public ofType(...types: readonly string[]): GraphResource[] {
    return this.graph.resources.filter(({ type }) => types.includes(type));
  }

  /** What people call a resource: its logical name, or its URN where another of its type has the same. */
  public label({ type, name, urn }: GraphResource): string {
    return this.#shared.has(`${type}::${name}`) ? urn : name;
  }

  /** Makes an inline child findable by its id. */
  public addInline(child: InlineChild, owner: GraphResource): void {
    this.#inline.push(child);
    if (isKnown(child.path)) this.#register(child.path, child.key, subscriptionOf(owner));
  }

  /** Path of a resource below its subscription, from its id or from the names that make it. */
  public pathOf(resource: GraphResource): Known<string> {
    const found = this.#paths.get(resource.urn);
    if (found !== undefined) return found;
    // A name that leads back here would be a loop of the program's own; it is then not known.
    this.#paths.set(resource.urn, new Unknown(`${resource.name} is named after itself`));
    const path = this.#makePath(resource);
    this.#paths.set(resource.urn, path);
    return path;
  }

  /** The resources that a property's value comes from: all of them, or those of some types. */
  public sourcesOf(
    resource: GraphResource,
    property: string,
    types?: readonly string[],
  ): GraphResource[] {
    return (resource.propertyDependencies[property] ?? []).flatMap((urn) => {
      const source = this.#byUrn.get(urn);
      return source !== undefined && (types?.includes(source.type) ?? true) ? [source] : [];
    });
  }

  /** What a property names by its id. `undefined` where it names nothing. */
  public refer(
    resource: GraphResource,
    property: string,
    value: Value | undefined,
    types: readonly string[],
  ): Reference | undefined {
    return this.referAll(resource, property, value === undefined ? [] : [value], types)[0];
  }

  /** The same for several values of one property: as many unknown ones as candidates are those, in any order. */
  public referAll(
    resource: GraphResource,
    property: string,
    values: readonly Value[],
    types: readonly string[],
  ): Reference[] {
    const present = values.filter((value) => value !== null && value !== "");
    const known = present.flatMap((value) => (typeof value === "string" ? [value] : []));
    const candidates = this.#candidates(resource, property, types);
    const named = new Set(known.map((id) => this.#byId(id)).filter((key) => key !== undefined));
    const open = candidates.filter((key) => !named.has(key));
    const hidden = present.filter((value) => value instanceof Hidden).length;
    return present.map((value) => {
      if (typeof value === "string") return this.#byId(value) ?? new Outside(value);
      const next = open.length === hidden ? open.shift() : undefined;
      if (next !== undefined) return next;
      return new Unknown(whyOpen(resource, property, open, this.#byUrn));
    });
  }

  /** What a name input says: the text, or the name of the one resource that it comes from. */
  public nameFrom(
    resource: GraphResource,
    input: string,
    type: string,
    nameInput: string,
  ): Known<string> {
    const value = resource.properties[input];
    if (typeof value === "string") return value;
    const [only, another] = this.#candidates(resource, input, [type]);
    const source = another === undefined && only !== undefined ? this.#byUrn.get(only) : undefined;
    if (source === undefined) return new Unknown(`${resource.name}.${input} is not known`);
    return ownName(source, nameInput);
  }

  /** What a child resource stands in: the network of a subnet, the group of a rule. */
  public parentOf(resource: GraphResource): Reference {
    const path = this.pathOf(resource);
    if (!isKnown(path)) return path;
    const outer = path.split("/").slice(0, -2).join("/");
    return this.#find(outer, subscriptionOf(resource)) ?? new Outside(outer);
  }

  /** The resource group that a resource names, as a path. */
  public resourceGroupOf(resource: GraphResource): Known<string> {
    const name = this.nameFrom(resource, "resourceGroupName", RESOURCE_GROUP, "resourceGroupName");
    return isKnown(name) ? resourceGroupPath(name) : name;
  }

  #makePath(resource: GraphResource): Known<string> {
    const fromId = resource.id === undefined ? undefined : parseArmId(resource.id);
    if (fromId !== undefined) return fromId.path;
    if (resource.type === RESOURCE_GROUP) {
      return resourceGroupPath(ownName(resource, "resourceGroupName"));
    }
    const arm = ARM_TYPES[resource.type];
    if (arm === undefined) return new Unknown(`${resource.type} has no id that is read here`);
    const group = this.resourceGroupOf(resource);
    if (!isKnown(group)) return group;
    let path = `${group}/providers/${arm.namespace}`;
    for (const [index, [segment, input]] of arm.segments.entries()) {
      const last = index === arm.segments.length - 1;
      const name = last
        ? ownName(resource, input, arm.segments.length > 1)
        : this.#outerName(resource, input);
      if (!isKnown(name)) return name;
      path += `/${segment}/${name.toLowerCase()}`;
    }
    return path;
  }

  /** Name of what a child stands in: its parent's own, or the text. */
  #outerName(resource: GraphResource, input: string): Known<string> {
    const outer = Object.entries(ARM_TYPES).find(
      ([, { segments }]) => segments.length === 1 && segments[0]?.[1] === input,
    );
    return this.nameFrom(resource, input, outer?.[0] ?? "", input);
  }

  #candidates(resource: GraphResource, property: string, types: readonly string[]): string[] {
    const urns = resource.propertyDependencies[property] ?? [];
    const direct = this.sourcesOf(resource, property, types).map(({ urn }) => urn);
    if (direct.length > 0) return direct;
    return this.#inline
      .filter(({ type, parent }) => types.includes(type) && urns.includes(parent))
      .map(({ key }) => key);
  }

  #byId(id: string): string | undefined {
    const arm = parseArmId(id);
    return arm === undefined ? undefined : this.#find(arm.path, arm.subscription);
  }

  /** The only part with that path; a subscription that is not known may be the same. */
  #find(path: string, subscription: string | undefined): string | undefined {
    const found = (this.#byPath.get(path) ?? []).filter(
      (part) =>
        part.subscription === undefined ||
        subscription === undefined ||
        part.subscription === subscription,
    );
    return found.length === 1 ? found[0]?.key : undefined;
  }

  #register(path: string, key: string, subscription: string | undefined): void {
    const there = this.#byPath.get(path);
    if (there === undefined) this.#byPath.set(path, [{ key, subscription }]);
    else there.push({ key, subscription });
  }
}

function repeated(words: readonly string[]): Set<string> {
  const seen = new Set<string>();
  return new Set(words.filter((word) => seen.has(word) || !seen.add(word)));
}

function subscriptionOf(resource: GraphResource): string | undefined {
  return resource.id === undefined ? undefined : parseArmId(resource.id)?.subscription;
}

/**
 * A resource's own name: its name input, what the provider answered, and for a child its logical name. A
 * name that is drawn at deployment is unlike any other, so the URN stands for it.
 */
function ownName(resource: GraphResource, input: string, child = false): string {
  for (const key of [input, "name"]) {
    const value = resource.properties[key];
    if (typeof value === "string") return value;
    if (value instanceof Hidden) break;
  }
  return child ? resource.name : resource.urn.replaceAll("/", "|");
}

function whyOpen(
  resource: GraphResource,
  property: string,
  open: readonly string[],
  byUrn: ReadonlyMap<string, GraphResource>,
): string {
  const names = open.map((urn) => byUrn.get(urn)?.name ?? urn);
  const among = names.length > 1 ? `; it comes from one of ${names.join(", ")}` : "";
  return `${resource.name}.${property} is not known before deployment${among}`;
}
