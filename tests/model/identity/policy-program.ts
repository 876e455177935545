import { expect } from "chai";
import type { GraphResource, Value } from "../../../components/model/graph/resource-graph";
import { accessPolicy, ADMINS, claims, EMERGENCY, resource } from "./plain-program";

export const STRENGTH = "/policies/authenticationStrengthPolicies/";
/** How a refutation of the plain program's one policy begins. */
export const NEAREST = "no enforced policy demands it; the nearest is mfa: ";

/** The plain program's policy with other conditions or another grant. */
export function policy(
  conditions: Record<string, Value> = {},
  grantControls?: Value,
  name = "mfa",
): GraphResource {
  return resource("accessPolicy", name, accessPolicy(conditions, grantControls));
}

/** The conditions of that policy with others assigned to it. */
export function users(more: Record<string, Value>): Record<string, Value> {
  return { users: { includedGroups: [ADMINS], excludedGroups: [EMERGENCY], ...more } };
}

/** The one verdict and reason of all claims I3 about the plain program with those policies for its own. */
export function decided(...policies: GraphResource[]): [verdict: string, because: string] {
  const entries = policies.map((own, index) => [index === 0 ? "accessPolicy" : own.name, own]);
  const found = claims("I3", Object.fromEntries(entries) as Record<string, GraphResource>);
  const [one] = found;
  if (one === undefined) throw new Error("no claim I3");
  expect(new Set(found.map(({ verdict }) => verdict)).size).to.equal(1);
  return [one.verdict, one.because];
}
