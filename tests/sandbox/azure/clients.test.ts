import { ComputeManagementClient } from "@azure/arm-compute";
import { NetworkManagementClient } from "@azure/arm-network";
import { expect } from "chai";
import { onArm, subscription, type Arm } from "./arm";

const id = subscription.slice("/subscriptions/".length);
const credential = { getToken: () => Promise.resolve(null) };
const group = "rg-test";
const location = "westeurope";

function clients(arm: Arm): { network: NetworkManagementClient; compute: ComputeManagementClient } {
  const options = {
    endpoint: arm.azure.azure.url,
    allowInsecureConnection: true,
    retryOptions: { maxRetries: 0 },
  };
  const network = new NetworkManagementClient(credential, id, options);
  const compute = new ComputeManagementClient(credential, id, options);
  for (const client of [network, compute]) {
    client.pipeline.removePolicy({ name: "bearerTokenAuthenticationPolicy" });
  }
  return { network, compute };
}

async function codeOf(run: Promise<unknown>): Promise<unknown> {
  return run.then(
    () => undefined,
    (error: unknown) => (error as { code?: unknown }).code,
  );
}

describe("Microsoft's own clients against the simulated Azure", () => {
  it(
    "make, list, read and delete a network through their long-running operations",
    onArm(async (arm) => {
      const { network } = clients(arm);
      const made = await network.virtualNetworks.beginCreateOrUpdateAndWait(group, "hub", {
        location,
        addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
        subnets: [{ name: "a", addressPrefix: "10.0.0.0/24" }],
      });
      expect(made.provisioningState).to.equal("Succeeded");
      expect(made.subnets?.map((subnet) => subnet.addressPrefix)).to.deep.equal(["10.0.0.0/24"]);
      const names = [];
      for await (const found of network.virtualNetworks.list(group)) names.push(found.name);
      expect(names).to.deep.equal(["hub"]);
      await network.virtualNetworks.beginDeleteAndWait(group, "hub");
      expect(await codeOf(network.virtualNetworks.get(group, "hub"))).to.equal("ResourceNotFound");
    }),
  );

  it(
    "see a refusal's code, and the code of an operation that fails later",
    onArm(async (arm) => {
      const { network, compute } = clients(arm);
      const space = { location, addressSpace: { addressPrefixes: ["10.0.0.1/16"] } };
      expect(
        await codeOf(network.virtualNetworks.beginCreateOrUpdateAndWait(group, "hub", space)),
      ).to.equal("InvalidCIDRNotation");

      await network.virtualNetworks.beginCreateOrUpdateAndWait(group, "spoke", {
        location,
        addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
        subnets: [{ name: "vms", addressPrefix: "10.0.0.0/24", defaultOutboundAccess: false }],
      });
      const subnet = await network.subnets.get(group, "spoke", "vms");
      const nic = await network.networkInterfaces.beginCreateOrUpdateAndWait(group, "web", {
        location,
        ipConfigurations: [{ name: "c", subnet: { id: subnet.id ?? "" } }],
      });
      expect(nic.ipConfigurations?.[0]?.privateIPAddress).to.equal("10.0.0.4");
      const machine = await compute.virtualMachines.beginCreateOrUpdateAndWait(group, "web", {
        location,
        identity: { type: "SystemAssigned" },
        hardwareProfile: { vmSize: "Standard_B2s" },
        storageProfile: {
          imageReference: {
            publisher: "Canonical",
            offer: "ubuntu-24_04-lts",
            sku: "server",
            version: "latest",
          },
          osDisk: { createOption: "FromImage" },
        },
        osProfile: {
          computerName: "web",
          adminUsername: "jumpadmin",
          adminPassword: "Correct-Horse-9",
        },
        networkProfile: { networkInterfaces: [{ id: nic.id ?? "" }] },
      });
      expect(machine.identity?.principalId).to.match(/^[0-9a-f-]{36}$/);
      const login = {
        location,
        publisher: "Microsoft.Azure.ActiveDirectory",
        typePropertiesType: "AADSSHLoginForLinux",
        typeHandlerVersion: "1.0",
      };
      const error: unknown = await compute.virtualMachineExtensions
        .beginCreateOrUpdateAndWait(group, "web", "login", login)
        .then(
          () => undefined,
          (reason: unknown) => reason,
        );
      expect((error as Error).message).to.include("VMExtensionHandlerNonTransientError");
      await compute.virtualMachines.beginDeallocateAndWait(group, "web");
      const view = await compute.virtualMachines.instanceView(group, "web");
      expect(view.statuses?.map((status) => status.code)).to.include("PowerState/deallocated");
      await compute.virtualMachines.beginDeleteAndWait(group, "web");
    }),
  );
});
