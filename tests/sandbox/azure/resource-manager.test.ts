import { expect } from "chai";
import { asObject, asText, objectsAt, textAt, type JsonObject } from "../../../sandbox/azure/json";
import type { Arm } from "./arm";
import { at, group, onArm, subscription } from "./arm";
import {
  makeMachine,
  makeSpoke,
  securityGroup,
  standardAddress,
  subnet,
  virtualNetwork,
} from "./bodies";

const hub = at("virtualNetworks/hub");
const nsg = at("networkSecurityGroups/nsg");

describe("simulated Azure: what Resource Manager checks", () => {
  for (const [what, method, path, body, status, code] of [
    ["no api-version", "GET", `${hub}?api-version=`, undefined, 400, "MissingApiVersionParameter"],
    [
      "an api-version that nobody knows",
      "PUT",
      `${hub}?api-version=1999-01-01`,
      virtualNetwork("10.0.0.0/16"),
      400,
      "NoRegisteredProviderFound",
    ],
    [
      "a type that it does not play",
      "PUT",
      `${at("firewalls/f")}?api-version=2024-05-01`,
      {},
      404,
      "InvalidResourceType",
    ],
    [
      "a namespace that it does not play",
      "PUT",
      `${group}/providers/Microsoft.Nothing/things/t?api-version=2024-05-01`,
      {},
      404,
      "InvalidResourceNamespace",
    ],
    [
      "a resource group that is not there",
      "PUT",
      hub.replace("rg-test", "rg-none"),
      virtualNetwork("10.0.0.0/16"),
      404,
      "ResourceGroupNotFound",
    ],
    [
      "a subscription that the tenant lacks",
      "PUT",
      hub.replace(subscription, "/subscriptions/99999999-9999-4999-8999-999999999999"),
      virtualNetwork("10.0.0.0/16"),
      404,
      "SubscriptionNotFound",
    ],
    [
      "a child without its parent",
      "PUT",
      `${hub}/subnets/a`,
      subnet("10.0.0.0/24"),
      404,
      "ParentResourceNotFound",
    ],
    ["a resource that is not there", "GET", hub, undefined, 404, "ResourceNotFound"],
    ["a body without location", "PUT", hub, { properties: {} }, 400, "LocationRequired"],
    [
      "a member that no resource has",
      "PUT",
      hub,
      { ...virtualNetwork("10.0.0.0/16"), adress: 1 },
      400,
      "InvalidRequestContent",
    ],
    ["no body", "PUT", hub, undefined, 400, "MissingRequestBody"],
    [
      "a name with a space",
      "PUT",
      at("virtualNetworks/my%20hub"),
      virtualNetwork("10.0.0.0/16"),
      400,
      "InvalidResourceName",
    ],
    ["an action that nobody knows", "POST", `${group}/explode`, {}, 404, "InvalidResourcePath"],
  ] as const) {
    it(
      `refuses ${what}`,
      onArm(async (arm) => {
        await arm.refused(method, path, body, status, code);
      }),
    );
  }

  it(
    "refuses a body that is no JSON",
    onArm(async (arm) => {
      const url = `${arm.azure.azure.url}${hub}?api-version=2024-05-01`;
      const response = await fetch(url, { method: "PUT", body: "{" });
      expect(response.status).to.equal(400);
      expect(textAt(await response.json(), "error.code")).to.equal("InvalidRequestContent");
    }),
  );

  it(
    "refuses an address that it cannot read, and goes on",
    onArm(async (arm) => {
      const response = await fetch(`${arm.azure.azure.url}/subscriptions/%E0%A4%A`);
      expect(response.status).to.equal(400);
      await arm.get(group);
    }),
  );

  it(
    "refuses another location for a resource or group that exists, however the region is spelt",
    onArm(async (arm) => {
      await arm.put(hub, virtualNetwork("10.0.0.0/16"));
      const elsewhere = { ...virtualNetwork("10.0.0.0/16"), location: "northeurope" };
      await arm.refused("PUT", hub, elsewhere, 409, "InvalidResourceLocation");
      await arm.refused(
        "PUT",
        group,
        { location: "northeurope" },
        409,
        "InvalidResourceGroupLocation",
      );
      await arm.put(hub, { ...virtualNetwork("10.0.0.0/16"), location: "West Europe" });
    }),
  );

  it(
    "honours If-Match and If-None-Match",
    onArm(async (arm) => {
      const { etag } = await arm.put(hub, virtualNetwork("10.0.0.0/16"));
      const put = async (headers: Record<string, string>): Promise<number> =>
        (await arm.send("PUT", hub, virtualNetwork("10.0.0.0/16", "10.1.0.0/16"), headers)).status;
      expect(await put({ "If-None-Match": "*" })).to.equal(412);
      expect(await put({ "If-Match": 'W/"other"' })).to.equal(412);
      expect(await put({ "If-Match": asText(etag) ?? "" })).to.equal(200);
    }),
  );

  it(
    "patches tags, and nothing else of a type that knows no more",
    onArm(async (arm) => {
      await arm.put(hub, virtualNetwork("10.0.0.0/16"));
      const patched = await arm.send("PATCH", hub, { tags: { owner: "network" } });
      expect(patched.body.tags).to.deep.equal({ owner: "network" });
      expect(patched.body.properties).to.deep.include({
        addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
      });
      await arm.refused("PATCH", hub, { properties: {} }, 400, "InvalidRequestContent");
    }),
  );

  it(
    "says in a header that it is simulated",
    onArm(async (arm) => {
      const response = await arm.request("GET", group);
      expect(response.headers.get("server")).to.equal("simulated-azure");
    }),
  );
});

