import { isValidCIDR } from "ipaddr.js";
import { asObjects, asText, asTexts, objectsAt, at, type JsonObject } from "../json";
import type { AzureRequest, AzureResponse, Simulation } from "../simulation";
import type { Store } from "../store";
import { newId } from "./new-id";
import { deleteGraphObject, graphObject, graphObjects, putGraphObject } from "./objects";
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

const context = "identity/conditionalAccess/namedLocations";

function checked(body: JsonObject): JsonObject {
  if ((asText(body.displayName) ?? "") === "") throw badRequest("displayName is missing.");
  switch (asText(body["@odata.type"])) {
    case "#microsoft.graph.ipNamedLocation": {
      const ranges = asObjects(body.ipRanges).map((range) => asText(range.cidrAddress) ?? "");
      if (ranges.length === 0) throw badRequest("ipRanges must hold at least one range.");
      const wrong = ranges.find((range) => !isValidCIDR(range));
      if (wrong !== undefined)
        throw badRequest(`ipRanges holds '${wrong}', which is no address range.`);
      return { isTrusted: false, ...body };
    }
    case "#microsoft.graph.countryNamedLocation":
      if (asTexts(body.countriesAndRegions).length === 0)
        throw badRequest("countriesAndRegions must hold at least one country.");
      return {
        includeUnknownCountriesAndRegions: false,
        countryLookupMethod: "clientIpAddress",
        ...body,
      };
    default:
      throw badRequest(
        "@odata.type must be #microsoft.graph.ipNamedLocation or #microsoft.graph.countryNamedLocation.",
      );
  }
}

function isUsed(store: Store, id: string): boolean {
  return graphObjects(store, "conditionalAccessPolicies").some(({ body }) => {
    const locations = at(body, "conditions.locations");
    return JSON.stringify(locations ?? null)
      .toLowerCase()
      .includes(id.toLowerCase());
  });
}

/** The address ranges of a location, empty for a country. */
export function rangesOf(location: JsonObject): string[] {
  return objectsAt(location, "ipRanges").flatMap((range) => asText(range.cidrAddress) ?? []);
}

/** Named locations: https://learn.microsoft.com/graph/api/resources/namedlocation */
export function namedLocationRoute(
  request: AzureRequest,
  simulation: Simulation,
): AzureResponse | undefined {
  const words = graphWords(request.path) ?? [];
  if (!startsWith(words, "identity", "conditionalAccess", "namedLocations")) return undefined;
  const { store, clock } = simulation;
  const now = clock.now().toISOString();
  const [id] = words.slice(3);
  if (id === undefined) {
    if (request.method === "GET") {
      return many(
        request,
        context,
        graphObjects(store, "namedLocations").map((item) => item.body),
      );
    }
    if (request.method !== "POST") throw notAllowed(request);
    const sent = checked(bodyOf(request));
    const { body } = putGraphObject(
      store,
      "namedLocations",
      newId(store, "namedLocations", asText(sent.displayName) ?? ""),
      {
        ...sent,
        createdDateTime: now,
        modifiedDateTime: now,
      },
    );
    return one(201, context, body);
  }
  const found = graphObject(store, "namedLocations", id);
  if (found === undefined) throw graphNotFound(id);
  switch (request.method) {
    case "GET":
      return one(200, context, found.body);
    case "PATCH": {
      const body = checked(patched(found.body, bodyOf(request)));
      putGraphObject(store, "namedLocations", found.name, { ...body, modifiedDateTime: now });
      return { status: 204 };
    }
    case "DELETE":
      // hashicorp/terraform-provider-azuread un-trusts a location before it deletes it, because Graph asks for that.
      if (found.body.isTrusted === true)
        throw badRequest(
          "A trusted named location cannot be deleted; set isTrusted to false first.",
        );
      if (isUsed(store, id))
        throw badRequest(
          "The named location is used by a Conditional Access policy and cannot be deleted.",
        );
      deleteGraphObject(store, "namedLocations", found.name);
      return { status: 204 };
  }
  throw notAllowed(request);
}
