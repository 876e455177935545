import type { CompositeMapper, Mapper, Serializer } from "@azure/core-client";
import type { Field, ObjectShape, Shape } from "./shape";

/** The models of one of Microsoft's clients, by class name, as its serializer keeps them. */
export type Models = Serializer["modelMappers"];

function compositeOf(mapper: CompositeMapper, models: Models): CompositeMapper {
  const { modelProperties, className } = mapper.type;
  if (modelProperties !== undefined || className === undefined) return mapper;
  return (models[className] as CompositeMapper | undefined) ?? mapper;
}

function fieldsOf(mapper: CompositeMapper, models: Models): ReadonlyMap<string, Field> {
  const properties = compositeOf(mapper, models).type.modelProperties ?? {};
  const fields = new Map<string, Field>();
  const conflicts = new Map<string, Field>();
  for (const [client, property] of Object.entries(properties)) {
    const wire = (property.serializedName ?? client).split(".");
    const field: Field = {
      wire,
      clientName: client,
      readOnly: property.readOnly === true,
      required: property.required === true,
      shape: shapeOf(property, models),
    };
    // Microsoft's generator calls `properties.type` typePropertiesType beside a top-level `type`; azure-native has
    // one `type`, which is the writable one among the inputs (VirtualMachineExtension).
    const flattened = /^(.+)Properties[A-Z]\w*$/.exec(client)?.[1];
    const last = wire[wire.length - 1];
    if (flattened !== undefined && flattened === last && flattened in properties) {
      conflicts.set(flattened, field);
    } else fields.set(client, field);
  }
  for (const [name, field] of conflicts) {
    if (!field.readOnly) fields.set(name, field);
  }
  return fields;
}

function variantOf(mapper: CompositeMapper, models: Models): ObjectShape["variant"] {
  const { polymorphicDiscriminator, uberParent, className } = compositeOf(mapper, models).type;
  if (polymorphicDiscriminator === undefined) return undefined;
  const discriminators = models.discriminators as
    Readonly<Record<string, CompositeMapper>> | undefined;
  return (value) => {
    const named = value[polymorphicDiscriminator.clientName];
    if (typeof named !== "string") return undefined;
    const found = discriminators?.[`${uberParent ?? className ?? ""}.${named}`];
    return found === undefined ? undefined : objectOf(found, models);
  };
}

const known = new WeakMap<CompositeMapper, ObjectShape>();

function objectOf(mapper: CompositeMapper, models: Models): ObjectShape {
  const composite = compositeOf(mapper, models);
  const before = known.get(composite);
  if (before !== undefined) return before;
  let fields: ReadonlyMap<string, Field> | undefined;
  const variant = variantOf(composite, models);
  const shape: ObjectShape = {
    kind: "object",
    fields: () => (fields ??= fieldsOf(composite, models)),
    ...(variant === undefined ? {} : { variant }),
  };
  known.set(composite, shape);
  return shape;
}

/** Reads a shape from the mapper with which Microsoft's client serialises. */
export function shapeOf(mapper: Mapper, models: Models): Shape {
  const { type } = mapper;
  switch (type.name) {
    case "Composite":
      return objectOf(mapper as CompositeMapper, models);
    case "Sequence":
      return { kind: "list", of: shapeOf((type as { element: Mapper }).element, models) };
    case "Dictionary": {
      // `{ "<id>": {} }`: the generator of azure-native turns a map to values without writable properties into a list.
      const value = (type as { value: Mapper }).value;
      if (value.type.name === "Composite") {
        const fields = [
          ...objectOf(value as CompositeMapper, models)
            .fields()
            .values(),
        ];
        if (fields.every((field) => field.readOnly)) return { kind: "set" };
      }
      return { kind: "map", of: shapeOf(value, models) };
    }
    case "Number":
      return { kind: "number" };
    case "Boolean":
      return { kind: "boolean" };
    case "DateTime":
    case "Date":
      return { kind: "date" };
    case "String":
    case "Enum":
    case "Uuid":
    case "TimeSpan":
      return { kind: "string" };
    default:
      return { kind: "any" };
  }
}
