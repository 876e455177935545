import type { NamedRule } from "../claims/claim";
import type { SecurityGroup, SecurityRule } from "../estate/estate";
import { isKnown } from "../estate/known";
import type { Judged } from "../packets/guards";

/** The last word on a packet: the rule of the last guard that decided, or that of the one that stopped it. */
export function ruleOf({ rules }: Judged): NamedRule | undefined {
  const last = rules.at(-1);
  return last === undefined ? undefined : namedRule(last.guard, last.rule);
}

function namedRule(guard: SecurityGroup, rule: SecurityRule): NamedRule {
  return {
    securityGroup: guard.subject,
    name: rule.name,
    priority: isKnown(rule.priority) ? rule.priority : 0,
    access: rule.access === "Deny" ? "Deny" : "Allow",
  };
}

export function ruleText(rule: NamedRule | undefined): string {
  return rule === undefined
    ? "no security group stands in the way"
    : `rule ${rule.name} (${rule.priority}) of ${rule.securityGroup}`;
}

/** Whether somebody wrote it: Azure's own are numbered from 65000 on. */
export function isOwn(rule: NamedRule | undefined): boolean {
  return rule !== undefined && rule.priority < 65000;
}
