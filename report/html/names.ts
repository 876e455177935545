import { type Content, markup } from "./markup";
import { counted } from "../verdict-words";

/** How many names stand in the open. */
const FEW = 4;

/** Names of resources: a few in the open, many behind a click. */
export function nameList(names: readonly string[], what = "name"): Content {
  if (names.length <= FEW) return codes(names);
  return markup`<details><summary>${counted(names.length, what)}</summary>${codes(names)}</details>`;
}

function codes(names: readonly string[]): Content {
  return names.map((name, index) => [index === 0 ? "" : ", ", markup`<code>${name}</code>`]);
}
