import { mistake, type Mistake } from "../../support/seeded";
import { NOT_KNOWN } from "../identity/plain-program";
import {
  SPOKE_NETWORK,
  SPOKE_SUBJECT,
  address,
  balancer,
  opened,
  publicFront,
  then,
  third,
} from "./network-changes";

/** Mistakes by which a VM has an address that the Internet reaches, or a neighbour. */
export const REACHED_VMS: readonly Mistake[] = [
  mistake("a public address", address(publicFront), "N4", /web-vm$/),
  mistake(
    "a public address that is computed",
    address({ publicIPAddress: { id: NOT_KNOWN } }),
    "N4",
    /web-vm$/,
    "unknown",
  ),
  mistake(
    "a public load balancer before an open port",
    then(
      opened({ sourceAddressPrefix: "Internet", destinationPortRange: "443" }),
      balancer(publicFront),
    ),
    "N4",
    /web-vm$/,
  ),
  mistake(
    "a public load balancer before a closed port",
    balancer(publicFront),
    "N4",
    /web-vm$/,
    "proved",
  ),
  mistake(
    "an internal load balancer before an open port",
    then(
      opened({ sourceAddressPrefix: "Internet", destinationPortRange: "443" }),
      balancer({ subnet: { id: `${SPOKE_NETWORK}/subnets/snet-vm` } }),
    ),
    "N4",
    /web-vm$/,
    "proved",
  ),
  mistake(
    "a peering to a third network, and a rule that lets it in",
    then(third(2), opened({ sourceAddressPrefix: "10.70.0.0/24", destinationPortRange: "443" })),
    "N5",
    SPOKE_SUBJECT,
  ),
  mistake(
    "a peering to a third network, and VirtualNetwork let in on SSH",
    then(third(2), opened({ sourceAddressPrefix: "VirtualNetwork" })),
    "N5",
    SPOKE_SUBJECT,
  ),
  mistake(
    "half a peering to a third network carries nothing",
    then(third(1), opened({ sourceAddressPrefix: "10.70.0.0/24", destinationPortRange: "443" })),
    "N5",
    SPOKE_SUBJECT,
    "proved",
  ),
];
