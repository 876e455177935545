import { disturb, type Disturbance } from "./disturbance";

// Without somebody to report to there is nothing to do.
process.once("disconnect", () => process.exit(1));
process.once("message", (disturbance: Disturbance) => {
  disturb(disturbance).then(
    (disturbed) => process.send?.(disturbed, () => process.exit(0)),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? "") : String(error)}\n`);
      process.exit(1);
    },
  );
});
