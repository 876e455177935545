import type { Claim } from "../claims/claim";
import type { Estate, VirtualMachine } from "../estate/estate";
import { sentences } from "./assumptions";
import { RightsByScope, rightsTo } from "./rights";
import { SIGN_IN } from "./ways-in";
import { heldRight, holdingText, listed } from "./wording";

/** I1: no role assignment at the VM, or anywhere above it, lets somebody sign in without activation. */
export function noStandingSignIn(estate: Estate): Claim[] {
  const standing = new RightsByScope(rightsTo(estate.assignments, [SIGN_IN]));
  return estate.machines.map((machine) => claim(estate, machine, standing));
}

function claim(
  estate: Estate,
  machine: VirtualMachine,
  standing: RightsByScope<Estate["assignments"][number]>,
): Claim {
  const { certain, doubts } = standing.over(machine);
  const subject = { id: "I1", subject: machine.subject } as const;
  const [first] = certain;
  if (first !== undefined) {
    const holders = certain.map(({ holding }) => holdingText(estate, holding));
    return {
      ...subject,
      verdict: "refuted",
      because: `${listed(holders)}, which signs in without activation`,
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
    because: "no role assignment in the program that holds at it gives a sign-in",
    assumptions: sentences("rolesElsewhere", standing.derived && "sourceOfId"),
  };
}
