import type { LoadBalancerRule } from "../estate/estate";
import { isInside, isKnown, Unknown } from "../estate/known";
import { type Bounds, EVERY_ADDRESS, possibly, PUBLIC, surely } from "../packets/address-cells";
import { protocolSet } from "../packets/guards";
import type { IntervalSet } from "../packets/interval-set";
import { type Attachment, ownInterfaces } from "./attachments";
import { bastionAddressesIn } from "./bastion-addresses";
import type { Certainty } from "./peers";
import type { Topology } from "./topology";

/** Somebody who can send a packet to an attachment, before any guard is asked. */
export interface Sender {
  /** Where the packet comes in, in words. */
  readonly hop: string;
  readonly addresses: Bounds;
  /** Those of them that are Bastion's: where this sender is real at all, so is its Bastion. */
  readonly bastion?: Bounds;
  /** Ports and protocols of a load balancer's rule; all others where left out. */
  readonly localPort?: IntervalSet;
  readonly protocol?: IntervalSet;
}

/** Who can send to an attachment: its own network, its peers, what they pass on, gateways, the Internet. */
export function sendersTo(topology: Topology, attachment: Attachment): Sender[] {
  const { subnet } = attachment;
  const { network } = subnet;
  const senders: Sender[] = [
    { hop: "from inside its own network", addresses: topology.ranges(network) },
  ];
  if (!isInside(network)) {
    senders.push({
      hop: "from a network that is not in the graph",
      addresses: possibly(EVERY_ADDRESS),
    });
  }
  for (const { peering, connected, ranges } of topology.peers(network)) {
    if (connected === "no") continue;
    const over = `over the peering ${peering.subject}`;
    const bastion = bastionAddressesIn(topology, peering.remote);
    senders.push({ hop: over, addresses: as(connected, ranges), bastion });
    const passes = and(connected, peering.forwarded);
    if (passes !== "no") {
      senders.push({
        hop: `${over}, which takes forwarded traffic`,
        addresses: as(passes, surely(EVERY_ADDRESS)),
      });
    }
  }
  const passedOn = topology.forwarder(network, ownInterfaces(attachment));
  if (passedOn !== "no") {
    senders.push({
      hop: "through an interface of its own network that forwards",
      addresses: as(passedOn, surely(EVERY_ADDRESS)),
    });
  }
  const gateway = topology.gateway(network);
  if (gateway !== "no") {
    senders.push({
      hop: "through a network gateway",
      addresses: as(gateway, surely(EVERY_ADDRESS)),
    });
  }
  return [...senders, ...fromInternet(attachment)];
}

/** Ways of the Internet to an attachment: its own public address, and load balancers. */
function fromInternet(attachment: Attachment): Sender[] {
  const { publicAddress } = attachment.configuration;
  const own =
    publicAddress === undefined || !isGuarded(attachment)
      ? []
      : [
          {
            hop: "from the Internet to its public address",
            addresses: as(publicAddress instanceof Unknown ? "maybe" : "yes", INTERNET),
          },
        ];
  return [...own, ...throughBalancers(attachment)];
}

/** What the Internet can send through load balancers. */
export function throughBalancers(attachment: Attachment): Sender[] {
  const { balanced, otherwiseBalanced } = attachment;
  if (!isGuarded(attachment)) return [];
  const sure = balanced.flatMap(throughBalancer);
  if (otherwiseBalanced === undefined) return sure;
  return [
    ...sure,
    {
      hop: "through a load balancer",
      addresses: possibly(PUBLIC),
      // It carries nothing else: https://learn.microsoft.com/azure/load-balancer/components
      protocol: protocolSet(["Tcp", "Udp"]),
    },
  ];
}

const INTERNET = surely(PUBLIC);

/**
 * A Standard public address, and a Standard balancer, take nothing in where no group stands.
 * Source: https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses#sku
 */
function isGuarded({ subnet, networkInterface }: Attachment): boolean {
  return subnet.securityGroup !== undefined || networkInterface.securityGroup !== undefined;
}

function throughBalancer(rule: LoadBalancerRule): Sender[] {
  const { frontendIsPublic, backendPorts, protocols } = rule;
  if (frontendIsPublic === false) return [];
  const sure = isKnown(frontendIsPublic) && isKnown(backendPorts) && isKnown(protocols);
  return [
    {
      hop: `from the Internet through the load balancer's rule ${rule.subject}`,
      addresses: as(sure ? "yes" : "maybe", INTERNET),
      ...(isKnown(backendPorts) ? { localPort: [backendPorts] } : {}),
      ...(isKnown(protocols) ? { protocol: protocolSet(protocols) } : {}),
    },
  ];
}

function as(certainty: Certainty, bounds: Bounds): Bounds {
  return certainty === "yes" ? bounds : possibly(bounds.may);
}

function and(connected: Certainty, flag: boolean | Unknown): Certainty {
  if (flag === false) return "no";
  return flag === true ? connected : "maybe";
}
