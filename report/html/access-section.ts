import { type AccessPath, accessPathsOf } from "../access/access-paths";
import type { Report } from "../proof-report";
import { counted } from "../verdict-words";
import { verdictMark } from "./marks";
import { type Content, markup, when } from "./markup";
import { nameList } from "./names";

/** Chains that stand in the open. */
const OPEN = 8;

/** For each group the chain from being eligible to a VM. */
export function accessSection(report: Report): Content {
  const chains = accessPathsOf(report).map(chain);
  const more = chains.length - OPEN;
  return markup`<section aria-labelledby="access">
<h2 id="access">The way in, group by group</h2>
${
  chains.length === 0
    ? markup`<p>The graph makes nobody eligible for a role.</p>`
    : markup`<div class="chains">${chains.slice(0, OPEN)}</div>
${when(more > 0, () => markup`<details><summary>${counted(more, "more way")}</summary><div class="chains">${chains.slice(OPEN)}</div></details>`)}`
}
</section>
`;
}

function chain(path: AccessPath): Content {
  const { who, eligibilities, scopes, role, activation, signIn, machines } = path;
  return markup`<div><h3>${role}</h3>
<ol class="chain">
<li><strong>Eligible</strong><code>${who}</code><br>by ${nameList(eligibilities, "eligibility")}<br>at ${nameList(scopes, "scope")}</li>
<li><strong>Activates</strong>${lines(activation)}${mark(path.activationVerdict, "I2")}</li>
<li><strong>Signs in</strong>${lines(signIn)}${mark(path.signInVerdict, "I3")}</li>
<li><strong>Holds until it lapses</strong>${role}</li>
<li><strong>Reaches</strong>${machines.length === 0 ? "no VM of the graph that is known to lie in the scope" : nameList(machines, "VM")}</li>
</ol></div>
`;
}

function lines(texts: readonly string[]): Content {
  return markup`<ul>${texts.map((text) => markup`<li>${text}</li>`)}</ul>`;
}

function mark(verdict: AccessPath["signInVerdict"], id: string): Content {
  return verdict === undefined
    ? undefined
    : markup`<a href="#claim-${id}">${id}</a> ${verdictMark(verdict)}`;
}
