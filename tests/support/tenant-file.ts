import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../../sandbox/options";

/** What a tenant file holds, as far as tests change it. */
export interface TenantContent {
  readonly servicePrincipals: readonly { readonly appId: string; readonly displayName: string }[];
  readonly roleManagementPolicyNames?: readonly {
    readonly scope: string;
    readonly roleDefinitionId: string;
    readonly name: string;
  }[];
}

export interface TenantFile {
  readonly path: string;
  remove(): void;
}

/** The sandbox's own tenant with a change, as a file of one test. */
export function tenantFile(change: (tenant: TenantContent) => TenantContent): TenantFile {
  const folder = mkdtempSync(join(tmpdir(), "tenant-"));
  const path = join(folder, "tenant.json");
  const text = readFileSync(join(REPOSITORY, "sandbox/azure/tenant/default-tenant.json"), "utf8");
  writeFileSync(path, JSON.stringify(change(JSON.parse(text) as TenantContent)));
  return {
    path,
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
