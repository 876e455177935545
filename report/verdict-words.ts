import type { Verdict } from "../components/model/claims/claim";

/** What each verdict means, in the words of docs/claims.md. */
export const MEANINGS: Readonly<Record<Verdict, string>> = {
  refuted: "does not hold; a counterexample is shown",
  unknown: "what decides it is not in the graph",
  staged: "declared, not enforced: holds once the policy that only records is enforced",
  proved: "holds for every packet or person, under the assumptions named with it",
};

export const SIMULATION =
  "Made in the sandbox, which simulates Azure: nothing here is a statement about Azure itself.";

/** `1 claim`, `2 claims`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
