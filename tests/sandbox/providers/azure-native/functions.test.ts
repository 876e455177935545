import { expect } from "chai";
import type { Values } from "../../../../sandbox/providers/plugin/values";
import { deployGroup, deployNetwork, groupName, inWorld, refusalOf, subscription } from "../world";

const tenantId = "11111111-1111-4111-8111-111111111111";
const caller = "44444444-0000-4000-8000-000000000001";

function claimsOf(token: unknown): Values {
  const [header = "", claims = "", signature] = String(token).split(".");
  const read = (part: string): Values =>
    JSON.parse(Buffer.from(part, "base64url").toString("utf8")) as Values;
  expect(read(header).alg).to.equal("none");
  expect(signature).to.equal("");
  return read(claims);
}

describe("simulated azure-native: functions", () => {
  it(
    "tell who the caller is and which subscription is in use",
    inWorld(async ({ native }) => {
      expect(await native.invoke("azure-native:authorization:getClientConfig")).to.deep.equal({
        clientId: "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
        objectId: caller,
        subscriptionId: subscription,
        tenantId,
      });
    }),
  );

  it(
    "give an unsigned token whose audience is the simulated Resource Manager",
    inWorld(async ({ azure, native }) => {
      const { token } = await native.invoke("azure-native:authorization:getClientToken");
      expect(claimsOf(token)).to.include({
        aud: azure.url,
        tid: tenantId,
        oid: caller,
        simulated: true,
      });
      const other = await native.invoke("azure-native:authorization:getClientToken", {
        endpoint: "https://vault.azure.net",
      });
      expect(claimsOf(other.token).aud).to.equal("https://vault.azure.net");
    }),
  );

  it(
    "read a resource as its outputs",
    inWorld(async ({ native }) => {
      const group = await deployGroup(native);
      const vnet = await deployNetwork(native);
      const found = await native.invoke("azure-native:network:getVirtualNetwork", {
        resourceGroupName: groupName,
        virtualNetworkName: "vnet",
      });
      expect(found).to.deep.equal(vnet.state);
      const read = await native.invoke("azure-native:resources:getResourceGroup", {
        resourceGroupName: groupName,
      });
      expect(read).to.deep.equal(group.state);
    }),
  );

  it(
    "read a role definition",
    inWorld(async ({ native }) => {
      const args = {
        scope: `/subscriptions/${subscription}`,
        roleDefinitionId: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
      };
      const found = await native.invoke("azure-native:authorization:getRoleDefinition", args);
      expect(found).to.include({ roleName: "Reader", roleType: "BuiltInRole" });
    }),
  );

  it(
    "fail for what is not there, for what is missing and for what is not simulated",
    inWorld(async ({ native }) => {
      const token = "azure-native:resources:getResourceGroup";
      expect(await refusalOf(native.invoke(token, { resourceGroupName: "none" }))).to.match(
        /request failed \/subscriptions\/.*Status=404/,
      );
      expect(await refusalOf(native.invoke(token, {}))).to.contain(
        "missing required property 'resourceGroupName'",
      );
      expect(await refusalOf(native.invoke("azure-native:sql:getServer", {}))).to.contain(
        "does not have this type",
      );
      expect(await refusalOf(native.invoke("azure-native:storage:listKeys", {}))).to.contain(
        "does not have this function",
      );
    }),
  );

  it(
    "use the subscription that the program configures",
    inWorld(
      async ({ native }) => {
        const { subscriptionId } = await native.invoke(
          "azure-native:authorization:getClientConfig",
        );
        expect(subscriptionId).to.equal("77777777-7777-4777-8777-777777777777");
      },
      { config: { "azure-native:config:subscriptionId": "77777777-7777-4777-8777-777777777777" } },
    ),
  );
});
