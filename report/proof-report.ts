import { type Claim, type ClaimId, CLAIMS, type Verdict } from "../components/model/claims/claim";
import { prove } from "../components/model/claims/prove";
import { withoutAssumptions } from "../components/model/claims/without-assumptions";
import type { Declaration } from "../components/model/estate/access-estate";
import type { Estate } from "../components/model/estate/estate";
import { readEstate } from "../components/model/estate/read-estate";
import { readPulumiJson, viewsOf } from "../components/model/graph/read-pulumi-json";
import type { Theorem, Unread } from "../components/model/graph/resource-graph";
import { graphDigest } from "./graph-digest";
import { inOrder } from "./in-order";

/** Everything that the forms of the report tell. */
export interface Report {
  /** In the order of CLAIMS, and of names. */
  readonly claims: readonly Claim[];
  readonly unread: readonly Unread[];
  /** Digest of the graph that was read. */
  readonly graph: string;
  /** Nothing of it is a statement about Azure itself. */
  readonly simulated: boolean;
  /** `project/stack`, as the URNs say; empty where there is no resource. */
  readonly stack: string;
  /** The same in words. */
  readonly title: string;
  /** What stands, or what is going to: the view to draw. */
  readonly estate: Estate;
  /** URN of what a claim is about, where its name alone tells. */
  readonly urnOf: (subject: string) => string | undefined;
}

export interface ReportOptions {
  readonly declared?: Partial<Declaration>;
  readonly simulated?: boolean;
  /** @default true */
  readonly assumptions?: boolean;
}

/** From the most to the least urgent. */
export const VERDICTS: readonly Verdict[] = ["refuted", "unknown", "staged", "proved"];
export const CLAIM_IDS = Object.keys(CLAIMS) as ClaimId[];

/**
 * Proves what a state or preview describes.
 * @param document parsed JSON
 * @throws UnreadableGraphError where the document is neither
 */
export function makeReport(document: unknown, options: ReportOptions = {}): Report {
  const { declared = {}, simulated = false, assumptions = true } = options;
  const graphs = viewsOf(document).map((view) => ({ view, graph: readPulumiJson(document, view) }));
  const estates = graphs.map(({ graph }) => readEstate(graph, declared));
  const { claims, unread } = prove(...estates);
  const resources = graphs.flatMap(({ graph }) => graph.resources);
  const urns = new Map<string, Set<string>>();
  for (const { name, urn } of resources) urns.set(name, (urns.get(name) ?? new Set()).add(urn));
  return {
    claims: ordered(assumptions ? claims : withoutAssumptions(claims)),
    unread: inOrder(unread, ({ subject, path = "", why }) => `${subject} ${path} ${why}`),
    graph: graphDigest(graphs),
    simulated,
    ...namesOf(resources[0]?.urn),
    estate: estates.at(-1) ?? readEstate({ resources: [], unread: [] }),
    urnOf: (subject) => {
      const [only, another] = urns.get(subject) ?? [];
      return another === undefined ? only : undefined;
    },
  };
}

/** Which of the two paths a claim is about. */
export function theoremOf(id: ClaimId): Theorem {
  return id.startsWith("N") ? "network" : "identity";
}

/** How many claims have each verdict. */
export function countVerdicts(claims: readonly Claim[]): Record<Verdict, number> {
  const counts: Record<Verdict, number> = { refuted: 0, unknown: 0, staged: 0, proved: 0 };
  for (const { verdict } of claims) counts[verdict] += 1;
  return counts;
}

function ordered(claims: readonly Claim[]): Claim[] {
  return CLAIM_IDS.flatMap((id) =>
    inOrder(
      claims.filter((claim) => claim.id === id),
      ({ subject }) => subject,
    ),
  );
}

/** `urn:pulumi:dev::secure-jump-access::...` is stack dev of that project. */
function namesOf(urn: string | undefined): Pick<Report, "stack" | "title"> {
  const [start = "", project = ""] = (urn ?? "").split("::");
  const name = start.split(":")[2];
  return name === undefined || project === ""
    ? { stack: "", title: "an empty stack" }
    : { stack: `${project}/${name}`, title: `stack ${name} of ${project}` };
}
