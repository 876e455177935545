import { type Claim, CLAIMS, type Verdict } from "../../components/model/claims/claim";
import { evidenceOf } from "../evidence";
import { CLAIM_IDS, countVerdicts, type Report, VERDICTS } from "../proof-report";
import { namesText, type Told, toldOnce } from "../told-once";
import { counted, MEANINGS, SIMULATION } from "../verdict-words";
import { code, folded, plain, row, within } from "./markdown-text";

/** Room of each part, in characters: together under the 65,536 that a comment on GitHub may have. */
const ROOM = { refuted: 24_000, unknown: 14_000, staged: 6_000, unread: 5_000, assumptions: 5_000 };
/** A single line of a part; a longer one is cut, and a cut is marked. */
const LINE = 1_200;

/** The report as a comment on a pull request: what needs attention first, the rest folded. */
export function markdownText(report: Report): string {
  const { claims, unread, graph, simulated, title } = report;
  const counts = countVerdicts(claims);
  const told = (verdict: Verdict): Told[] =>
    toldOnce(claims.filter((claim) => claim.verdict === verdict));
  const lines = [
    `### Proof: ${plain(title)}`,
    "",
    ...(simulated ? [`> ${SIMULATION}`, ""] : []),
    headline(report, counts),
    "",
    ...table(claims),
    "",
    ...part("Refuted", told("refuted"), ROOM.refuted, true),
    ...part("Unknown", told("unknown"), ROOM.unknown, false),
    ...part("Staged", told("staged"), ROOM.staged, false),
    ...assumed(claims),
    ...unreadPart(unread),
    `<sub>${graph}. Each claim is defined in docs/claims.md.</sub>`,
  ];
  return `${lines.join("\n")}\n`;
}

function headline({ claims, estate }: Report, counts: Readonly<Record<Verdict, number>>): string {
  const word =
    counts.refuted > 0
      ? "does not hold"
      : estate.machines.length === 0
        ? "leads to no VM"
        : "holds as far as it is proved";
  const numbers = VERDICTS.map((verdict) => `${counts[verdict]} ${verdict}`).join(", ");
  return `**The path ${word}**: ${counted(claims.length, "claim")}, ${numbers}.`;
}

function table(claims: readonly Claim[]): string[] {
  const rows = CLAIM_IDS.flatMap((id) => {
    const counts = countVerdicts(claims.filter((claim) => claim.id === id));
    if (VERDICTS.every((verdict) => counts[verdict] === 0)) return [];
    const cells = VERDICTS.map((verdict) => (counts[verdict] === 0 ? "" : String(counts[verdict])));
    return [row(id, CLAIMS[id], ...cells)];
  });
  return rows.length === 0
    ? []
    : [row("", "claim", ...VERDICTS), row("---", "---", ...VERDICTS.map(() => "--:")), ...rows];
}

function part(name: string, told: readonly Told[], room: number, open: boolean): string[] {
  if (told.length === 0) return [];
  const items = within(told.map(itemOf), room, (count) => `- ${counted(count, "more reason")}`);
  const total = told.reduce((sum, { subjects }) => sum + subjects.length, 0);
  const verdict = VERDICTS.find((candidate) => candidate === name.toLowerCase()) ?? "unknown";
  return open
    ? [`#### ${name} (${total})`, "", ...items, ""]
    : folded(`${name} (${total}): ${MEANINGS[verdict]}`, items);
}

function itemOf({ claim, subjects }: Told): string {
  const evidence = evidenceOf(claim.counterexample).map(
    ({ what, fact }) => `  <br>${what}: ${code(fact)}`,
  );
  const count = subjects.length > 1 ? ` (${subjects.length})` : "";
  const text = `- **${claim.id}** ${plain(namesText(subjects))}${count}: ${plain(cut(claim.because))}`;
  return [text, ...evidence].join("\n");
}

function assumed(claims: readonly Claim[]): string[] {
  const assumptions = [...new Set(claims.flatMap((claim) => claim.assumptions))];
  if (assumptions.length === 0) return [];
  const items = within(
    assumptions.map((text) => `- ${plain(cut(text))}`),
    ROOM.assumptions,
    (count) => `- ${count} more`,
  );
  return folded(`Taken for granted (${assumptions.length})`, items);
}

function unreadPart(unread: Report["unread"]): string[] {
  if (unread.length === 0) return [];
  const items = unread.map(({ subject, type, path, why }) => {
    const place = path === undefined ? subject : `${subject}.${path}`;
    return `- ${code(cut(place))} (${plain(type)}): ${plain(cut(why))}`;
  });
  return folded(
    `Not read (${unread.length})`,
    within(items, ROOM.unread, (count) => `- ${count} more`),
  );
}

function cut(text: string): string {
  return text.length <= LINE ? text : `${text.slice(0, LINE)} ...`;
}
