import { createHash } from "node:crypto";
import type { Report } from "../proof-report";
import { SIMULATION } from "../verdict-words";
import { accessSection } from "./access-section";
import { claimsSection, numberAssumptions } from "./claims-section";
import { findings } from "./findings";
import { assumptionList, unknowns, unreadList, waysRound } from "./lists";
import { MARKS } from "./marks";
import { type Content, Markup, markup, when } from "./markup";
import { networkSection } from "./network-section";
import { headline, overview } from "./overview";
import { STYLE } from "./style";

/** The page asks for nothing: its one style sheet is named by its hash, and no script runs. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** The report as one file to open in a browser, without network and without script. */
export function pageText(report: Report): string {
  const { claims, simulated, title, graph } = report;
  const numbered = numberAssumptions(claims);
  const sections = [
    { id: "summary", name: "Summary", content: overview(report) },
    { id: "refuted", name: "What does not hold", content: findings(claims) },
    { id: "network", name: "The network", content: networkSection(report) },
    { id: "access", name: "The way in", content: accessSection(report) },
    { id: "round", name: "Ways round", content: waysRound(claims) },
    { id: "unknown", name: "Not known", content: unknowns(claims) },
    { id: "claims", name: "Every claim", content: claimsSection(claims, numbered) },
    { id: "assumptions", name: "Taken for granted", content: assumptionList(claims, numbered) },
    { id: "unread", name: "Not read", content: unreadList(report) },
  ].filter(({ content }) => content !== undefined);
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${`Proof of ${title}${simulated ? ", simulated Azure" : ""}`}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<a class="skip" href="#content">To the content</a>
${MARKS}
<header>
<p class="eyebrow">Proof of ${title}</p>
<h1>${headline(report)}</h1>
${when(simulated, () => markup`<p class="simulated"><strong>Simulated.</strong> ${SIMULATION}</p>`)}
<nav aria-label="On this page"><ul>${sections.map(({ id, name }) => markup`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
</header>
<main id="content" tabindex="-1">
${sections.map(({ content }): Content => content)}
</main>
<footer><p>Of the graph <code>${graph}</code>. The same graph gives the same page. What each claim means, and what the model knows of Azure, is in docs/claims.md of secure-jump-access.${simulated ? ` ${SIMULATION}` : ""}</p></footer>
</body>
</html>
`;
  return page.text;
}
