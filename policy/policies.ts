import type {
  Policies,
  PolicyResource,
  ReportViolation,
  StackValidationArgs,
} from "@pulumi/policy";
import { type Claim, CLAIMS, type ClaimId } from "../components/model/claims/claim";
import { prove } from "../components/model/claims/prove";
import { waive, type Waived } from "../components/model/claims/waiver";
import { packetText } from "../components/model/network/showing";
import type { Unread } from "../components/model/graph/resource-graph";
import { CLAIM_POLICIES } from "./claim-policies";
import {
  checkConfig,
  declaredIn,
  PROGRAM,
  PROGRAM_CONFIG,
  type ProgramConfig,
} from "./program-config";
import { SeenProgram, sentProperties } from "./seen-program";

/** What was decided of one program. */
interface Decided extends Waived {
  readonly unread: readonly Unread[];
}

/**
 * The policies of the pack: one that takes in the program, one for each claim, and two that only inform.
 * @param today the day on which waivers are judged, `2026-01-31`
 */
export function makePolicies(today: () => string): Policies {
  const program = new SeenProgram();
  let config: ProgramConfig = {};
  let last: { key: string; decided: Decided } | undefined;

  /** The engine hands the same resources to each policy in turn; they are decided once. */
  function decide({ resources }: StackValidationArgs): Decided {
    const key = JSON.stringify(resources.map(({ urn, props }) => [urn, sentProperties(props)]));
    if (last?.key === key) return last.decided;
    const { claims, unread } = prove(...program.views(resources, declaredIn(config)));
    const decided = { ...waive(claims, config.waivers ?? {}, today()), unread };
    last = { key, decided };
    return decided;
  }

  function report(args: StackValidationArgs, claims: readonly Claim[], say: ReportViolation): void {
    for (const claim of claims) say(textOf(claim), urnOf(claim, args.resources));
  }

  return [
    {
      name: PROGRAM,
      description: "Takes in the resources of the program; holds the pack's configuration",
      enforcementLevel: "mandatory",
      configSchema: PROGRAM_CONFIG,
      validateResource: (args) => {
        config = args.getConfig<ProgramConfig>();
        checkConfig(config);
        program.seeInputs(args.urn, args.props);
      },
    },
    ...(Object.keys(CLAIMS) as ClaimId[]).map((id): Policies[number] => {
      const { name, level, severity, remediation, page } = CLAIM_POLICIES[id];
      return {
        name,
        displayName: `${id}: ${CLAIMS[id]}`,
        description: `${id}: ${CLAIMS[id]}`,
        enforcementLevel: level,
        severity,
        remediationSteps: remediation,
        url: page,
        validateStack: (args, reportViolation) => {
          const refuted = decide(args).standing.filter(
            (claim) => claim.id === id && claim.verdict === "refuted",
          );
          report(args, refuted, (text, urn) => {
            reportViolation(`${text}\n${remediation}`, urn);
          });
        },
      };
    }),
    {
      name: "staged-claims",
      description: "Claims that hold once a policy that only records is enforced",
      enforcementLevel: "advisory",
      severity: "low",
      validateStack: (args, reportViolation) => {
        report(
          args,
          decide(args).standing.filter(({ verdict }) => verdict === "staged"),
          reportViolation,
        );
      },
    },
    {
      name: "undecided-claims",
      description:
        "Claims that the program does not tell enough about, and what was not understood",
      enforcementLevel: "advisory",
      severity: "medium",
      validateStack: (args, reportViolation) => {
        const { standing, unread, idle } = decide(args);
        report(
          args,
          standing.filter(({ verdict }) => verdict === "unknown"),
          reportViolation,
        );
        for (const { subject, type, path, why, bearsOn } of unread) {
          if (bearsOn.length === 0) continue;
          const place = path === undefined ? subject : `${subject}.${path}`;
          reportViolation(`not read: ${place} (${type}): ${why}`);
        }
        for (const { name, why } of idle) reportViolation(`waiver ${name} ${why}; take it out`);
      },
    },
  ];
}

function textOf({ id, subject, verdict, because, counterexample }: Claim): string {
  const packet =
    counterexample?.packet === undefined ? "" : `\npacket: ${packetText(counterexample.packet)}`;
  const rule =
    counterexample?.rule === undefined
      ? ""
      : `\nrule: ${counterexample.rule.name} (${counterexample.rule.priority}) of ${counterexample.rule.securityGroup}`;
  return `${id} ${verdict} for ${subject}: ${because}${packet}${rule}`;
}

function urnOf({ subject }: Claim, resources: readonly PolicyResource[]): string | undefined {
  return resources.find(({ urn, name }) => urn === subject || name === subject)?.urn;
}
