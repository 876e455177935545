import type { FaultMatch } from "../../sandbox/azure/fault-plan";
import { targetOf } from "../../sandbox/azure/faults";
import type { JournalEntry } from "../../sandbox/azure/journal";
import type { AzureRequest } from "../../sandbox/azure/simulation";
import type { StateResource } from "../support/engine";

/** A request of an undisturbed run that changes something: where a fault strikes. */
export interface Operation {
  /** Logical name of the resource that it makes or removes. */
  readonly resource: string;
  /** Strikes this request, and no other of the run. */
  readonly match: FaultMatch;
}

const WRITES = new Set(["PUT", "PATCH", "POST", "DELETE"]);

interface Properties {
  readonly principalId?: string;
  readonly roleDefinitionId?: string;
}

function propertiesOf(entry: JournalEntry): Properties {
  const { properties } = (entry.request ?? {}) as { properties?: Properties };
  return properties ?? {};
}

function isSchedule(type: string): boolean {
  return /\/roleEligibilityScheduleRequests$/i.test(type);
}

/** The match of a request, by what of it is known before it is sent: not the names that are drawn at random. */
function matchOf(entry: JournalEntry): FaultMatch {
  const { method, id } = entry;
  const request = { method, path: id, query: new URLSearchParams(), headers: {}, body: undefined };
  const { type, name } = targetOf(request satisfies AzureRequest);
  const contains = isSchedule(type) ? propertiesOf(entry).principalId : undefined;
  if (contains !== undefined) return { method, type, contains };
  return type.startsWith("graph/") ? { method, type } : { method, type, name };
}

/** Whether a request is about a resource of the engine's state. */
function isAbout(entry: JournalEntry, { type, id = "", inputs = {} }: StateResource): boolean {
  const path = entry.id.toLowerCase();
  if (type.endsWith(":PimRoleEligibilitySchedule")) {
    const { principalId, roleDefinitionId } = propertiesOf(entry);
    return (
      isSchedule(path.replace(/\/[^/]+$/, "")) &&
      inputs.principalId === principalId &&
      inputs.roleDefinitionId === roleDefinitionId
    );
  }
  if (entry.method === "POST")
    return id.toLowerCase().startsWith(path.replace(/^\/graph\/v1\.0/, ""));
  return id !== "" && path.endsWith(id.toLowerCase());
}

export const nameOf = (urn: string): string => urn.split("::").at(-1) ?? urn;

/**
 * The operations of a run, in their order.
 * @param journal what the simulated Azure noted of that run
 * @param resources the engine's state with all that the run made, or removed
 */
export function operationsOf(
  journal: readonly JournalEntry[],
  resources: readonly StateResource[],
): Operation[] {
  const writes = journal.filter(({ method }) => WRITES.has(method));
  const matches = writes.map((entry) => JSON.stringify(matchOf(entry)));
  return writes.map((entry, index) => {
    const match = matches[index] ?? "";
    const about = resources.filter((resource) => resource.custom && isAbout(entry, resource));
    const [resource, another] = about;
    if (resource === undefined || another !== undefined) {
      throw new Error(
        `${entry.method} ${entry.id}: about ${about.length} resources of the state; an operation is about one`,
      );
    }
    if (matches.indexOf(match) !== matches.lastIndexOf(match))
      throw new Error(`${entry.method} ${entry.id}: two operations that a fault cannot tell apart`);
    return { resource: nameOf(resource.urn), match: JSON.parse(match) as FaultMatch };
  });
}
