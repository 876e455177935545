import { type Claim, CLAIMS } from "../../components/model/claims/claim";
import { evidenceOf } from "../evidence";
import { refutations } from "../picture/flows";
import type { Told } from "../told-once";
import { counted } from "../verdict-words";
import { type Content, markup, when } from "./markup";
import { nameList } from "./names";

/** So many stand in the open; more would hide what comes after. */
const OPEN = 20;

/** What does not hold, each with what shows it. The numbers are those of the picture. */
export function findings(claims: readonly Claim[]): Content {
  const told = refutations(claims);
  if (told.length === 0) return undefined;
  const items = told.map((each, index) => finding(each, index + 1));
  const more = items.length - OPEN;
  return markup`<section aria-labelledby="refuted">
<h2 id="refuted">What does not hold</h2>
<ol class="findings">${items.slice(0, OPEN)}</ol>
${when(more > 0, () => markup`<details><summary>${counted(more, "more reason")}</summary><ol class="findings" start="${OPEN + 1}">${items.slice(OPEN)}</ol></details>`)}
</section>
`;
}

function finding({ claim, subjects }: Told, number: number): Content {
  return markup`<li class="finding refuted"><span class="finding-number" aria-hidden="true">${number}</span><div>
<h3>${claim.id}: not so that ${CLAIMS[claim.id]}</h3>
<p>Of ${nameList(subjects)}. ${claim.because}</p>
${evidenceList(claim)}
</div></li>
`;
}

/** The facts of a counterexample. */
function evidenceList({ counterexample }: Claim): Content {
  const evidence = evidenceOf(counterexample);
  if (evidence.length === 0) return undefined;
  return markup`<dl class="evidence">${evidence.map(({ what, fact }) => markup`<dt>${what}</dt><dd><code>${fact}</code></dd>`)}</dl>`;
}
