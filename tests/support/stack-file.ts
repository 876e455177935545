import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { ConfigSource } from "../../stacks/config";

const stacks = join(__dirname, "..", "..", "stacks");

/** A stack file as the engine hands it to the program: text as it is, the rest as JSON. */
export function sourceOf(values: Record<string, unknown>): ConfigSource {
  return {
    keys: Object.keys(values),
    get: (key) => {
      const value = values[key];
      return value === undefined || typeof value === "string" ? value : JSON.stringify(value);
    },
  };
}

/** The configuration of one of the stack files of this repository, by key. */
export function stackFile(name: string): Record<string, unknown> {
  const { config } = parse(readFileSync(join(stacks, `Pulumi.${name}.yaml`), "utf8")) as {
    config: Record<string, unknown>;
  };
  return Object.fromEntries(
    Object.entries(config)
      .filter(([key]) => key.startsWith("secure-jump-access:"))
      .map(([key, value]) => [key.slice("secure-jump-access:".length), value]),
  );
}
