import type { Claim } from "../claims/claim";
import { prove } from "../claims/prove";
import { waive, type Waiver } from "../claims/waiver";
import type { EnvironmentChoice } from "../environment-check";
import { readEstate } from "../estate/read-estate";
import { at, type Issue } from "../issue";
import { plannedGraph } from "./planned-graph";

/** What is decided of an environment before anything of it is registered. */
export interface PlanProof {
  readonly claims: readonly Claim[];
  /** What the arguments themselves refute and no waiver covers. */
  readonly issues: readonly Issue[];
}

/**
 * Proves an environment from its arguments. A local credential that somebody holds is an exception with a
 * reason of its own and shows in the claims; everything else that is refuted is a problem of the arguments.
 * @param args without problems, see `checkEnvironment`
 * @param today day on which waivers are judged
 */
export function provePlan(
  name: string,
  args: EnvironmentChoice<unknown>,
  waivers: Readonly<Record<string, Waiver>>,
  today: string,
): PlanProof {
  const { claims } = prove(readEstate(plannedGraph(name, args)));
  const { standing, idle } = waive(claims, waivers, today);
  const paths = pathsOf(name, args);
  return {
    claims,
    issues: [
      ...standing
        .filter(({ id, verdict }) => verdict === "refuted" && id !== "I7")
        .map(({ id, subject, because }) => ({
          path: paths.get(subject) ?? (id.startsWith("I") ? "signIn" : ""),
          problem: `refutes ${id} of ${subject}: ${because}; mend it, or name a waiver for ${id} in waivers`,
        })),
      ...idle.map(({ name: waiver, why }) => ({
        path: at("waivers", waiver),
        problem: `${why}; take it out`,
      })),
    ],
  };
}

/** Where the caller wrote what a claim's subject is made from. */
function pathsOf(name: string, args: EnvironmentChoice<unknown>): Map<string, string> {
  const paths = new Map([[`${name}-bastion-host`, "bastion"]]);
  for (const [key, { vms }] of Object.entries(args.spokes)) {
    paths.set(`${name}-${key}-network`, at("spokes", key));
    for (const vm of Object.keys(vms)) {
      paths.set(`${name}-${key}-${vm}-vm`, at("spokes", key, "vms", vm));
    }
  }
  return paths;
}
