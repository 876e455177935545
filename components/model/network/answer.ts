import type { Claim, Counterexample } from "../claims/claim";

/** What was found of a claim, before it has a name and a subject. */
export type Judgement = Omit<Claim, "id" | "subject">;

/** The same where nothing is taken for granted. */
export type Answer = Omit<Judgement, "assumptions">;

export const ADMITTED: Answer = { verdict: "proved", because: "admitted" };

export function refuted(because: string, counterexample: Counterexample): Answer {
  return { verdict: "refuted", because, counterexample };
}

export function unknown(because: string): Answer {
  return { verdict: "unknown", because };
}

/** Of several things that all have to hold, the one that speaks most against it. */
export function against<Found extends Pick<Claim, "verdict">>(
  found: readonly Found[],
): Found | undefined {
  return (
    found.find(({ verdict }) => verdict === "refuted") ??
    found.find(({ verdict }) => verdict === "unknown")
  );
}
