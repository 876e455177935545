import type { JsonObject, JsonValue } from "./json";
import { isObject } from "./json";

/** What one operation did to one stored resource. */
export interface Effect {
  readonly change: "created" | "updated" | "deleted";
  readonly id: string;
  /** The resource after the change; absent after a deletion. */
  readonly body?: JsonObject;
}

/** One line of the journal: a request that may change something, the end of an operation, or a fault that struck. */
export interface JournalEntry {
  /** Position in the journal, from 1, without gaps. */
  readonly sequence: number;
  /** Time on the simulated clock, ISO 8601. */
  readonly time: string;
  /**
   * PUT, PATCH, POST and DELETE as they arrived (a GET only where a fault struck it), `COMPLETE` when a long-running
   * operation reaches its end, `SET` for what the tenant file puts there.
   */
  readonly method: string;
  /** Resource, list or action, as the caller wrote it, without the query. */
  readonly id: string;
  /** HTTP status of the answer; absent where no answer was given (a connection that was cut). */
  readonly status?: number;
  /** `succeeded`, `accepted` (a long-running operation began), `failed`, or `refused`. */
  readonly outcome: "succeeded" | "accepted" | "failed" | "refused";
  /** Azure's error code, where it was refused or failed. */
  readonly code?: string;
  readonly message?: string;
  /** The long-running operation that began or ended. */
  readonly operation?: string;
  /** Body of the request, with passwords and protected settings taken out. */
  readonly request?: JsonValue;
  readonly effects: readonly Effect[];
  /** `azure set` for a change behind everybody's back. */
  readonly origin?: "azure set";
  /** The injected fault that struck, as the fault plan names it. */
  readonly fault?: string;
}

/** Properties that Azure never gives back and that no journal may hold. */
const secrets: ReadonlySet<string> = new Set([
  "adminpassword",
  "password",
  "protectedsettings",
  "customdata",
  "secrettext",
]);

/** A copy of a body in which every secret property reads `(secret)`. */
export function withoutSecrets(value: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item) ?? null);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      secrets.has(key.toLowerCase()) && item !== undefined ? "(secret)" : withoutSecrets(item),
    ]),
  );
}
