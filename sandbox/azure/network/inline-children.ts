import { sealed } from "../arm-write";
import type { JsonObject } from "../json";
import { asObject, asObjects, asText, asTexts, at } from "../json";
import { AzureRefusal } from "../refusal";
import { removeResource } from "../removal";
import { childId, parseResourceId } from "../resource-id";
import type { Held, ResourceType } from "../resource-type";
import { networkVersions } from "./versions";

/** A list in a parent's body whose items are resources of their own. */
export interface InlineList {
  /** Name of the list in the parent's properties, and of the child type in an identifier. */
  readonly property: string;
  readonly type: ResourceType;
}

/** The items of the list in a request, or undefined where the request does not mention it. */
export function inlineItems(request: JsonObject, list: InlineList): JsonObject[] | undefined {
  const items = at(request, `properties.${list.property}`);
  if (items === undefined || items === null) return undefined;
  const found = asObjects(items);
  for (const item of found) {
    if (asText(item.name) !== undefined) continue;
    throw new AzureRefusal(
      400,
      "InvalidRequestFormat",
      `Cannot parse the request: an item of properties.${list.property} has no name.`,
    );
  }
  return found;
}

/**
 * Writes the children that a parent's body lists. The list is the whole set: what it names is written, what it leaves
 * out is deleted. A request without the list leaves the children alone
 * (https://learn.microsoft.com/azure/azure-resource-manager/bicep/scenarios-virtual-networks; before that change a
 * network's PUT without subnets deleted them, Azure/azure-quickstart-templates#2786).
 */
export function writeInline(held: Held, request: JsonObject, list: InlineList): void {
  const wanted = inlineItems(request, list);
  if (wanted === undefined) return;
  const { simulation, resource } = held;
  const { store } = simulation;
  const names = wanted.map((item) => asText(item.name) ?? "");
  const kept = new Set(names.map((name) => name.toLowerCase()));
  for (const child of store.childrenOf(resource.id, list.type.type)) {
    if (!kept.has(child.name.toLowerCase())) removeResource(simulation, child);
  }
  wanted.forEach((item, index) => {
    writeChild(held, list, names[index] ?? "", item);
  });
  const parent = store.get(resource.id) ?? resource;
  const order = { ...asObject(parent.hidden?.order), [list.property]: names };
  store.put({ ...parent, hidden: { ...parent.hidden, order } });
}

/** Refuses, before anything is stored, a list that would take away a child which is in use. */
export function checkInline(held: Held, request: JsonObject, list: InlineList): void {
  const wanted = inlineItems(request, list);
  if (wanted === undefined) return;
  const kept = new Set(wanted.map((item) => asText(item.name)?.toLowerCase()));
  const { simulation, resource } = held;
  for (const child of simulation.store.childrenOf(resource.id, list.type.type)) {
    if (!kept.has(child.name.toLowerCase()))
      list.type.checkDelete?.({ simulation, resource: child });
  }
}

function writeChild(held: Held, list: InlineList, name: string, item: JsonObject): void {
  const { simulation, resource } = held;
  const { type } = list;
  const text = childId(resource.id, list.property, name);
  const id = parseResourceId(text);
  if (id === undefined) {
    throw new AzureRefusal(400, "InvalidResourceName", `Resource name ${name} is invalid.`);
  }
  const existing = simulation.store.get(text);
  const body = { properties: item.properties };
  const apiVersion = networkVersions[0];
  const written = type.put({ simulation, id, apiVersion, body, existing, parent: resource });
  const content = {
    ...written.body,
    properties: { ...asObject(written.body.properties), provisioningState: "Succeeded" },
  };
  const storedId = existing?.id ?? text;
  const stored = simulation.store.put({
    id: storedId,
    type: type.type,
    name: existing?.name ?? name,
    body: sealed(type, storedId, existing?.name ?? name, content),
  });
  type.written?.({ simulation, resource: stored }, body);
}

/** The children as a GET of the parent lists them: in the order of the last list, later ones behind. */
export function renderInline({ simulation, resource }: Held, list: InlineList): JsonObject[] {
  const order = asTexts(at(resource.hidden, `order.${list.property}`)).map((name) =>
    name.toLowerCase(),
  );
  const position = (name: string): number => {
    const found = order.indexOf(name.toLowerCase());
    return found < 0 ? order.length : found;
  };
  return simulation.store
    .childrenOf(resource.id, list.type.type)
    .sort((a, b) => position(a.name) - position(b.name))
    .map((child) => list.type.read?.({ simulation, resource: child }) ?? child.body);
}
