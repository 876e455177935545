import type { Claim } from "./claim";

/** The claims for a reader who takes nothing for granted: what rests on an assumption is unknown. */
export function withoutAssumptions(claims: readonly Claim[]): Claim[] {
  return claims.map((claim) => {
    const rests = claim.verdict === "proved" || claim.verdict === "staged";
    if (!rests || claim.assumptions.length === 0) return claim;
    return {
      ...claim,
      verdict: "unknown",
      because: `not shown by the graph alone: ${claim.assumptions.join("; ")}`,
      assumptions: [],
    };
  });
}
