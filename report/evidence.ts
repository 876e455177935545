import type { Counterexample } from "../components/model/claims/claim";
import { ruleText } from "../components/model/network/named-rule";
import { packetText } from "../components/model/network/showing";

/** One fact of a counterexample, with what it is. */
export interface Evidence {
  readonly what: string;
  readonly fact: string;
}

/** A counterexample as facts that every form of the report tells in the same words. */
export function evidenceOf(shown: Counterexample | undefined): Evidence[] {
  if (shown === undefined) return [];
  const { packet, hop, rule, principal, role, scope, resource } = shown;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["packet", packet === undefined ? undefined : `${packetText(packet)} (${packet.direction})`],
    ["where", hop],
    ["rule", rule === undefined ? undefined : `${rule.access} by ${ruleText(rule)}`],
    ["who", principal],
    ["role", role],
    ["scope", scope],
    ["to change", resource],
  ];
  return facts.flatMap(([what, fact]) => (fact === undefined ? [] : [{ what, fact }]));
}
