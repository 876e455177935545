import type { Holding, Role } from "../estate/access-estate";
import { isKnown, type Known, Unknown } from "../estate/known";
import { holds, type PathScope, type Place } from "../estate/scope";
import { allows, type Operations } from "./permissions";

/** Operations with the words for what they do. */
export interface NamedOperations extends Operations {
  readonly words: string;
}

/** What a holding lets its holder do, of what was asked about. */
export interface Right<Kind extends Holding = Holding> {
  readonly holding: Kind;
  /** What it does for certain. */
  readonly does: readonly string[];
  /** Why it might do more than that, where it is not known. */
  readonly doubt: Unknown | undefined;
}

/** Holdings that give, or might give, any of some rights. */
export function rightsTo<Kind extends Holding>(
  holdings: readonly Kind[],
  asked: readonly NamedOperations[],
): Right<Kind>[] {
  // Many holdings share few roles.
  const answers = new Map<Known<Role>, Omit<Right, "holding">>();
  const answer = (role: Known<Role>): Omit<Right, "holding"> => {
    const found = answers.get(role) ?? judged(role, asked);
    answers.set(role, found);
    return found;
  };
  return holdings.flatMap((holding) => {
    const { does, doubt } = answer(holding.role);
    if (does.length === 0 && doubt === undefined) return [];
    if (!holding.conditional) return [{ holding, does, doubt }];
    const condition = new Unknown(`a condition narrows ${holding.subject}, and is not evaluated`);
    return [{ holding, does: [], doubt: condition }];
  });
}

function judged(role: Known<Role>, asked: readonly NamedOperations[]): Omit<Right, "holding"> {
  const found = asked.map(({ words, ...operations }) => ({
    words,
    allowed: allows(role, operations),
  }));
  return {
    does: found.filter(({ allowed }) => allowed === true).map(({ words }) => words),
    doubt: found.map(({ allowed }) => allowed).find((allowed) => allowed instanceof Unknown),
  };
}

/** Rights that reach a place. */
export interface Reach<Kind extends Holding> {
  readonly certain: readonly Right<Kind>[];
  /** Reasons why there might be more. */
  readonly doubts: readonly Unknown[];
}

/** Rights by where they are given, so that a place asks only for those above it. */
export class RightsByScope<Kind extends Holding> {
  readonly #wide: Right<Kind>[] = [];
  readonly #byPath = new Map<string, Right<Kind>[]>();
  /** Whether a scope among them is derived: what it does not reach, it does not reach by assumption. */
  public readonly derived: boolean;

  public constructor(rights: readonly Right<Kind>[]) {
    const paths: PathScope[] = [];
    for (const right of rights) {
      const { scope } = right.holding;
      if (!isKnown(scope) || scope.kind !== "below") {
        this.#wide.push(right);
        continue;
      }
      paths.push(scope);
      const there = this.#byPath.get(scope.path);
      if (there === undefined) this.#byPath.set(scope.path, [right]);
      else there.push(right);
    }
    this.derived = paths.some((scope) => scope.derived);
  }

  public over(place: Place): Reach<Kind> {
    const below = isKnown(place.path)
      ? pathsAbove(place.path).flatMap((path) => this.#byPath.get(path) ?? [])
      : [...this.#byPath.values()].flat();
    const certain: Right<Kind>[] = [];
    const doubts: Unknown[] = [];
    for (const right of [...this.#wide, ...below]) {
      const { scope } = right.holding;
      const reaches = isKnown(scope) ? holds(scope, place) : scope;
      if (reaches === false) continue;
      if (reaches === true && right.does.length > 0) certain.push(right);
      if (right.doubt !== undefined) doubts.push(right.doubt);
      if (reaches instanceof Unknown) doubts.push(reaches);
    }
    return { certain, doubts };
  }
}

/** A path and everything that holds it: its resource group, and each resource on the way. */
function pathsAbove(path: string): string[] {
  const paths: string[] = [];
  for (let at = path.indexOf("/", 1); at !== -1; at = path.indexOf("/", at + 1)) {
    paths.push(path.slice(0, at));
  }
  return [...paths, path];
}
