/** Whole numbers from `first` to `last`, both included. */
export interface Interval {
  readonly first: number;
  readonly last: number;
}

/** A set of whole numbers: intervals in order, none touching the next. */
export type IntervalSet = readonly Interval[];

export const NOTHING: IntervalSet = [];

/** The set that some intervals make together, in whatever order and overlap they come. */
export function intervals(parts: readonly Interval[]): IntervalSet {
  const ordered = parts
    .filter(({ first, last }) => first <= last)
    .toSorted((one, other) => one.first - other.first);
  const set: { first: number; last: number }[] = [];
  for (const { first, last } of ordered) {
    const previous = set.at(-1);
    if (previous === undefined || first > previous.last + 1) set.push({ first, last });
    else if (last > previous.last) previous.last = last;
  }
  return set;
}

/** The set of single numbers. */
export function points(numbers: readonly number[]): IntervalSet {
  return intervals(numbers.map((number) => ({ first: number, last: number })));
}

export function union(...sets: readonly IntervalSet[]): IntervalSet {
  const [only, another] = sets.filter((set) => set.length > 0);
  return another === undefined ? (only ?? NOTHING) : intervals(sets.flat());
}

export function intersect(one: IntervalSet, other: IntervalSet): IntervalSet {
  const common: Interval[] = [];
  let here = 0;
  let there = 0;
  for (;;) {
    const a = one[here];
    const b = other[there];
    if (a === undefined || b === undefined) return common;
    const first = Math.max(a.first, b.first);
    const last = Math.min(a.last, b.last);
    if (first <= last) common.push({ first, last });
    if (a.last < b.last) here += 1;
    else there += 1;
  }
}

/** What is in `whole` and not in `part`. */
export function subtract(whole: IntervalSet, part: IntervalSet): IntervalSet {
  if (part.length === 0) return whole;
  const left: Interval[] = [];
  let index = 0;
  for (const { first, last } of whole) {
    let from = first;
    while (index < part.length && (part[index]?.last ?? 0) < from) index += 1;
    for (let at = index; from <= last; at += 1) {
      const cut = part[at];
      if (cut === undefined || cut.first > last) break;
      if (cut.first > from) left.push({ first: from, last: cut.first - 1 });
      from = cut.last + 1;
    }
    if (from <= last) left.push({ first: from, last });
  }
  return left;
}

export function covers(whole: IntervalSet, part: IntervalSet): boolean {
  return subtract(part, whole).length === 0;
}

export function holds(set: IntervalSet, number: number): boolean {
  return set.some(({ first, last }) => first <= number && number <= last);
}
