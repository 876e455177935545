import fc from "fast-check";
import type { Estate } from "../../../components/model/estate/estate";
import type { Draft } from "../estate-parts";

/** Something about an estate that is otherwise than it should be, or not known. */
export interface Change {
  readonly text: string;
  readonly apply: (estate: Draft<Estate>) => void;
}

/** A change of one of some parts: which of them, and to what. Where there is none, nothing changes. */
export function changeOf<Item, Value>(
  what: string,
  items: (estate: Draft<Estate>) => readonly Item[],
  value: fc.Arbitrary<Value>,
  change: (item: Item, value: Value, estate: Draft<Estate>) => void,
): fc.Arbitrary<Change> {
  return fc.tuple(fc.nat({ max: 11 }), value).map(([place, to]): Change => ({
    text: `${what} ${place} ${to === undefined ? "" : fc.stringify(to)}`,
    apply: (estate) => {
      const found = items(estate);
      const item = found[place % Math.max(1, found.length)];
      if (item !== undefined) change(item, to, estate);
    },
  }));
}

export const nothing = fc.constant(undefined);

/** Subnets with machines, and those of Bastion. */
export const machineSubnets = (estate: Draft<Estate>): Draft<Estate>["subnets"] =>
  estate.subnets.filter(({ name }) => name !== "AzureBastionSubnet");
export const bastionSubnets = (estate: Draft<Estate>): Draft<Estate>["subnets"] =>
  estate.subnets.filter(({ name }) => name === "AzureBastionSubnet");
/** Addresses of all interfaces. */
export const configurations = (
  estate: Draft<Estate>,
): Exclude<Draft<Estate>["interfaces"][number]["configurations"], { why: string }> =>
  estate.interfaces.flatMap(({ configurations: list }) => (Array.isArray(list) ? list : []));
