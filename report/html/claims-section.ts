import {
  type Claim,
  type ClaimId,
  CLAIMS,
  type Verdict,
} from "../../components/model/claims/claim";
import { CLAIM_IDS, VERDICTS } from "../proof-report";
import { type Told, toldOnce } from "../told-once";
import { counted } from "../verdict-words";
import { verdictMark } from "./marks";
import { type Content, markup } from "./markup";
import { nameList } from "./names";
import { table } from "./table";

/** Numbers of the assumptions, in the order in which they are first made. */
export type Numbered = ReadonlyMap<string, number>;

/** Rows that stand in the open; what is proved of many is folded. */
const OPEN = 6;

export function numberAssumptions(claims: readonly Claim[]): Numbered {
  const all = new Set(claims.flatMap(({ assumptions }) => assumptions));
  return new Map([...all].map((text, index) => [text, index + 1]));
}

/** Every claim with its verdict, its reason, and what it takes for granted. */
export function claimsSection(claims: readonly Claim[], numbered: Numbered): Content {
  const parts = CLAIM_IDS.flatMap((id) => {
    const own = claims.filter((claim) => claim.id === id);
    return own.length === 0 ? [] : [claimPart(id, own, numbered)];
  });
  if (parts.length === 0) return undefined;
  return markup`<section aria-labelledby="claims">
<h2 id="claims">Every claim</h2>
${parts}</section>
`;
}

function claimPart(id: ClaimId, claims: readonly Claim[], numbered: Numbered): Content {
  const byVerdict = VERDICTS.map((verdict) => ({
    verdict,
    told: toldOnce(claims.filter((claim) => claim.verdict === verdict)),
  })).filter(({ told }) => told.length > 0);
  const open = byVerdict.flatMap(({ told }) => (told.length <= OPEN ? told : []));
  return markup`<h3 id="claim-${id}">${id}: ${CLAIMS[id]}</h3>
${open.length === 0 ? undefined : claimTable(id, open, numbered)}${byVerdict.map(
    ({ verdict, told }) =>
      told.length <= OPEN ? undefined : foldedClaims(id, verdict, told, numbered),
  )}`;
}

function foldedClaims(
  id: ClaimId,
  verdict: Verdict,
  told: readonly Told[],
  numbered: Numbered,
): Content {
  const subjects = told.reduce((sum, each) => sum + each.subjects.length, 0);
  return markup`<details><summary>${verdictMark(verdict)} ${subjects}, for ${counted(told.length, "reason")}</summary>${claimTable(id, told, numbered)}</details>
`;
}

function claimTable(id: ClaimId, told: readonly Told[], numbered: Numbered): Content {
  const columns = [{ name: "of" }, { name: "verdict" }, { name: "because" }, { name: "assuming" }];
  return table(
    markup`<span class="unseen">${id}, each reason once</span>`,
    columns,
    told.map(({ claim, subjects }) => [
      nameList(subjects),
      verdictMark(claim.verdict),
      [claim.because, claim.verdict === "refuted" ? shownAbove() : undefined],
      assumptionLinks(claim, numbered),
    ]),
    "fixed",
  );
}

function shownAbove(): Content {
  return markup` <a href="#refuted">What shows it</a>`;
}

function assumptionLinks({ assumptions }: Claim, numbered: Numbered): Content {
  if (assumptions.length === 0) return markup`<span class="soft">nothing</span>`;
  return assumptions.map((text, index) => {
    const number = numbered.get(text) ?? 0;
    return [index === 0 ? "" : ", ", markup`<a href="#assumption-${number}">A${number}</a>`];
  });
}
