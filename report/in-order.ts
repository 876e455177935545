const COLLATOR = new Intl.Collator("en", { numeric: true });

/** Order of names as people read them (vm-2 before vm-10), the same on every machine. */
export function compareNames(one: string, other: string): number {
  const collated = COLLATOR.compare(one, other);
  if (collated !== 0) return collated;
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Items in the order of their names; equal names stay as they are. */
export function inOrder<Item>(items: readonly Item[], nameOf: (item: Item) => string): Item[] {
  return [...items].sort((one, other) => compareNames(nameOf(one), nameOf(other)));
}
