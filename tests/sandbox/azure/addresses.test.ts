import { expect } from "chai";
import { asObject, objectsAt, textAt, type JsonObject } from "../../../sandbox/azure/json";
import { at, onArm } from "./arm";
import { makeSpoke, networkInterface, standardAddress, subnet, virtualNetwork } from "./bodies";

const vms = at("virtualNetworks/spoke/subnets/vms");
const nic = at("networkInterfaces/web");

function privateAddress(body: JsonObject): string | undefined {
  return textAt(objectsAt(body, "properties.ipConfigurations")[0], "properties.privateIPAddress");
}

describe("simulated Azure: network interfaces", () => {
  it(
    "gives addresses in order from the fifth on, and each interface keeps its own",
    onArm(async (arm) => {
      await makeSpoke(arm);
      const body = networkInterface(vms);
      expect(privateAddress(await arm.put(nic, body))).to.equal("10.20.0.4");
      expect(privateAddress(await arm.put(at("networkInterfaces/db"), body))).to.equal("10.20.0.5");
      expect(privateAddress(await arm.put(nic, { ...body, tags: { a: "b" } }))).to.equal(
        "10.20.0.4",
      );
      await arm.remove(nic);
      expect(privateAddress(await arm.put(at("networkInterfaces/third"), body))).to.equal(
        "10.20.0.4",
      );
    }),
  );

  it(
    "fills in what Azure fills in",
    onArm(async (arm) => {
      await makeSpoke(arm);
      const body = await arm.put(nic, networkInterface(vms));
      expect(body.properties).to.deep.include({
        enableAcceleratedNetworking: false,
        enableIPForwarding: false,
        nicType: "Standard",
        auxiliaryMode: "None",
        hostedWorkloads: [],
        tapConfigurations: [],
      });
      const [configuration] = objectsAt(body, "properties.ipConfigurations");
      expect(configuration?.properties).to.include({
        primary: true,
        privateIPAllocationMethod: "Dynamic",
        privateIPAddressVersion: "IPv4",
      });
    }),
  );

  it(
    "refuses a static address outside the subnet, a reserved one, and one that is taken",
    onArm(async (arm) => {
      await makeSpoke(arm);
      const fixed = (privateIPAddress: string): JsonObject =>
        networkInterface(vms, { privateIPAllocationMethod: "Static", privateIPAddress });
      await arm.refused("PUT", nic, fixed("10.21.0.4"), 400, "PrivateIPAddressNotInSubnet");
      await arm.refused("PUT", nic, fixed("10.20.0.3"), 400, "PrivateIPAddressNotInSubnet");
      await arm.put(nic, fixed("10.20.0.10"));
      await arm.refused(
        "PUT",
        at("networkInterfaces/db"),
        fixed("10.20.0.10"),
        400,
        "PrivateIPAddressIsAllocated",
      );
    }),
  );

  it(
    "refuses an interface in a subnet that is full",
    onArm(async (arm) => {
      await arm.put(at("virtualNetworks/small"), virtualNetwork("10.30.0.0/24"));
      await arm.put(at("virtualNetworks/small/subnets/a"), subnet("10.30.0.0/29"));
      const body = networkInterface(at("virtualNetworks/small/subnets/a"));
      for (const name of ["a", "b", "c"]) await arm.put(at(`networkInterfaces/${name}`), body);
      await arm.refused("PUT", at("networkInterfaces/d"), body, 400, "SubnetIsFull");
    }),
  );

  it(
    "refuses a network interface in another region than its network",
    onArm(async (arm) => {
      await makeSpoke(arm);
      const body = { ...networkInterface(vms), location: "northeurope" };
      await arm.refused("PUT", nic, body, 400, "InvalidResourceReference");
    }),
  );
});

