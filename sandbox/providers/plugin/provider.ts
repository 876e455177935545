import type { Kind } from "./difference";
import type { Values } from "./values";

/** Which resource a call is about. */
export interface Subject {
  readonly urn: string;
  /** Type token, such as `azure-native:network:Subnet`. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
}

/** What the user configured about names (`pulumi:autonaming`), or undefined. */
export interface Autonaming {
  readonly mode: "propose" | "enforce" | "disable";
  readonly proposedName: string;
}

export interface CheckRequest extends Subject {
  /** Inputs of the last deployment; empty at the first. */
  readonly olds: Values;
  readonly news: Values;
  readonly randomSeed: Uint8Array;
  readonly autonaming: Autonaming | undefined;
}

export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

export interface CheckAnswer {
  readonly inputs: Values;
  readonly failures: readonly CheckFailure[];
}

export interface DiffRequest extends Subject {
  readonly id: string;
  readonly state: Values;
  /** Undefined where the engine sends none. */
  readonly oldInputs: Values | undefined;
  readonly news: Values;
  readonly ignoreChanges: readonly string[];
}

export interface DiffAnswer {
  readonly detail: ReadonlyMap<string, Kind>;
  readonly deleteBeforeReplace: boolean;
}

export interface CreateRequest extends Subject {
  readonly inputs: Values;
  readonly preview: boolean;
  /** Seconds; 0 where the user set none. */
  readonly timeout: number;
}

export interface CreateAnswer {
  readonly id: string;
  readonly state: Values;
}

export interface ReadRequest extends Subject {
  readonly id: string;
  readonly state: Values;
  /** Undefined for an import and for `get`. */
  readonly inputs: Values | undefined;
}

/** What was read; undefined where the resource is gone. */
export type ReadAnswer =
  { readonly id: string; readonly state: Values; readonly inputs: Values } | undefined;

export interface UpdateRequest extends Subject {
  readonly id: string;
  readonly state: Values;
  readonly oldInputs: Values | undefined;
  readonly news: Values;
  readonly preview: boolean;
  readonly timeout: number;
}

export interface DeleteRequest extends Subject {
  readonly id: string;
  readonly state: Values;
  readonly oldInputs: Values | undefined;
  readonly timeout: number;
}

/** A provider behind the engine's protocol, in the terms of this project. */
export interface Provider {
  readonly name: string;
  readonly version: string;
  /** Takes the provider's configuration, keys without the namespace. */
  configure(config: Readonly<Record<string, string>>): void;
  check(request: CheckRequest): Promise<CheckAnswer>;
  diff(request: DiffRequest): Promise<DiffAnswer>;
  create(request: CreateRequest): Promise<CreateAnswer>;
  read(request: ReadRequest): Promise<ReadAnswer>;
  update(request: UpdateRequest): Promise<Values>;
  delete(request: DeleteRequest): Promise<void>;
  invoke(token: string, args: Values): Promise<Values>;
  /** Stops all work at once; operations under way end with an error. */
  cancel(): void;
}

/**
 * The service accepted the resource and then failed: the engine keeps it in the state with the error, so that the
 * next run repairs it instead of making a second one.
 */
export class InitializationFailed extends Error {
  override readonly name = "InitializationFailed";

  constructor(
    message: string,
    readonly id: string,
    readonly state: Values,
    readonly inputs: Values,
  ) {
    super(message);
  }
}
