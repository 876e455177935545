/** Items by what they have in common, in the order in which they come. */
export function grouped<Item, Key>(
  items: readonly Item[],
  by: (item: Item) => Key,
): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = by(item);
    const there = groups.get(key);
    if (there === undefined) groups.set(key, [item]);
    else there.push(item);
  }
  return groups;
}
