import { readFileSync } from "node:fs";
import Ajv from "ajv";
import type { FaultPlan } from "./fault-plan";
import { faultPlanSchema } from "./fault-plan";
import { isObject } from "./json";

const validate = new Ajv({ allErrors: true, verbose: true }).compile<FaultPlan>(faultPlanSchema);

/**
 * Checks a fault plan.
 * @throws Error that lists every problem: path, offending value, what is allowed
 */
export function checkFaultPlan(plan: unknown, source: string): FaultPlan {
  if (validate(plan)) return plan;
  const problems = (validate.errors ?? []).map((error) => {
    const path = error.instancePath.replace(/^\//, "").replace(/\//g, ".") || "the plan";
    const parameters: unknown = error.params;
    const allowed = isObject(parameters)
      ? (parameters.allowedValues ?? parameters.additionalProperty)
      : undefined;
    const detail = allowed === undefined ? "" : ` (${JSON.stringify(allowed)})`;
    const value =
      isObject(error.data) || Array.isArray(error.data) ? "" : ` ${JSON.stringify(error.data)}`;
    return `${path}:${value} ${error.message ?? "is wrong"}${detail}`;
  });
  throw new Error(
    `${source}: not a fault plan\n${problems.map((problem) => `  ${problem}`).join("\n")}`,
  );
}

/**
 * Reads a fault plan from a JSON file.
 * @throws Error where the file is missing, no JSON, or no fault plan
 */
export function readFaultPlan(file: string): FaultPlan {
  const text = readFileSync(file, "utf8");
  let plan: unknown;
  try {
    plan = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${file}: not JSON: ${message}`, { cause: error });
  }
  return checkFaultPlan(plan, file);
}
