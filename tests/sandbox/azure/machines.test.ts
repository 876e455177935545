import { expect } from "chai";
import {
  asObject,
  asObjects,
  asText,
  at as pathOf,
  objectsAt,
  textAt,
  type JsonObject,
} from "../../../sandbox/azure/json";
import { at, group, onArm, subscription, type Arm } from "./arm";
import {
  loginExtension,
  makeMachine,
  makeSpoke,
  networkInterface,
  rule,
  securityGroup,
  standardAddress,
  subnet,
  virtualMachine,
} from "./bodies";

const vms = at("virtualNetworks/spoke/subnets/vms");
const web = at("virtualMachines/web");
const login = `${web}/extensions/login`;
const withoutFeature = {
  subscriptions: [
    {
      subscriptionId: subscription.slice("/subscriptions/".length),
      displayName: "plain",
      registeredFeatures: [],
    },
  ],
};

function profile(body: JsonObject): JsonObject {
  return asObject(asObject(body.properties).osProfile);
}

async function devices(arm: Arm): Promise<unknown[]> {
  const answer = await arm.azure.graph("GET", "devices");
  return asObjects(asObject(answer.body).value).map((device) => device.displayName);
}

describe("simulated Azure: virtual machines", () => {
  it(
    "fills in what Azure fills in, and gives no password back",
    onArm(async (arm) => {
      await makeSpoke(arm);
      const body = await makeMachine(arm, "web", "windows");
      expect(textAt(body, "properties.vmId")).to.match(/^[0-9a-f-]{36}$/);
      expect(textAt(body, "identity.principalId")).to.match(/^[0-9a-f-]{36}$/);
      expect(profile(body)).to.not.have.property("adminPassword");
      expect(profile(body).windowsConfiguration).to.deep.equal({
        provisionVMAgent: true,
        enableAutomaticUpdates: true,
        patchSettings: { patchMode: "AutomaticByOS", assessmentMode: "ImageDefault" },
      });
      expect(pathOf(body, "properties.storageProfile.osDisk")).to.include({
        osType: "Windows",
        diskSizeGB: 127,
      });
      expect(JSON.stringify(arm.azure.azure.store.journal())).to.not.include("Correct-Horse-9");
    }),
  );

  it(
    "shows the VM on its interface, which cannot be deleted meanwhile",
    onArm(async (arm) => {
      await makeSpoke(arm);
      await makeMachine(arm, "web", "linux");
      const nic = await arm.get(at("networkInterfaces/web"));
      expect(textAt(nic, "properties.virtualMachine.id")).to.equal(web);
      await arm.refused("DELETE", at("networkInterfaces/web"), undefined, 400, "NicInUse");
      const second = virtualMachine("db", "linux", {
        networkProfile: { networkInterfaces: [{ id: at("networkInterfaces/web") }] },
      });
      await arm.refused("PUT", at("virtualMachines/db"), second, 400, "NicInUse");
      await arm.remove(web);
      await arm.remove(at("networkInterfaces/web"));
    }),
  );

  for (const [what, os, change] of [
    [
      "the image",
      "linux",
      {
        storageProfile: {
          imageReference: {
            publisher: "Canonical",
            offer: "ubuntu-24_04-lts",
            sku: "minimal",
            version: "latest",
          },
          osDisk: { createOption: "FromImage", deleteOption: "Delete" },
        },
      },
    ],
    [
      "the administrator's name",
      "windows",
      {
        osProfile: {
          computerName: "web",
          adminUsername: "other",
          adminPassword: "Correct-Horse-9",
          windowsConfiguration: {},
        },
      },
    ],
    [
      "the administrator's password",
      "windows",
      {
        osProfile: {
          computerName: "web",
          adminUsername: "jumpadmin",
          adminPassword: "Another-Horse-9",
          windowsConfiguration: {},
        },
      },
    ],
    [
      "the computer name",
      "windows",
      {
        osProfile: {
          computerName: "web2",
          adminUsername: "jumpadmin",
          adminPassword: "Correct-Horse-9",
          windowsConfiguration: {},
        },
      },
    ],
  ] as const) {
    it(
      `refuses to change ${what} of a VM`,
      onArm(async (arm) => {
        await makeSpoke(arm);
        await makeMachine(arm, "web", os);
        await arm.refused(
          "PUT",
          web,
          virtualMachine("web", os, change),
          409,
          "PropertyChangeNotAllowed",
        );
      }),
    );
  }

  it(
    "changes size and tags in place, by PUT and by PATCH",
    onArm(async (arm) => {
      await makeSpoke(arm);
      await makeMachine(arm, "web", "windows");
      await arm.put(
        web,
        virtualMachine("web", "windows", { hardwareProfile: { vmSize: "Standard_D2s_v5" } }),
      );
      const patched = await arm.send("PATCH", web, {
        tags: { a: "b" },
        properties: { licenseType: "None" },
      });
      expect(patched.body.tags).to.deep.equal({ a: "b" });
      expect(patched.body.properties).to.deep.include({
        licenseType: "None",
        hardwareProfile: { vmSize: "Standard_D2s_v5" },
      });
    }),
  );

  it(
    "refuses zones that change, and an encryption that changes while it runs",
    onArm(async (arm) => {
      await makeSpoke(arm);
      await makeMachine(arm, "web", "linux");
      await arm.refused(
        "PUT",
        web,
        { ...virtualMachine("web", "linux"), zones: ["1"] },
        409,
        "PropertyChangeNotAllowed",
      );
      const encrypted = virtualMachine("web", "linux", {
        securityProfile: { encryptionAtHost: true },
      });
      await arm.refused("PUT", web, encrypted, 409, "OperationNotAllowed");
      await arm.send("POST", `${web}/deallocate`);
      await arm.put(web, encrypted);
    }),
  );

  it(
    "refuses another type of its system disk and a smaller size at all times, and a larger one while it runs",
    onArm(async (arm) => {
      await makeSpoke(arm);
      await makeMachine(arm, "web", "windows");
      const withDisk = (more: JsonObject): JsonObject => {
        const body = virtualMachine("web", "windows");
        const storage = asObject(asObject(body.properties).storageProfile);
        const osDisk = { ...asObject(storage.osDisk), ...more };
        return virtualMachine("web", "windows", { storageProfile: { ...storage, osDisk } });
      };
      const refused = async (more: JsonObject): Promise<string> =>
        await arm.refused("PUT", web, withDisk(more), 409, "OperationNotAllowed");
      expect(await refused({ diskSizeGB: 256 })).to.include("attached to running VM");
      await arm.send("POST", `${web}/deallocate`);
      expect(await refused({ diskSizeGB: 100 })).to.include("cannot be resized down");
      expect(await refused({ managedDisk: { storageAccountType: "UltraSSD_LRS" } })).to.include(
        "Please update disk resource at /subscriptions/",
      );
      const grown = await arm.put(web, withDisk({ diskSizeGB: 256 }));
      const disk = textAt(grown, "properties.storageProfile.osDisk.managedDisk.id") ?? "";
      expect(pathOf(await arm.get(disk), "properties.diskSizeGB")).to.equal(256);
    }),
  );

  for (const value of [true, false]) {
    it(
      `refuses encryptionAtHost ${String(value)} where the subscription lacks the feature`,
      onArm(async (arm) => {
        await makeSpoke(arm);
        await arm.put(at("networkInterfaces/web"), networkInterface(vms));
        const body = virtualMachine("web", "linux", {
          securityProfile: { encryptionAtHost: value },
        });
        const message = await arm.refused("PUT", web, body, 400, "InvalidParameter");
        expect(message).to.include("Microsoft.Compute/EncryptionAtHost");
        await arm.put(web, virtualMachine("web", "linux"));
        const state = await arm.get(
          `${subscription}/providers/Microsoft.Features/providers/Microsoft.Compute/features/EncryptionAtHost`,
        );
        expect(textAt(state, "properties.state")).to.equal("NotRegistered");
      }, withoutFeature),
    );
  }

  for (const [what, os, change] of [
    [
      "a computer name of sixteen letters on Windows",
      "windows",
      { computerName: "abcdefghijklmnop" },
    ],
    ["a computer name of digits on Windows", "windows", { computerName: "12345" }],
    ["a password that is too plain", "windows", { adminPassword: "password" }],
    ["no password on Windows", "windows", { adminPassword: undefined }],
    ["a user that Azure does not allow", "linux", { adminUsername: "root" }],
    [
      "neither key nor password on Linux",
      "linux",
      { linuxConfiguration: { disablePasswordAuthentication: true } },
    ],
    [
      "a key that is none",
      "linux",
      {
        linuxConfiguration: {
          ssh: {
            publicKeys: [{ path: "/home/jumpadmin/.ssh/authorized_keys", keyData: "secret" }],
          },
        },
      },
    ],
    [
      "a key for another place",
      "linux",
      {
        linuxConfiguration: {
          ssh: { publicKeys: [{ path: "/root/.ssh/authorized_keys", keyData: "ssh-rsa AAAA" }] },
        },
      },
    ],
  ] as const) {
    it(
      `refuses ${what}`,
      onArm(async (arm) => {
        await makeSpoke(arm);
        await arm.put(at("networkInterfaces/web"), networkInterface(vms));
        const body = virtualMachine("web", os);
        const changed = {
          ...asObject(body.properties),
          osProfile: { ...profile(body), ...(change as JsonObject) },
        };
        await arm.refused("PUT", web, { ...body, properties: changed }, 400, "InvalidParameter");
      }),
    );
  }

  it(
    "deletes its extensions, its identity and its disk with the VM",
    onArm(async (arm) => {
      await makeSpoke(arm);
      const body = await makeMachine(arm, "web", "linux");
      await arm.put(login, loginExtension("linux"));
      const principal = textAt(body, "identity.principalId") ?? "";
      const disk = textAt(body, "properties.storageProfile.osDisk.managedDisk.id") ?? "";
      expect((await arm.azure.graph("GET", `servicePrincipals/${principal}`)).status).to.equal(200);
      await arm.get(disk);
      await arm.remove(web);
      expect((await arm.request("GET", login)).status).to.equal(404);
      expect((await arm.request("GET", disk)).status).to.equal(404);
      expect((await arm.azure.graph("GET", `servicePrincipals/${principal}`)).status).to.equal(404);
    }),
  );

  it(
    "leaves a disk behind that is not deleted with its VM, and takes another name for the next one",
    onArm(async (arm) => {
      await makeSpoke(arm);
      const storageProfile = {
        imageReference: { publisher: "Canonical", offer: "o", sku: "s", version: "latest" },
        osDisk: { createOption: "FromImage" },
      };
      const first = await makeMachine(arm, "web", "linux", { storageProfile });
      await arm.remove(web);
      const second = await makeMachine(arm, "web", "linux", { storageProfile });
      const disk = (body: JsonObject): string =>
        textAt(body, "properties.storageProfile.osDisk.managedDisk.id") ?? "";
      expect(disk(second)).to.not.equal(disk(first));
      expect(textAt(await arm.get(disk(first)), "properties.diskState")).to.equal("Unattached");
      await arm.remove(disk(first));
    }),
  );

  it(
    "tells its power state",
    onArm(async (arm) => {
      await makeSpoke(arm);
      await makeMachine(arm, "web", "linux");
      const state = async (): Promise<unknown> =>
        objectsAt(await arm.get(`${web}/instanceView`), "statuses")[1]?.code;
      expect(await state()).to.equal("PowerState/running");
      await arm.send("POST", `${web}/powerOff`);
      expect(await state()).to.equal("PowerState/stopped");
      await arm.send("POST", `${web}/start`);
      expect(await state()).to.equal("PowerState/running");
    }),
  );
});

