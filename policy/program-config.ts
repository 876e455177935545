import type { PolicyConfigSchema } from "@pulumi/policy";
import { checkWaivers, type Waiver } from "../components/model/claims/waiver";
import type { Declaration } from "../components/model/estate/access-estate";
import { describeIssues } from "../components/model/issue";

/** Name of the policy that takes in the program, and the pack's one place for its configuration. */
export const PROGRAM = "program";

/** What a configuration says about the program under `program`. */
export interface ProgramConfig {
  /** Object ids of groups that Conditional Access may exclude. @default what CaPolicy declares itself */
  readonly breakGlass?: readonly string[];
  /** What activation has to ask for. @default what PimEligibility declares, else 8 hours, MFA, justification */
  readonly activation?: Declaration["activation"];
  /** Sign-in ports besides 22 and 3389. */
  readonly customPorts?: readonly number[];
  /** Claims that need not hold for a while, by name. */
  readonly waivers?: Readonly<Record<string, Waiver>>;
}

export const PROGRAM_CONFIG: PolicyConfigSchema = {
  properties: {
    breakGlass: { type: "array", items: { type: "string" } },
    customPorts: { type: "array", items: { type: "integer", minimum: 1, maximum: 65535 } },
    activation: { type: "array", items: { type: "object" } },
    waivers: { type: "object" },
  },
};

/** @throws Error with every problem of the waivers, since one that is misspelt would waive nothing in silence */
export function checkConfig({ waivers = {} }: ProgramConfig): void {
  const issues = checkWaivers(waivers, "program.waivers");
  if (issues.length > 0) throw new Error(describeIssues("policy configuration", issues));
}

/** What the configuration declares, without what it leaves to the program. */
export function declaredIn({
  breakGlass,
  activation,
  customPorts,
}: ProgramConfig): Partial<Declaration> {
  return {
    ...(breakGlass === undefined ? {} : { breakGlass }),
    ...(activation === undefined ? {} : { activation }),
    ...(customPorts === undefined ? {} : { customPorts }),
  };
}
