import type { Judgement } from "./answer";
import { GETTING_IN } from "./assumptions";
import type { Finding } from "./inbound";
import { ruleText } from "./named-rule";
import { packetText, showWitness, whyOpen } from "./showing";

/** A proof beside something that is hidden is none; a counterexample stands. */
export function beside(hidden: string | undefined, answer: Judgement): Judgement {
  return hidden === undefined || answer.verdict !== "proved"
    ? answer
    : { verdict: "unknown", because: hidden, assumptions: [] };
}

/** What several findings say together: the worst of them. */
export function judge(findings: readonly Finding[], asked: string): Judgement {
  const refuted = findings.find(({ verdict }) => verdict === "refuted");
  if (refuted?.verdict === "refuted") {
    const counterexample = showWitness(refuted.witness);
    return {
      verdict: "refuted",
      because: `${packetText(counterexample.packet)} gets in ${counterexample.hop}: ${ruleText(counterexample.rule)}`,
      assumptions: [],
      counterexample,
    };
  }
  const open = findings.find(({ verdict }) => verdict === "unknown");
  if (open?.verdict === "unknown") {
    const { packet, hop } = showWitness(open.witness);
    return {
      verdict: "unknown",
      because: `${packetText(packet)} might get in ${hop}: ${whyOpen(open.witness)}`,
      assumptions: [],
    };
  }
  const stoppers = findings.flatMap((finding) =>
    finding.verdict === "proved" ? finding.stoppedBy.map(ruleText) : [],
  );
  const stopped =
    stoppers.length === 0
      ? "nobody can send any"
      : `stopped by ${[...new Set(stoppers)].join(", ")}`;
  return {
    verdict: "proved",
    because: `no packet gets in to ${asked}: ${stopped}`,
    assumptions: GETTING_IN,
  };
}
