import { Hidden, type Properties, type Value } from "./resource-graph";

/**
 * Which of a resource's two property sets comes first: what the program asked for (`inputs`), or what the
 * provider last saw (`outputs`). After drift they differ, and a claim has to hold for both.
 */
export type View = "inputs" | "outputs";

/**
 * Both sets as one: the chosen one wins, the other adds what it lacks, such as parents' names to the
 * answers and given addresses to the inputs. An answer that is still to come, wholly or in part, is left
 * out: it says nothing that the inputs do not say better.
 */
export function mergedProperties(inputs: Properties, outputs: Properties, view: View): Properties {
  const answered = Object.fromEntries(
    Object.entries(outputs).filter(([, value]) => isSettled(value)),
  );
  return view === "inputs" ? { ...answered, ...inputs } : { ...inputs, ...answered };
}

function isSettled(value: Value): boolean {
  if (value instanceof Hidden) return value.why !== "unknown";
  if (typeof value !== "object" || value === null) return true;
  return Object.values(value).every(isSettled);
}
