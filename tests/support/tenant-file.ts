import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonObject } from "../../sandbox/azure/json";
import { tenantWith } from "../sandbox/tenant/simulated-tenant";

export interface TenantFile {
  readonly path: string;
  remove(): void;
}

/** The sandbox's own tenant, with these members in place of its own, as a file of one test. */
export function tenantFile(changes: JsonObject): TenantFile {
  const folder = mkdtempSync(join(tmpdir(), "tenant-"));
  const path = join(folder, "tenant.json");
  writeFileSync(path, JSON.stringify(tenantWith(changes)));
  return {
    path,
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
