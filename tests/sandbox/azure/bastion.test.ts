import { expect } from "chai";
import { asObject, asText, objectsAt, textAt, type JsonObject } from "../../../sandbox/azure/json";
import { lackingBastionRules } from "../../../sandbox/azure/network/bastion-rules";
import { at, onArm } from "./arm";
import {
  bastionHost,
  bastionRules,
  makeHub,
  networkInterface,
  rule,
  securityGroup,
  standardAddress,
  subnet,
  virtualNetwork,
} from "./bodies";

const host = at("bastionHosts/bastion");
const nsg = at("networkSecurityGroups/bastion");
const hub = at("virtualNetworks/hub");
const bastionSubnet = `${hub}/subnets/AzureBastionSubnet`;

describe("simulated Azure: AzureBastionSubnet", () => {
  for (const [index, missing] of bastionRules().entries()) {
    it(
      `refuses a security group without ${asText(missing.name) ?? ""}`,
      onArm(async (arm) => {
        await arm.put(
          nsg,
          securityGroup(...bastionRules().filter((_, position) => position !== index)),
        );
        await arm.put(hub, virtualNetwork("10.10.0.0/24"));
        const body = subnet("10.10.0.0/26", { networkSecurityGroup: { id: nsg } });
        const code = "NetworkSecurityGroupNotCompliantForAzureBastionSubnet";
        await arm.refused("PUT", bastionSubnet, body, 400, code);
        await arm.put(nsg, securityGroup(...bastionRules()));
        await arm.put(bastionSubnet, body);
      }),
    );
  }

  it("does not take 8080 and 5701 from GatewayManager for what Microsoft asks", () => {
    const blog = bastionRules().map((item) =>
      item.name === "AllowBastionHostCommunication"
        ? rule("blog", 150, "Inbound", "*", "GatewayManager", "*", ["8080", "5701"])
        : item,
    );
    expect(lackingBastionRules(blog)).to.deep.equal([
      "Inbound VirtualNetwork -> VirtualNetwork 8080",
      "Inbound VirtualNetwork -> VirtualNetwork 5701",
    ]);
  });

  it("takes the users' own public addresses in place of Internet", () => {
    const narrowed = bastionRules().map((item) =>
      item.name === "AllowHttpsInbound"
        ? rule("office", 120, "Inbound", "Tcp", "203.0.113.0/24", "*", ["443"])
        : item,
    );
    expect(lackingBastionRules(narrowed)).to.deep.equal([]);
  });

  it("does not count a rule that denies, nor one for UDP", () => {
    const denied = bastionRules().map((item) =>
      item.name === "AllowHttpOutbound"
        ? rule("x", 130, "Outbound", "*", "*", "Internet", ["80"], "Deny")
        : item,
    );
    const udp = bastionRules().map((item) =>
      item.name === "AllowHttpOutbound"
        ? rule("x", 130, "Outbound", "Udp", "*", "Internet", ["80"])
        : item,
    );
    expect(lackingBastionRules(denied)).to.deep.equal(["Outbound * -> Internet 80"]);
    expect(lackingBastionRules(udp)).to.deep.equal(["Outbound * -> Internet 80"]);
  });

  it(
    "refuses to take a required rule away while the group is on the subnet",
    onArm(async (arm) => {
      await makeHub(arm);
      const code = "NetworkSecurityGroupNotCompliantForAzureBastionSubnet";
      await arm.refused("PUT", nsg, securityGroup(...bastionRules().slice(1)), 400, code);
      await arm.refused("DELETE", `${nsg}/securityRules/AllowHttpsInbound`, undefined, 400, code);
      const closed = rule(
        "AllowHttpsInbound",
        120,
        "Inbound",
        "Tcp",
        "Internet",
        "*",
        ["443"],
        "Deny",
      );
      const body = { properties: asObject(closed.properties) };
      await arm.refused("PUT", `${nsg}/securityRules/AllowHttpsInbound`, body, 400, code);
    }),
  );

  it(
    "refuses a route table",
    onArm(async (arm) => {
      await arm.put(at("routeTables/udr"), { location: "westeurope", properties: {} });
      await arm.put(hub, virtualNetwork("10.10.0.0/24"));
      const body = subnet("10.10.0.0/26", { routeTable: { id: at("routeTables/udr") } });
      await arm.refused(
        "PUT",
        bastionSubnet,
        body,
        400,
        "RouteTableCannotBeAttachedForAzureBastionSubnet",
      );
    }),
  );

  it(
    "refuses an interface of anybody else",
    onArm(async (arm) => {
      await makeHub(arm);
      await arm.refused(
        "PUT",
        at("networkInterfaces/x"),
        networkInterface(bastionSubnet),
        400,
        "AzureBastionSubnet",
      );
    }),
  );
});

