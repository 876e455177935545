import type { JournalEntry } from "../../sandbox/azure/journal";

type Body = Readonly<Record<string, unknown>>;

/** A moment at which somebody was eligible and something that has to stand did not. */
export interface Violation {
  readonly sequence: number;
  readonly eligibility: string;
  readonly missing: string;
}

function inside(body: Body | undefined, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Body)[key] : undefined,
    body,
  );
}

const of = (type: string, id: string): boolean => new RegExp(`/${type}/[^/]+$`, "i").test(id);

/**
 * Replays the simulated Azure's own journal and names every moment at which an eligibility existed
 * without the closed network of its scope, AzureBastionSubnet, and a Conditional Access policy that is
 * not switched off. Empty where the promise held from the first to the last request.
 */
export function violations(journal: readonly JournalEntry[]): Violation[] {
  const present = new Map<string, Body>();
  const found: Violation[] = [];
  for (const { sequence, effects } of journal) {
    for (const { change, id, body } of effects) {
      if (change === "deleted") present.delete(id.toLowerCase());
      else present.set(id.toLowerCase(), body ?? {});
    }
    for (const eligibility of present.keys()) {
      if (!of("roleEligibilitySchedules", eligibility)) continue;
      const scope = eligibility.split("/providers/microsoft.authorization/")[0] ?? "";
      found.push(
        ...missingFor(scope, present).map((missing) => ({ sequence, eligibility, missing })),
      );
    }
  }
  return found;
}

function missingFor(scope: string, present: ReadonlyMap<string, Body>): string[] {
  const all = [...present];
  const missing: string[] = [];
  const policies = all.filter(([id]) => of("conditionalAccessPolicies", id));
  if (
    !policies.some(([, body]) =>
      ["enabled", "enabledForReportingButNotEnforced"].some((on) => inside(body, "state") === on),
    )
  ) {
    missing.push("Conditional Access policy");
  }
  if (!present.has(scope)) missing.push("the scope itself");
  const subnets = all.filter(([id]) => id.startsWith(`${scope}/`) && of("subnets", id));
  if (subnets.length === 0) missing.push("a subnet");
  for (const [id, body] of subnets) {
    const group = inside(body, "properties", "networkSecurityGroup", "id");
    const prefix = `${String(group).toLowerCase()}/securityrules/`;
    const denies = all.some(
      ([rule, { properties }]) =>
        rule.startsWith(prefix) &&
        inside(properties as Body, "access") === "Deny" &&
        inside(properties as Body, "direction") === "Inbound" &&
        inside(properties as Body, "sourceAddressPrefix") === "*" &&
        inside(properties as Body, "destinationPortRange") === "*",
    );
    if (!denies) missing.push(`a deny of everything inbound on ${id}`);
  }
  if (!all.some(([id]) => id.endsWith("/subnets/azurebastionsubnet"))) {
    missing.push("AzureBastionSubnet");
  }
  return missing;
}
