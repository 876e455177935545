/** What may stand at a place of a body, in azure-native's names and in those of the wire. */
export type Shape =
  | { readonly kind: "any" | "string" | "number" | "boolean" | "date" }
  | { readonly kind: "list" | "map"; readonly of: Shape }
  /** A map of ids to nothing much on the wire, a list of ids in azure-native (`userAssignedIdentities`). */
  | { readonly kind: "set" }
  | ObjectShape;

export interface ObjectShape {
  readonly kind: "object";
  /** Properties by azure-native's name. A function, because types of Azure contain themselves. */
  readonly fields: () => ReadonlyMap<string, Field>;
  /** The type that a discriminator names, where there is one. */
  readonly variant?: (value: Readonly<Record<string, unknown>>) => ObjectShape | undefined;
}

export interface Field {
  /** Where it stands in the body: `["properties", "scaleUnits"]`. */
  readonly wire: readonly string[];
  /** Name in the model of Microsoft's client, where it is not azure-native's. */
  readonly clientName?: string;
  readonly readOnly: boolean;
  readonly required: boolean;
  readonly shape: Shape;
}

/** The fields that hold for a value, those of its variant included. */
export function fieldsOf(
  shape: ObjectShape,
  value: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, Field> {
  return (shape.variant?.(value) ?? shape).fields();
}
