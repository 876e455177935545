import { writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { tenantFile } from "../support/tenant-file";
import { batches, type Done, Environments, expected, unattributed } from "./carry-out";
import { page, PAGE } from "./page";
import { isChange, ROWS } from "./table";
import { tenant } from "./tenant";

function sorted(steps: Done["steps"]): object {
  return Object.fromEntries(
    Object.entries(steps).map(([kind, names]) => [kind, [...names].sort()]),
  );
}

/** Carries every change out, and writes the page where the engine did what the table says. */
async function main(): Promise<void> {
  const file = tenantFile(tenant());
  const environments = new Environments(file.path);
  const began = Date.now();
  const all = batches(ROWS.filter(isChange));
  const wrong: string[] = [];
  try {
    for (const [index, batch] of all.entries()) {
      const done = await environments.carryOut(batch);
      const inputs = batch.map(({ input }) => input).join(", ");
      process.stderr.write(`${index + 1} of ${all.length}: ${inputs}\n`);
      const [seen, said] = [sorted(done.steps), sorted(expected(batch))];
      if (!isDeepStrictEqual(seen, said)) {
        wrong.push(
          `${inputs}: the engine did ${JSON.stringify(seen)}, the table says ${JSON.stringify(said)}`,
        );
      }
      const rest = [...done.left, ...done.open, ...unattributed(batch, done)];
      if (rest.length > 0) wrong.push(`${inputs}: afterwards ${rest.join(", ")}`);
    }
  } finally {
    await environments.remove();
    file.remove();
  }
  if (wrong.length > 0) throw new Error(`the page is not written:\n  ${wrong.join("\n  ")}`);
  writeFileSync(PAGE, await page());
  process.stderr.write(`${all.length} runs in ${Math.round((Date.now() - began) / 1000)} s\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
