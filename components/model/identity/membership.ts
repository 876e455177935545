import type { DirectoryGroup } from "../estate/access-estate";
import { isKnown } from "../estate/known";

/**
 * Which groups of the program hold which principals, through any number of steps. Membership in groups that
 * the program does not make is not in the graph. Conditional Access and role assignments both reach the
 * members of members.
 * Source: https://learn.microsoft.com/entra/identity/conditional-access/concept-conditional-access-users-groups
 */
export class Membership {
  readonly #members: ReadonlyMap<string, readonly string[]>;

  public constructor(groups: readonly DirectoryGroup[]) {
    this.#members = new Map(
      groups.map(({ principal, members }) => [principal, members.filter(isKnown)]),
    );
  }

  /** A principal and all whom it holds. */
  public within(principal: string): ReadonlySet<string> {
    const found = new Set([principal]);
    // A set is walked in the order of insertion, what is added on the way included.
    for (const each of found) {
      for (const member of this.#members.get(each) ?? []) found.add(member);
    }
    return found;
  }

  /** Whether everybody of a principal is in another. */
  public holds(outer: string, inner: string): boolean {
    return this.within(outer).has(inner);
  }

  /** Whether two principals have somebody in common, as far as the program knows. */
  public overlap(one: string, other: string): boolean {
    const ofOne = this.within(one);
    return [...this.within(other)].some((principal) => ofOne.has(principal));
  }
}
