import { regionOf } from "../region";
import type { JsonObject } from "../json";
import { asText, at, textAt } from "../json";
import { AzureRefusal } from "../refusal";
import { keyOf, parseResourceId } from "../resource-id";
import type { Simulation } from "../simulation";
import type { Write } from "../resource-type";
import type { StoredResource } from "../store";

/**
 * The resource that a body refers to at a path (`properties.natGateway`), or undefined where the body has no such
 * reference.
 *
 * Sources: https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-invalid-resource-reference
 * for one that is missing or in another region (text as in MicrosoftDocs/azure-docs#114837), Azure/bicep#2371 ; code and text for
 * one that is no resource id from general knowledge, no page found.
 * @throws AzureRefusal 400 LinkedInvalidPropertyId, InvalidResourceReference
 */
export function referenced(
  write: Write,
  body: JsonObject,
  path: string,
  type: string,
  region: "same" | "any" = "same",
): StoredResource | undefined {
  const reference = at(body, path);
  if (reference === undefined || reference === null) return undefined;
  const id = textAt(reference, "id");
  if (id === undefined || parseResourceId(id)?.type.toLowerCase() !== type.toLowerCase()) {
    throw new AzureRefusal(
      400,
      "LinkedInvalidPropertyId",
      `Property id '${id ?? ""}' at path '${path}.id' is invalid. Expect fully qualified resource Id of type '${type}' that starts with '/subscriptions/{subscriptionId}'.`,
    );
  }
  const found = write.simulation.store.get(id);
  const here = asText(write.body.location) ?? asText(write.parent?.body.location);
  // A subnet lies where its network lies.
  const above = parseResourceId(id)?.parent?.text ?? "";
  const there =
    asText(found?.body.location) ?? asText(write.simulation.store.get(above)?.body.location);
  const elsewhere =
    region === "same" &&
    here !== undefined &&
    there !== undefined &&
    regionOf(here) !== regionOf(there);
  if (found === undefined || elsewhere) {
    throw new AzureRefusal(
      400,
      "InvalidResourceReference",
      `Resource ${id} referenced by resource ${write.id.text} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
    );
  }
  return found;
}

/** `{ id }` with the referenced resource's own spelling, or undefined. */
export function referenceTo(resource: StoredResource | undefined): JsonObject | undefined {
  return resource === undefined ? undefined : { id: resource.id };
}

/** Whether a body refers to an identifier at a path. */
export function refersTo(body: JsonObject, path: string, id: string): boolean {
  const found = textAt(body, `${path}.id`);
  return found !== undefined && keyOf(found) === keyOf(id);
}

/** The resources of a type whose body refers to an identifier at a path. */
export function referrers(
  simulation: Simulation,
  type: string,
  path: string,
  id: string,
): StoredResource[] {
  return simulation.store.ofType(type).filter((resource) => refersTo(resource.body, path, id));
}
