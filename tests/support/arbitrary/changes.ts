import fc from "fast-check";
import type { Estate } from "../../../components/model/estate/estate";
import type { Draft } from "../estate-parts";

/** Something about an estate that is otherwise than it should be, or not known. */
export type Change = (estate: Draft<Estate>) => void;

/** Picks one of what is there; an estate without any stays as it is. */
export function one<Item>(
  items: readonly Item[],
  place: number,
  change: (item: Item) => void,
): void {
  const item = items[place % Math.max(1, items.length)];
  if (item !== undefined) change(item);
}

/** A change of one of some parts: which of them, and to what. */
export function changeOf<Item, Value>(
  items: (estate: Draft<Estate>) => readonly Item[],
  value: fc.Arbitrary<Value>,
  change: (item: Item, value: Value, estate: Draft<Estate>) => void,
): fc.Arbitrary<Change> {
  return fc.tuple(fc.nat({ max: 11 }), value).map(([place, to]): Change => (estate) => {
    one(items(estate), place, (item) => {
      change(item, to, estate);
    });
  });
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
