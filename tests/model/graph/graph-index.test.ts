import { expect } from "chai";
import { isKnown, Outside, Unknown } from "../../../components/model/estate/known";
import { GraphIndex } from "../../../components/model/graph/graph-index";
import { type GraphResource, Hidden } from "../../../components/model/graph/resource-graph";

const NETWORK = "azure-native:network:VirtualNetwork";
const SUBNET = "azure-native:network:Subnet";
const GROUP = "azure-native:resources:ResourceGroup";
const unknown = new Hidden("unknown");

function resource(type: string, name: string, more: Partial<GraphResource>): GraphResource {
  return {
    urn: `urn:pulumi:dev::p::${type}::${name}`,
    type,
    name,
    properties: {},
    propertyDependencies: {},
    dependencies: [],
    external: false,
    ...more,
  };
}

const group = resource(GROUP, "group", { properties: { resourceGroupName: "RG-One" } });
const net = resource(NETWORK, "net", {
  properties: { resourceGroupName: unknown, virtualNetworkName: "VNet" },
  propertyDependencies: { resourceGroupName: [group.urn] },
});
const subnet = resource(SUBNET, "front", {
  properties: { resourceGroupName: unknown, virtualNetworkName: unknown },
  propertyDependencies: { resourceGroupName: [group.urn], virtualNetworkName: [net.urn] },
});
const asking = (deps: string[]): GraphResource =>
  resource("azure-native:network:NetworkInterface", "nic", { propertyDependencies: { ip: deps } });
const index = (...resources: GraphResource[]): GraphIndex =>
  new GraphIndex({ resources, unread: [] });

describe("a reference in a graph", () => {
  it("is followed by id in any letter case, whatever the subscription that is not known", () => {
    const id =
      "/subscriptions/S/resourceGroups/rg-one/providers/Microsoft.Network/virtualNetworks/VNET/subnets/front";
    const found = index(group, net, subnet).refer(asking([]), "ip", id, [SUBNET]);
    expect(found).to.equal(subnet.urn);
  });

  it("leads outside where nothing in the graph has the id", () => {
    const id =
      "/subscriptions/S/resourceGroups/other/providers/Microsoft.Network/virtualNetworks/x";
    expect(index(group, net).refer(asking([]), "ip", id, [NETWORK])).to.deep.equal(new Outside(id));
  });

  it("tells two subscriptions apart", () => {
    const at = (subscription: string): string =>
      `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v`;
    const one = resource(NETWORK, "one", { id: at("a") });
    const two = resource(NETWORK, "two", { id: at("b") });
    expect(index(one, two).refer(asking([]), "ip", at("B"), [NETWORK])).to.equal(two.urn);
  });

  it("that is unknown before deployment is the one resource of the right type that it comes from", () => {
    const found = index(group, net, subnet).refer(asking([net.urn, subnet.urn]), "ip", unknown, [
      SUBNET,
    ]);
    expect(found).to.equal(subnet.urn);
  });

  it("stays unknown where two would fit, and names them", () => {
    const back = { ...subnet, urn: `${subnet.urn}2`, name: "back" };
    const found = index(group, net, subnet, back).refer(
      asking([subnet.urn, back.urn]),
      "ip",
      unknown,
      [SUBNET],
    );
    expect(found).to.be.instanceOf(Unknown);
    expect((found as Unknown).why).to.contain("front, back");
  });

  it("stays unknown where none fits, for nothing is guessed", () => {
    const found = index(group, net).refer(asking([group.urn]), "ip", unknown, [SUBNET]);
    expect(found).to.be.instanceOf(Unknown);
  });

  it("of as many unknown values as there are candidates is those, without the ones that are named", () => {
    const back = {
      ...subnet,
      urn: `${subnet.urn}2`,
      name: "back",
      id: "/subscriptions/S/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/back",
    };
    const all = index(group, net, subnet, back).referAll(
      asking([subnet.urn, back.urn]),
      "ip",
      [unknown, back.id],
      [SUBNET],
    );
    expect(all).to.deep.equal([subnet.urn, back.urn]);
  });
});

describe("a path in a graph", () => {
  it("is made of names, and of the names of what they come from", () => {
    expect(index(group, net, subnet).pathOf(subnet)).to.equal(
      "/resourcegroups/rg-one/providers/microsoft.network/virtualnetworks/vnet/subnets/front",
    );
  });

  it("of a name that is drawn at deployment is like no other", () => {
    const drawn = resource(NETWORK, "drawn", { properties: { resourceGroupName: "rg" } });
    const other = { ...drawn, urn: `${drawn.urn}2` };
    const found = index(drawn, other);
    expect(isKnown(found.pathOf(drawn))).to.equal(true);
    expect(found.pathOf(drawn)).to.not.equal(found.pathOf(other));
  });

  it("leads from a child to what it stands in", () => {
    const found = index(group, net, subnet);
    expect(found.parentOf(subnet)).to.equal(net.urn);
    expect(index(subnet).parentOf(subnet)).to.be.instanceOf(Unknown);
  });

  it("labels a resource by its name, or by its URN where another of its type has the same", () => {
    const twin = { ...net, urn: `${net.urn}::twin` };
    expect(index(net).label(net)).to.equal("net");
    expect(index(net, twin).label(net)).to.equal(net.urn);
  });
});
