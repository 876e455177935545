import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";
import type { SecureJumpAccessArgs } from "../sdk";
import { CONFIG_KEYS, type ConfigKey } from "./config-schema";

/** Where configuration is read from: the part of `pulumi.Config` in use, and the keys that are set. */
export interface ConfigSource {
  /** Raw value of a key: plain text, or JSON for lists and maps. */
  get(key: string): string | undefined;
  /** Keys of the project's namespace that the stack sets; one nobody reads is a problem. */
  readonly keys: readonly string[];
}

/** A problem of the stack's configuration, in the form the components use for arguments. */
export interface ConfigIssue {
  readonly path: string;
  readonly problem: string;
}

/** What the stack file says: the component's arguments, or every problem that stands in the way. */
export type StackConfig =
  | { readonly args: SecureJumpAccessArgs; readonly issues: readonly [] }
  | { readonly args: undefined; readonly issues: readonly ConfigIssue[] };

// `pulumi config set --path 'bastion.zones[0]' 1` writes a number, where text is meant: coerced.
const ajv = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true, coerceTypes: true });
const validators: ReadonlyMap<string, ValidateFunction> = new Map(
  Object.entries(CONFIG_KEYS).map(([key, { schema }]) => [key, ajv.compile(schema)]),
);

/**
 * Reads the stack's configuration. Pure: the same source gives the same answer, nothing is printed
 * and nothing thrown. Each problem names the key, what it holds and the line that mends it.
 */
export function readStackConfig(source: ConfigSource, environment: string): StackConfig {
  const values: Record<string, unknown> = {};
  const issues: ConfigIssue[] = source.keys
    .filter((key) => !(key in CONFIG_KEYS))
    .map((key) => ({
      path: key,
      problem: `is not read by this program; run \`pulumi config rm ${key}\`, the keys are ${Object.keys(CONFIG_KEYS).join(", ")}`,
    }));
  for (const [key, entry] of Object.entries(CONFIG_KEYS)) {
    const raw = source.get(key);
    if (raw === undefined) {
      if (entry.required) issues.push({ path: key, problem: `missing; ${mend(key, entry)}` });
      continue;
    }
    const value = isText(entry) ? raw : parsed(raw);
    const found = problemsOf(key, entry, value);
    issues.push(...found);
    if (found.length === 0) values[key] = value;
  }
  if (issues.length > 0) return { args: undefined, issues };
  // Each value has passed its schema, and a test holds the schema against the component's own type.
  return { args: { ...values, environment } as unknown as SecureJumpAccessArgs, issues: [] };
}

function problemsOf(key: string, entry: ConfigKey, value: unknown): ConfigIssue[] {
  const validate = validators.get(key);
  if (validate === undefined || validate(value)) return [];
  return (validate.errors ?? []).map((error) => describe(key, entry, error));
}

function describe(key: string, entry: ConfigKey, error: ErrorObject): ConfigIssue {
  const steps = error.instancePath.split("/").slice(1).map(unescaped);
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case "required": {
      const missing = [...steps, String(params.missingProperty)];
      return { path: pathOf(key, missing), problem: `missing; ${mendAt(key, entry, missing)}` };
    }
    case "additionalProperties": {
      const extra = [...steps, String(params.additionalProperty)];
      const known = Object.keys((error.parentSchema?.properties ?? {}) as object);
      return {
        path: pathOf(key, extra),
        problem: `is not read by this program; run \`pulumi config rm --path '${pathOf(key, extra)}'\`, known here: ${known.join(", ")}`,
      };
    }
    default: {
      const what = String(
        (error.parentSchema as { description?: string }).description ?? error.message,
      );
      const wanted =
        error.keyword === "enum"
          ? `one of ${(params.allowedValues as unknown[]).join(", ")}`
          : what;
      const says =
        error.keyword === "pattern" || error.keyword === "enum"
          ? `is not ${wanted}`
          : String(error.message);
      return {
        path: pathOf(key, steps),
        problem: `${JSON.stringify(error.data)} ${says}; ${mendAt(key, entry, steps)}`,
      };
    }
  }
}

function mend(key: string, entry: ConfigKey): string {
  const value = isText(entry) ? entry.example : `'${entry.example}'`;
  return `it holds ${entry.holds}; run \`pulumi config set ${key} ${value}\``;
}

function mendAt(key: string, entry: ConfigKey, steps: readonly string[]): string {
  if (steps.length === 0) return mend(key, entry);
  return `run \`pulumi config set --path '${pathOf(key, steps)}' <value>\``;
}

/** A path as `pulumi config set --path` takes it. */
function pathOf(key: string, steps: readonly string[]): string {
  return steps.reduce((path, step) => {
    if (/^\d+$/.test(step)) return `${path}[${step}]`;
    return /^[A-Za-z_][\w-]*$/.test(step) ? `${path}.${step}` : `${path}["${step}"]`;
  }, key);
}

function isText({ schema }: ConfigKey): boolean {
  return (schema as { type?: unknown }).type === "string";
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    return raw; // not JSON: the schema says what was expected, and shows the text
  }
}

function unescaped(step: string): string {
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}
