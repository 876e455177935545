/**
 * What a fault does to the request, or to the operation that the request begins.
 *
 * - `throttled`: 429 TooManyRequests with Retry-After; nothing happens
 * - `anotherOperation`: 409 AnotherOperationInProgress; nothing happens
 * - `serverError`: a 5xx; with `when: "after"` the request has been carried out all the same
 * - `connectionReset`: the connection is cut; with `when: "after"` the request has been carried out all the same
 * - `acceptedThenFails`: accepted, and the long-running operation ends as Failed; a type without one is written and
 *   then answered with a 500, which is the nearest that Azure does there
 * - `notFoundAfterCreate`: the new resource answers 404 to the next `reads` GETs, and as many lists leave it out
 * - `slow`: the operation takes `seconds` longer
 * - `providerDeath`: the provider dies, before or after the request was carried out
 * - `engineDeath`: the engine dies with all that it has started, before or after
 */
export type FaultKind =
  | "throttled"
  | "anotherOperation"
  | "serverError"
  | "connectionReset"
  | "acceptedThenFails"
  | "notFoundAfterCreate"
  | "slow"
  | "providerDeath"
  | "engineDeath";

/** Which requests a fault strikes. What is left out matches everything that may change something (no GET). */
export interface FaultMatch {
  /** PUT, PATCH, POST, DELETE, or GET. */
  readonly method?: string;
  /** Resource type, such as `Microsoft.Network/virtualNetworks`, or `graph/servicePrincipals`; case is ignored. */
  readonly type?: string;
  /** Name of the resource; `*` stands for any letters. */
  readonly name?: string;
  /** A text in the request's body, such as a principal's id: PIM's requests have names that nobody foresees. */
  readonly contains?: string;
  /** Only the n-th request (from 1) among all that may change something since the endpoint started. */
  readonly operation?: number;
  /** Only the n-th request (from 1) that the other conditions match. */
  readonly nth?: number;
}

export interface Fault {
  readonly kind: FaultKind;
  readonly match?: FaultMatch;
  /** How often it strikes. Default 1; 0 means for ever. */
  readonly times?: number;
  /** Before the request is carried out (default), or after. For reset, 5xx and death. */
  readonly when?: "before" | "after";
  /** Seconds in Retry-After of `throttled`. Default 10. */
  readonly retryAfter?: number;
  /** Status of `serverError`, 500 to 599. Default 500. */
  readonly status?: number;
  /** Seconds of `slow`. Default 600. */
  readonly seconds?: number;
  /** Number of GETs, and of lists, that `notFoundAfterCreate` denies. Default 2. */
  readonly reads?: number;
}

/** The contents of a `SANDBOX_FAULTS` file. */
export interface FaultPlan {
  readonly faults: readonly Fault[];
}

const integer = (minimum: number): object => ({ type: "integer", minimum });

/** JSON Schema (draft 7) of a fault plan. */
export const faultPlanSchema = {
  type: "object",
  additionalProperties: false,
  required: ["faults"],
  properties: {
    $schema: { type: "string" },
    faults: {
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["kind"],
        properties: {
          kind: {
            enum: [
              "throttled",
              "anotherOperation",
              "serverError",
              "connectionReset",
              "acceptedThenFails",
              "notFoundAfterCreate",
              "slow",
              "providerDeath",
              "engineDeath",
            ],
          },
          match: {
            type: "object",
            additionalProperties: false,
            properties: {
              method: { enum: ["GET", "PUT", "PATCH", "POST", "DELETE"] },
              type: { type: "string" },
              name: { type: "string" },
              contains: { type: "string", minLength: 1 },
              operation: integer(1),
              nth: integer(1),
            },
          },
          times: integer(0),
          when: { enum: ["before", "after"] },
          retryAfter: integer(0),
          status: { type: "integer", minimum: 500, maximum: 599 },
          seconds: integer(1),
          reads: integer(1),
        },
      },
    },
  },
} as const;
