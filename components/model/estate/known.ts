/** What cannot be known from the graph, and why. Never taken for safe. */
export class Unknown {
  public constructor(public readonly why: string) {}
}

/** A value, or the reason why it is not known. */
export type Known<Type> = Type | Unknown;

export function isKnown<Type>(value: Known<Type>): value is Type {
  return !(value instanceof Unknown);
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
