import type { ClaimId, Verdict } from "../../../components/model/claims/claim";
import type { Estate, Subnet } from "../../../components/model/estate/estate";
import { bastionGroup, bastionReaches } from "./bastion-claims";
import { extensionGetsOut } from "./egress-claim";
import {
  isHub,
  noOtherSpoke,
  noRemoteAdministration,
  noWayFromInternet,
  onlyBastion,
} from "./exposure";
import { Ground } from "./ground";
import { decide, type Formula, open } from "./worlds";

export interface Judgement {
  readonly id: ClaimId;
  readonly subject: string;
  /** Proved where it holds in every world that the estate may turn out to be, refuted where in none. */
  readonly verdict: Verdict;
  /**
   * The same where each rule and each packet is judged by itself, as docs/claims.md has it: `unknown` where
   * the worlds agree but no single packet shows it, else no different from `verdict`.
   */
  readonly loose: () => Verdict;
}

/** The network claims of an estate, by brute force: packet by packet, in each of its worlds. */
export function oracle(estate: Estate): Judgement[] {
  const ground = new Ground(estate);
  const judged: Judgement[] = [];
  const judge = (id: ClaimId, subject: string, formula: Formula): void => {
    const { verdict, loose } = decide(formula);
    judged.push({
      id,
      subject,
      verdict: beside(estate, verdict),
      loose: () => beside(estate, loose()),
    });
  };
  for (const machine of estate.machines) {
    judge("N1", machine.subject, onlyBastion(ground, machine));
    judge("N2", machine.subject, bastionReaches(ground, machine));
    judge("N4", machine.subject, noWayFromInternet(ground, machine));
    if (estate.loginExtensions.some((extension) => extension.machine === machine.key)) {
      judge("N6", machine.subject, extensionGetsOut(ground, machine));
    }
    judge("N7", machine.subject, noRemoteAdministration(ground, machine));
  }
  for (const [subject, subnet] of bastionSubnets(ground)) {
    const formula =
      subnet === undefined ? open(`what ${subject} is`) : bastionGroup(ground, subnet);
    judge("N3", subject, formula);
  }
  for (const network of estate.networks) {
    const inIt = estate.machines.flatMap((machine) => ground.seats(machine).seats);
    if (isHub(ground, network.key)) continue;
    if (inIt.some((seat) => seat.network === network.key)) {
      judge("N5", network.subject, noOtherSpoke(ground, network.key));
    }
  }
  return judged;
}

/** Subnets that hosts stand in; where one is not in the estate, the host gives its name. A host may have none. */
function bastionSubnets(ground: Ground): Map<string, Subnet | undefined> {
  const found = new Map<string, Subnet | undefined>();
  for (const host of ground.estate.bastionHosts) {
    if (host.subnet === undefined) continue;
    const subnet = ground.subnet(host.subnet);
    found.set(subnet?.subject ?? host.subject, subnet);
  }
  // Only a host may stand in a subnet of that name, in the estate or not.
  for (const subnet of ground.estate.subnets) {
    if (subnet.name === "AzureBastionSubnet") found.set(subnet.subject, subnet);
  }
  return found;
}

/** Beside something that nobody could read, nothing is called proved. */
function beside(estate: Estate, verdict: Verdict): Verdict {
  const unread = estate.unread.some(({ bearsOn }) => bearsOn.includes("network"));
  return unread && verdict === "proved" ? "unknown" : verdict;
}