describe("simulated Azure: long-running operations", () => {
  it(
    "answers 201 with Azure-AsyncOperation to a creation, 200 to an update, 202 with Location to a deletion",
    onArm(async (arm) => {
      const created = await arm.request("PUT", hub, virtualNetwork("10.0.0.0/16"));
      expect(created.status).to.equal(201);
      expect(textAt(await created.json(), "properties.provisioningState")).to.equal("Updating");
      const poll = created.headers.get("azure-asyncoperation") ?? "";
      expect(await (await arm.request("GET", poll)).json()).to.include({ status: "Succeeded" });
      expect((await arm.send("PUT", hub, virtualNetwork("10.0.0.0/16"))).status).to.equal(200);
      const deleted = await arm.request("DELETE", hub);
      expect(deleted.status).to.equal(202);
      const end = await arm.request("GET", deleted.headers.get("location") ?? "");
      expect(end.status).to.equal(204);
      expect((await arm.request("DELETE", hub)).status).to.equal(204);
    }),
  );

  it(
    "refuses to tell of an operation that it does not know",
    onArm(async (arm) => {
      const path = `${subscription}/providers/Microsoft.Network/locations/westeurope/operations/nothing`;
      await arm.refused("GET", `${path}?api-version=2024-05-01`, undefined, 404, "NotFound");
    }),
  );
});

describe("simulated Azure: resource groups", () => {
  it(
    "deletes what a group holds, in an order that works, without leaving anything",
    onArm(async (arm) => {
      await makeSpoke(arm);
      await arm.put(nsg, securityGroup());
      await arm.put(
        at("virtualNetworks/spoke/subnets/vms"),
        subnet("10.20.0.0/26", {
          natGateway: { id: at("natGateways/nat") },
          networkSecurityGroup: { id: nsg },
        }),
      );
      const machine = await makeMachine(arm, "web", "windows");
      const before = arm.azure.azure.store.beneath(group).length;
      expect(before).to.be.greaterThan(6);
      await arm.remove(group);
      expect(arm.azure.azure.store.beneath(group)).to.deep.equal([]);
      const principal = textAt(machine, "identity.principalId") ?? "";
      expect((await arm.azure.graph("GET", `servicePrincipals/${principal}`)).status).to.equal(404);
    }),
  );

  it(
    "keeps a group whose content is in use elsewhere, and names it",
    onArm(async (arm) => {
      const other = `${subscription}/resourceGroups/rg-other`;
      const theirs = at("virtualNetworks/theirs", other);
      await arm.put(other, { location: "westeurope" });
      await arm.put(nsg, securityGroup());
      await arm.put(theirs, virtualNetwork("10.9.0.0/16"));
      await arm.put(
        `${theirs}/subnets/a`,
        subnet("10.9.0.0/24", { networkSecurityGroup: { id: nsg } }),
      );
      const result = await arm.send("DELETE", group);
      expect(result.failure).to.include({ code: "ResourceGroupDeletionBlocked" });
      expect(objectsAt(result.failure, "details").map((detail) => detail.code)).to.deep.equal([
        "InUseNetworkSecurityGroupCannotBeDeleted",
      ]);
      expect(textAt(await arm.get(group), "properties.provisioningState")).to.equal("Succeeded");
      await arm.remove(other);
      await arm.remove(group);
    }),
  );

  it(
    "refuses writes into a group that is being deleted",
    onArm(async (arm) => {
      await arm.request("DELETE", group);
      await arm.refused(
        "PUT",
        hub,
        virtualNetwork("10.0.0.0/16"),
        409,
        "ResourceGroupBeingDeleted",
      );
    }),
  );
});

