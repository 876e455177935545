import type { Theorem, Unread } from "../graph/resource-graph";
import type { Claim } from "./claim";

/**
 * Claims beside what was not understood: what could overturn a claim leaves it unknown. A claim that is
 * refuted stays so, for its counterexample is there whatever else is.
 */
export function besideUnread(
  claims: readonly Claim[],
  unread: readonly Unread[],
  theorem: Theorem,
): Claim[] {
  const [first, ...more] = unread.filter(({ bearsOn }) => bearsOn.includes(theorem));
  if (first === undefined) return [...claims];
  const place = first.path === undefined ? first.subject : `${first.subject}.${first.path}`;
  const others = more.length === 0 ? "" : `, and ${more.length} more are not understood`;
  const because = `${place} (${first.type}): ${first.why}${others}`;
  return claims.map((claim) =>
    claim.verdict === "proved" || claim.verdict === "staged"
      ? { ...claim, verdict: "unknown", because, assumptions: [] }
      : claim,
  );
}
