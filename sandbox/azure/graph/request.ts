import { asObject, isObject, type JsonObject } from "../json";
import { AzureRefusal } from "../refusal";
import type { AzureRequest, AzureResponse } from "../simulation";
import { meets, parseFilter } from "./odata-filter";

/**
 * The words of a path of Graph after `/graph/v1.0` or `/graph/beta`; undefined for any other path. A key in
 * parentheses becomes a word of its own: `servicePrincipals(appId='...')` reads `servicePrincipals`, `appId=...`.
 */
export function graphWords(path: string): string[] | undefined {
  const match = /^\/graph\/(?:v1\.0|beta)\/(.+)$/i.exec(path);
  return match?.[1]
    ?.replace(
      /\(([A-Za-z]*)=?'([^']*)'\)/g,
      (_, key: string, value: string) => `/${key === "" ? "" : `${key}=`}${value}`,
    )
    .split("/")
    .filter((word) => word !== "");
}

/** Whether the first words of a path are these, whatever the letters' case. */
export function startsWith(words: readonly string[], ...expected: readonly string[]): boolean {
  return expected.every((word, index) => words[index]?.toLowerCase() === word.toLowerCase());
}

/** 404 in the words of Graph. */
export function graphNotFound(id: string): AzureRefusal {
  return new AzureRefusal(
    404,
    "Request_ResourceNotFound",
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

/** 400 in the words of Graph. */
export function badRequest(message: string): AzureRefusal {
  return new AzureRefusal(400, "BadRequest", message);
}

/** 405: Graph has no such request. */
export function notAllowed(request: AzureRequest): AzureRefusal {
  return new AzureRefusal(
    405,
    "Request_BadRequest",
    `The simulated Graph knows no ${request.method} of '${request.path}'.`,
  );
}

/** @throws AzureRefusal 400 where the body is not a JSON object */
export function bodyOf(request: AzureRequest): JsonObject {
  if (!isObject(request.body)) throw badRequest("Empty Payload. JSON content expected.");
  return asObject(request.body);
}

/** One object, as Graph answers it. */
export function one(status: 200 | 201, collection: string, body: JsonObject): AzureResponse {
  return { status, body: { "@odata.context": `$metadata#${collection}/$entity`, ...body } };
}

/** A list, filtered as the request asks. */
export function many(
  request: AzureRequest,
  collection: string,
  bodies: readonly JsonObject[],
): AzureResponse {
  const terms = parseFilter(request.query.get("$filter"));
  const value = bodies.filter((body) => terms.every((term) => meets(body, term)));
  const top = Number(request.query.get("$top") ?? "");
  return {
    status: 200,
    body: {
      "@odata.context": `$metadata#${collection}`,
      value: top > 0 ? value.slice(0, top) : value,
    },
  };
}

/** Merges a PATCH: objects member by member, everything else whole (https://learn.microsoft.com/graph/api/overview). */
export function patched(before: JsonObject, change: JsonObject): JsonObject {
  const merged: JsonObject = { ...before };
  for (const [key, value] of Object.entries(change)) {
    const old = merged[key];
    merged[key] = isObject(value) && isObject(old) ? patched(old, value) : value;
  }
  return merged;
}

/** The id at the end of a reference such as `https://.../directoryObjects/{id}`. */
export function referenced(reference: string): string {
  return (/([^/('=]+)'?\)?$/.exec(reference)?.[1] ?? reference).toLowerCase();
}
