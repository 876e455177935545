import { expect } from "chai";
import {
  batches,
  type Done,
  Environments,
  expected,
  replaces,
  unattributed,
} from "../changes/carry-out";
import type { Change, NoChange } from "../changes/change";
import { isChange } from "../changes/table";
import { tenant } from "../changes/tenant";
import { type TenantFile, tenantFile } from "./tenant-file";

function titleOf(batch: readonly Change[]): string {
  const inputs = batch.map(({ input, words }) =>
    words === undefined ? input : `${input} (${words})`,
  );
  const [first = "", ...others] = new Set(inputs);
  return others.length < 4 ? [first, ...others].join(", ") : `${first} and ${others.length} more`;
}

/** Order within one kind of step is the engine's; that a deletion comes before its creation is in the kind. */
function sorted(steps: Done["steps"]): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(steps).map(([kind, names]) => [kind, [...names].sort()]),
  );
}

/**
 * Tests that each change makes exactly the steps of its row, that Azure takes them, and, where something is replaced,
 * that nothing is left to do; `npm run docs:changes` looks for that after every change.
 */
export function testChanges(title: string, rows: readonly (Change | NoChange)[]): void {
  describe(title, () => {
    let environments: Environments;
    let file: TenantFile;
    before(() => {
      file = tenantFile(tenant());
      environments = new Environments(file.path);
    });
    after(async () => {
      await environments.remove();
      file.remove();
    });

    for (const batch of batches(rows.filter(isChange))) {
      it(`of ${titleOf(batch)}`, async () => {
        const done = await environments.carryOut(batch, batch.some(replaces));
        expect(sorted(done.steps)).to.deep.equal(sorted(expected(batch)));
        expect(unattributed(batch, done)).to.deep.equal([]);
        expect(done.left, "left to do").to.deep.equal([]);
        expect(done.open, "open").to.deep.equal([]);
      });
    }
  });
}