describe("simulated Azure: public addresses", () => {
  const address = at("publicIPAddresses/a");

  it(
    "gives a static address at once, from a range that belongs to nobody",
    onArm(async (arm) => {
      const body = await arm.put(address, standardAddress);
      expect(textAt(body, "properties.ipAddress")).to.match(
        /^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$/,
      );
      expect(body.sku).to.deep.equal({ name: "Standard", tier: "Regional" });
      expect(body.properties).to.deep.include({
        idleTimeoutInMinutes: 4,
        ipTags: [],
        publicIPAddressVersion: "IPv4",
      });
    }),
  );

  it(
    "spells the SKU as Azure does, and gives a dynamic address none",
    onArm(async (arm) => {
      const body = await arm.put(address, {
        location: "westeurope",
        sku: { name: "basic" },
        properties: { publicIPAllocationMethod: "Dynamic" },
      });
      expect(body.sku).to.deep.equal({ name: "Basic", tier: "Regional" });
      expect(asObject(body.properties)).to.not.have.property("ipAddress");
    }),
  );

  it(
    "refuses a Standard address that is not static",
    onArm(async (arm) => {
      const body = { ...standardAddress, properties: { publicIPAllocationMethod: "Dynamic" } };
      await arm.refused("PUT", address, body, 400, "StandardSkuPublicIPAddressesMustBeStatic");
    }),
  );

  it(
    "refuses other zones in place",
    onArm(async (arm) => {
      await arm.put(address, { ...standardAddress, zones: ["1", "2", "3"] });
      await arm.refused(
        "PUT",
        address,
        standardAddress,
        400,
        "ResourceAvailabilityZonesCannotBeModified",
      );
    }),
  );

  it(
    "refuses an address that something else holds, and to delete it",
    onArm(async (arm) => {
      await makeSpoke(arm);
      const body = networkInterface(vms, { publicIPAddress: { id: at("publicIPAddresses/nat") } });
      await arm.refused("PUT", nic, body, 400, "PublicIPAddressInUse");
      await arm.refused(
        "DELETE",
        at("publicIPAddresses/nat"),
        undefined,
        400,
        "PublicIPAddressCannotBeDeleted",
      );
    }),
  );
});

describe("simulated Azure: NAT gateways and route tables", () => {
  it(
    "refuses to delete a NAT gateway that a subnet uses",
    onArm(async (arm) => {
      await makeSpoke(arm);
      expect(objectsAt(await arm.get(at("natGateways/nat")), "properties.subnets")).to.deep.equal([
        { id: vms },
      ]);
      await arm.refused(
        "DELETE",
        at("natGateways/nat"),
        undefined,
        400,
        "InUseNatGatewayCannotBeDeleted",
      );
      await arm.put(vms, subnet("10.20.0.0/26"));
      await arm.remove(at("natGateways/nat"));
    }),
  );

  it(
    "refuses a NAT gateway in two zones",
    onArm(async (arm) => {
      const body = {
        location: "westeurope",
        sku: { name: "Standard" },
        zones: ["1", "2"],
        properties: {},
      };
      await arm.refused(
        "PUT",
        at("natGateways/nat"),
        body,
        400,
        "NatGatewayCannotHaveMultipleZones",
      );
    }),
  );

  it(
    "refuses a hop without its address, and to delete a table that a subnet uses",
    onArm(async (arm) => {
      const table = at("routeTables/t");
      const routes = (properties: JsonObject): JsonObject => ({
        location: "westeurope",
        properties: {
          routes: [{ name: "default", properties: { addressPrefix: "0.0.0.0/0", ...properties } }],
        },
      });
      await arm.refused(
        "PUT",
        table,
        routes({ nextHopType: "VirtualAppliance" }),
        400,
        "RouteNextHopIpAddressMismatch",
      );
      await arm.put(
        table,
        routes({ nextHopType: "VirtualAppliance", nextHopIpAddress: "10.10.0.132" }),
      );
      await arm.put(at("virtualNetworks/spoke"), virtualNetwork("10.20.0.0/24"));
      await arm.put(vms, subnet("10.20.0.0/26", { routeTable: { id: table } }));
      await arm.refused("DELETE", table, undefined, 400, "InUseRouteTableCannotBeDeleted");
    }),
  );
});
