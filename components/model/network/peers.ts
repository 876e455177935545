import type { Estate, Peering, VirtualNetwork } from "../estate/estate";
import { isInside, Outside, type Reference, Unknown } from "../estate/known";
import { type Bounds, possibly, surely } from "../packets/address-cells";
import { intervals } from "../packets/interval-set";

/** Whether something is so, where the graph may not tell. */
export type Certainty = "yes" | "no" | "maybe";

/** A network that another one is peered with, as that other one sees it. */
export interface Peer {
  readonly peering: Peering;
  readonly remote: Reference;
  readonly connected: Certainty;
  readonly ranges: Bounds;
}

/** What several possibilities come to: one that is so is enough. */
export function likeliest(certainties: readonly Certainty[]): Certainty {
  if (certainties.includes("yes")) return "yes";
  return certainties.includes("maybe") ? "maybe" : "no";
}

/** The peers of each network, with what is known of the half on the other side. */
export function peersByNetwork(
  estate: Estate,
  networks: ReadonlyMap<string, VirtualNetwork>,
  rangesOf: (network: Reference) => Bounds,
): Map<string, Peer[]> {
  const peers = new Map<string, Peer[]>();
  for (const peering of estate.peerings) {
    const { network, remote } = peering;
    const ranges = remoteRanges(peering, networks, rangesOf);
    // A half of which it is not known where it stands may be anybody's.
    const places = network instanceof Unknown ? [...networks.keys()] : [network];
    for (const place of places) {
      if (!isInside(place) || place === remote) continue;
      const connected = connectedBy(peering, place, estate.peerings, networks);
      const sure = isInside(network);
      const peer: Peer = {
        peering,
        remote,
        connected: sure || connected === "no" ? connected : "maybe",
        ranges: sure ? ranges : possibly(ranges.may),
      };
      const there = peers.get(place);
      if (there === undefined) peers.set(place, [peer]);
      else there.push(peer);
    }
  }
  return peers;
}

/** Whether a half that stands in that network has its other half. */
function connectedBy(
  peering: Peering,
  place: string,
  all: readonly Peering[],
  networks: ReadonlyMap<string, VirtualNetwork>,
): Certainty {
  const { remote, state } = peering;
  if (state?.toLowerCase() === "connected") return "yes";
  if (remote instanceof Unknown) return "maybe";
  const others = all.filter((other) => other !== peering);
  const is = (end: Reference, network: Reference): Certainty => {
    if (end instanceof Unknown) return "maybe";
    return sameEnd(end, network) ? "yes" : "no";
  };
  const back = likeliest(
    others.map((other): Certainty => {
      const ends = [is(other.network, remote), is(other.remote, place)];
      if (ends.includes("no")) return "no";
      return ends.includes("maybe") ? "maybe" : "yes";
    }),
  );
  if (back !== "no") return back;
  // What a network outside the graph, or one that is only read, has besides is not known.
  return isInside(remote) && networks.get(remote)?.external !== true ? "no" : "maybe";
}

function sameEnd(one: Reference, other: Reference): boolean {
  if (one instanceof Outside && other instanceof Outside) {
    return one.id.toLowerCase() === other.id.toLowerCase();
  }
  return one === other;
}

function remoteRanges(
  { remote, remoteRanges: told }: Peering,
  networks: ReadonlyMap<string, VirtualNetwork>,
  rangesOf: (network: Reference) => Bounds,
): Bounds {
  const inGraph = isInside(remote) && networks.has(remote);
  return inGraph || told === undefined ? rangesOf(remote) : surely(intervals(told));
}
