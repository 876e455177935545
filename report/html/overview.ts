import {
  type Claim,
  type ClaimId,
  CLAIMS,
  type Verdict,
  worst,
} from "../../components/model/claims/claim";
import type { Theorem } from "../../components/model/graph/resource-graph";
import { CLAIM_IDS, countVerdicts, type Report, theoremOf, VERDICTS } from "../proof-report";

import { counted, MEANINGS } from "../verdict-words";
import { markShape, verdictMark } from "./marks";
import { type Content, markup } from "./markup";
import { table } from "./table";

/** The two theorems, and the claims that make each. */
const THEOREMS = [
  {
    theorem: "network",
    says: "Every packet that reaches a VM’s management port comes from the Bastion subnet, and Bastion reaches it.",
  },
  {
    theorem: "identity",
    says: "Whoever signs in to a VM has activated the right and passed phishing-resistant MFA; nobody but break-glass is left out.",
  },
] as const;

/** What the page says of the whole, in one sentence. */
export function headline({ claims, estate }: Report): string {
  const { refuted, unknown, staged } = countVerdicts(claims);
  if (refuted === 0 && estate.machines.length === 0) return "The graph holds no VM";
  const guarantee =
    "VMs are reached through Bastion only, by activation, with phishing-resistant MFA";
  if (refuted > 0)
    return `Not so: ${counted(refuted, "claim")} of ${claims.length} ${refuted === 1 ? "is" : "are"} refuted`;
  if (unknown > 0)
    return `${guarantee}: ${counted(unknown, "claim")} of ${claims.length} cannot be decided`;
  return staged > 0 ? `${guarantee}, as soon as the policy is enforced` : guarantee;
}

export function overview({ claims }: Report): Content {
  const counts = countVerdicts(claims);
  return markup`<section aria-labelledby="summary">
<h2 id="summary">Summary</h2>
<ul class="theorems">${THEOREMS.map(({ theorem, says }) => theoremItem(claims, theorem, says))}</ul>
<dl class="counts">${VERDICTS.map((verdict) => tile(verdict, counts[verdict]))}</dl>
${matrix(claims)}
</section>
`;
}

function theoremItem(claims: readonly Claim[], theorem: Theorem, says: string): Content {
  const own = claims.filter(({ id }) => theoremOf(id) === theorem);
  if (own.length === 0)
    return markup`<li><span class="soft">no claim</span><span>${says}</span></li>`;
  return markup`<li>${verdictMark(worst(own.map(({ verdict }) => verdict)))}<span>${says}</span></li>`;
}

function tile(verdict: Verdict, count: number): Content {
  return markup`<div class="${verdict}${count === 0 ? " none" : ""}"><dt>${MEANINGS[verdict]}</dt><dd>${count} ${verdictMark(verdict)}</dd></div>`;
}

function matrix(claims: readonly Claim[]): Content {
  const rows = CLAIM_IDS.flatMap((id) => {
    const own = claims.filter((claim) => claim.id === id);
    return own.length === 0 ? [] : [matrixRow(id, own)];
  });
  if (rows.length === 0) return undefined;
  const columns = [
    { name: "claim" },
    { name: "says" },
    ...VERDICTS.map((name) => ({ name, number: true })),
  ];
  return table("What is claimed, and how often each verdict was reached", columns, rows);
}

function matrixRow(id: ClaimId, own: readonly Claim[]): Content[] {
  const counts = countVerdicts(own);
  return [
    markup`<a href="#claim-${id}">${id}</a>`,
    CLAIMS[id],
    ...VERDICTS.map((verdict) =>
      counts[verdict] === 0
        ? markup`<span class="zero">0</span>`
        : markup`<span class="verdict ${verdict}">${markShape(verdict)}${counts[verdict]}</span>`,
    ),
  ];
}
