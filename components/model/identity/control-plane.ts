import type { Claim } from "../claims/claim";
import type { Holding } from "../estate/access-estate";
import type { Estate, VirtualMachine } from "../estate/estate";
import { sentences } from "./assumptions";
import { type Right, RightsByScope, rightsTo } from "./rights";
import { WAYS_IN } from "./ways-in";
import { heldRight, holdingText, listed } from "./wording";

/** I5: nobody reaches into the VM past its sign-in; whoever does is named, with the way. */
export function noWayRound(estate: Estate): Claim[] {
  const holdings: Holding[] = [...estate.assignments, ...estate.eligibilities];
  const rights = new RightsByScope(rightsTo(holdings, WAYS_IN));
  const activated = new Set<Holding>(estate.eligibilities);
  return estate.machines.map((machine) => claim(estate, machine, rights, activated));
}

function claim(
  estate: Estate,
  machine: VirtualMachine,
  rights: RightsByScope<Holding>,
  activated: ReadonlySet<Holding>,
): Claim {
  const { certain, doubts } = rights.over(machine);
  const subject = { id: "I5", subject: machine.subject } as const;
  const [first] = certain;
  if (first !== undefined) {
    return {
      ...subject,
      verdict: "refuted",
      because: certain.map((right) => wayText(estate, right, activated)).join("; "),
      assumptions: [],
      counterexample: heldRight(estate, first.holding),
    };
  }
  const [doubt] = doubts;
  if (doubt !== undefined) {
    return { ...subject, verdict: "unknown", because: doubt.why, assumptions: [] };
  }
  return {
    ...subject,
    verdict: "proved",
    because: "no role in the program that holds at it reaches in by the control plane",
    assumptions: sentences("rolesElsewhere", rights.derived && "sourceOfId"),
  };
}

function wayText(
  estate: Estate,
  { holding, does }: Right,
  activated: ReadonlySet<Holding>,
): string {
  const when = activated.has(holding) ? " once activated" : "";
  return `${holdingText(estate, holding)}${when}, which reaches in by ${listed(does)}`;
}