describe("simulated Azure: Bastion hosts", () => {
  it(
    "fills in what Azure fills in",
    onArm(async (arm) => {
      await makeHub(arm);
      const body = await arm.put(host, bastionHost("Standard", { enableTunneling: true }));
      expect(body.sku).to.deep.equal({ name: "Standard" });
      expect(body.properties).to.deep.include({
        scaleUnits: 2,
        enableTunneling: true,
        enableShareableLink: false,
      });
      expect(textAt(body, "properties.dnsName")).to.match(
        /^bst-[0-9a-f-]{36}\.bastion\.azure\.com$/,
      );
      const [user] = objectsAt(await arm.get(bastionSubnet), "properties.ipConfigurations");
      expect(user?.id).to.equal(`${host}/bastionHostIpConfigurations/ipconfig1`);
    }),
  );

  for (const [feature, sku] of [
    ["enableTunneling", "Basic"],
    ["enableIpConnect", "Basic"],
    ["enableShareableLink", "Basic"],
    ["enableFileCopy", "Basic"],
    ["disableCopyPaste", "Basic"],
    ["enableSessionRecording", "Standard"],
  ] as const) {
    it(
      `refuses ${feature} on ${sku}`,
      onArm(async (arm) => {
        await makeHub(arm);
        const code = `FeatureNotSupportedFor${sku}BastionSku`;
        const message = await arm.refused(
          "PUT",
          host,
          bastionHost(sku, { [feature]: true }),
          400,
          code,
        );
        expect(message).to.include(feature);
      }),
    );
  }

  it(
    "refuses scale units that the SKU does not have",
    onArm(async (arm) => {
      await makeHub(arm);
      await arm.refused(
        "PUT",
        host,
        bastionHost("Basic", { scaleUnits: 3 }),
        400,
        "FeatureNotSupportedForBasicBastionSku",
      );
      await arm.refused(
        "PUT",
        host,
        bastionHost("Standard", { scaleUnits: 51 }),
        400,
        "FeatureNotSupportedForStandardBastionSku",
      );
      await arm.put(host, bastionHost("Standard", { scaleUnits: 50 }));
    }),
  );

  it(
    "makes a Developer host on a network, without configuration, and needs that network",
    onArm(async (arm) => {
      await makeHub(arm);
      const developer = (properties: JsonObject): JsonObject => ({
        location: "westeurope",
        sku: { name: "Developer" },
        properties,
      });
      await arm.refused("PUT", host, developer({}), 400, "BastionHostVnetIdNotProvided");
      const withFeature = developer({ virtualNetwork: { id: hub }, enableTunneling: true });
      await arm.refused("PUT", host, withFeature, 400, "FeatureNotSupportedForDeveloperBastionSku");
      await arm.put(host, developer({ virtualNetwork: { id: hub }, enableTunneling: false }));
    }),
  );

  it(
    "refuses session recording together with native client",
    onArm(async (arm) => {
      await makeHub(arm);
      const both = bastionHost("Premium", { enableSessionRecording: true, enableTunneling: true });
      await arm.refused("PUT", host, both, 400, "SessionRecordingNotSupportedWithNativeClient");
    }),
  );

  it(
    "refuses a public address that is not Standard and static",
    onArm(async (arm) => {
      await makeHub(arm);
      await arm.remove(at("publicIPAddresses/bastion"));
      await arm.put(at("publicIPAddresses/bastion"), {
        location: "westeurope",
        sku: { name: "Basic" },
        properties: { publicIPAllocationMethod: "Static" },
      });
      await arm.refused("PUT", host, bastionHost(), 400, "BastionPublicIpMustBeStandardAndStatic");
    }),
  );

  it(
    "refuses a subnet of another name",
    onArm(async (arm) => {
      await makeHub(arm);
      await arm.put(`${hub}/subnets/bastion`, subnet("10.10.0.64/26"));
      const body = bastionHost("Standard", {
        ipConfigurations: [
          {
            name: "ipconfig1",
            properties: {
              subnet: { id: `${hub}/subnets/bastion` },
              publicIPAddress: { id: at("publicIPAddresses/bastion") },
            },
          },
        ],
      });
      await arm.refused("PUT", host, body, 400, "SubnetNameMustBeAzureBastionSubnet");
    }),
  );

  it(
    "refuses a subnet smaller than /26",
    onArm(async (arm) => {
      await arm.put(hub, virtualNetwork("10.10.0.0/24"));
      await arm.put(bastionSubnet, subnet("10.10.0.0/27"));
      await arm.put(at("publicIPAddresses/bastion"), standardAddress);
      await arm.refused("PUT", host, bastionHost(), 400, "BastionSubnetTooSmall");
    }),
  );

  it(
    "refuses a second host in the subnet",
    onArm(async (arm) => {
      await makeHub(arm);
      await arm.put(host, bastionHost());
      await arm.refused("PUT", at("bastionHosts/second"), bastionHost(), 400, "BastionSubnetInUse");
    }),
  );

  it(
    "upgrades in place, and refuses to go back",
    onArm(async (arm) => {
      await makeHub(arm);
      await arm.put(host, bastionHost("Basic"));
      await arm.put(host, bastionHost("Standard", { enableTunneling: true }));
      await arm.refused("PUT", host, bastionHost("Basic"), 400, "BastionUpdateNotSupported");
    }),
  );

  it(
    "refuses another address, other zones and another kind in place",
    onArm(async (arm) => {
      await makeHub(arm);
      await arm.put(at("publicIPAddresses/other"), standardAddress);
      await arm.put(host, bastionHost("Premium"));
      const moved = bastionHost("Premium", {
        ipConfigurations: [
          {
            name: "ipconfig1",
            properties: {
              subnet: { id: bastionSubnet },
              publicIPAddress: { id: at("publicIPAddresses/other") },
            },
          },
        ],
      });
      const closed = bastionHost("Premium", {
        enablePrivateOnlyBastion: true,
        ipConfigurations: [{ name: "ipconfig1", properties: { subnet: { id: bastionSubnet } } }],
      });
      await arm.refused("PUT", host, moved, 400, "BastionUpdateNotSupported");
      await arm.refused("PUT", host, closed, 400, "BastionUpdateNotSupported");
      await arm.refused(
        "PUT",
        host,
        { ...bastionHost("Premium"), zones: ["1"] },
        400,
        "BastionUpdateNotSupported",
      );
    }),
  );

  it(
    "makes a private-only host without a public address, and a public one only with it",
    onArm(async (arm) => {
      await makeHub(arm);
      const inside = [{ name: "ipconfig1", properties: { subnet: { id: bastionSubnet } } }];
      const open = bastionHost("Premium", { ipConfigurations: inside });
      await arm.refused("PUT", host, open, 400, "BastionHostPublicIpRequired");
      const both = bastionHost("Premium", { enablePrivateOnlyBastion: true });
      await arm.refused("PUT", host, both, 400, "PublicIpNotAllowedForPrivateOnlyBastion");
      await arm.put(
        host,
        bastionHost("Premium", { enablePrivateOnlyBastion: true, ipConfigurations: inside }),
      );
    }),
  );

  it(
    "refuses dnsName as input",
    onArm(async (arm) => {
      await makeHub(arm);
      await arm.refused(
        "PUT",
        host,
        bastionHost("Standard", { dnsName: "jump" }),
        400,
        "InvalidRequestFormat",
      );
    }),
  );

  it(
    "keeps its address and its subnet from being deleted",
    onArm(async (arm) => {
      await makeHub(arm);
      await arm.put(host, bastionHost());
      await arm.refused(
        "DELETE",
        at("publicIPAddresses/bastion"),
        undefined,
        400,
        "PublicIPAddressCannotBeDeleted",
      );
      await arm.refused("DELETE", bastionSubnet, undefined, 400, "InUseSubnetCannotBeDeleted");
      await arm.remove(host);
      await arm.remove(bastionSubnet);
      await arm.remove(at("publicIPAddresses/bastion"));
    }),
  );
});
