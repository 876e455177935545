import { createHash } from "node:crypto";
import {
  type Claim,
  type ClaimId,
  CLAIMS,
  type Verdict,
} from "../../components/model/claims/claim";
import type { Unread } from "../../components/model/graph/resource-graph";
import { evidenceOf } from "../evidence";
import { CLAIM_IDS, type Report, theoremOf } from "../proof-report";
import { MEANINGS, SIMULATION } from "../verdict-words";

/** How loud a verdict is; what is proved is no result. */
const LEVELS: Readonly<Record<Exclude<Verdict, "proved">, string>> = {
  refuted: "error",
  unknown: "warning",
  staged: "note",
};

/**
 * SARIF 2.1.0 as GitHub's code scanning takes it: each result has a location with a file and a line, and a
 * `primaryLocationLineHash`, the one fingerprint by which an alert is recognised from run to run.
 * Sources: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html and
 * https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 * @param projectFile path of the project's file in the repository, with forward slashes
 */
export function sarifText(report: Report, projectFile: string): string {
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "secure-jump-access", rules: CLAIM_IDS.map(ruleOf) } },
        automationDetails: { id: `secure-jump-access/${report.stack}/` },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: report.unread.map(notificationOf),
          },
        ],
        results: report.claims.flatMap((claim) => resultOf(claim, report, projectFile)),
        properties: { graph: report.graph, simulated: report.simulated },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(id: ClaimId): object {
  const text = sentence(CLAIMS[id]);
  const verdicts = Object.entries(LEVELS).map(
    ([verdict, level]) => `${level}: ${verdict}, ${MEANINGS[verdict as Verdict]}`,
  );
  return {
    id,
    name: id,
    shortDescription: { text },
    fullDescription: { text },
    defaultConfiguration: { level: "error" },
    help: {
      text: `${text}\n${verdicts.join("\n")}\ndocs/claims.md of secure-jump-access defines the claim.`,
      markdown: [
        `**${id}** ${text}`,
        "",
        ...verdicts.map((line) => `- ${line}`),
        "",
        "[docs/claims.md](docs/claims.md) of secure-jump-access defines the claim.",
      ].join("\n"),
    },
    properties: { tags: ["security", "azure", theoremOf(id)] },
  };
}

function resultOf(claim: Claim, { simulated, urnOf }: Report, projectFile: string): object[] {
  const { id, subject, verdict, because, counterexample } = claim;
  if (verdict === "proved") return [];
  const evidence = evidenceOf(counterexample).map(({ what, fact }) => `${what}: ${fact}`);
  const urn = urnOf(subject);
  return [
    {
      ruleId: id,
      ruleIndex: CLAIM_IDS.indexOf(id),
      level: LEVELS[verdict],
      message: {
        text: [
          `${subject}: ${verdict}. ${because}`,
          ...evidence,
          ...(simulated ? [SIMULATION] : []),
        ].join("\n"),
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: encodeURI(projectFile) },
            region: { startLine: 1 },
          },
          logicalLocations: [
            { name: subject, fullyQualifiedName: urn ?? subject, kind: "resource" },
          ],
        },
      ],
      partialFingerprints: { primaryLocationLineHash: fingerprintOf(claim) },
      properties: { verdict, ...(counterexample === undefined ? {} : { counterexample }) },
    },
  ];
}

/** The same from run to run, whatever the reason is today. */
function fingerprintOf({ id, subject }: Claim): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([id, subject]))
    .digest("hex");
  return `${hash.slice(0, 16)}:1`;
}

function notificationOf({ subject, type, path, why }: Unread): object {
  const place = path === undefined ? subject : `${subject}.${path}`;
  return { level: "warning", message: { text: `not read: ${place} (${type}): ${why}` } };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
