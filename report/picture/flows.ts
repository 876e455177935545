import { parseAddress } from "../../components/model/address-range";
import type { Claim, Packet } from "../../components/model/claims/claim";
import { PUBLIC } from "../../components/model/packets/address-cells";
import { toldOnce } from "../told-once";
import type { NetworkScene, Scene } from "./scene";

/** An end of a packet's way: a subnet of the picture, the Internet, or somewhere that is not drawn. */
export type Place =
  | { readonly kind: "subnet"; readonly network: string; readonly subnet: string }
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
        return { kind: "subnet", network: network.key, subnet: subnet.key };
      }
    }
  }
  return undefined;
}

function placeOf(text: string, scene: Scene): Place {
  const address = parseAddress(text);
  // A service tag stands for addresses that only Azure knows, all of them public.
  if (address === undefined) return { kind: "internet" };
  const found = [...scene.hubs, ...scene.spokes].flatMap((network) => subnetWith(address, network));
  const [place] = found;
  if (place !== undefined) return place;
  const isPublic = PUBLIC.some(({ first, last }) => first <= address && address <= last);
  return isPublic ? { kind: "internet" } : { kind: "elsewhere" };
}

function subnetWith(address: number, { key, subnets }: NetworkScene): Place[] {
  const found = subnets.find(({ spans }) =>
    spans.some(({ first, last }) => first <= address && address <= last),
  );
  return found === undefined ? [] : [{ kind: "subnet", network: key, subnet: found.key }];
}
