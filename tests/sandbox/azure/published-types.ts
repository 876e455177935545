import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Microsoft's published type definitions, read where they lie; not part of this project. */
const folder = resolve(__dirname, "../../../../shared/specs");

interface Reference {
  readonly $ref: string;
}

interface Property {
  readonly type: Reference;
  /** 1 required, 2 read-only, 4 write-only, 8 constant at deployment, 16 identifier. */
  readonly flags?: number;
}

type TypeDefinition =
  | { readonly $type: "ResourceType"; readonly name: string; readonly body: Reference }
  | {
      readonly $type: "ObjectType";
      readonly name: string;
      readonly properties: Readonly<Record<string, Property>>;
      readonly additionalProperties?: Reference;
    }
  | {
      readonly $type: "DiscriminatedObjectType";
      readonly name: string;
      readonly discriminator: string;
      readonly baseProperties: Readonly<Record<string, Property>>;
      readonly elements: Readonly<Record<string, Reference>>;
    }
  | { readonly $type: "ArrayType"; readonly itemType: Reference }
  | { readonly $type: "UnionType"; readonly elements: readonly Reference[] }
  | { readonly $type: "StringLiteralType"; readonly value: string }
  | { readonly $type: "StringType" | "IntegerType" | "BooleanType" | "AnyType" | "NullType" };

interface Definitions {
  readonly types: readonly TypeDefinition[];
}

function read(): Map<string, { readonly file: Definitions; readonly body: Reference }> {
  const found = new Map<string, { readonly file: Definitions; readonly body: Reference }>();
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".json"))) {
    const file = JSON.parse(readFileSync(join(folder, name), "utf8")) as Definitions;
    for (const type of file.types) {
      if (type.$type === "ResourceType")
        found.set(type.name.toLowerCase(), { file, body: type.body });
    }
  }
  return found;
}

type Record_ = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Record_ {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Microsoft's published types, and what of a body does not fit them. */
export class PublishedTypes {
  readonly #types = read();

  /** The types, or undefined where they do not lie beside the project. */
  static open(): PublishedTypes | undefined {
    return existsSync(folder) ? new PublishedTypes() : undefined;
  }

  has(type: string, apiVersion: string): boolean {
    return this.#types.has(`${type}@${apiVersion}`.toLowerCase());
  }

  /**
   * What of a body does not fit: properties that the type lacks, values of another kind, and, in a request, required
   * properties that are missing and read-only ones that are sent.
   * @throws Error where the type is not among the published ones
   */
  problems(type: string, apiVersion: string, body: unknown, kind: "request" | "answer"): string[] {
    const found = this.#types.get(`${type}@${apiVersion}`.toLowerCase());
    if (found === undefined)
      throw new Error(`${type}@${apiVersion} is not among the published types`);
    const check = new Check(found.file, kind);
    check.value(found.body, body, "");
    return check.problems;
  }
}

class Check {
  readonly problems: string[] = [];

  constructor(
    readonly file: Definitions,
    readonly kind: "request" | "answer",
  ) {}

  #type(reference: Reference): TypeDefinition {
    const type = this.file.types[Number(reference.$ref.slice(2))];
    if (type === undefined) throw new Error(`${reference.$ref} does not exist`);
    return type;
  }

  value(reference: Reference, value: unknown, path: string): void {
    const type = this.#type(reference);
    const wrong = (what: string): void => {
      this.problems.push(
        `${path === "" ? "(body)" : path}: ${JSON.stringify(value)} is not ${what}`,
      );
    };
    switch (type.$type) {
      case "ObjectType":
        if (isRecord(value))
          this.#properties(type.properties, value, path, type.additionalProperties);
        else wrong(`an object (${type.name})`);
        return;
      case "DiscriminatedObjectType": {
        if (!isRecord(value)) {
          wrong(`an object (${type.name})`);
          return;
        }
        const element = type.elements[String(value[type.discriminator])];
        const own = element === undefined ? undefined : this.#type(element);
        const properties = own?.$type === "ObjectType" ? own.properties : {};
        this.#properties({ ...type.baseProperties, ...properties }, value, path, undefined);
        return;
      }
      case "ArrayType":
        if (!Array.isArray(value)) wrong("a list");
        else
          value.forEach((item: unknown, index) => {
            this.value(type.itemType, item, `${path}[${index}]`);
          });
        return;
      case "UnionType": {
        const fits = type.elements.some((element) => {
          const attempt = new Check(this.file, this.kind);
          attempt.value(element, value, path);
          return attempt.problems.length === 0;
        });
        if (!fits) wrong("one of the values that the type allows");
        return;
      }
      case "StringLiteralType":
        if (value !== type.value) wrong(JSON.stringify(type.value));
        return;
      case "StringType":
        if (typeof value !== "string") wrong("text");
        return;
      case "IntegerType":
        if (typeof value !== "number") wrong("a number");
        return;
      case "BooleanType":
        if (typeof value !== "boolean") wrong("true or false");
        return;
      default:
        return;
    }
  }

  #properties(
    known: Readonly<Record<string, Property>>,
    value: Record_,
    path: string,
    additional: Reference | undefined,
  ): void {
    const inside = (name: string): string => (path === "" ? name : `${path}.${name}`);
    for (const [name, item] of Object.entries(value)) {
      const property = known[name];
      if (property === undefined) {
        if (additional === undefined)
          this.problems.push(`${inside(name)}: not a property of the published type`);
        else this.value(additional, item, inside(name));
        continue;
      }
      const readOnly = ((property.flags ?? 0) & 2) !== 0;
      if (readOnly && this.kind === "request") this.problems.push(`${inside(name)}: read-only`);
      this.value(property.type, item, inside(name));
    }
    if (this.kind === "answer") return;
    for (const [name, property] of Object.entries(known)) {
      const identifier = path === "" && ["id", "name", "type", "apiVersion"].includes(name);
      const required = ((property.flags ?? 0) & 1) !== 0 && !identifier;
      if (required && !(name in value)) this.problems.push(`${inside(name)}: required and missing`);
    }
  }
}
