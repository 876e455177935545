import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { REPOSITORY } from "../../sandbox/options";
import { SecureJumpAccess } from "../../sdk";
import { readStackConfig } from "../../stacks/config";
import type { InlineOptions } from "../support/engine";

const PROJECT = "secure-jump-access";
const STACK = "dev";

/** The dev environment of stacks/, with its stack file, as a program inside the test's own process. */
export function devEnvironment(): InlineOptions {
  const file = join(REPOSITORY, "stacks", `Pulumi.${STACK}.yaml`);
  const { config } = parse(readFileSync(file, "utf8")) as { config: Record<string, unknown> };
  const own = new Map(
    Object.entries(config).flatMap(([key, value]) => {
      const [namespace, name = ""] = key.split(":");
      const raw = typeof value === "string" ? value : JSON.stringify(value);
      return namespace === PROJECT ? [[name, raw] as const] : [];
    }),
  );
  const source = { get: (key: string) => own.get(key), keys: [...own.keys()] };
  const { args, issues } = readStackConfig(source, STACK);
  if (args === undefined) throw new Error(JSON.stringify(issues));
  return {
    project: PROJECT,
    stack: STACK,
    config: Object.fromEntries(
      Object.entries(config).filter(([key]) => !key.startsWith(`${PROJECT}:`)),
    ),
    program: () => {
      new SecureJumpAccess("jump", args);
      return undefined;
    },
  };
}
