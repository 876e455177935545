/**
 * Text of others in GitHub's Markdown: nothing in it is markup, mentions somebody or links an issue. An empty
 * comment parts what would be a mention or a reference, which no backslash does.
 */
export function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}]/gu, " ")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_{}[\]|~$]/g, "\\$&")
    .replace(/[@#]/g, "$&<!-- -->")
    .replace(/:\/\//g, ":<!-- -->//")
    .replace(/www\./gi, "www<!-- -->.");
}

/** A name as code. */
export function code(text: string): string {
  return `<code>${plain(text)}</code>`;
}

/** A table row of cells that are Markdown already. */
export function row(...cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** Lines behind a click. */
export function folded(summary: string, lines: readonly string[]): string[] {
  return ["<details>", `<summary>${summary}</summary>`, "", ...lines, "", "</details>", ""];
}

/** As many lines as fit, and a word about those that do not. */
export function within(
  lines: readonly string[],
  most: number,
  left: (count: number) => string,
): string[] {
  let size = 0;
  for (const [index, line] of lines.entries()) {
    size += line.length + 1;
    if (size > most) return [...lines.slice(0, index), left(lines.length - index)];
  }
  return [...lines];
}
