import { asText, asTexts, without, type JsonObject } from "../json";
import { AzureRefusal } from "../refusal";
import type { AzureRequest, AzureResponse, Route, Simulation } from "../simulation";
import type { Store, StoredResource } from "../store";
import type { Tenant } from "../tenant/tenant";
import { signedIn } from "../authorization/signed-in";
import { newId } from "./new-id";
import {
  deleteGraphObject,
  graphObject,
  graphObjectBy,
  graphObjects,
  putGraphObject,
  type GraphCollection,
} from "./objects";
import { groupsOf } from "./principals";
import {
  badRequest,
  bodyOf,
  graphNotFound,
  graphWords,
  many,
  notAllowed,
  one,
  patched,
  referenced,
  startsWith,
} from "./request";

const kinds: readonly { readonly collection: GraphCollection; readonly word: string }[] = [
  { collection: "users", word: "user" },
  { collection: "groups", word: "group" },
  { collection: "servicePrincipals", word: "servicePrincipal" },
  { collection: "devices", word: "device" },
];

/** An object of the directory with its type, as lists of mixed objects show it. */
function typed(store: Store, id: string): JsonObject | undefined {
  for (const { collection, word } of kinds) {
    const found = graphObject(store, collection, id);
    if (found !== undefined) return { "@odata.type": `#microsoft.graph.${word}`, ...shown(found) };
  }
  return undefined;
}

/** Members and owners of a group are lists of their own. */
function shown(object: StoredResource): JsonObject {
  return without(object.body, "members", "owners");
}

function objectsOf(store: Store, ids: readonly string[]): JsonObject[] {
  return ids.map((id) => typed(store, id)).filter((object) => object !== undefined);
}

/** The ids that a reference in a body names, each of which must exist. */
function references(store: Store, values: readonly string[]): string[] {
  return values.map((value) => {
    const id = referenced(value);
    if (typed(store, id) === undefined) throw graphNotFound(id);
    return id;
  });
}

/** `members` and `owners` of a group, directly or as `$ref`; undefined for another word. */
function relation(
  request: AzureRequest,
  simulation: Simulation,
  group: StoredResource,
  rest: readonly string[],
): AzureResponse {
  const { store } = simulation;
  const [word = "", id, last] = rest;
  const name = word.toLowerCase();
  if (name === "transitivemembers" && request.method === "GET") {
    const all = kinds.flatMap(({ collection }) =>
      graphObjects(store, collection).map((item) => item.name),
    );
    const inside = all.filter((member) => groupsOf(store, member).has(group.name.toLowerCase()));
    return many(request, "directoryObjects", objectsOf(store, inside));
  }
  if (name !== "members" && name !== "owners") throw notAllowed(request);
  const current = asTexts(group.body[name]);
  const save = (ids: readonly string[]): AzureResponse => {
    putGraphObject(store, "groups", group.name, { ...group.body, [name]: [...ids] });
    return { status: 204 };
  };
  if (request.method === "GET") return many(request, "directoryObjects", objectsOf(store, current));
  if (request.method === "POST" && id === "$ref") {
    const [added = ""] = references(store, [asText(bodyOf(request)["@odata.id"]) ?? ""]);
    if (current.includes(added)) {
      throw new AzureRefusal(
        400,
        "Request_BadRequest",
        `One or more added object references already exist for the following modified properties: '${name}'.`,
      );
    }
    return save([...current, added]);
  }
  if (request.method === "DELETE" && id !== undefined && last === "$ref") {
    const removed = id.toLowerCase();
    if (!current.includes(removed)) throw graphNotFound(id);
    return save(current.filter((member) => member !== removed));
  }
  throw notAllowed(request);
}

function createGroup(request: AzureRequest, store: Store): AzureResponse {
  const sent = bodyOf(request);
  const displayName = asText(sent.displayName) ?? "";
  const required = ["displayName", "mailEnabled", "mailNickname", "securityEnabled"].find(
    (name) => !(name in sent),
  );
  if (required !== undefined || displayName === "") {
    throw badRequest(
      `A value is required for property '${required ?? "displayName"}' of resource 'Group'.`,
    );
  }
  const { "members@odata.bind": members, "owners@odata.bind": owners, ...body } = sent;
  const { body: made, name } = putGraphObject(
    store,
    "groups",
    newId(store, "groups", displayName),
    {
      ...body,
      members: references(store, asTexts(members)),
      owners: references(store, asTexts(owners)),
    },
  );
  return one(
    201,
    "groups",
    shown({ ...made, body: made, id: name, type: "", name, createdAt: "" }),
  );
}

function groupRoute(
  request: AzureRequest,
  simulation: Simulation,
  words: readonly string[],
): AzureResponse {
  const { store } = simulation;
  const [id, ...rest] = words;
  if (id === undefined) {
    if (request.method === "POST") return createGroup(request, store);
    if (request.method !== "GET") throw notAllowed(request);
    return many(request, "groups", graphObjects(store, "groups").map(shown));
  }
  const found = graphObject(store, "groups", id);
  if (found === undefined) throw graphNotFound(id);
  if (rest.length > 0) return relation(request, simulation, found, rest);
  switch (request.method) {
    case "GET":
      return one(200, "groups", shown(found));
    case "PATCH":
      putGraphObject(store, "groups", found.name, patched(found.body, bodyOf(request)));
      return { status: 204 };
    case "DELETE":
      return removeObject(store, "groups", found.name);
  }
  throw notAllowed(request);
}

