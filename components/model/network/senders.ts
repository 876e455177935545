import type { LoadBalancerRule } from "../estate/estate";
import { isInside, isKnown, Unknown } from "../estate/known";
import { type Bounds, EVERY_ADDRESS, possibly, PUBLIC, surely } from "../packets/address-cells";
import { protocolSet } from "../packets/guards";
import { type IntervalSet, subtract } from "../packets/interval-set";
import type { Attachment } from "./attachments";
import type { Certainty, Topology } from "./topology";

/** Somebody who can send a packet to an attachment, before any guard is asked. */
export interface Sender {
  /** Where the packet comes in, in words. */
  readonly hop: string;
  readonly addresses: Bounds;
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
    senders.push({ hop: over, addresses: as(connected, ranges) });
    const passes = and(connected, peering.forwarded);
    if (passes !== "no") {
      senders.push({
        hop: `${over}, which takes forwarded traffic`,
        addresses: as(passes, surely(EVERY_ADDRESS)),
      });
    }
  }
  const gateway = topology.gateway(network);
  if (gateway !== "no") {
    senders.push({
      hop: "through a network gateway",
      addresses: as(gateway, surely(EVERY_ADDRESS)),
    });
  }
  return [...senders, ...fromInternet(topology, attachment)];
}

/** Ways of the Internet to an attachment itself. */
export function fromInternet(topology: Topology, attachment: Attachment): Sender[] {
  const { must, may } = topology.virtualNetworkTag(attachment.subnet);
  const internet = { must: subtract(PUBLIC, may), may: subtract(PUBLIC, must) };
  const { publicAddress } = attachment.configuration;
  const senders: Sender[] = [];
  // A Standard address without any group takes nothing in.
  // https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses#sku
  const guarded =
    attachment.subnet.securityGroup !== undefined ||
    attachment.networkInterface.securityGroup !== undefined;
  if (publicAddress !== undefined && guarded) {
    const certainty = publicAddress instanceof Unknown ? "maybe" : "yes";
    senders.push({
      hop: "from the Internet to its public address",
      addresses: as(certainty, internet),
    });
  }
  const { balanced } = attachment;
  if (!isKnown(balanced)) {
    senders.push({ hop: "through a load balancer", addresses: possibly(internet.may) });
    return senders;
  }
  for (const rule of balanced) senders.push(...throughBalancer(rule, internet, guarded));
  return senders;
}

function throughBalancer(rule: LoadBalancerRule, internet: Bounds, guarded: boolean): Sender[] {
  const { frontendIsPublic, backendPorts, protocols } = rule;
  if (frontendIsPublic === false || !guarded) return [];
  const sure = isKnown(frontendIsPublic) && isKnown(backendPorts) && isKnown(protocols);
  return [
    {
      hop: `from the Internet through the load balancer's rule ${rule.subject}`,
      addresses: as(sure ? "yes" : "maybe", internet),
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
