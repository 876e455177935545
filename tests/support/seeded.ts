import type { ClaimId, Verdict } from "../../components/model/claims/claim";
import type { ResourceGraph } from "../../components/model/graph/resource-graph";

/** Something that somebody may get wrong in an environment, and the verdict that it has to get. */
export interface Mistake {
  /** What was done, as one would say it. */
  readonly mistake: string;
  readonly change: (sound: ResourceGraph) => ResourceGraph;
  readonly claim: ClaimId;
  readonly subject: RegExp;
  readonly verdict: Verdict;
}

/** One line of a catalogue. */
export function mistake(
  words: string,
  change: Mistake["change"],
  claim: ClaimId,
  subject: RegExp,
  verdict: Verdict = "refuted",
): Mistake {
  return { mistake: words, change, claim, subject, verdict };
}
