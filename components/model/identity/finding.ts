import type { Verdict } from "../claims/claim";
import { type Known, Unknown } from "../estate/known";

/** One thing that a claim asks for, and what is the case where it does not hold. */
export interface Finding {
  readonly holds: Known<boolean>;
  readonly otherwise: string;
}

export interface Decision {
  readonly verdict: Exclude<Verdict, "staged">;
  /** What decides it; empty where everything holds. */
  readonly because: string;
}

/** The first finding that does not hold decides, then the first that is not known. */
export function decide(findings: readonly Finding[]): Decision {
  const refuted = findings.find(({ holds }) => holds === false);
  if (refuted !== undefined) return { verdict: "refuted", because: refuted.otherwise };
  const open = findings.map(({ holds }) => holds).find((holds) => holds instanceof Unknown);
  if (open instanceof Unknown) return { verdict: "unknown", because: open.why };
  return { verdict: "proved", because: "" };
}
