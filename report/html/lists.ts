import type { Claim } from "../../components/model/claims/claim";
import { CLAIM_IDS, type Report } from "../proof-report";
import { toldOnce } from "../told-once";
import { counted } from "../verdict-words";
import type { Numbered } from "./claims-section";
import { verdictMark } from "./marks";
import { type Content, markup } from "./markup";
import { nameList } from "./names";
import { table } from "./table";

const OPEN = 12;

/** Who gets round the sign-in by the control plane, and who can change the guards: I5 and I6. */
export function waysRound(claims: readonly Claim[]): Content {
  const own = claims.filter(({ id }) => id === "I5" || id === "I6");
  if (own.length === 0) return undefined;
  const rows = toldOnce(own).map(({ claim, subjects }) => [
    [claim.id, " ", nameList(subjects)],
    verdictMark(claim.verdict),
    claim.because,
  ]);
  return markup`<section aria-labelledby="round">
<h2 id="round">Ways round, by the control plane</h2>
<p>Whoever may run a command on a VM, put an extension on it or change what guards it needs no sign-in.</p>
${folding("Who gets in without signing in, and who can change the guards", [{ name: "of" }, { name: "verdict" }, { name: "because" }], rows)}
</section>
`;
}

/** What could not be decided, each reason once. */
export function unknowns(claims: readonly Claim[]): Content {
  const told = toldOnce(claims.filter(({ verdict }) => verdict === "unknown"));
  if (told.length === 0) return undefined;
  const rows = told.map(({ claim, subjects }) => [
    markup`<a href="#claim-${claim.id}">${claim.id}</a>`,
    nameList(subjects),
    claim.because,
  ]);
  return markup`<section aria-labelledby="unknown">
<h2 id="unknown">What is not known</h2>
${folding("Claims that the graph does not decide", [{ name: "claim" }, { name: "of" }, { name: "because" }], rows)}
</section>
`;
}

/** What is taken for granted, once, with the claims that need it. */
export function assumptionList(claims: readonly Claim[], numbered: Numbered): Content {
  if (numbered.size === 0) return undefined;
  const rows = [...numbered].map(([text, number]) => {
    const ids = CLAIM_IDS.filter((id) =>
      claims.some((claim) => claim.id === id && claim.assumptions.includes(text)),
    );
    return [markup`<span id="assumption-${number}">A${number}</span>`, text, ids.join(", ")];
  });
  return markup`<section aria-labelledby="assumptions">
<h2 id="assumptions">What is taken for granted</h2>
<p>No graph shows these. A claim that names one holds only where it is so.</p>
${table("Assumptions, and the claims that make them", [{ name: "number" }, { name: "assumption" }, { name: "claims" }], rows)}
</section>
`;
}

/** What the reader met and did not understand. */
export function unreadList({ unread }: Report): Content {
  const rows = unread.map(({ subject, type, path, why, bearsOn }) => [
    markup`<code>${path === undefined ? subject : `${subject}.${path}`}</code>`,
    markup`<code>${type}</code>`,
    why,
    bearsOn.length === 0 ? "nothing claimed here" : bearsOn.join(", "),
  ]);
  const columns = [{ name: "resource" }, { name: "type" }, { name: "why" }, { name: "bears on" }];
  return markup`<section aria-labelledby="unread">
<h2 id="unread">What is not read</h2>
${
  rows.length === 0
    ? markup`<p>Everything in the graph is understood.</p>`
    : folding("Resources and properties that this version does not understand", columns, rows)
}
</section>
`;
}

function folding(
  caption: string,
  columns: readonly { readonly name: string }[],
  rows: readonly (readonly Content[])[],
): Content {
  const open = table(caption, columns, rows.slice(0, OPEN));
  if (rows.length <= OPEN) return open;
  const rest = rows.slice(OPEN);
  return markup`${open}<details><summary>${counted(rest.length, "more row")}</summary>${table(`${caption}, the rest`, columns, rest)}</details>`;
}
