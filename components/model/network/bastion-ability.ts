import { CUSTOM_PORTS, PEERED_NETWORKS } from "../bastion-sku";
import type { BastionHost } from "../estate/estate";
import { isKnown, type Known } from "../estate/known";
import { SIGN_IN_PORT } from "../management-ports";

const PROTOCOL_PORTS: readonly number[] = Object.values(SIGN_IN_PORT);

/**
 * What keeps a host's SKU from a VM; undefined where it can: reach a peered network, connect to other ports than the
 * protocols' own.
 */
export function lackOf(
  { subject, sku }: BastionHost,
  peered: boolean,
  ports: readonly number[],
): Known<string> | undefined {
  const custom = ports.filter((port) => !PROTOCOL_PORTS.includes(port));
  const needs = [
    ...(peered ? [{ able: PEERED_NETWORKS, what: "reaches no peered network" }] : []),
    ...(custom.length > 0
      ? [{ able: CUSTOM_PORTS, what: `connects to 22 and 3389 only, not to ${custom.join(", ")}` }]
      : []),
  ];
  if (needs.length === 0) return undefined;
  if (!isKnown(sku)) return sku;
  const lacking = needs.find(({ able }) => !able.some((one) => one === sku));
  return lacking === undefined ? undefined : `${subject} has SKU ${sku}, which ${lacking.what}`;
}
