import { asObjects, asText, type JsonObject } from "../json";
import { AzureRefusal } from "../refusal";
import { guidOf } from "../guid";
import type { AzureRequest, AzureResponse, Simulation } from "../simulation";
import type { Store, StoredResource } from "../store";
import { firstPartyApplications } from "./first-party-applications";
import { newId } from "./new-id";
import {
  deleteGraphObject,
  graphObject,
  graphObjectBy,
  graphObjects,
  putGraphObject,
} from "./objects";
import {
  badRequest,
  bodyOf,
  graphNotFound,
  graphWords,
  many,
  notAllowed,
  one,
  patched,
  startsWith,
} from "./request";

function find(
  store: Store,
  collection: "servicePrincipals" | "applications",
  key: string,
): StoredResource {
  const appId = /^appId=(.*)$/i.exec(key)?.[1];
  const found =
    appId === undefined
      ? graphObject(store, collection, key)
      : graphObjectBy(store, collection, "appId", appId);
  if (found === undefined) throw graphNotFound(appId ?? key);
  return found;
}

/** Answers what follows once an object is found: GET, PATCH, DELETE. */
function onOne(
  request: AzureRequest,
  simulation: Simulation,
  collection: "servicePrincipals" | "applications",
  found: StoredResource,
): AzureResponse {
  switch (request.method) {
    case "GET":
      return one(200, collection, found.body);
    case "PATCH": {
      const sent = bodyOf(request);
      if ("appId" in sent && sent.appId !== found.body.appId)
        throw badRequest("Property 'appId' is read-only and cannot be set.");
      putGraphObject(simulation.store, collection, found.name, patched(found.body, sent));
      return { status: 204 };
    }
    case "DELETE":
      deleteGraphObject(simulation.store, collection, found.name);
      return { status: 204 };
  }
  throw notAllowed(request);
}

function createServicePrincipal(request: AzureRequest, store: Store): AzureResponse {
  const sent = bodyOf(request);
  const appId = (asText(sent.appId) ?? "").toLowerCase();
  const known =
    firstPartyApplications.find((item) => item.appId === appId)?.displayName ??
    asText(graphObjectBy(store, "applications", "appId", appId)?.body.displayName);
  if (known === undefined) {
    const message = `The appId '${appId}' of the service principal does not reference a valid application object.`;
    throw new AzureRefusal(400, "Request_BadRequest", message, [
      { code: "NoBackingApplicationObject", message },
    ]);
  }
  if (graphObjectBy(store, "servicePrincipals", "appId", appId) !== undefined) {
    throw new AzureRefusal(
      409,
      "Request_MultipleObjectsWithSameKeyValue",
      `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
    );
  }
  const { body } = putGraphObject(
    store,
    "servicePrincipals",
    newId(store, "servicePrincipals", appId),
    {
      displayName: known,
      servicePrincipalType: "Application",
      accountEnabled: true,
      tags: [],
      ...sent,
      appId,
    },
  );
  return one(201, "servicePrincipals", body);
}

/** Service principals: https://learn.microsoft.com/graph/api/resources/serviceprincipal */
export function servicePrincipalRoute(
  request: AzureRequest,
  simulation: Simulation,
): AzureResponse | undefined {
  const words = graphWords(request.path) ?? [];
  if (!startsWith(words, "servicePrincipals")) return undefined;
  const { store } = simulation;
  const [key, ...rest] = words.slice(1);
  if (key === undefined) {
    if (request.method === "POST") return createServicePrincipal(request, store);
    if (request.method !== "GET") throw notAllowed(request);
    return many(
      request,
      "servicePrincipals",
      graphObjects(store, "servicePrincipals").map((item) => item.body),
    );
  }
  const found = find(store, "servicePrincipals", key);
  if (rest[0]?.toLowerCase() === "owners" && request.method === "GET")
    return many(request, "directoryObjects", []);
  if (rest.length > 0) throw notAllowed(request);
  return onOne(request, simulation, "servicePrincipals", found);
}

/** Application registrations, as far as a service principal needs one: https://learn.microsoft.com/graph/api/resources/application */
export function applicationRoute(
  request: AzureRequest,
  simulation: Simulation,
): AzureResponse | undefined {
  const words = graphWords(request.path) ?? [];
  if (!startsWith(words, "applications")) return undefined;
  const { store } = simulation;
  const [key, ...rest] = words.slice(1);
  if (rest.length > 0) throw notAllowed(request);
  if (key !== undefined)
    return onOne(request, simulation, "applications", find(store, "applications", key));
  if (request.method === "GET") {
    return many(
      request,
      "applications",
      graphObjects(store, "applications").map((item) => item.body),
    );
  }
  if (request.method !== "POST") throw notAllowed(request);
  const sent = bodyOf(request);
  const displayName = asText(sent.displayName) ?? "";
  if (displayName === "") throw badRequest("Property 'displayName' is required.");
  const id = newId(store, "applications", displayName);
  const body: JsonObject = {
    ...sent,
    appId: guidOf(`${id}/appId`),
    identifierUris: asObjects(sent.identifierUris),
  };
  return one(201, "applications", putGraphObject(store, "applications", id, body).body);
}
