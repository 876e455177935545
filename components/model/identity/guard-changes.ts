import type { Claim } from "../claims/claim";
import type { Holding } from "../estate/access-estate";
import type { Estate } from "../estate/estate";
import { isKnown, type Known, Unknown } from "../estate/known";
import { holds, type Place } from "../estate/scope";
import { sentences } from "./assumptions";
import { type Guard, GUARDS } from "./guards";
import { ownedGuardGroups } from "./guard-groups";
import { type Right, rightsTo } from "./rights";
import { heldRight, holdingText, listed } from "./wording";

/** I6: no role and no group ownership in the program lets somebody change what keeps people out. */
export function guardsStand(estate: Estate): Claim[] {
  const subject = { id: "I6", subject: "the estate" } as const;
  const holdings: Holding[] = [...estate.assignments, ...estate.eligibilities];
  const places = new Map(GUARDS.map((guard) => [guard.words, guard.places(estate)]));
  const everywhere = [...new Set([...places.values()].flat())];
  const rights = rightsTo(holdings, GUARDS).map((right) => ({
    right,
    changed: changedBy(right, places, everywhere),
  }));
  const owned = ownedGuardGroups(estate);
  const changing = rights.filter(({ changed }) => changed.certain.length > 0);
  const texts = [
    ...changing.map(
      ({ right, changed }) =>
        `${holdingText(estate, right.holding)}, which changes ${listed(changed.certain)}`,
    ),
    ...owned.certain.map(({ because }) => because),
  ];
  if (texts.length > 0) {
    const [right] = changing;
    const counterexample =
      right === undefined
        ? owned.certain[0]?.counterexample
        : heldRight(estate, right.right.holding);
    return [
      {
        ...subject,
        verdict: "refuted",
        because: texts.join("; "),
        assumptions: [],
        ...(counterexample === undefined ? {} : { counterexample }),
      },
    ];
  }
  const [doubt] = [...rights.flatMap(({ changed }) => changed.doubts), ...owned.doubts];
  if (doubt !== undefined) {
    return [{ ...subject, verdict: "unknown", because: doubt.why, assumptions: [] }];
  }
  const derived = holdings.some(
    ({ scope }) => isKnown(scope) && scope.kind === "below" && scope.derived,
  );
  return [
    {
      ...subject,
      verdict: "proved",
      because: "no role and no group ownership in the program changes a guard",
      assumptions: sentences(
        "rolesElsewhere",
        "directoryRoles",
        "membership",
        rights.length > 0 && derived && "sourceOfId",
      ),
    },
  ];
}

/** Guards that a right can change where it holds. */
function changedBy(
  { holding, does, doubt }: Right,
  places: ReadonlyMap<Guard["words"], readonly Place[]>,
  everywhere: readonly Place[],
): { certain: string[]; doubts: Unknown[] } {
  const reached = does.map((words) => ({
    words,
    reaches: reach(holding, places.get(words) ?? []),
  }));
  const any = doubt === undefined ? false : reach(holding, everywhere);
  return {
    certain: reached.filter(({ reaches }) => reaches === true).map(({ words }) => words),
    doubts: [
      ...reached.flatMap(({ reaches }) => (reaches instanceof Unknown ? [reaches] : [])),
      ...(any === false || doubt === undefined ? [] : [doubt]),
    ],
  };
}

function reach({ scope }: Holding, places: readonly Place[]): Known<boolean> {
  if (places.length === 0) return false;
  if (!isKnown(scope)) return scope;
  let open: Unknown | undefined;
  for (const place of places) {
    const answer = holds(scope, place);
    if (answer === true) return true;
    if (answer instanceof Unknown) open ??= answer;
  }
  return open ?? false;
}
