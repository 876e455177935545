import type { Claim } from "./claim";

/** The claims for a reader who accepts no assumption: what holds only under one of its own is unknown. */
export function withoutAssumptions(claims: readonly Claim[]): Claim[] {
  return claims.map((claim) => {
    const { verdict, assumptions } = claim;
    const holds = verdict === "proved" || verdict === "staged";
    if (!holds || assumptions.length === 0) return claim;
    return {
      ...claim,
      verdict: "unknown",
      because: `${verdict} only where it is taken for granted that ${assumptions.join("; that ")}`,
      assumptions: [],
    };
  });
}
