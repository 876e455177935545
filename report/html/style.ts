import { PAGE_STYLE } from "./page-style";
import { PICTURE_STYLE } from "./picture-style";

/**
 * Colours by what they mean; every pair that meets has the contrast of WCAG 2.2 AA in both schemes, which
 * tests/report/page.browser.test.ts measures.
 */
const COLOURS = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --raised: #f5f7fa; --line: #d0d7de; --text: #1a1f26; --soft: #535c67;
  --link: #0b57b0; --focus: #0b57b0;
  --proved: #17692f; --proved-soft: #e3f4e7;
  --refuted: #b0221b; --refuted-soft: #fdeae8;
  --unknown: #7d5200; --unknown-soft: #fbf1d9;
  --staged: #5b3fa8; --staged-soft: #efeafb;
  --bastion: #dbe9fb; --peering: #c3ccd6; --on-refuted: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f1419; --raised: #181f27; --line: #36414d; --text: #e8ecf1; --soft: #a3afbc;
    --link: #7fb4ff; --focus: #7fb4ff;
    --proved: #5fd08a; --proved-soft: #13301f;
    --refuted: #ff9188; --refuted-soft: #3d1917;
    --unknown: #f0bd4f; --unknown-soft: #352806;
    --staged: #bfa7ff; --staged-soft: #2a2145;
    --bastion: #1c3557; --peering: #4a5766; --on-refuted: #2a0b09;
  }
}`;

export const STYLE = `${COLOURS}${PAGE_STYLE}${PICTURE_STYLE}`;
