import { type Claim, type ClaimId, CLAIMS, type Verdict, worst } from "./claim";

/** What each verdict says about a guarantee, in words for an output or a summary. */
const IN_WORDS: Readonly<Record<Verdict, string>> = {
  proved: "proved",
  refuted: "refuted",
  unknown: "not decided",
  staged: "report-only, not enforced",
};

/** How far each guarantee is reached: the worst verdict among its subjects, and how many there are. */
export function guaranteeLevels(claims: readonly Claim[]): Record<string, string> {
  return Object.fromEntries(
    (Object.keys(CLAIMS) as ClaimId[]).flatMap((id) => {
      const own = claims.filter((claim) => claim.id === id);
      if (own.length === 0) return [];
      const verdict = worst(own.map((claim) => claim.verdict));
      const count = own.filter((claim) => claim.verdict === verdict).length;
      const of = count === own.length ? "" : `, ${count} of ${own.length}`;
      return [[id, `${CLAIMS[id]}: ${IN_WORDS[verdict]}${of}`]];
    }),
  );
}