describe("simulated Azure: locks", () => {
  const lockOf = (scope: string): string => `${scope}/providers/Microsoft.Authorization/locks/keep`;

  for (const [level, update, deletion] of [
    ["CanNotDelete", 200, 409],
    ["ReadOnly", 409, 409],
  ] as const) {
    it(
      `${level} on a resource answers ${update} to a write and ${deletion} to a deletion`,
      onArm(async (arm) => {
        await arm.put(hub, virtualNetwork("10.0.0.0/16"));
        await arm.put(lockOf(hub), { properties: { level, notes: "the hub" } });
        expect((await arm.send("PUT", hub, virtualNetwork("10.0.0.0/16"))).status).to.equal(update);
        expect((await arm.send("DELETE", hub)).status).to.equal(deletion);
        await arm.remove(lockOf(hub));
        await arm.remove(hub);
      }),
    );
  }

  it(
    "holds for what is beneath its scope, and keeps what is above from deletion",
    onArm(async (arm) => {
      await arm.put(hub, virtualNetwork("10.0.0.0/16"));
      await arm.put(`${hub}/subnets/a`, subnet("10.0.0.0/24"));
      await arm.put(lockOf(hub), { properties: { level: "CanNotDelete" } });
      const message = await arm.refused(
        "DELETE",
        `${hub}/subnets/a`,
        undefined,
        409,
        "ScopeLocked",
      );
      expect(message).to.include(hub);
      await arm.refused("DELETE", group, undefined, 409, "ScopeLocked");
    }),
  );

  it(
    "refuses a level that is none, and a lock on what is not there",
    onArm(async (arm) => {
      await arm.refused(
        "PUT",
        lockOf(group),
        { properties: { level: "Some" } },
        400,
        "LockLevelNotValid",
      );
      await arm.refused(
        "PUT",
        lockOf(hub),
        { properties: { level: "ReadOnly" } },
        404,
        "ResourceNotFound",
      );
    }),
  );
});

describe("simulated Azure: diagnostics, workspaces and storage accounts", () => {
  const workspace = `${group}/providers/Microsoft.OperationalInsights/workspaces/logs`;
  const account = `${group}/providers/Microsoft.Storage/storageAccounts/recordings`;
  const setting = (name: string): string =>
    `${at("publicIPAddresses/a")}/providers/Microsoft.Insights/diagnosticSettings/${name}`;
  const logs = (category: string): JsonObject => ({
    properties: { workspaceId: workspace, logs: [{ category, enabled: true }] },
  });

  async function prepare(arm: Arm): Promise<void> {
    await arm.put(workspace, {
      location: "westeurope",
      properties: { sku: { name: "PerGB2018" } },
    });
    await arm.put(at("publicIPAddresses/a"), standardAddress);
  }

  it(
    "keeps a diagnostic setting on its resource",
    onArm(async (arm) => {
      await prepare(arm);
      await arm.put(setting("audit"), logs("DDoSProtectionNotifications"));
      const list = await arm.get(
        `${at("publicIPAddresses/a")}/providers/Microsoft.Insights/diagnosticSettings`,
      );
      expect(objectsAt(list, "value").map((item) => item.name)).to.deep.equal(["audit"]);
    }),
  );

  it(
    "refuses a category twice to one place, one that the type lacks, and a setting without a place",
    onArm(async (arm) => {
      await prepare(arm);
      await arm.put(setting("audit"), logs("DDoSProtectionNotifications"));
      await arm.refused(
        "PUT",
        setting("second"),
        logs("DDoSProtectionNotifications"),
        409,
        "Conflict",
      );
      await arm.refused("PUT", setting("audit"), logs("BastionAuditLogs"), 400, "BadRequest");
      await arm.refused("PUT", setting("audit"), { properties: { logs: [] } }, 400, "BadRequest");
      const retention = {
        workspaceId: workspace,
        logs: [
          { categoryGroup: "allLogs", enabled: true, retentionPolicy: { enabled: true, days: 7 } },
        ],
      };
      await arm.refused("PUT", setting("audit"), { properties: retention }, 400, "BadRequest");
    }),
  );

  it(
    "makes a workspace with Azure's defaults and a storage account with its blob service",
    onArm(async (arm) => {
      await prepare(arm);
      expect((await arm.get(workspace)).properties).to.include({
        retentionInDays: 30,
        provisioningState: "Succeeded",
      });
      const body = { location: "westeurope", sku: { name: "Standard_LRS" }, kind: "StorageV2" };
      const made = await arm.put(account, body);
      expect(textAt(made, "properties.primaryEndpoints.blob")).to.equal(
        "https://recordings.blob.core.windows.net/",
      );
      await arm.put(`${account}/blobServices/default/containers/sessions`, { properties: {} });
      await arm.refused(
        "PUT",
        account.replace("recordings", "Recordings_1"),
        body,
        400,
        "AccountNameInvalid",
      );
      expect(asObject(made.properties).allowBlobPublicAccess).to.equal(false);
    }),
  );
});
