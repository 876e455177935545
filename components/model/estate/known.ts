/** What cannot be known from the graph, and why. Never taken for safe. */
export class Unknown {
  public constructor(public readonly why: string) {}
}

/** A value, or the reason why it is not known. */
export type Known<Type> = Type | Unknown;

export function isKnown<Type>(value: Known<Type>): value is Type {
  return !(value instanceof Unknown);
}

/** All of a list or, where one is not known, not known as a whole. */
export function everyKnown<Type>(values: readonly Known<Type>[]): Known<readonly Type[]> {
  const known: Type[] = [];
  for (const value of values) {
    if (!isKnown(value)) return value;
    known.push(value);
  }
  return known;
}

/** Whether all hold: one that does not decides, then one that is not known. */
export function allOf(answers: readonly Known<boolean>[]): Known<boolean> {
  if (answers.includes(false)) return false;
  return answers.find((answer) => answer instanceof Unknown) ?? true;
}

/** Whether any holds: one that does decides, then one that is not known. */
export function anyOf(answers: readonly Known<boolean>[]): Known<boolean> {
  if (answers.includes(true)) return true;
  return answers.find((answer) => answer instanceof Unknown) ?? false;
}

/** Something that stands outside the graph, known by its id alone. */
export class Outside {
  public constructor(public readonly id: string) {}
}

/** A reference: the key of what it points to, something outside the graph, or not known. */
export type Reference = string | Outside | Unknown;

export function isInside(reference: Reference | undefined): reference is string {
  return typeof reference === "string";
}
