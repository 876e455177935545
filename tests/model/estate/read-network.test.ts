import { expect } from "chai";
import { addressText } from "../../../components/model/address-range";
import { isKnown, Outside, Unknown } from "../../../components/model/estate/known";
import { readEstate } from "../../../components/model/estate/read-estate";
import { graphOf, idOf, inNetwork, UNKNOWN, urnOf } from "../../support/graph-of";

const net = (more: object = {}): ReturnType<typeof inNetwork> =>
  inNetwork("VirtualNetwork", "net", {
    virtualNetworkName: "net",
    addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
    ...more,
  });
const subnet = (more: object): ReturnType<typeof inNetwork> =>
  inNetwork("Subnet", "front", {
    virtualNetworkName: "net",
    subnetName: "front",
    addressPrefix: "10.0.1.0/24",
    ...more,
  });
const group = (securityRules: unknown): ReturnType<typeof inNetwork> =>
  inNetwork("NetworkSecurityGroup", "guard", { networkSecurityGroupName: "guard", securityRules });
const rule = {
  name: "in",
  priority: 100,
  direction: "inbound",
  access: "allow",
  protocol: "tcp",
  sourceAddressPrefix: "*",
  sourcePortRange: "*",
  destinationAddressPrefixes: ["10.0.1.4", "10.0.1.5"],
  destinationPortRanges: ["22", "80-81"],
};

describe("networks of an estate", () => {
  it("have subnets that stand alone and subnets that are written inside, each once", () => {
    const { subnets } = readEstate(
      graphOf(
        net({
          subnets: [
            { name: "inside", addressPrefix: "10.0.2.0/24" },
            { name: "front", addressPrefix: "10.0.1.0/24" }, // Azure's answer lists it as well
          ],
        }),
        subnet({}),
      ),
    );
    expect(subnets.map(({ subject, network }) => [subject, network])).to.deep.equal([
      ["net/inside", urnOf(net())],
      ["front", urnOf(net())],
    ]);
  });

  it("are joined by halves of peerings, with Azure's defaults where a flag is left out", () => {
    const { peerings } = readEstate(
      graphOf(
        net(),
        inNetwork("VirtualNetworkPeering", "to-other", {
          virtualNetworkName: "net",
          virtualNetworkPeeringName: "to-other",
          remoteVirtualNetwork: { id: idOf("virtualNetworks", "other") },
        }),
      ),
    );
    const [half] = peerings;
    expect(half?.network).to.equal(urnOf(net()));
    expect(half?.remote).to.deep.equal(new Outside(idOf("virtualNetworks", "other")));
    expect([half?.access, half?.forwarded, half?.remoteGateways]).to.deep.equal([
      true,
      false,
      false,
    ]);
  });

  it("have a way out by Azure's default unless the subnet says no", () => {
    const outbound = (more: object): unknown =>
      readEstate(graphOf(net(), subnet(more))).subnets[0]?.defaultOutbound;
    expect(outbound({})).to.equal(true);
    expect(outbound({ defaultOutboundAccess: false })).to.equal(false);
    expect(outbound({ defaultOutboundAccess: UNKNOWN })).to.be.instanceOf(Unknown);
  });

  it("are unread in their IPv6 ranges, which the model does not hold", () => {
    const { networks, unread } = readEstate(
      graphOf(net({ addressSpace: { addressPrefixes: ["10.0.0.0/16", "fd00::/48"] } })),
    );
    expect(networks[0]?.ranges).to.have.length(1);
    expect(unread).to.have.length(1);
    expect(unread[0]?.why).to.contain("IPv6");
    expect(unread[0]?.bearsOn).to.deep.equal(["network"]);
  });

  it("that are not known say so, and what might be in them as well", () => {
    const { networks, unread } = readEstate(
      graphOf(net({ addressSpace: UNKNOWN, subnets: UNKNOWN })),
    );
    expect(networks[0]?.ranges).to.be.instanceOf(Unknown);
    expect(unread.map(({ path }) => path)).to.deep.equal(["subnets"]);
  });
});

describe("security groups of an estate", () => {
  it("have their rules in Azure's words, singular and plural fields together", () => {
    const [guard] = readEstate(graphOf(group([rule]))).securityGroups;
    const rules = guard?.rules;
    if (rules === undefined || !isKnown(rules)) throw new Error("no rules");
    const [first] = rules;
    expect([first?.direction, first?.access, first?.protocols]).to.deep.equal([
      "Inbound",
      "Allow",
      ["Tcp"],
    ]);
    const destinations = first?.destinations;
    expect(
      isKnown(destinations!) &&
        destinations.map((one) => (one.kind === "range" ? addressText(one.range.first) : one.kind)),
    ).to.deep.equal(["10.0.1.4", "10.0.1.5"]);
    expect(first?.destinationPorts).to.deep.equal([
      { first: 22, last: 22 },
      { first: 80, last: 81 },
    ]);
  });

  it("take in rules that stand alone", () => {
    const { securityGroups } = readEstate(
      graphOf(
        group([]),
        inNetwork("SecurityRule", "alone", {
          ...rule,
          networkSecurityGroupName: "guard",
          securityRuleName: "alone",
        }),
      ),
    );
    const rules = securityGroups[0]?.rules;
    expect(isKnown(rules!) && rules.map(({ name }) => name)).to.deep.equal(["in"]);
  });

  it("take in a rule of which it is not known where it belongs as one that may be there", () => {
    const { securityGroups } = readEstate(
      graphOf(
        group([]),
        inNetwork(
          "SecurityRule",
          "adrift",
          { ...rule, networkSecurityGroupName: UNKNOWN, securityRuleName: "adrift" },
          { from: { networkSecurityGroupName: [] } },
        ),
      ),
    );
    const rules = securityGroups[0]?.rules;
    if (rules === undefined || !isKnown(rules)) throw new Error("no rules");
    expect(rules.map(({ access }) => access)).to.have.length(1);
    expect(rules[0]?.access).to.be.instanceOf(Unknown);
  });

  for (const [what, wrong, path] of [
    ["a prefix that is none", { sourceAddressPrefix: "10.0.0.1-10.0.0.9" }, "sourceAddressPrefix"],
    ["a port that is none", { destinationPortRanges: ["ssh"] }, "destinationPortRanges"],
    ["a protocol that is none", { protocol: "Gre" }, "protocol"],
    ["a missing priority", { priority: null }, "priority"],
    ["a missing source", { sourceAddressPrefix: null }, "sourceAddressPrefix"],
    ["a word for access that is none", { access: "Maybe" }, "access"],
  ] as const) {
    it(`list ${what} as unread, and take its rule for unknown there`, () => {
      const { unread } = readEstate(graphOf(group([{ ...rule, ...wrong }])));
      expect(unread.map((entry) => [entry.subject, entry.path])).to.deep.equal([
        ["guard", `securityRules[0].${path}`],
      ]);
    });
  }
});

