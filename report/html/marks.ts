import type { Verdict } from "../../components/model/claims/claim";
import { type Content, markup } from "./markup";

/** A shape for each verdict, so that none is told by its colour alone. Drawn once, used everywhere. */
export const MARKS: Content = markup`<svg class="shapes" aria-hidden="true" focusable="false" width="0" height="0">
<symbol id="mark-proved" viewBox="0 0 16 16"><path d="M2.5 8.5l3.5 3.5 7.5-8" /></symbol>
<symbol id="mark-refuted" viewBox="0 0 16 16"><path d="M3 3l10 10M13 3L3 13" /></symbol>
<symbol id="mark-unknown" viewBox="0 0 16 16"><path d="M5 5.5a3 3 0 1 1 4.2 2.8c-.8.4-1.2.9-1.2 1.9M8 13.2v.6" /></symbol>
<symbol id="mark-staged" viewBox="0 0 16 16"><path d="M8 2a6 6 0 1 0 0 12 6 6 0 0 0 0-12M8 4.5V8l2.5 2" /></symbol>
</svg>`;

/** The mark of a verdict with its word. */
export function verdictMark(verdict: Verdict, text: Content = verdict): Content {
  return markup`<span class="verdict ${verdict}">${markShape(verdict)}${text}</span>`;
}

/** The mark alone, beside words that say it. */
export function markShape(verdict: Verdict): Content {
  return markup`<svg class="mark" aria-hidden="true" focusable="false" width="16" height="16"><use href="#mark-${verdict}" /></svg>`;
}
