import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { startSimulatedAzure } from "../../../sandbox/azure/server";
import { Store } from "../../../sandbox/azure/store";
import { openTenantDirectory } from "../../../sandbox/azure/tenant/directory";
import { parseTenant } from "../../../sandbox/azure/tenant/read-tenant";
import { seedTenant } from "../../../sandbox/azure/tenant/seed";
import {
  answered,
  items,
  observability,
  onAzure,
  operators,
  reader,
  roleId,
  subscription,
  tenantWith,
  uma,
} from "./simulated-tenant";

describe("tenant in the simulated Azure", () => {
  it(
    "answers the resources of the tenant file before any program has run",
    onAzure(async (azure) => {
      const group = await azure.send("GET", `${observability}?api-version=2024-03-01`);
      expect(answered(group, 200)).to.include({ name: "rg-observability", location: "westeurope" });
    }),
  );

  it(
    "answers users, groups and service principals through Graph",
    onAzure(async (azure) => {
      const groups = items(await azure.graph("GET", "groups"));
      expect(groups.map((group) => group.displayName)).to.deep.equal([
        "operators",
        "admins",
        "approvers",
        "emergency",
      ]);
      const members = items(await azure.graph("GET", `groups/${operators}/members`));
      expect(members.map((member) => member["@odata.type"])).to.deep.equal([
        "#microsoft.graph.user",
        "#microsoft.graph.user",
      ]);
      const apps = items(
        await azure.graph(
          "GET",
          "servicePrincipals?$filter=appId eq '372140e0-b3b7-4226-8ef9-d57986796201'",
        ),
      );
      expect(apps.map((app) => app.displayName)).to.deep.equal([
        "Microsoft Azure Windows Virtual Machine Sign-in",
      ]);
    }),
  );

  it(
    "holds the role assignments and custom roles that stand outside any program",
    onAzure(
      async (azure) => {
        const all = items(await azure.authorization("GET", subscription, "roleAssignments"));
        expect(all).to.have.length(1);
        expect(all[0]!.properties).to.include({
          principalId: uma,
          principalType: "User",
          roleDefinitionId: roleId(reader),
        });
        const roles = items(
          await azure.authorization("GET", subscription, "roleDefinitions", undefined, {
            filter: "type eq 'CustomRole'",
          }),
        );
        expect(roles.map((role) => role.name)).to.deep.equal([
          "99999999-0000-4000-8000-000000000001",
        ]);
      },
      {
        roleAssignments: [{ scope: subscription, roleDefinitionId: reader, principalId: uma }],
        customRoles: [
          {
            name: "99999999-0000-4000-8000-000000000001",
            roleName: "Bastion User",
            assignableScopes: [subscription],
            actions: ["Microsoft.Network/bastionHosts/read"],
          },
        ],
      },
    ),
  );

  it(
    "leaves a store alone that was filled from the same file",
    onAzure(async (azure) => {
      await azure.graph("DELETE", `groups/${operators}`);
      await azure.azure.close();
      const again = await startSimulatedAzure({
        storeFile: join(azure.folder, "store.json"),
        tenantFile: azure.tenantFile,
      });
      try {
        const response = await fetch(`${again.url}/graph/v1.0/groups/${operators}`);
        expect(response.status).to.equal(404);
      } finally {
        await again.close();
      }
      const other = join(azure.folder, "other.json");
      writeFileSync(other, JSON.stringify(tenantWith({ displayName: "another" })));
      const refused = await startSimulatedAzure({
        storeFile: join(azure.folder, "store.json"),
        tenantFile: other,
      }).then(
        () => "started",
        (error: unknown) => String(error),
      );
      expect(refused).to.match(
        /was filled from another tenant file; run "npm run -s sandbox -- azure reset"/,
      );
    }),
  );
});

describe("tenant directory", () => {
  function directoryOf(changes: Parameters<typeof tenantWith>[0]) {
    const tenant = parseTenant(tenantWith(changes), "mine.json");
    const store = new Store("/nonexistent/store.json");
    store.flush = () => undefined;
    seedTenant(store, tenant);
    return { directory: openTenantDirectory(tenant, store), store };
  }
  const vm = `${observability}/providers/Microsoft.Compute/virtualMachines/db`;

  it("knows the subscriptions of the tenant file and their features", () => {
    const { directory } = directoryOf({});
    const known = "22222222-2222-4222-8222-222222222222";
    expect(directory.hasSubscription(known)).to.equal(true);
    expect(directory.hasSubscription("22222222-2222-4222-8222-222222222223")).to.equal(false);
    expect(directory.hasFeature(known, "microsoft.compute/encryptionathost")).to.equal(true);
    expect(directory.hasFeature(known, "Microsoft.Compute/UltraSSD")).to.equal(false);
  });

  it("finds a device by its name, whatever the letters' case, with the VM it is", () => {
    const { directory } = directoryOf({ devices: [{ displayName: "OLD-PC" }] });
    directory.addDevice({ displayName: "db", resourceId: vm });
    expect(directory.findDevice("DB")).to.deep.equal({ displayName: "db", resourceId: vm });
    expect(directory.findDevice("old-pc")).to.deep.equal({
      displayName: "OLD-PC",
      resourceId: undefined,
    });
    expect(directory.findDevice("web")).to.equal(undefined);
  });

  it("forgets a device whose VM is gone, unless the tenant keeps stale devices", () => {
    const cleaned = directoryOf({}).directory;
    cleaned.addDevice({ displayName: "db", resourceId: vm });
    cleaned.removeDevice("db");
    expect(cleaned.findDevice("db")).to.equal(undefined);

    const kept = directoryOf({ staleDevices: "kept" }).directory;
    kept.addDevice({ displayName: "db", resourceId: vm });
    kept.removeDevice("db");
    expect(kept.findDevice("db")).to.deep.equal({ displayName: "db", resourceId: vm });
  });

  it("gives a managed identity a service principal for as long as its resource stands", () => {
    const { directory, store } = directoryOf({});
    const principalId = "88888888-0000-4000-8000-000000000001";
    directory.addManagedIdentity({ principalId, displayName: "web", resourceId: vm });
    expect(store.get(`/graph/servicePrincipals/${principalId}`)?.body).to.include({
      servicePrincipalType: "ManagedIdentity",
      displayName: "web",
    });
    directory.removeManagedIdentity(principalId.toUpperCase());
    expect(store.get(`/graph/servicePrincipals/${principalId}`)).to.equal(undefined);
  });
});