/** Removes an object, and with it its place in every group. */
function removeObject(store: Store, collection: GraphCollection, name: string): AzureResponse {
  deleteGraphObject(store, collection, name);
  for (const group of graphObjects(store, "groups")) {
    const keep = (list: unknown): string[] =>
      asTexts(list).filter((id) => id !== name.toLowerCase());
    const members = keep(group.body.members);
    const owners = keep(group.body.owners);
    if (
      members.length + owners.length <
      asTexts(group.body.members).length + asTexts(group.body.owners).length
    ) {
      putGraphObject(store, "groups", group.name, { ...group.body, members, owners });
    }
  }
  return { status: 204 };
}

function createUser(request: AzureRequest, store: Store): AzureResponse {
  const sent = bodyOf(request);
  const required = [
    "accountEnabled",
    "displayName",
    "mailNickname",
    "passwordProfile",
    "userPrincipalName",
  ];
  const missing = required.find((name) => !(name in sent));
  if (missing !== undefined)
    throw badRequest(`A value is required for property '${missing}' of resource 'User'.`);
  const userPrincipalName = asText(sent.userPrincipalName) ?? "";
  if (graphObjectBy(store, "users", "userPrincipalName", userPrincipalName) !== undefined) {
    throw new AzureRefusal(
      400,
      "Request_BadRequest",
      "Another object with the same value for property userPrincipalName already exists.",
    );
  }
  const body = { userType: "Member", ...without(sent, "passwordProfile") };
  const made = putGraphObject(store, "users", newId(store, "users", userPrincipalName), body);
  return one(201, "users", shown(made));
}

function userRoute(
  request: AzureRequest,
  simulation: Simulation,
  words: readonly string[],
): AzureResponse {
  const { store } = simulation;
  const [key, ...rest] = words;
  if (key === undefined) {
    if (request.method === "POST") return createUser(request, store);
    if (request.method !== "GET") throw notAllowed(request);
    return many(request, "users", graphObjects(store, "users").map(shown));
  }
  const found =
    graphObject(store, "users", key) ?? graphObjectBy(store, "users", "userPrincipalName", key);
  if (found === undefined) throw graphNotFound(key);
  const [word] = rest;
  if (/^(transitive)?memberOf$/i.test(word ?? "") && request.method === "GET") {
    return many(request, "directoryObjects", objectsOf(store, [...groupsOf(store, found.name)]));
  }
  if (word !== undefined) throw notAllowed(request);
  switch (request.method) {
    case "GET":
      return one(200, "users", shown(found));
    case "PATCH":
      putGraphObject(
        store,
        "users",
        found.name,
        patched(found.body, without(bodyOf(request), "passwordProfile")),
      );
      return { status: 204 };
    case "DELETE":
      return removeObject(store, "users", found.name);
  }
  throw notAllowed(request);
}

function deviceRoute(
  request: AzureRequest,
  simulation: Simulation,
  words: readonly string[],
): AzureResponse {
  const { store } = simulation;
  const [id] = words;
  if (id === undefined) {
    if (request.method !== "GET") throw notAllowed(request);
    return many(request, "devices", graphObjects(store, "devices").map(shown));
  }
  const found = graphObject(store, "devices", id);
  if (found === undefined) throw graphNotFound(id);
  if (request.method === "DELETE") {
    deleteGraphObject(store, "devices", found.name);
    return { status: 204 };
  }
  if (request.method !== "GET") throw notAllowed(request);
  return one(200, "devices", shown(found));
}

function byIds(request: AzureRequest, store: Store): AzureResponse {
  const sent = bodyOf(request);
  const types = asTexts(sent.types).map((type) => type.toLowerCase());
  const found = objectsOf(store, asTexts(sent.ids)).filter((object) => {
    const type = (asText(object["@odata.type"]) ?? "").split(".").pop()?.toLowerCase() ?? "";
    return types.length === 0 || types.includes("directoryobject") || types.includes(type);
  });
  return many(request, "directoryObjects", found);
}

/** Users, groups, devices and the directory as a whole: https://learn.microsoft.com/graph/api/resources/directoryobject */
export function directoryObjectRoute(tenant: Tenant): Route {
  return (request, simulation) => {
    const words = graphWords(request.path) ?? [];
    const { store } = simulation;
    if (startsWith(words, "groups")) return groupRoute(request, simulation, words.slice(1));
    if (startsWith(words, "users")) return userRoute(request, simulation, words.slice(1));
    if (startsWith(words, "devices")) return deviceRoute(request, simulation, words.slice(1));
    if (startsWith(words, "organization") && request.method === "GET") {
      return many(request, "organization", graphObjects(store, "organization").map(shown));
    }
    if (startsWith(words, "me") && words.length === 1 && request.method === "GET") {
      // For a service principal the real Graph refuses; here it answers, so that the stand-in providers learn who
      // is signed in from one place.
      const me = typed(store, signedIn(request, tenant).objectId);
      if (me === undefined)
        throw badRequest("/me request is only valid with delegated authentication flow.");
      return one(200, "users", me);
    }
    if (!startsWith(words, "directoryObjects")) return undefined;
    const [, id] = words;
    if (id?.toLowerCase() === "getbyids" && request.method === "POST") return byIds(request, store);
    const found = id === undefined ? undefined : typed(store, id);
    if (found === undefined) throw graphNotFound(id ?? "");
    if (request.method !== "GET") throw notAllowed(request);
    return one(200, "directoryObjects", found);
  };
}
