import type { Fault } from "../../sandbox/azure/fault-plan";

export type Phase = "creation" | "destroy";

/** A fault that is shown at one operation after the other. */
export interface Kind {
  /** Unique among all. */
  readonly name: string;
  readonly phase: Phase;
  /** For the reader of the table. */
  readonly what: string;
  readonly fault: Omit<Fault, "match">;
  /**
   * Whether other operations are under way when the fault strikes, as many as the engine likes. Otherwise one runs at
   * a time, so that a run can be repeated. @default false
   */
  readonly crowded?: boolean;
}

/** Until the run has ended: longer than either provider goes on trying. */
const FOR_GOOD = 0;
/** Less than the five minutes that azuread gives a creation; a poll of azure-native's takes ten seconds. */
const SLOW = 240;

const creation: readonly Omit<Kind, "phase">[] = [
  {
    name: "throttled",
    what: "429 with Retry-After, once",
    fault: { kind: "throttled", retryAfter: 17 },
  },
  {
    name: "throttled for good",
    what: "429 with Retry-After until the run ends",
    fault: { kind: "throttled", retryAfter: 17, times: FOR_GOOD },
  },
  {
    name: "another operation",
    what: "409 AnotherOperationInProgress, once",
    fault: { kind: "anotherOperation" },
  },
  { name: "server error", what: "503, once", fault: { kind: "serverError", status: 503 } },
  {
    name: "server error for good",
    what: "500 until the run ends",
    fault: { kind: "serverError", times: FOR_GOOD },
  },
  {
    name: "server error after",
    what: "carried out, and answered with a 500",
    fault: { kind: "serverError", when: "after" },
  },
  {
    name: "reset",
    what: "connection cut, nothing carried out",
    fault: { kind: "connectionReset" },
  },
  {
    name: "reset after",
    what: "carried out, and the connection cut",
    fault: { kind: "connectionReset", when: "after" },
  },
  {
    name: "accepted, then fails",
    what: "accepted, and the operation fails",
    fault: { kind: "acceptedThenFails" },
  },
  {
    name: "not found",
    what: "404 to the next three reads after a creation",
    fault: { kind: "notFoundAfterCreate", reads: 3 },
  },
  {
    name: "slow",
    what: "four minutes more than it takes",
    fault: { kind: "slow", seconds: SLOW },
  },
  {
    name: "provider death",
    what: "the provider dies, nothing carried out",
    fault: { kind: "providerDeath" },
  },
  {
    name: "provider death after",
    what: "carried out, and the provider dies before it hears of it",
    fault: { kind: "providerDeath", when: "after" },
  },
  {
    name: "engine death",
    what: "the engine dies, nothing carried out",
    fault: { kind: "engineDeath" },
  },
  {
    name: "engine death after",
    what: "carried out, and the engine dies before it notes it",
    fault: { kind: "engineDeath", when: "after" },
  },
];

/** What the engine's own parallelism adds: operations under way that the fault was not meant for. */
const crowdedNames = ["accepted, then fails", "provider death after", "engine death after"];

const destroyNames = [
  "server error for good",
  "server error after",
  "accepted, then fails",
  "engine death",
  "engine death after",
];

const named = (names: readonly string[]): Omit<Kind, "phase">[] =>
  creation.filter(({ name }) => names.includes(name));

/** Every kind of fault, at creation and at destroy. */
export const KINDS: readonly Kind[] = [
  ...creation.map((kind) => ({ ...kind, phase: "creation" as const })),
  ...named(crowdedNames).map((kind) => ({
    ...kind,
    name: `${kind.name}, crowded`,
    what: `the same among other operations`,
    phase: "creation" as const,
    crowded: true,
  })),
  ...named(destroyNames).map((kind) => ({
    ...kind,
    name: `${kind.name}, at destroy`,
    phase: "destroy" as const,
  })),
];
