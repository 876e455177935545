import { InvalidArgsError } from "../../sdk";
import { record } from "./recorder";

/** What a refused construction said, and what it registered all the same. */
export interface Refusal {
  readonly problems: readonly string[];
  readonly registered: readonly string[];
}

/** Runs a construction that is to be refused, and fails when it is not. */
export async function refusalOf(construct: () => unknown): Promise<Refusal> {
  let refused: unknown;
  const { registrations } = await record(() => {
    try {
      construct();
    } catch (error) {
      refused = error;
    }
  });
  if (!(refused instanceof InvalidArgsError)) {
    throw new Error("expected a refusal", { cause: refused });
  }
  return {
    problems: refused.issues.map(({ path, problem }) => `${path}: ${problem}`),
    registered: registrations.map(({ name }) => name),
  };
}
