import { parseAddress } from "../../components/model/address-range";
import type { Claim, Packet } from "../../components/model/claims/claim";
import { PUBLIC } from "../../components/model/packets/address-cells";
import { toldOnce } from "../told-once";
import type { NetworkScene, Scene } from "./scene";

/** An end of a packet's way: a network or one of its subnets, the Internet, or none of these. */
export type Place =
  | { readonly kind: "network"; readonly network: string; readonly subnet: string | undefined }
  | { readonly kind: "internet" }
  | { readonly kind: "elsewhere" };

/** A packet of a counterexample, to be drawn. */
export interface Flow {
  /** As it is called in the picture and in the list of what does not hold. */
  readonly number: number;
  readonly from: Place;
  readonly to: Place;
  /** Whether it gets in where it should not, or is stopped where it should get through. */
  readonly ends: "gets in" | "is stopped";
  /** What stops it stands where it leaves, and not where it arrives. */
  readonly leaving: boolean;
  readonly label: string;
}

/** Claims that ask for a packet to get through; the others ask that none does. */
const ASK_FOR_PASSAGE: ReadonlySet<string> = new Set(["N2", "N3", "N6"]);

/**
 * The packets that show what does not hold. One number stands for all claims that say the same.
 * @param claims in the order of the report
 */
export function flowsOf(claims: readonly Claim[], scene: Scene): Flow[] {
  return refutations(claims).flatMap(({ claim }, index): Flow[] => {
    const packet = claim.counterexample?.packet;
    if (packet === undefined) return [];
    const inside = placeOfSubject(claim.subject, scene);
    const away = ends(packet, scene);
    const inbound = packet.direction === "Inbound";
    return [
      {
        number: index + 1,
        from: inbound ? away.source : (inside ?? away.source),
        to: inbound ? (inside ?? away.destination) : away.destination,
        ends: ASK_FOR_PASSAGE.has(claim.id) ? "is stopped" : "gets in",
        leaving: !inbound,
        label: `${packet.protocol} ${packet.destinationPort}`,
      },
    ];
  });
}

/** What does not hold, in the order in which it is numbered. */
export function refutations(claims: readonly Claim[]): ReturnType<typeof toldOnce> {
  return toldOnce(claims.filter(({ verdict }) => verdict === "refuted"));
}

function ends(packet: Packet, scene: Scene): { source: Place; destination: Place } {
  return { source: placeOf(packet.source, scene), destination: placeOf(packet.destination, scene) };
}

/** Where a VM stands that a claim is about, or a network's first VM. */
function placeOfSubject(subject: string, scene: Scene): Place | undefined {
  for (const network of [...scene.hubs, ...scene.spokes]) {
    for (const subnet of network.subnets) {
      if (subnet.machines.some(({ name }) => name === subject) || subnet.bastion === subject) {
        return { kind: "network", network: network.key, subnet: subnet.key };
      }
    }
  }
  return undefined;
}

function placeOf(text: string, scene: Scene): Place {
  const address = parseAddress(text);
  // A service tag stands for addresses that only Azure knows, all of them public.
  if (address === undefined) return { kind: "internet" };
  const [place] = [...scene.hubs, ...scene.spokes].flatMap((network) => placesIn(network, address));
  if (place !== undefined) return place;
  const isPublic = PUBLIC.some(({ first, last }) => first <= address && address <= last);
  return isPublic ? { kind: "internet" } : { kind: "elsewhere" };
}

function placesIn(network: NetworkScene, address: number): Place[] {
  const holds = ({ spans }: Pick<NetworkScene, "spans">): boolean =>
    spans.some(({ first, last }) => first <= address && address <= last);
  if (!holds(network)) return [];
  return [{ kind: "network", network: network.key, subnet: network.subnets.find(holds)?.key }];
}