describe("routes, gateways and load balancers of an estate", () => {
  it("have the next hop of each route, inline and alone, and none for a service tag", () => {
    const route = {
      name: "all",
      addressPrefix: "0.0.0.0/0",
      nextHopType: "virtualappliance",
      nextHopIpAddress: "10.0.0.4",
    };
    const { routeTables, unread } = readEstate(
      graphOf(
        inNetwork("RouteTable", "table", {
          routeTableName: "table",
          routes: [route, { name: "tag", addressPrefix: "Storage", nextHopType: "Internet" }],
        }),
        inNetwork("Route", "alone", {
          ...route,
          name: "alone",
          routeTableName: "table",
          nextHopType: "Elsewhere",
        }),
      ),
    );
    const routes = routeTables[0]?.routes;
    if (routes === undefined || !isKnown(routes)) throw new Error("no routes");
    expect(routes.map(({ name }) => name)).to.deep.equal(["all", "tag", "alone"]);
    expect(routes[0]?.nextHop).to.equal("VirtualAppliance");
    expect(routes[1]?.range).to.equal(undefined);
    expect(unread.map(({ path }) => path)).to.deep.equal(["nextHopType"]);
  });

  it("put a gateway into the network of its subnet", () => {
    const { gateways } = readEstate(
      graphOf(
        net(),
        inNetwork("Subnet", "GatewaySubnet", {
          virtualNetworkName: "net",
          subnetName: "GatewaySubnet",
          addressPrefix: "10.0.9.0/24",
        }),
        inNetwork("VirtualNetworkGateway", "vpn", {
          virtualNetworkGatewayName: "vpn",
          ipConfigurations: [
            { subnet: { id: idOf("virtualNetworks", "net", "subnets", "GatewaySubnet") } },
          ],
        }),
      ),
    );
    expect(gateways.map(({ network }) => network)).to.deep.equal([urnOf(net())]);
  });

  it("lead from a public frontend to a pool, port by port, and name the pools that get out by it", () => {
    const balancer = inNetwork("LoadBalancer", "lb", {
      loadBalancerName: "lb",
      frontendIPConfigurations: [
        { name: "f", publicIPAddress: { id: idOf("publicIPAddresses", "p") } },
      ],
      backendAddressPools: [{ name: "pool" }],
      loadBalancingRules: [
        {
          name: "r",
          protocol: "Tcp",
          frontendPort: 443,
          backendPort: 8443,
          disableOutboundSnat: true,
          backendAddressPool: { id: idOf("loadBalancers", "lb", "backendAddressPools", "pool") },
        },
      ],
      inboundNatRules: [{ name: "n", protocol: "Tcp", frontendPort: 5000, backendPort: 22 }],
      outboundRules: [
        { backendAddressPool: { id: idOf("loadBalancers", "lb", "backendAddressPools", "pool") } },
      ],
    });
    const [lb] = readEstate(graphOf(balancer)).loadBalancers;
    const pool = `${urnOf(balancer)}#backendAddressPools[0]`;
    expect(
      lb?.rules.map((one) => [one.frontendIsPublic, one.backendPorts, one.pool]),
    ).to.deep.equal([
      [true, { first: 8443, last: 8443 }, pool],
      [true, { first: 22, last: 22 }, undefined],
    ]);
    expect(lb?.outboundPools).to.deep.equal([pool]);
  });
});

describe("what a graph holds besides", () => {
  it("is listed with what it could overturn, or that it overturns nothing", () => {
    const { unread } = readEstate(
      graphOf(
        inNetwork("AdminRule", "admin", {}),
        { type: "azure-native:resources:Deployment", name: "template", properties: {} },
        {
          type: "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment",
          name: "dir",
          properties: {},
        },
        { type: "azure-native:storage:StorageAccount", name: "store", properties: {} },
        { type: "random:index/randomPassword:RandomPassword", name: "pw", properties: {} },
      ),
    );
    expect(unread.map(({ subject, bearsOn }) => [subject, ...bearsOn])).to.deep.equal([
      ["admin", "network"],
      ["template", "network", "identity"],
      ["dir", "identity"],
      ["store"],
      ["pw"],
    ]);
  });

  it("is passed over in silence only where it opens no way in and changes none", () => {
    const { unread } = readEstate(
      graphOf(
        inNetwork("NetworkWatcher", "watcher", {}),
        { type: "azure-native:monitor:DiagnosticSetting", name: "audit", properties: {} },
        { type: "pulumi:providers:azure-native", name: "default", properties: {} },
      ),
    );
    expect(unread).to.deep.equal([]);
  });
});
