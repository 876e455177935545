import { expect } from "chai";
import { at, group, onArm, type Arm } from "./arm";
import {
  bastionHost,
  loginExtension,
  makeHub,
  makeMachine,
  makeSpoke,
  peering,
  securityGroup,
  subnet,
} from "./bodies";
import { PublishedTypes } from "./published-types";

const published = PublishedTypes.open();

/** Version of a type that azure-native sends and Microsoft publishes. */
const versions: readonly (readonly [string, string])[] = [
  ["Microsoft.Network/", "2024-05-01"],
  ["Microsoft.Compute/", "2024-11-01"],
  ["Microsoft.Resources/", "2024-03-01"],
  ["Microsoft.Insights/", "2021-05-01-preview"],
  ["Microsoft.OperationalInsights/", "2023-09-01"],
  ["Microsoft.Storage/", "2024-01-01"],
  ["Microsoft.Authorization/locks", "2020-05-01"],
];

async function makeEverything(arm: Arm): Promise<void> {
  const location = "westeurope";
  await makeHub(arm);
  await makeSpoke(arm);
  const hub = at("virtualNetworks/hub");
  const spoke = at("virtualNetworks/spoke");
  await arm.put(`${hub}/virtualNetworkPeerings/p`, peering(spoke));
  await arm.put(`${spoke}/virtualNetworkPeerings/p`, peering(hub));
  await arm.put(at("bastionHosts/bastion"), bastionHost("Standard", { enableTunneling: true }));
  await arm.put(at("networkSecurityGroups/vms"), securityGroup());
  const route = {
    name: "default",
    properties: { addressPrefix: "0.0.0.0/0", nextHopType: "Internet" },
  };
  await arm.put(at("routeTables/t"), { location, properties: { routes: [route] } });
  await arm.put(
    `${spoke}/subnets/other`,
    subnet("10.20.0.64/26", {
      routeTable: { id: at("routeTables/t") },
      networkSecurityGroup: { id: at("networkSecurityGroups/vms") },
    }),
  );
  for (const os of ["linux", "windows"] as const) {
    await makeMachine(arm, os, os, {
      securityProfile: {
        securityType: "TrustedLaunch",
        encryptionAtHost: true,
        uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
      },
      diagnosticsProfile: { bootDiagnostics: { enabled: true } },
    });
    await arm.put(`${at(`virtualMachines/${os}`)}/extensions/login`, loginExtension(os));
  }
  const workspace = `${group}/providers/Microsoft.OperationalInsights/workspaces/logs`;
  await arm.put(workspace, { location, properties: { sku: { name: "PerGB2018" } } });
  await arm.put(
    `${at("bastionHosts/bastion")}/providers/Microsoft.Insights/diagnosticSettings/audit`,
    {
      properties: {
        workspaceId: workspace,
        logs: [{ category: "BastionAuditLogs", enabled: true }],
      },
    },
  );
  const account = `${group}/providers/Microsoft.Storage/storageAccounts/recordings`;
  await arm.put(account, { location, sku: { name: "Standard_LRS" }, kind: "StorageV2" });
  await arm.put(`${account}/blobServices/default/containers/sessions`, { properties: {} });
  await arm.put(`${hub}/providers/Microsoft.Authorization/locks/keep`, {
    properties: { level: "CanNotDelete" },
  });
}

describe("Microsoft's published types", function () {
  before(function () {
    if (published === undefined) this.skip();
  });

  it(
    "have every property that the simulated Azure answers, with a value of its kind",
    onArm(async (arm) => {
      await makeEverything(arm);
      const checked = new Set<string>();
      const problems = [];
      for (const resource of arm.azure.azure.store.all()) {
        const version = versions.find(([prefix]) => resource.type.startsWith(prefix))?.[1];
        if (version === undefined || published?.has(resource.type, version) !== true) continue;
        checked.add(resource.type);
        const body = await arm.get(resource.id);
        for (const problem of published.problems(resource.type, version, body, "answer")) {
          problems.push(`${resource.type}: ${problem}`);
        }
      }
      expect(problems).to.deep.equal([]);
      expect([...checked].sort()).to.deep.equal([
        "Microsoft.Authorization/locks",
        "Microsoft.Compute/virtualMachines",
        "Microsoft.Compute/virtualMachines/extensions",
        "Microsoft.Insights/diagnosticSettings",
        "Microsoft.Network/bastionHosts",
        "Microsoft.Network/natGateways",
        "Microsoft.Network/networkInterfaces",
        "Microsoft.Network/networkSecurityGroups",
        "Microsoft.Network/networkSecurityGroups/securityRules",
        "Microsoft.Network/publicIPAddresses",
        "Microsoft.Network/routeTables",
        "Microsoft.Network/routeTables/routes",
        "Microsoft.Network/virtualNetworks",
        "Microsoft.Network/virtualNetworks/subnets",
        "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
        "Microsoft.OperationalInsights/workspaces",
        "Microsoft.Resources/resourceGroups",
        "Microsoft.Storage/storageAccounts",
        "Microsoft.Storage/storageAccounts/blobServices/containers",
      ]);
    }),
  );

  it("lack a property that is misspelt, and refuse a value of another kind", () => {
    const body = { location: 1, properties: { adressSpace: {}, enableDdosProtection: "no" } };
    expect(
      published?.problems("Microsoft.Network/virtualNetworks", "2024-05-01", body, "request"),
    ).to.deep.equal([
      "location: 1 is not text",
      "properties.adressSpace: not a property of the published type",
      'properties.enableDdosProtection: "no" is not true or false',
    ]);
  });

  it("refuse a read-only property in a request, and miss a required one", () => {
    const body = {
      properties: {
        provisioningState: "Succeeded",
        access: "Allow",
        direction: "Inbound",
        protocol: "Tcp",
      },
    };
    const type = "Microsoft.Network/networkSecurityGroups/securityRules";
    expect(published?.problems(type, "2024-05-01", body, "request")).to.deep.equal([
      "properties.provisioningState: read-only",
      "properties.priority: required and missing",
    ]);
  });
});
