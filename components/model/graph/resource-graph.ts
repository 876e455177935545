/** A value that a graph does not show: computed at deployment, or a secret. */
export class Hidden {
  public constructor(public readonly why: "unknown" | "secret") {}
}

/** A property as a graph shows it: JSON, with `Hidden` where nothing is shown. */
export type Value =
  null | boolean | number | string | Hidden | readonly Value[] | { readonly [key: string]: Value };

export type Properties = Readonly<Record<string, Value>>;

/** One resource of a Pulumi program, from whichever source the graph was read. */
export interface GraphResource {
  readonly urn: string;
  /** Type token without API version: `azure-native:network:Subnet`. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  /** Provider's id; absent before deployment. */
  readonly id?: string;
  readonly properties: Properties;
  /** Properties that the program leaves to the provider, and that are known from its answer only. */
  readonly answered?: readonly string[];
  /** URNs that each property's value comes from. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** URNs that have to be there first, those of the properties among them. */
  readonly dependencies: readonly string[];
  /** Only read by the program (`Subnet.get`), not managed by it. */
  readonly external: boolean;
}

/** Something a reader met and did not understand; listed with every result, never dropped. */
export interface Unread {
  /** Logical name or URN of the resource. */
  readonly subject: string;
  readonly type: string;
  /** Property, where the resource itself is understood. */
  readonly path?: string;
  readonly why: string;
  /** Which theorem it could overturn. Claims of that theorem are not called proved beside it. */
  readonly bearsOn: readonly Theorem[];
}

export type Theorem = "network" | "identity";

/** A Pulumi program's resources, before deployment or after. */
export interface ResourceGraph {
  readonly resources: readonly GraphResource[];
  /** What the source itself could not tell. */
  readonly unread: readonly Unread[];
}

/** `azure-native:network/v20240501:Subnet` is `azure-native:network:Subnet`: the same thing by another API version. */
export function withoutApiVersion(type: string): string {
  return type.replace(/^(azure-native:[a-z0-9]+)\/v\d{8}[a-z0-9]*:/i, "$1:");
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Hidden)
  );
}
