import type { Claim } from "../claims/claim";
import type { Estate } from "../estate/estate";
import { Attachments } from "./attachments";
import { bastionGuarded, bastionPlaces } from "./bastion-guard";
import { BastionReaches } from "./bastion-reaches";
import { noOtherAdministration, onlyBastionReaches } from "./closed-ports";
import { Inbound } from "./inbound";
import { notFromInternet } from "./internet-reach";
import { Outbound } from "./outbound";
import { SpokesApart } from "./spokes-apart";
import { Topology } from "./topology";
import { WayOut } from "./way-out";

/** The network theorem: N1 to N7 of an estate, each decided over every packet. docs/claims.md defines them. */
export function networkClaims(estate: Estate): Claim[] {
  const topology = new Topology(estate);
  const attachments = new Attachments(topology);
  const inbound = new Inbound(topology, attachments);
  const outbound = new Outbound(topology, attachments);
  const bastion = new BastionReaches(topology, attachments, inbound, outbound);
  const { machines } = estate;
  return [
    ...machines.map((machine) => onlyBastionReaches(machine, topology, attachments, inbound)),
    ...machines.map((machine) => bastion.claim(machine)),
    ...bastionPlaces(topology).map((place) => bastionGuarded(place, topology)),
    ...machines.map((machine) => notFromInternet(machine, topology, attachments, inbound)),
    ...new SpokesApart(topology, attachments, inbound).claims(),
    ...new WayOut(topology, attachments, outbound).claims(),
    ...machines.map((machine) => noOtherAdministration(machine, attachments, inbound)),
  ];
}
