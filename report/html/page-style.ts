/** How the page is set: one column, tables that fold on narrow screens, nothing that needs a script. */
export const PAGE_STYLE = `
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  overflow-wrap: anywhere;
}
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: .5rem; background: var(--ground); padding: .25rem .75rem; z-index: 1; }
.shapes { position: absolute; }
header, main, footer { max-width: 76rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
header p { margin: 0; }
.eyebrow { color: var(--soft); }
h1 { font-size: clamp(1.5rem, 1.1rem + 1.8vw, 2.25rem); line-height: 1.2; margin: .25rem 0 1rem; text-wrap: balance; }
h2 { font-size: 1.35rem; line-height: 1.25; margin: 3rem 0 .75rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
p { max-width: 46rem; }
code { font: .9em ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; unicode-bidi: isolate; }
.simulated {
  border: 1px solid var(--staged); border-left-width: 6px; border-radius: 4px;
  background: var(--staged-soft); padding: .5rem .9rem; margin: 0 0 1.25rem; max-width: none;
}
nav ul { display: flex; flex-wrap: wrap; gap: .35rem 1.1rem; list-style: none; padding: 0; margin: 1.25rem 0 0; }
.theorems { list-style: none; padding: 0; margin: 0 0 1.25rem; display: grid; gap: .5rem; }
.theorems li { display: grid; grid-template-columns: 6.5rem 1fr; }
.counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: .75rem; margin: 0; }
.counts > div {
  display: flex; flex-direction: column-reverse; justify-content: flex-end;
  background: var(--raised); border: 1px solid var(--line); border-top: 4px solid var(--soft);
  border-radius: 6px; padding: .6rem .9rem .75rem;
}
.counts dt { color: var(--soft); font-size: .9rem; line-height: 1.35; }
.counts dd { margin: 0; font-size: 1.9rem; font-weight: 650; line-height: 1.2; font-variant-numeric: tabular-nums; }
.counts dd .verdict { font-size: 1rem; margin-left: .4rem; vertical-align: .25em; }
.counts .none dd { color: var(--soft); }
.counts .refuted { border-top-color: var(--refuted); }
.counts .unknown { border-top-color: var(--unknown); }
.counts .staged { border-top-color: var(--staged); }
.counts .proved { border-top-color: var(--proved); }
.verdict { display: inline-flex; align-items: center; gap: .35em; font-weight: 600; white-space: nowrap; }
.mark { fill: none; stroke: currentColor; stroke-width: 2.2; stroke-linecap: round; stroke-linejoin: round; flex: none; }
.verdict.proved, .mark.proved { color: var(--proved); }
.verdict.refuted, .mark.refuted { color: var(--refuted); }
.verdict.unknown, .mark.unknown { color: var(--unknown); }
.verdict.staged, .mark.staged { color: var(--staged); }
.findings { list-style: none; padding: 0; margin: 0; display: grid; gap: .75rem; }
.finding {
  display: grid; grid-template-columns: auto 1fr; gap: 0 .9rem; align-items: start;
  border: 1px solid var(--line); border-left: 6px solid var(--soft); border-radius: 6px;
  background: var(--raised); padding: .8rem 1rem;
}
.finding.refuted { border-left-color: var(--refuted); }
.finding h3, .finding p { margin: 0 0 .35rem; max-width: none; }
.finding-number {
  min-width: 1.7rem; height: 1.7rem; border-radius: 1rem; background: var(--refuted); color: var(--on-refuted);
  font-weight: 700; display: grid; place-items: center; font-size: .9rem; padding: 0 .35rem;
}
.evidence { display: grid; grid-template-columns: max-content 1fr; gap: .15rem .9rem; margin: .25rem 0 0; }
.evidence dt { color: var(--soft); }
.evidence dd { margin: 0; min-width: 0; }
.table { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; margin: .75rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .95rem; }
caption { text-align: left; padding: .6rem .8rem; color: var(--soft); }
caption:has(.unseen) { padding: 0; height: 0; }
th, td { text-align: left; vertical-align: top; padding: .5rem .8rem; border-top: 1px solid var(--line); }
table.fixed { table-layout: fixed; }
table.fixed th:nth-child(1) { width: 24%; }
table.fixed th:nth-child(2) { width: 8rem; }
table.fixed th:nth-child(4) { width: 8.5rem; }
thead th { background: var(--raised); font-weight: 600; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
details { margin: .5rem 0; }
summary { cursor: pointer; padding: .3rem 0; font-weight: 600; }
td details { margin: 0; }
td summary { font-weight: 400; padding: 0; }
.soft, .zero { color: var(--soft); }
.whole { white-space: nowrap; }
td, th { overflow-wrap: break-word; }
td code, th code { overflow-wrap: anywhere; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); padding: 0; }
.chains { display: grid; gap: 1rem; }
.chain { list-style: none; display: grid; gap: .6rem 1.6rem; padding: 0; margin: .5rem 0 0; grid-template-columns: repeat(5, minmax(0, 1fr)); }
.chain > li { position: relative; background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: .6rem .75rem; font-size: .93rem; }
.chain > li + li::before {
  content: ""; position: absolute; left: -1.2rem; top: 50%; width: .7rem; height: .7rem;
  border: solid var(--soft); border-width: 2px 2px 0 0; transform: translateY(-50%) rotate(45deg);
}
.chain strong { display: block; }
.chain ul { margin: .2rem 0 .3rem; padding-left: 1.05rem; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; list-style: none; padding: 0; margin: .5rem 0 1rem; font-size: .93rem; color: var(--soft); }
.legend li { display: inline-flex; align-items: center; gap: .5em; }
footer { margin-top: 3rem; padding-bottom: 3rem; color: var(--soft); font-size: .93rem; }
footer p { border-top: 1px solid var(--line); padding-top: 1rem; max-width: none; }
@media (max-width: 60rem) {
  .chain { grid-template-columns: 1fr; gap: 1.35rem; }
  .chain > li + li::before { left: 50%; top: -1.05rem; transform: translateX(-50%) rotate(135deg); }
}
@media (max-width: 40rem) {
  .theorems li { grid-template-columns: 1fr; }
  table.fixed th:nth-child(n) { width: auto; }
  header, main, footer { padding-left: 1rem; padding-right: 1rem; }
  .counts { grid-template-columns: 1fr 1fr; }
  .evidence { grid-template-columns: 1fr; gap: 0; }
  .evidence dd { margin-bottom: .3rem; }
  .folding thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .folding tr { display: block; border-top: 1px solid var(--line); padding: .5rem 0; }
  .folding td, .folding th { display: block; border: 0; padding: .1rem .8rem; }
  .folding td.number { display: inline-block; text-align: left; }
  .folding td:has(.zero) { display: none; }
  .folding td[data-of]::before { content: attr(data-of) ": "; color: var(--soft); }
}
@media print {
  nav, .skip { display: none; }
  .finding, .chain > li, svg.picture { break-inside: avoid; }
}
`;
