import { expect } from "chai";
import { at as pathOf, objectsAt, textAt } from "../../../sandbox/azure/json";
import { at, group, onArm, subscription } from "./arm";
import {
  bastionRules,
  networkInterface,
  peering,
  rule,
  securityGroup,
  subnet,
  virtualNetwork,
} from "./bodies";

const hub = at("virtualNetworks/hub");
const spoke = at("virtualNetworks/spoke");

describe("simulated Azure: networks", () => {
  it(
    "fills in a network as Azure does",
    onArm(async (arm) => {
      const body = await arm.put(hub, virtualNetwork("10.1.0.0/16"));
      expect(body).to.include({
        name: "hub",
        type: "Microsoft.Network/virtualNetworks",
        location: "westeurope",
      });
      expect(body.properties).to.deep.include({
        provisioningState: "Succeeded",
        enableDdosProtection: false,
        subnets: [],
        virtualNetworkPeerings: [],
      });
      expect(body.etag).to.match(/^W\/"[0-9a-f-]{36}"$/);
    }),
  );

  it(
    "gives the same identifiers for the same resource, and another etag for another content",
    onArm(async (arm) => {
      const first = await arm.put(hub, virtualNetwork("10.1.0.0/16"));
      await arm.remove(hub);
      const again = await arm.put(hub, virtualNetwork("10.1.0.0/16"));
      const wider = await arm.put(hub, virtualNetwork("10.1.0.0/16", "10.2.0.0/16"));
      expect(again).to.deep.equal(first);
      expect(wider.etag).to.not.equal(first.etag);
    }),
  );

  it(
    "keeps a network's subnets when a PUT leaves them out, and deletes those that a list leaves out",
    onArm(async (arm) => {
      await arm.put(hub, virtualNetwork("10.1.0.0/16"));
      await arm.put(`${hub}/subnets/a`, subnet("10.1.0.0/24"));
      await arm.put(`${hub}/subnets/b`, subnet("10.1.1.0/24"));
      const untouched = await arm.put(hub, {
        ...virtualNetwork("10.1.0.0/16"),
        tags: { owner: "network" },
      });
      expect(objectsAt(untouched, "properties.subnets").map((item) => item.name)).to.deep.equal([
        "a",
        "b",
      ]);

      const listed = await arm.put(hub, {
        location: "westeurope",
        properties: {
          addressSpace: { addressPrefixes: ["10.1.0.0/16"] },
          subnets: [
            { name: "c", ...subnet("10.1.2.0/24") },
            { name: "b", ...subnet("10.1.1.0/24") },
          ],
        },
      });
      expect(objectsAt(listed, "properties.subnets").map((item) => item.name)).to.deep.equal([
        "c",
        "b",
      ]);
    }),
  );

  it(
    "finds a resource whatever the case of the letters in its id, and keeps the first spelling",
    onArm(async (arm) => {
      await arm.put(hub, virtualNetwork("10.1.0.0/16"));
      const body = await arm.get(
        hub.toUpperCase().replace("MICROSOFT.NETWORK", "microsoft.network"),
      );
      expect(body.id).to.equal(hub);
    }),
  );

  it(
    "lists the networks of a group and of a subscription",
    onArm(async (arm) => {
      await arm.put(hub, virtualNetwork("10.1.0.0/16"));
      const ofGroup = await arm.get(`${group}/providers/Microsoft.Network/virtualNetworks`);
      const ofSubscription = await arm.get(
        `${subscription}/providers/Microsoft.Network/virtualNetworks`,
      );
      expect(objectsAt(ofGroup, "value").map((item) => item.id)).to.include(hub);
      expect(objectsAt(ofSubscription, "value").map((item) => item.id)).to.include(hub);
    }),
  );

  it(
    "refuses a subnet outside its network",
    onArm(async (arm) => {
      await arm.put(hub, virtualNetwork("10.1.0.0/16"));
      await arm.refused(
        "PUT",
        `${hub}/subnets/a`,
        subnet("10.2.0.0/24"),
        400,
        "NetcfgSubnetRangeOutsideVnet",
      );
    }),
  );

  it(
    "refuses a subnet that overlaps another",
    onArm(async (arm) => {
      await arm.put(hub, virtualNetwork("10.1.0.0/16"));
      await arm.put(`${hub}/subnets/a`, subnet("10.1.0.0/24"));
      await arm.refused(
        "PUT",
        `${hub}/subnets/b`,
        subnet("10.1.0.128/25"),
        400,
        "NetcfgSubnetRangesOverlap",
      );
      await arm.put(`${hub}/subnets/b`, subnet("10.1.1.0/24"));
    }),
  );

  it(
    "refuses a prefix with host bits set, and says which one was meant",
    onArm(async (arm) => {
      const message = await arm.refused(
        "PUT",
        hub,
        virtualNetwork("10.1.0.1/16"),
        400,
        "InvalidCIDRNotation",
      );
      expect(message).to.include("10.1.0.0/16");
      await arm.refused("PUT", hub, virtualNetwork("10.1.0.0"), 400, "InvalidAddressPrefixFormat");
    }),
  );

  it(
    "refuses to shrink a network below its subnets",
    onArm(async (arm) => {
      await arm.put(hub, virtualNetwork("10.1.0.0/16"));
      await arm.put(`${hub}/subnets/a`, subnet("10.1.128.0/24"));
      await arm.refused(
        "PUT",
        hub,
        virtualNetwork("10.1.0.0/17"),
        400,
        "NetcfgSubnetRangeOutsideVnet",
      );
    }),
  );

  it(
    "refuses to delete a subnet, or the network around it, while an interface is in it",
    onArm(async (arm) => {
      await arm.put(hub, virtualNetwork("10.1.0.0/16"));
      await arm.put(`${hub}/subnets/a`, subnet("10.1.0.0/24"));
      await arm.put(at("networkInterfaces/web"), networkInterface(`${hub}/subnets/a`));
      await arm.refused("DELETE", `${hub}/subnets/a`, undefined, 400, "InUseSubnetCannotBeDeleted");
      await arm.refused("DELETE", hub, undefined, 400, "InUseSubnetCannotBeDeleted");
      const without = {
        ...virtualNetwork("10.1.0.0/16"),
        properties: { addressSpace: { addressPrefixes: ["10.1.0.0/16"] }, subnets: [] },
      };
      await arm.refused("PUT", hub, without, 400, "InUseSubnetCannotBeDeleted");
      await arm.remove(at("networkInterfaces/web"));
      await arm.remove(`${hub}/subnets/a`);
    }),
  );

  it(
    "refuses a reference to what does not exist",
    onArm(async (arm) => {
      await arm.put(hub, virtualNetwork("10.1.0.0/16"));
      const body = subnet("10.1.0.0/24", {
        networkSecurityGroup: { id: at("networkSecurityGroups/none") },
      });
      await arm.refused("PUT", `${hub}/subnets/a`, body, 400, "InvalidResourceReference");
      const wrong = subnet("10.1.0.0/24", { networkSecurityGroup: { id: "none" } });
      await arm.refused("PUT", `${hub}/subnets/a`, wrong, 400, "LinkedInvalidPropertyId");
    }),
  );

  it(
    "refuses a second write to a network while the first is in progress",
    onArm(async (arm) => {
      await arm.put(hub, virtualNetwork("10.1.0.0/16"));
      const first = await arm.request("PUT", `${hub}/subnets/a`, subnet("10.1.0.0/24"));
      expect(first.status).to.equal(201);
      await arm.refused(
        "PUT",
        `${hub}/subnets/b`,
        subnet("10.1.1.0/24"),
        409,
        "AnotherOperationInProgress",
      );
      // Once its client has asked how the first one stands, it is over.
      await arm.request("GET", first.headers.get("azure-asyncoperation") ?? "");
      await arm.put(`${hub}/subnets/b`, subnet("10.1.1.0/24"));
    }),
  );

  it(
    "ends an operation that nobody asks for once its time is over on the simulated clock",
    onArm(async (arm) => {
      await arm.put(hub, virtualNetwork("10.1.0.0/16"));
      await arm.request("PUT", `${hub}/subnets/a`, subnet("10.1.0.0/24"));
      arm.azure.advance(1);
      await arm.put(`${hub}/subnets/b`, subnet("10.1.1.0/24"));
      expect(textAt(await arm.get(`${hub}/subnets/a`), "properties.provisioningState")).to.equal(
        "Succeeded",
      );
    }),
  );
});

