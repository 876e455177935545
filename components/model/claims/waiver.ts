import { isDay } from "../day";
import { checkReason } from "../egress";
import { at, type Issue, shown } from "../issue";
import { type Claim, type ClaimId, CLAIMS } from "./claim";

/** A claim that need not hold for a while: for what, why, and until when. Named by its key, so that it can be spoken of. */
export interface Waiver {
  /** Claim that is waived, `N1` to `I7`. */
  claim: ClaimId;
  /** Subject of the claim as the report names it, or `*` for all. */
  subject: string;
  /** Why, for the reader of an audit. */
  reason: string;
  /** Last day on which it holds, `2027-01-31`, in UTC. From the next day on the claim counts again. */
  expires: string;
}

/** What waivers leave of some claims. */
export interface Waived {
  /** Claims that no waiver covers. */
  readonly standing: readonly Claim[];
  /** Claims that one covers, each with the waiver's name. */
  readonly waived: readonly { readonly claim: Claim; readonly name: string }[];
  /** Waivers that have ended, and those that cover nothing: both want to be taken out. */
  readonly idle: readonly { readonly name: string; readonly why: string }[];
}

/** Sets claims aside that are refuted, staged or unknown and covered by a waiver that has not ended. */
export function waive(
  claims: readonly Claim[],
  waivers: Readonly<Record<string, Waiver>>,
  today: string,
): Waived {
  const current = Object.entries(waivers).filter(([, { expires }]) => today <= expires);
  const waived: { claim: Claim; name: string }[] = [];
  const standing: Claim[] = [];
  for (const claim of claims) {
    const cover =
      claim.verdict === "proved"
        ? undefined
        : current.find(([, { claim: id, subject }]) => covers(id, subject, claim));
    if (cover === undefined) standing.push(claim);
    else waived.push({ claim, name: cover[0] });
  }
  const used = new Set(waived.map(({ name }) => name));
  const idle = Object.entries(waivers).flatMap(([name, { expires, claim, subject }]) => {
    if (used.has(name)) return [];
    const why =
      today > expires ? `ended on ${expires}` : `covers nothing: ${claim} holds for ${subject}`;
    return [{ name, why }];
  });
  return { standing, waived, idle };
}

function covers(id: ClaimId, subject: string, claim: Claim): boolean {
  return id === claim.id && (subject === "*" || subject === claim.subject);
}

/** Problems of waivers as their author wrote them. */
export function checkWaivers(waivers: Readonly<Record<string, unknown>>, path: string): Issue[] {
  return Object.entries(waivers).flatMap(([name, value]) => {
    const place = at(path, name);
    if (typeof value !== "object" || value === null) {
      return [
        {
          path: place,
          problem: `${shown(value)} is no waiver; give claim, subject, reason, expires`,
        },
      ];
    }
    const { claim, subject, reason, expires } = value as Partial<Record<keyof Waiver, unknown>>;
    const issues: Issue[] = checkReason(reason, at(place, "reason"));
    if (typeof claim !== "string" || !(claim in CLAIMS)) {
      const known = Object.keys(CLAIMS).join(", ");
      issues.push({
        path: at(place, "claim"),
        problem: `${shown(claim)} is no claim; use one of ${known}`,
      });
    }
    if (typeof subject !== "string" || subject === "") {
      issues.push({
        path: at(place, "subject"),
        problem: `${shown(subject)} names nothing; give the claim's subject, or *`,
      });
    }
    if (typeof expires !== "string" || !isDay(expires)) {
      issues.push({
        path: at(place, "expires"),
        problem: `${shown(expires)} is no day; write 2027-01-31`,
      });
    }
    return issues;
  });
}
