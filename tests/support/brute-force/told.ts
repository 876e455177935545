import type { ClaimId, Verdict } from "../../../components/model/claims/claim";
import { estateWith, type Otherwise } from "../otherwise";
import type { Shape } from "../right-estate";
import { oracle } from "./oracle";

/** What the oracle says of a claim. */
export function told(
  id: ClaimId,
  change: Otherwise = () => undefined,
  { subject = "app-web", shape = {} }: { subject?: string; shape?: Partial<Shape> } = {},
): Verdict | undefined {
  const judged = oracle(estateWith(change, shape));
  return judged.find((one) => one.id === id && one.subject === subject)?.verdict;
}
