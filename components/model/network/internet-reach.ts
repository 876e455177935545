import type { Claim } from "../claims/claim";
import type { VirtualMachine } from "../estate/estate";
import { isInside, Outside, Unknown } from "../estate/known";
import { against, type Judgement } from "./answer";
import { NETWORK_ASSUMPTIONS } from "./assumptions";
import type { Addressed, Attachments } from "./attachments";
import { EVERY_PACKET, type Inbound } from "./inbound";
import { beside, judge } from "./judgement";
import { throughBalancers } from "./senders";
import type { Topology } from "./topology";

/** N4: no address of a VM is reachable from the Internet. */
export function notFromInternet(
  machine: VirtualMachine,
  topology: Topology,
  attachments: Attachments,
  inbound: Inbound,
): Claim {
  const { places, addressed, hidden } = attachments.of(machine);
  const own = addressed.flatMap((place) => {
    const { publicAddress } = place.configuration;
    return publicAddress === undefined ? [] : [ofItsOwn(place, topology)];
  });
  const balanced = judge(
    places.flatMap((place) => {
      const senders = throughBalancers(place);
      return EVERY_PACKET.map((packets) => inbound.find(place, { ...packets, senders }));
    }),
    "it",
  );
  const answers = [...own, balanced];
  const answer =
    against(answers) ??
    ({
      verdict: "proved",
      because: "it has no public address, and no load balancer leads the Internet to it",
      assumptions: [NETWORK_ASSUMPTIONS.adminRules],
    } as const);
  return { id: "N4", subject: machine.subject, ...beside(hidden, answer) };
}

/** A public address of its own: one changed rule away from open, whatever the rules say today. */
function ofItsOwn({ networkInterface, configuration }: Addressed, topology: Topology): Judgement {
  const { publicAddress } = configuration;
  if (publicAddress instanceof Unknown) {
    return { verdict: "unknown", because: publicAddress.why, assumptions: [] };
  }
  const found = topology.estate.publicAddresses.find(({ key }) => key === publicAddress);
  const name =
    found?.subject ?? (publicAddress instanceof Outside ? publicAddress.id : "a public address");
  return {
    verdict: "refuted",
    because: `${networkInterface.subject} has the public address ${name}, to which the Internet can send; only a rule could stop it`,
    assumptions: [],
    counterexample: {
      packet: {
        direction: "Inbound",
        source: "203.0.113.7",
        sourcePort: 50000,
        destination: name,
        destinationPort: 443,
        protocol: "Tcp",
      },
      hop: `from the Internet to the public address ${name}`,
      resource: isInside(publicAddress) ? name : networkInterface.subject,
    },
  };
}