describe("simulated Azure: extensions", () => {
  for (const os of ["linux", "windows"] as const) {
    it(
      `installs the login extension on ${os}`,
      onArm(async (arm) => {
        await makeSpoke(arm);
        await makeMachine(arm, "web", os);
        const body = await arm.put(login, loginExtension(os));
        expect(textAt(body, "properties.provisioningState")).to.equal("Succeeded");
        expect(objectsAt(await arm.get(web), "resources").map((item) => item.name)).to.deep.equal([
          "login",
        ]);
        expect(await devices(arm)).to.deep.equal(os === "windows" ? ["web"] : []);
      }),
    );
  }

  for (const [os, code, exit] of [
    ["windows", "VMExtensionProvisioningError", "1007"],
    ["linux", "VMExtensionHandlerNonTransientError", "22"],
  ] as const) {
    it(
      `fails on ${os} without a system identity, with exit code ${exit}`,
      onArm(async (arm) => {
        await makeSpoke(arm);
        await makeMachine(arm, "web", os, {}, { identity: { type: "None" } });
        expect(await arm.fails("PUT", login, loginExtension(os), code)).to.include(exit);
        expect(textAt(await arm.get(login), "properties.provisioningState")).to.equal("Failed");
        // Mended, the same request goes through.
        await arm.put(web, virtualMachine("web", os));
        await arm.put(login, loginExtension(os));
      }),
    );

    it(
      `fails on ${os} without a way to the Internet`,
      onArm(async (arm) => {
        await makeSpoke(arm, { nat: false });
        await makeMachine(arm, "web", os);
        expect(await arm.fails("PUT", login, loginExtension(os), code)).to.include("is private");
      }),
    );
  }

  it(
    "fails where a security group denies 443 to the Internet",
    onArm(async (arm) => {
      const nsg = at("networkSecurityGroups/vms");
      await makeSpoke(arm);
      await arm.put(
        nsg,
        securityGroup(rule("deny", 200, "Outbound", "*", "*", "Internet", ["*"], "Deny")),
      );
      const body = subnet("10.20.0.0/26", {
        defaultOutboundAccess: false,
        natGateway: { id: at("natGateways/nat") },
        networkSecurityGroup: { id: nsg },
      });
      await arm.put(vms, body);
      await makeMachine(arm, "web", "linux");
      const message = await arm.fails(
        "PUT",
        login,
        loginExtension("linux"),
        "VMExtensionHandlerNonTransientError",
      );
      expect(message).to.include("denies 443");
      const open = rule("entra", 100, "Outbound", "Tcp", "*", "AzureCloud", ["443"]);
      await arm.put(
        nsg,
        securityGroup(open, rule("deny", 200, "Outbound", "*", "*", "Internet", ["*"], "Deny")),
      );
      await arm.put(login, loginExtension("linux"));
    }),
  );

  for (const [what, prepare] of [
    [
      "a public address on its interface",
      async (arm: Arm) => {
        await arm.put(at("publicIPAddresses/web"), standardAddress);
        await arm.put(
          at("networkInterfaces/web"),
          networkInterface(vms, { publicIPAddress: { id: at("publicIPAddresses/web") } }),
        );
      },
    ],
    [
      "a default route to an appliance",
      async (arm: Arm) => {
        const route = {
          addressPrefix: "0.0.0.0/0",
          nextHopType: "VirtualAppliance",
          nextHopIpAddress: "10.10.0.132",
        };
        await arm.put(at("routeTables/t"), {
          location: "westeurope",
          properties: { routes: [{ name: "default", properties: route }] },
        });
        await arm.put(
          vms,
          subnet("10.20.0.0/26", {
            defaultOutboundAccess: false,
            routeTable: { id: at("routeTables/t") },
          }),
        );
      },
    ],
    [
      "default outbound access",
      async (arm: Arm) => {
        await arm.put(vms, subnet("10.20.0.0/26", { defaultOutboundAccess: true }));
      },
    ],
  ] as const) {
    it(
      `leaves through ${what}`,
      onArm(async (arm) => {
        await makeSpoke(arm, { nat: false });
        await makeMachine(arm, "web", "linux");
        await prepare(arm);
        await arm.put(login, loginExtension("linux"));
      }),
    );
  }

  it(
    "fails to join on a Windows that is too old",
    onArm(async (arm) => {
      await makeSpoke(arm);
      const imageReference = {
        publisher: "MicrosoftWindowsServer",
        offer: "WindowsServer",
        sku: "2016-Datacenter",
        version: "latest",
      };
      await makeMachine(arm, "web", "windows", {
        storageProfile: { imageReference, osDisk: { createOption: "FromImage" } },
      });
      expect(
        await arm.fails("PUT", login, loginExtension("windows"), "VMExtensionProvisioningError"),
      ).to.include("51");
    }),
  );

  it(
    "fails to join under a device name that the tenant has already",
    onArm(
      async (arm) => {
        await makeSpoke(arm);
        await makeMachine(arm, "web", "windows");
        const message = await arm.fails(
          "PUT",
          login,
          loginExtension("windows"),
          "VMExtensionProvisioningError",
        );
        expect(message).to.include("error_hostname_duplicate");
        expect(message).to.include("'web'");
      },
      {
        devices: [
          {
            id: "55555555-0000-4000-8000-000000000001",
            displayName: "WEB",
            operatingSystem: "Windows",
          },
        ],
      },
    ),
  );

  it("joins anew when a VM of the same name is made again, unless the tenant keeps stale devices", async () => {
    for (const staleDevices of ["removed", "kept"]) {
      await onArm(
        async (arm) => {
          await makeSpoke(arm);
          await makeMachine(arm, "web", "windows");
          await arm.put(login, loginExtension("windows"));
          await arm.remove(web);
          await makeMachine(arm, "web", "windows");
          const again = await arm.send("PUT", login, loginExtension("windows"));
          expect(again.failure?.code).to.equal(
            staleDevices === "kept" ? "VMExtensionProvisioningError" : undefined,
          );
        },
        { staleDevices },
      )();
    }
  });

  it(
    "carries out one extension operation of a VM at a time",
    onArm(async (arm) => {
      await makeSpoke(arm);
      await makeMachine(arm, "web", "linux");
      const first = await arm.request("PUT", login, loginExtension("linux"));
      const other = {
        location: "westeurope",
        properties: {
          publisher: "Microsoft.Azure.Monitor",
          type: "AzureMonitorLinuxAgent",
          typeHandlerVersion: "1.0",
        },
      };
      await arm.refused("PUT", `${web}/extensions/monitor`, other, 409, "Conflict");
      await arm.refused("DELETE", web, undefined, 409, "Conflict");
      await arm.request("GET", first.headers.get("azure-asyncoperation") ?? "");
      await arm.put(`${web}/extensions/monitor`, other);
    }),
  );

  it(
    "refuses to touch the extensions of a VM that does not run",
    onArm(async (arm) => {
      await makeSpoke(arm);
      await makeMachine(arm, "web", "linux");
      await arm.put(login, loginExtension("linux"));
      await arm.send("POST", `${web}/deallocate`);
      await arm.refused("DELETE", login, undefined, 409, "OperationNotAllowed");
      await arm.refused("PUT", login, loginExtension("linux"), 409, "OperationNotAllowed");
      await arm.remove(web);
    }),
  );

  it(
    "refuses extensions where the VM disallows them, and a second one of a handler",
    onArm(async (arm) => {
      await makeSpoke(arm);
      await makeMachine(arm, "web", "linux");
      await arm.put(login, loginExtension("linux"));
      await arm.refused(
        "PUT",
        `${web}/extensions/again`,
        loginExtension("linux"),
        400,
        "BadRequest",
      );
      const body = virtualMachine("db", "linux");
      const closed = {
        ...asObject(body.properties),
        osProfile: { ...profile(body), allowExtensionOperations: false },
      };
      await arm.put(at("networkInterfaces/db"), networkInterface(vms));
      await arm.put(at("virtualMachines/db"), { ...body, properties: closed });
      await arm.refused(
        "PUT",
        at("virtualMachines/db/extensions/login"),
        loginExtension("linux"),
        409,
        "OperationNotAllowed",
      );
    }),
  );

  it(
    "hides protected settings, in the resource and in the journal",
    onArm(async (arm) => {
      await makeSpoke(arm);
      await makeMachine(arm, "web", "linux");
      const body = await arm.put(`${web}/extensions/script`, {
        location: "westeurope",
        properties: {
          publisher: "Microsoft.Azure.Extensions",
          type: "CustomScript",
          typeHandlerVersion: "2.1",
          protectedSettings: { commandToExecute: "echo hush-hush" },
        },
      });
      expect(asText(asObject(body.properties).type)).to.equal("CustomScript");
      expect(JSON.stringify(body)).to.not.include("hush-hush");
      expect(JSON.stringify(arm.azure.azure.store.journal())).to.not.include("hush-hush");
      const listed = await arm.get(`${web}/extensions`);
      expect(objectsAt(listed, "value").map((item) => item.name)).to.deep.equal(["script"]);
      expect(await arm.get(`${group}/resources`)).to.have.property("value");
    }),
  );
});
