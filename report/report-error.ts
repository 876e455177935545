/** What keeps the report from being made; the message lists every problem, each with its way out. */
export class ReportError extends Error {
  override readonly name = "ReportError";

  public constructor(public readonly problems: readonly string[]) {
    super(
      problems.length === 1
        ? `report: ${problems[0] ?? ""}`
        : [`report: ${problems.length} problems`, ...problems.map((text) => `  - ${text}`)].join(
            "\n",
          ),
    );
  }
}

/** Does several things and tells the problems of all of them at once. */
export function together<Results extends readonly unknown[]>(
  ...things: { readonly [Index in keyof Results]: () => Results[Index] }
): Results {
  const problems: string[] = [];
  const results = things.map((thing) => {
    try {
      return thing();
    } catch (error) {
      if (!(error instanceof ReportError)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  });
  if (problems.length > 0) throw new ReportError(problems);
  return results as unknown as Results;
}