describe("simulated Azure: peerings", () => {
  it(
    "is Initiated with one half, Connected with both, Disconnected when the other half goes",
    onArm(async (arm) => {
      await arm.put(hub, virtualNetwork("10.1.0.0/16"));
      await arm.put(spoke, virtualNetwork("10.2.0.0/16"));
      const toSpoke = `${hub}/virtualNetworkPeerings/to-spoke`;
      const toHub = `${spoke}/virtualNetworkPeerings/to-hub`;
      const state = async (path: string): Promise<unknown> =>
        pathOf(await arm.get(path), "properties.peeringState");
      await arm.put(toSpoke, peering(spoke));
      expect(await state(toSpoke)).to.equal("Initiated");
      await arm.put(toHub, peering(hub));
      expect([await state(toSpoke), await state(toHub)]).to.deep.equal(["Connected", "Connected"]);
      await arm.remove(toHub);
      expect(await state(toSpoke)).to.equal("Disconnected");
      await arm.refused("PUT", toHub, peering(hub), 400, "RemotePeeringIsDisconnected");
      await arm.remove(toSpoke);
      await arm.put(toHub, peering(hub));
    }),
  );

  it(
    "is Disconnected when the other network goes",
    onArm(async (arm) => {
      await arm.put(hub, virtualNetwork("10.1.0.0/16"));
      await arm.put(spoke, virtualNetwork("10.2.0.0/16"));
      await arm.put(`${hub}/virtualNetworkPeerings/p`, peering(spoke));
      await arm.put(`${spoke}/virtualNetworkPeerings/p`, peering(hub));
      await arm.remove(spoke);
      const left = await arm.get(`${hub}/virtualNetworkPeerings/p`);
      expect(textAt(left, "properties.peeringState")).to.equal("Disconnected");
    }),
  );

  it(
    "says that it is out of step when the other network grows, until it is written again",
    onArm(async (arm) => {
      await arm.put(hub, virtualNetwork("10.1.0.0/16"));
      await arm.put(spoke, virtualNetwork("10.2.0.0/16"));
      await arm.put(`${hub}/virtualNetworkPeerings/p`, peering(spoke));
      await arm.put(`${spoke}/virtualNetworkPeerings/p`, peering(hub));
      await arm.put(spoke, virtualNetwork("10.2.0.0/16", "10.3.0.0/16"));
      const level = async (): Promise<unknown> =>
        pathOf(await arm.get(`${hub}/virtualNetworkPeerings/p`), "properties.peeringSyncLevel");
      expect(await level()).to.equal("RemoteNotInSync");
      await arm.put(`${hub}/virtualNetworkPeerings/p`, peering(spoke));
      expect(await level()).to.equal("FullyInSync");
    }),
  );

  it(
    "refuses peers whose spaces overlap, and a peer that overlaps another peer of the hub",
    onArm(async (arm) => {
      const other = at("virtualNetworks/other");
      await arm.put(hub, virtualNetwork("10.1.0.0/16"));
      await arm.put(spoke, virtualNetwork("10.1.4.0/24"));
      await arm.refused(
        "PUT",
        `${hub}/virtualNetworkPeerings/p`,
        peering(spoke),
        400,
        "VnetAddressSpacesOverlap",
      );
      await arm.put(spoke, virtualNetwork("10.2.0.0/16"));
      await arm.put(other, virtualNetwork("10.2.0.0/24"));
      await arm.put(`${hub}/virtualNetworkPeerings/p`, peering(spoke));
      await arm.refused(
        "PUT",
        `${hub}/virtualNetworkPeerings/q`,
        peering(other),
        400,
        "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet",
      );
      await arm.refused(
        "PUT",
        `${other}/virtualNetworkPeerings/q`,
        peering(hub),
        400,
        "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet",
      );
      await arm.refused(
        "PUT",
        hub,
        virtualNetwork("10.1.0.0/16", "10.2.0.0/24"),
        400,
        "VnetAddressSpacesOverlap",
      );
    }),
  );

  it(
    "refuses a peering to a network in the middle of a change",
    onArm(async (arm) => {
      await arm.put(hub, virtualNetwork("10.1.0.0/16"));
      await arm.put(spoke, virtualNetwork("10.2.0.0/16"));
      await arm.request("PUT", `${spoke}/subnets/a`, subnet("10.2.0.0/24"));
      await arm.refused(
        "PUT",
        `${hub}/virtualNetworkPeerings/p`,
        peering(spoke),
        400,
        "ReferencedResourceNotProvisioned",
      );
    }),
  );
});

