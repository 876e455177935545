import {
  type GraphResource,
  Hidden,
  isObject,
  type Properties,
  type Theorem,
  type Unread,
  type Value,
} from "../graph/resource-graph";
import { type Known, Unknown } from "./known";

/**
 * Reads the properties of one resource. What is not of the kind asked for is noted as unread with its path
 * and comes out as unknown, so that nothing is passed over in silence.
 */
export class PropertyReader {
  public constructor(
    public readonly resource: GraphResource,
    private readonly properties: Properties,
    private readonly unread: Unread[],
    private readonly bearsOn: readonly Theorem[],
    private readonly path = "",
  ) {}

  public value(key: string): Value | undefined {
    const value = this.properties[key];
    return value === null ? undefined : value;
  }

  public text(key: string): Known<string | undefined> {
    return this.#kind(key, "a text", (value) => (typeof value === "string" ? value : undefined));
  }

  public flag(key: string): Known<boolean | undefined> {
    return this.#kind(key, "true or false", (value) =>
      typeof value === "boolean" ? value : undefined,
    );
  }

  public number(key: string): Known<number | undefined> {
    return this.#kind(key, "a number", (value) => (typeof value === "number" ? value : undefined));
  }

  /** A list of texts; left out is empty. */
  public texts(key: string): Known<readonly Known<string>[]> {
    const list = this.list(key);
    if (list instanceof Unknown) return list;
    return list.map((value, index) =>
      typeof value === "string" ? value : this.#odd(`${key}[${index}]`, value, "a text"),
    );
  }

  /** A list as it stands; left out is empty. */
  public list(key: string): Known<readonly Value[]> {
    const list = this.#kind(key, "a list", (value) => (Array.isArray(value) ? value : undefined));
    return list ?? [];
  }

  /** Readers of a list of objects; left out is empty. */
  public objects(key: string): Known<readonly PropertyReader[]> {
    const list = this.list(key);
    if (list instanceof Unknown) return list;
    const readers: PropertyReader[] = [];
    for (const [index, value] of list.entries()) {
      const place = `${key}[${index}]`;
      // An element that is hidden may hold anything, so the list as a whole is not known.
      if (!isObject(value)) return this.#odd(place, value, "an object");
      readers.push(this.#below(value, place));
    }
    return readers;
  }

  /** Reader of an object. */
  public object(key: string): Known<PropertyReader | undefined> {
    return this.#kind(key, "an object", (value) =>
      isObject(value) ? this.#below(value as Properties, key) : undefined,
    );
  }

  /** Properties that say something and are none of these. */
  public others(...known: readonly string[]): string[] {
    return Object.entries(this.properties)
      .filter(([key, value]) => !known.includes(key) && !isEmpty(value))
      .map(([key]) => key);
  }

  /** Notes something that is of the right kind and still not understood. */
  public odd(key: string, why: string): Unknown {
    this.unread.push({
      subject: this.resource.name,
      type: this.resource.type,
      path: this.#at(key),
      why,
      bearsOn: this.bearsOn,
    });
    return new Unknown(`${this.resource.name}.${this.#at(key)} ${why}`);
  }

  #kind<Type>(
    key: string,
    kind: string,
    read: (value: Value) => Type | undefined,
  ): Known<Type | undefined> {
    const value = this.value(key);
    if (value === undefined) return undefined;
    return read(value) ?? this.#odd(key, value, kind);
  }

  #odd(key: string, value: Value, kind: string): Unknown {
    if (value instanceof Hidden) {
      const why = value.why === "secret" ? "is a secret" : "is not known before deployment";
      return new Unknown(`${this.resource.name}.${this.#at(key)} ${why}`);
    }
    return this.odd(key, `is not ${kind}`);
  }

  #at(key: string): string {
    return this.path === "" ? key : `${this.path}.${key}`;
  }

  #below(properties: Properties, key: string): PropertyReader {
    return new PropertyReader(this.resource, properties, this.unread, this.bearsOn, this.#at(key));
  }
}

/** What a provider answers for a property that was left out. */
function isEmpty(value: Value): boolean {
  if (value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}
