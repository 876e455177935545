import { asTexts, at } from "../json";
import type { StoredResource } from "../store";
import { overlap, type AddressPrefix } from "./address-prefix";
import { checkedPrefix } from "./names";

/** The address prefixes of a stored network. */
export function networkSpaces(network: StoredResource): AddressPrefix[] {
  return asTexts(at(network.body, "properties.addressSpace.addressPrefixes")).map((prefix) =>
    checkedPrefix(prefix, network.id),
  );
}

/** The first list's prefixes that overlap one of the second's. */
export function overlapping(a: readonly AddressPrefix[], b: readonly AddressPrefix[]): string[] {
  return a.filter((left) => b.some((right) => overlap(left, right))).map((prefix) => prefix.text);
}
