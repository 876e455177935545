import { BUILT_IN_ROLES } from "../built-in-roles";
import type { GraphIndex } from "../graph/graph-index";
import { type GraphResource, Hidden, type Unread } from "../graph/resource-graph";
import type { Permission, Role } from "./access-estate";
import { everyKnown, isKnown, type Known, Unknown } from "./known";
import { readerOf } from "./part";
import type { PropertyReader } from "./property-reader";

const DEFINITION = "azure-native:authorization:RoleDefinition";
const GUID = /(?:^|\/roledefinitions\/)(?<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Roles by the GUID of their definition: Microsoft's that are in the table, and those the program makes. */
export class Roles {
  readonly #byId = new Map<string, Role>();
  readonly #byUrn = new Map<string, Role>();

  public constructor(
    private readonly index: GraphIndex,
    unread: Unread[],
  ) {
    for (const { id, name, condition, ...lists } of BUILT_IN_ROLES) {
      const permission = { ...lists, conditional: condition !== undefined };
      this.#byId.set(id, { id, name, permissions: [permission] });
    }
    for (const resource of index.ofType(DEFINITION)) {
      const role = customRole(readerOf(resource, unread, "identity"));
      this.#byUrn.set(resource.urn, role);
      this.#byId.set(role.id, role);
    }
  }

  /** The role that a resource names. One that is in neither list is not taken to be harmless. */
  public read(reader: PropertyReader): Known<Role> {
    const value = reader.value("roleDefinitionId");
    if (typeof value === "string") {
      const id = guidOf(value);
      if (id === undefined) return reader.odd("roleDefinitionId", `"${value}" is no role`);
      return this.#byId.get(id) ?? { id, name: `role ${id}`, permissions: unknownRole(id) };
    }
    if (!(value instanceof Hidden)) return reader.odd("roleDefinitionId", "is no role");
    const { resource } = reader;
    const [source, another] = this.index.sourcesOf(resource, "roleDefinitionId", [DEFINITION]);
    const role =
      source === undefined || another !== undefined ? undefined : this.#byUrn.get(source.urn);
    return role ?? new Unknown(`the role of ${resource.name} is not known before deployment`);
  }
}

function unknownRole(id: string): Unknown {
  return new Unknown(`what the role ${id} allows is neither in the program nor in the table`);
}

function guidOf(text: string): string | undefined {
  return GUID.exec(text.trim().toLowerCase())?.groups?.id;
}

function customRole(reader: PropertyReader): Role {
  const { resource } = reader;
  const name = reader.text("roleName");
  const list = reader.objects("permissions");
  return {
    id: definitionId(resource) ?? resource.urn,
    name: typeof name === "string" ? name : resource.name,
    permissions: isKnown(list) ? everyKnown(list.map(permission)) : list,
  };
}

/** GUID of a definition: its own input, what the provider answered, or the end of its id. */
function definitionId({ id, properties }: GraphResource): string | undefined {
  for (const value of [properties.roleDefinitionId, properties.name, id]) {
    const found = typeof value === "string" ? guidOf(value) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function permission(reader: PropertyReader): Known<Permission> {
  const [actions, notActions, dataActions, notDataActions] = [
    "actions",
    "notActions",
    "dataActions",
    "notDataActions",
  ].map((key) => {
    const texts = reader.texts(key);
    return isKnown(texts) ? everyKnown(texts) : texts;
  });
  const condition = reader.value("condition");
  const lists = { actions, notActions, dataActions, notDataActions };
  const open = Object.values(lists).find((list) => list instanceof Unknown);
  if (open instanceof Unknown) return open;
  return {
    ...(lists as Pick<Permission, keyof typeof lists>),
    conditional: condition !== undefined && condition !== "",
  };
}
