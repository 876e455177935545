import type { Claim, Counterexample } from "../claims/claim";

/** What was found of a claim, before it has a name and a subject. */
export type Answer = Pick<Claim, "verdict" | "because" | "counterexample">;

export const ADMITTED: Answer = { verdict: "proved", because: "admitted" };

export function refuted(because: string, counterexample: Counterexample): Answer {
  return { verdict: "refuted", because, counterexample };
}

export function unknown(because: string): Answer {
  return { verdict: "unknown", because };
}
