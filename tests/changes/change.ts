import type { DurationKey } from "../../sandbox/azure/durations";
import type { SecureJumpAccessArgs } from "../../sdk";
import type { Group } from "./resources";

/** Values by path: `{ "spokes.app.vms.web.size": "Standard_D4s_v5" }`; undefined leaves the input out. */
export type Values = Readonly<Record<string, unknown>>;

/** What the engine does; a resource that is in no list stays as it is. */
export interface Steps {
  readonly create?: readonly Group[];
  readonly update?: readonly Group[];
  /** Replaced, the old one deleted before the new one is made. */
  readonly replace?: readonly Group[];
  /** Replaced, the new one made before the old one is deleted. */
  readonly moveOver?: readonly Group[];
  readonly delete?: readonly Group[];
}

/** What people notice. */
export interface Cost {
  /** A short name for what many rows have; the page says once what it means. */
  readonly name?: string;
  readonly words: string;
  /** How long there is no way in, as the operations that have to end first; and to where. */
  readonly closed?: { readonly to: string; readonly operations: readonly DurationKey[] };
}

/** One input changed in an environment that stands, and everything that comes of it. */
export interface Change {
  /** The input as the argument types have it: `spokes.*.vms.*.size`. */
  readonly input: string;
  /** Where it stands in the environment. @default `input` */
  readonly at?: string;
  /** Its value before. @default what the environment has */
  readonly from?: unknown;
  readonly to: unknown;
  /** What else holds before and after. */
  readonly given?: Values;
  /** What else has to change with it. */
  readonly along?: Values;
  /** The change in words, where the values would not say it. */
  readonly words?: string;
  readonly steps: Steps;
  readonly cost: Cost;
  /** What there is to say besides. */
  readonly note?: string;
  /** Stopped at preview with a line that asks for the replacement, and then run with that line. */
  readonly askedFor?: boolean;
  /**
   * Changes of the same batch are carried out at once. Each resource belongs to one of them, or each of them says with
   * `property` which of its inputs are its own.
   */
  readonly batch?: string;
  /** How the paths of the inputs begin that this change updates: `sku`, `tags.owner`. */
  readonly property?: string;
}

/** An input that nobody can change in an environment that stands, or whose change means nothing. */
export interface NoChange {
  readonly input: string;
  readonly because: string;
}

/** The same arguments with values in place of their own. */
export function withValues(args: SecureJumpAccessArgs, values: Values = {}): SecureJumpAccessArgs {
  return Object.entries(values).reduce<unknown>(
    (whole, [path, value]) => put(whole, path.split("."), value),
    args,
  ) as SecureJumpAccessArgs;
}

function put(whole: unknown, [key = "", ...rest]: readonly string[], value: unknown): unknown {
  const copy: Record<string, unknown> = { ...(whole as Record<string, unknown> | undefined) };
  copy[key] = rest.length === 0 ? value : put(copy[key], rest, value);
  if (copy[key] !== undefined) return copy;
  return Object.fromEntries(Object.entries(copy).filter(([name]) => name !== key));
}

/** The value at a path; undefined where there is none. */
export function valueAt(args: SecureJumpAccessArgs, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((whole, key) => (whole as Record<string, unknown> | undefined)?.[key], args);
}

/** Where a change is made. */
export function placeOf({ input, at = input }: Change): string {
  return at;
}

/** The arguments before a change. */
export function before(base: SecureJumpAccessArgs, change: Change): SecureJumpAccessArgs {
  const from = "from" in change ? { [placeOf(change)]: change.from } : {};
  return withValues(base, { ...change.given, ...from });
}

/** The arguments after it. */
export function after(base: SecureJumpAccessArgs, change: Change): SecureJumpAccessArgs {
  return withValues(before(base, change), { [placeOf(change)]: change.to, ...change.along });
}