describe("simulated Azure: security groups", () => {
  const nsg = at("networkSecurityGroups/nsg");

  it(
    "lists own rules in the order given, and Azure's six default rules",
    onArm(async (arm) => {
      const body = await arm.put(nsg, securityGroup(...bastionRules()));
      expect(objectsAt(body, "properties.securityRules").map((item) => item.name)).to.deep.equal(
        bastionRules().map((item) => item.name),
      );
      expect(
        objectsAt(body, "properties.defaultSecurityRules").map((item) =>
          pathOf(item, "properties.priority"),
        ),
      ).to.deep.equal([65000, 65001, 65500, 65000, 65001, 65500]);
    }),
  );

  it(
    "swaps the priorities of two rules in one PUT, and refuses two that are equal",
    onArm(async (arm) => {
      const [a, b] = [
        rule("a", 100, "Inbound", "Tcp", "*", "*", ["1"]),
        rule("b", 200, "Inbound", "Tcp", "*", "*", ["2"]),
      ];
      await arm.put(nsg, securityGroup(a, b));
      const swapped = [
        rule("a", 200, "Inbound", "Tcp", "*", "*", ["1"]),
        rule("b", 100, "Inbound", "Tcp", "*", "*", ["2"]),
      ];
      await arm.put(nsg, securityGroup(...swapped));
      const equal = [a, rule("c", 100, "Inbound", "Tcp", "*", "*", ["2"])];
      await arm.refused("PUT", nsg, securityGroup(...equal), 400, "SecurityRuleConflict");
      await arm.refused(
        "PUT",
        `${nsg}/securityRules/c`,
        { properties: equal[1]?.properties },
        400,
        "SecurityRuleConflict",
      );
    }),
  );

  it(
    "leaves nothing of a PUT behind that it refuses half-way",
    onArm(async (arm) => {
      await arm.put(nsg, securityGroup(rule("a", 100, "Inbound", "Tcp", "*", "*", ["1"])));
      const before = await arm.get(nsg);
      const bad = securityGroup(
        rule("b", 200, "Inbound", "Tcp", "*", "*", ["2"]),
        rule("c", 99, "Inbound", "Tcp", "*", "*", ["3"]),
      );
      await arm.refused("PUT", nsg, bad, 400, "SecurityRuleInvalidPriority");
      expect(await arm.get(nsg)).to.deep.equal(before);
    }),
  );

  for (const [what, change, code] of [
    [
      "an address that is none",
      { sourceAddressPrefix: "10.0.0.300" },
      "SecurityRuleInvalidAddressPrefix",
    ],
    ["a port above 65535", { destinationPortRange: "70000" }, "SecurityRuleInvalidPortRange"],
    ["no port at all", { destinationPortRange: "" }, "SecurityRuleParameterNotSpecified"],
    ["a direction of its own", { direction: "Sideways" }, "SecurityRuleParameterNotSpecified"],
  ] as const) {
    it(
      `refuses a rule with ${what}`,
      onArm(async (arm) => {
        const base = rule("a", 100, "Inbound", "Tcp", "*", "*", ["22"]);
        const properties = { ...(base.properties as object), ...change };
        await arm.refused("PUT", nsg, securityGroup({ name: "a", properties }), 400, code);
      }),
    );
  }

  it(
    "refuses to delete a group that a subnet uses",
    onArm(async (arm) => {
      await arm.put(nsg, securityGroup());
      await arm.put(hub, virtualNetwork("10.1.0.0/16"));
      await arm.put(
        `${hub}/subnets/a`,
        subnet("10.1.0.0/24", { networkSecurityGroup: { id: nsg } }),
      );
      const message = await arm.refused(
        "DELETE",
        nsg,
        undefined,
        400,
        "InUseNetworkSecurityGroupCannotBeDeleted",
      );
      expect(message).to.include(`${hub}/subnets/a`);
      await arm.put(`${hub}/subnets/a`, subnet("10.1.0.0/24"));
      await arm.remove(nsg);
    }),
  );
});
