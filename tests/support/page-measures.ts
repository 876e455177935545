import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";

/** What can be asked of an open page, and what it answers. */
interface Measures {
  overflow: { sideways: boolean; over: string[] };
  unfold: number;
  headingLevels: number[];
  lost: { links: string[]; twice: string[] };
  ground: string;
  pictureScale: number;
  focus: { id: string; outline: string; text: string };
  intrude: string;
  contrast: { measured: number; faint: string[] };
}

const text = readFileSync(join(__dirname, "page-measures.js"), "utf8");
// The text is an expression; its closing semicolon would end it too early.
const expression = text.trim().replace(/;$/, "");

/** Asks an open page; the page's own policy does not hold for it. */
export function measure<Name extends keyof Measures>(
  page: Page,
  name: Name,
): Promise<Measures[Name]> {
  return page.evaluate<Measures[Name]>(`(${expression}).${name}()`);
}
