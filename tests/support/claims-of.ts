import type { Claim, ClaimId } from "../../components/model/claims/claim";
import type { Declaration } from "../../components/model/estate/access-estate";
import { readEstate } from "../../components/model/estate/read-estate";
import type { ResourceGraph } from "../../components/model/graph/resource-graph";
import { networkClaims } from "../../components/model/network/network-claims";

/** The network claims of a graph, one at a time or all of one kind. */
export function networkClaimsOf(
  graph: ResourceGraph,
  declared?: Partial<Declaration>,
): { all: readonly Claim[]; one: (id: ClaimId, subject?: string) => Claim } {
  const all = networkClaims(readEstate(graph, declared));
  return {
    all,
    one: (id, subject) => {
      const found = all.filter(
        (claim) => claim.id === id && (subject === undefined || claim.subject === subject),
      );
      const [first] = found;
      if (first === undefined || (subject === undefined && found.length > 1)) {
        throw new Error(`${found.length} claims ${id} ${subject ?? ""}, expected one`);
      }
      return first;
    },
  };
}

/** Claims that are not proved, in a line each, for a failure that speaks. */
export function notProved(claims: readonly Claim[]): string[] {
  return claims
    .filter(({ verdict }) => verdict !== "proved")
    .map(({ id, subject, verdict, because }) => `${id} ${subject} ${verdict}: ${because}`);
}
