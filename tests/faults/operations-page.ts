import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../../sandbox/options";

/** What docs/operations.md says to somebody whose run failed or died. */
export interface OperationsPage {
  /** The commands of a section, in their order; the section by the anchor of its heading. */
  commands(section: string): readonly string[];
  /** The section that a saying of the CLI leads to: the first row of the table whose words all stand in it. */
  sectionFor(saying: string): string | undefined;
}

/** GitHub's anchor of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, "")
    .replace(/ /g, "-");
}

interface Row {
  readonly words: readonly string[];
  readonly section: string;
}

function rowsOf(section: string): Row[] {
  return [...section.matchAll(/^\| (.*) \| +\[[^\]]+\]\(#([a-z0-9-]+)\) +\|$/gm)].map(
    ([, says = "", anchor = ""]) => ({
      words: [...says.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => word),
      section: anchor,
    }),
  );
}

function commandsOf(section: string): string[] {
  return [...section.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block = ""]) =>
    block.split("\n").filter((line) => line !== ""),
  );
}

/**
 * Reads the page as a person would: the table under "A run failed", and the commands under each heading.
 * @throws Error where a row leads to a section without commands, which would help nobody
 */
export function readOperationsPage(markdown: string): OperationsPage {
  const sections = new Map(
    markdown.split(/^## /m).map((text) => {
      const [heading = "", ...lines] = text.split("\n");
      return [anchorOf(heading), lines.join("\n")] as const;
    }),
  );
  const commands = (section: string): readonly string[] => {
    const found = commandsOf(sections.get(section) ?? "");
    if (found.length === 0) throw new Error(`docs/operations.md: no commands under #${section}`);
    return found;
  };
  const rows = rowsOf(sections.get("a-run-failed") ?? "");
  for (const { section } of rows) commands(section);
  return {
    commands,
    sectionFor: (saying) =>
      rows.find(({ words }) => words.every((word) => saying.includes(word)))?.section,
  };
}

/** The page as it stands in the repository. */
export function operationsText(): string {
  return readFileSync(join(REPOSITORY, "docs", "operations.md"), "utf8");
}
