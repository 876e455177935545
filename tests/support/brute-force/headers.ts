import type { Protocol } from "../../../components/model/estate/estate";
import type { Ground } from "./ground";

/** What a packet has besides its ends. */
export interface Header {
  readonly protocol: Protocol;
  readonly sourcePort: number;
  readonly destinationPort: number;
}

/** Only `*` as a port holds it. */
const NO_PORT = -1;
export const WITH_PORTS: readonly Protocol[] = ["Tcp", "Udp"];
export const EVERY_PROTOCOL: readonly Protocol[] = ["Tcp", "Udp", "Icmp", "Esp", "Ah"];

/** Headers of some protocols to some ports, from each port that a rule could tell from another. */
export function headers(
  ground: Ground,
  protocols: readonly Protocol[],
  ports: readonly number[],
  sourcePorts: readonly number[] = ground.sourcePorts,
): Header[] {
  return protocols.flatMap((protocol): Header[] =>
    WITH_PORTS.includes(protocol)
      ? ports.flatMap((destinationPort) =>
          sourcePorts.map((sourcePort) => ({ protocol, sourcePort, destinationPort })),
        )
      : [{ protocol, sourcePort: NO_PORT, destinationPort: NO_PORT }],
  );
}
