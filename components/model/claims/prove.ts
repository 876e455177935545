import type { Estate } from "../estate/estate";
import { identityClaims } from "../identity/identity-claims";
import { networkClaims } from "../network/network-claims";
import { besideUnread } from "./beside-unread";
import { type Claim, type Proof, worst } from "./claim";

/**
 * Decides every claim of an estate. A claim that something unread could overturn is unknown, and says so.
 * @param views the same program seen in several ways, such as what was asked for and what the provider last
 *   saw; a claim has to hold in each
 */
export function prove(...views: readonly Estate[]): Proof {
  const claims = views.map((estate) => [
    ...besideUnread(networkClaims(estate), estate.unread, "network"),
    ...identityClaims(estate),
  ]);
  const unread = new Map(
    views.flatMap(({ unread }) =>
      unread.map(
        (entry) => [JSON.stringify([entry.subject, entry.path, entry.why]), entry] as const,
      ),
    ),
  );
  return { claims: inAllViews(claims), unread: [...unread.values()] };
}

/** One claim for each thing that is claimed of a subject: of several views, the worst. */
function inAllViews(views: readonly (readonly Claim[])[]): Claim[] {
  const merged = new Map<string, Claim>();
  for (const claim of views.flat()) {
    const key = `${claim.id} ${claim.subject}`;
    const there = merged.get(key);
    const verdict = worst([there?.verdict ?? claim.verdict, claim.verdict]);
    if (there?.verdict !== verdict) merged.set(key, claim);
  }
  return [...merged.values()];
}
