import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import {
  parseTenant,
  readTenant,
  TenantFileError,
} from "../../../sandbox/azure/tenant/read-tenant";
import {
  administrators,
  approvers,
  deployer,
  emergency,
  id,
  operators,
  reader,
  subscription,
  tenantWith,
} from "./simulated-tenant";

function problemsOf(content: unknown): readonly string[] {
  try {
    parseTenant(content, "mine.json");
  } catch (error) {
    if (error instanceof TenantFileError) return error.problems;
    throw error;
  }
  return [];
}

describe("tenant file", () => {
  it("holds by default what the project's stacks name", () => {
    const tenant = readTenant();
    expect(tenant.tenantId).to.equal("11111111-1111-4111-8111-111111111111");
    expect(tenant.subscriptions).to.have.length(1);
    expect(tenant.subscriptions[0]).to.include({
      subscriptionId: "22222222-2222-4222-8222-222222222222",
    });
    expect(tenant.subscriptions[0]!.registeredFeatures).to.deep.equal([
      "Microsoft.Compute/EncryptionAtHost",
    ]);
    expect(tenant.groups.map((group) => group.id)).to.deep.equal([
      operators,
      administrators,
      approvers,
      emergency,
    ]);
    for (const group of tenant.groups)
      expect(group.members.length, group.displayName).to.be.at.least(2);
    expect(tenant.caller).to.equal(deployer);
    expect(tenant.resources.map((body) => body.id)).to.include(
      `${subscription}/resourceGroups/rg-observability/providers/Microsoft.OperationalInsights/workspaces/log-observability`,
    );
  });

  it("fills in what a file may leave out", () => {
    const tenant = parseTenant(
      {
        tenantId: id(1),
        subscriptions: [{ subscriptionId: id(2) }],
        caller: id(3),
        users: [{ id: id(3), userPrincipalName: "a@b.example" }],
      },
      "mine.json",
    );
    expect(tenant.licences).to.deep.equal(["AAD_PREMIUM", "AAD_PREMIUM_P2"]);
    expect(tenant.staleDevices).to.equal("removed");
    expect(tenant.replicationSeconds).to.equal(30);
    expect(tenant.users[0]).to.include({
      displayName: "a@b.example",
      userType: "Member",
      accountEnabled: true,
    });
    expect(tenant.groups).to.deep.equal([]);
  });

  it("names every problem of form at once, with path, value and way out", () => {
    const problems = problemsOf({
      tenantId: "contoso",
      subscriptions: [{ subscriptionId: id(2), registeredFeatures: ["EncryptionAtHost"] }],
      users: [{ id: id(3), userPrincipalName: "nobody", password: "x" }],
      licences: ["E5"],
      authenticationContexts: [{ id: "c0", displayName: "none" }],
      groups: "operators",
      roleAssignments: [{ scope: "rg", roleDefinitionId: reader, principalId: id(3) }],
    });
    expect([...problems].sort()).to.deep.equal([
      'authenticationContexts[0].id: "c0" is not an authentication context; use "c1" to "c99"',
      "caller: missing; every tenant file has one",
      'groups: "operators" is not of type array; write a list',
      'licences[0]: "E5" is not known; use "AAD_PREMIUM" or "AAD_PREMIUM_P2"',
      'roleAssignments[0].scope: "rg" is not a scope; write it as "/subscriptions/GUID/..." or "/"',
      'subscriptions[0].registeredFeatures[0]: "EncryptionAtHost" is not a feature; write it as "Microsoft.Compute/EncryptionAtHost"',
      'tenantId: "contoso" is not a GUID; write it as "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"',
      "users[0].password: not a field of the tenant schema; leave it out",
      'users[0].userPrincipalName: "nobody" is not a user principal name; write it as "name@tenant.onmicrosoft.com"',
    ]);
  });

  it("names every identifier that stands twice or points nowhere", () => {
    const rg = `${subscription}/resourceGroups/rg-lost`;
    const problems = problemsOf(
      tenantWith({
        caller: id(9),
        groups: [
          { id: operators, displayName: "operators", members: [id(8)], owners: [operators] },
        ],
        roleAssignments: [
          { scope: `/subscriptions/${id(7)}`, roleDefinitionId: id(6), principalId: id(5) },
        ],
        roleManagementPolicyNames: [
          { scope: subscription, roleDefinitionId: reader, name: id(1) },
          { scope: subscription, roleDefinitionId: reader, name: id(2) },
        ],
        resources: [
          {
            id: `${rg}/providers/Microsoft.Network/virtualNetworks/vnet`,
            type: "Microsoft.Network/routeTables",
          },
        ],
      }),
    );
    expect(problems).to.deep.equal([
      `roleManagementPolicyNames[1]: "${subscription} ${reader}" is the scope and role of roleManagementPolicyNames[0] as well; use another`,
      `caller: "${id(9)}" is nobody in this file; list it under users or servicePrincipals`,
      `groups[0].members[0]: "${id(8)}" is nobody in this file; list it under users, groups or servicePrincipals`,
      `groups[0].owners[0]: "${operators}" is nobody in this file; list it under users or servicePrincipals`,
      `roleAssignments[0].scope: "/subscriptions/${id(7)}" lies in no subscription of this file; list it under subscriptions`,
      `roleAssignments[0].roleDefinitionId: "${id(6)}" is no built-in role known here; list it under customRoles`,
      `roleAssignments[0].principalId: "${id(5)}" is nobody in this file; list it under users, groups or servicePrincipals`,
      'resources[0].type: "Microsoft.Network/routeTables" does not fit the id; use "Microsoft.Network/virtualNetworks"',
      `resources[0].id: resource group "${rg}" is not in this file; list it under resources`,
    ]);
  });

  it("says which file cannot be read, and what to do", () => {
    const folder = mkdtempSync(join(tmpdir(), "tenant-"));
    const file = join(folder, "broken.json");
    writeFileSync(file, "{");
    try {
      expect(() => readTenant(file)).to.throw(
        TenantFileError,
        /^tenant file ".*broken\.json": 1 problem\n {2}- \(file\): cannot be read as JSON .*unset SANDBOX_TENANT$/s,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
