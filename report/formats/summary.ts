import { evidenceOf } from "../evidence";
import { countVerdicts, type Report, VERDICTS } from "../proof-report";
import { namesText, toldOnce } from "../told-once";
import { counted, SIMULATION } from "../verdict-words";

/** A terminal takes control characters for commands; a resource can be named with them. */
const CONTROL = /\p{Cc}/gu;

/** The report in a few lines, for who has asked for the page. */
export function summaryText(report: Report, file: string | undefined): string {
  const counts = countVerdicts(report.claims);
  const refuted = toldOnce(report.claims.filter(({ verdict }) => verdict === "refuted"));
  const lines = [
    `${report.title}: ${counted(report.claims.length, "claim")}, ${VERDICTS.map((verdict) => `${counts[verdict]} ${verdict}`).join(", ")}`,
    ...(report.simulated ? [SIMULATION] : []),
    ...refuted.flatMap(({ claim, subjects }) => [
      `refuted ${claim.id} ${namesText(subjects)}: ${claim.because}`,
      ...evidenceOf(claim.counterexample).map(({ what, fact }) => `    ${what}: ${fact}`),
    ]),
    ...(report.unread.length === 0
      ? []
      : [
          `not read: ${counted(report.unread.length, "thing")} in the graph; the report lists them`,
        ]),
    report.graph,
    ...(file === undefined ? [] : [file]),
  ];
  return `${lines.map((line) => line.replace(CONTROL, "\ufffd")).join("\n")}\n`;
}
