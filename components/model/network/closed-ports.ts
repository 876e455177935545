import type { Claim, ClaimId } from "../claims/claim";
import type { VirtualMachine } from "../estate/estate";
import { REMOTE_ADMINISTRATION_PORTS, SIGN_IN_PORT } from "../management-ports";
import { PORTED, protocolSet } from "../packets/guards";
import { points } from "../packets/interval-set";
import type { Attachment, Attachments } from "./attachments";
import type { Finding, Inbound } from "./inbound";
import { beside, judge } from "./judgement";
import type { Topology } from "./topology";

/** Protocols that have ports. */
const WITH_PORTS = protocolSet(PORTED);
const SIGN_IN_PORTS: readonly number[] = Object.values(SIGN_IN_PORT);
/** Ports of remote administration besides those of sign-in. */
const OTHER_PORTS = Object.keys(REMOTE_ADMINISTRATION_PORTS)
  .map(Number)
  .filter((port) => !SIGN_IN_PORTS.includes(port));

/** N1: only the Bastion subnet reaches a VM's management ports. */
export function onlyBastionReaches(
  machine: VirtualMachine,
  topology: Topology,
  attachments: Attachments,
  inbound: Inbound,
): Claim {
  const { customPorts } = topology.estate.declared;
  const ports = [...new Set([...SIGN_IN_PORTS, ...machine.signInPorts, ...customPorts])];
  const asked = `${ports.join(", ")} from outside the Bastion subnet`;
  return closed("N1", machine, asked, attachments, (attachment) =>
    inbound.find(attachment, {
      localPort: points(ports),
      protocol: WITH_PORTS,
      exceptBastion: true,
    }),
  );
}

/** N7: nobody reaches another port of remote administration. */
export function noOtherAdministration(
  machine: VirtualMachine,
  attachments: Attachments,
  inbound: Inbound,
): Claim {
  const asked = `${OTHER_PORTS.join(", ")} from anywhere`;
  return closed("N7", machine, asked, attachments, (attachment) =>
    inbound.find(attachment, {
      localPort: points(OTHER_PORTS),
      protocol: WITH_PORTS,
    }),
  );
}

function closed(
  id: ClaimId,
  machine: VirtualMachine,
  asked: string,
  attachments: Attachments,
  find: (attachment: Attachment) => Finding,
): Claim {
  const { places, hidden } = attachments.of(machine);
  return { id, subject: machine.subject, ...beside(hidden, judge(places.map(find), asked)) };
}
