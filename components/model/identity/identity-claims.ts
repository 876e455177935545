import { besideUnread } from "../claims/beside-unread";
import type { Claim } from "../claims/claim";
import type { Estate } from "../estate/estate";
import { boundedActivation } from "./activation";
import { noWayRound } from "./control-plane";
import { onlyBreakGlass } from "./exclusions";
import { guardsStand } from "./guard-changes";
import { noLocalCredential } from "./local-credentials";
import { noStandingSignIn } from "./no-standing-sign-in";
import { phishingResistance } from "./phishing-resistance";

/**
 * The identity claims, I1 to I7, in the order of their ids. Nothing is called proved beside something that
 * was not understood and bears on identity.
 */
export function identityClaims(estate: Estate): Claim[] {
  const claims = [
    ...noStandingSignIn(estate),
    ...boundedActivation(estate),
    ...phishingResistance(estate),
    ...onlyBreakGlass(estate),
    ...noWayRound(estate),
    ...guardsStand(estate),
    ...noLocalCredential(estate),
  ];
  return besideUnread(claims, estate.unread, "identity");
}
