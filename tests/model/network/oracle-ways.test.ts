import { expect } from "chai";
import { Unknown } from "../../../components/model/estate/known";
import { told } from "../../support/brute-force/told";
import { keyOf, peered } from "../../support/estate-parts";
import {
  add,
  addressOf,
  balanced,
  both,
  halfOf,
  type Otherwise,
  routed,
  rulesOf,
  subnetOf,
} from "../../support/otherwise";

const notKnown = new Unknown("it is not known");

describe("The oracle on N4, no address of the machine is reachable from the Internet", () => {
  it("is refuted by a public address, even one that the rules close, and unknown where there might be one", () => {
    const given =
      (address: string | Unknown): Otherwise =>
      (estate) => {
        addressOf(estate).publicAddress = address;
      };
    expect(told("N4", given("address"))).to.equal("refuted");
    expect(told("N4", given(notKnown))).to.equal("unknown");
  });

  it("is refuted through a balancer whose backend port is open, and proved through a closed one", () => {
    const open = add("300 Inbound Allow Tcp Internet > * : 443");
    expect(told("N4", both(open, balanced("443")))).to.equal("refuted");
    expect(told("N4", both(open, balanced("80")))).to.equal("proved");
    expect(told("N4", both(open, balanced("443", false)))).to.equal("proved");
    expect(told("N4", both(open, balanced("443", notKnown)))).to.equal("unknown");
    // A Standard address stays shut until a group opens it.
    const bare = both(balanced("443"), (estate) => {
      subnetOf(estate).securityGroup = undefined;
    });
    expect(told("N4", bare)).to.equal("proved");
  });
});

describe("The oracle on N5, no other spoke reaches the machines of this one", () => {
  const shape = { spokes: ["app", "data"] } as const;
  const fromOther = add("300 Inbound Allow Icmp 10.30.0.0/24 > * : *");
  const direct: Otherwise = (estate) => {
    estate.peerings.push(...peered("app", "data"));
  };
  it("is refuted where another spoke is peered with it and let in, by any protocol", () => {
    expect(told("N5", both(fromOther, direct), { subject: "app", shape })).to.equal("refuted");
  });

  it("is proved where nothing carries it there, where no rule does, and where nobody is there to send it", () => {
    expect(told("N5", fromOther, { subject: "app", shape })).to.equal("proved");
    expect(told("N5", direct, { subject: "app", shape })).to.equal("proved");
    const empty = both(fromOther, direct, (estate) => {
      estate.machines = estate.machines.filter(({ subject }) => subject !== "data-web");
    });
    expect(told("N5", empty, { subject: "app", shape })).to.equal("proved");
  });

  it("is proved where a peering takes forwarded traffic, which an appliance would have to send", () => {
    const forwarded = { ...shape, forwarded: true };
    expect(told("N5", fromOther, { subject: "app", shape: forwarded })).to.equal("proved");
  });

  it("takes for a spoke neither Bastion nor a machine beside it in the hub", () => {
    const fromHub = add("300 Inbound Allow Tcp 10.10.0.64/27 > * : 443");
    const hub = { subject: "app", shape: { hubMachine: true } } as const;
    expect(told("N5", fromHub, hub)).to.equal("proved");
  });

  it("is unknown where it is not known with whom a network is peered, or whether both halves are there", () => {
    const somewhere = both(fromOther, direct, (estate) => {
      halfOf(estate, "app-to-data").remote = notKnown;
    });
    expect(told("N5", somewhere, { subject: "app", shape })).to.equal("unknown");
    const half = both(fromOther, direct, (estate) => {
      halfOf(estate, "data-to-app").network = notKnown;
    });
    expect(told("N5", half, { subject: "app", shape })).to.equal("unknown");
  });
});

describe("The oracle on N6, the sign-in extension has its way out", () => {
  const without: Otherwise = (estate) => {
    subnetOf(estate).natGateway = undefined;
  };
  it("is refuted without any way out, or where the way leads nowhere", () => {
    expect(told("N6", without)).to.equal("refuted");
    expect(told("N6", routed("0.0.0.0/0", "None"))).to.equal("refuted");
    expect(told("N6", routed("0.0.0.0/0", "Internet"))).to.equal("proved");
  });

  it("is refuted where a rule holds 443 back, and unknown where it holds back some of the Internet", () => {
    expect(told("N6", add("300 Outbound Deny Tcp * > Internet : 443"))).to.equal("refuted");
    expect(told("N6", add("300 Outbound Deny Tcp * > Internet : 80"))).to.equal("proved");
    expect(told("N6", add("300 Outbound Deny Tcp * > AzureCloud : 443"))).to.equal("unknown");
    expect(told("N6", add("300 Outbound Deny Tcp * > 51.4.0.0/16 : 443"))).to.equal("unknown");
  });

  it("is proved by an appliance, an outbound rule, or Azure's implicit way, which a balancer takes away", () => {
    expect(told("N6", both(without, routed("0.0.0.0/0", "VirtualAppliance")))).to.equal("proved");
    const outbound = both(without, balanced("443"), (estate) => {
      estate.loadBalancers[0]!.outboundPools = [keyOf("pool")];
    });
    expect(told("N6", outbound)).to.equal("proved");
    const shape = { egress: "implicit" } as const;
    expect(told("N6", undefined, { shape })).to.equal("proved");
    expect(told("N6", balanced("443"), { shape })).to.equal("refuted");
  });

  it("is claimed only of machines with the extension", () => {
    expect(told("N6", undefined, { shape: { egress: "none" } })).to.equal(undefined);
  });
});

describe("The oracle on N7, no port of remote administration is open", () => {
  it("is refuted even where only Bastion gets in", () => {
    const winrm = add("300 Inbound Allow Tcp 10.10.0.0/26 > * : 5985");
    expect(told("N7", winrm)).to.equal("refuted");
  });

  it("is unknown where the ports of a rule are", () => {
    const unsure = both(add("300 Inbound Allow Tcp 10.10.0.0/26 > * : 80"), (estate) => {
      const rules = rulesOf(estate, "app-group");
      if (Array.isArray(rules)) rules.at(-1)!.destinationPorts = notKnown;
    });
    expect(told("N7", unsure)).to.equal("unknown");
  });

  it("does not count the platform's own address for a sender", () => {
    const platform = add("300 Inbound Allow * 168.63.129.16 > * : *");
    expect(told("N7", platform, { shape: { forwarded: true } })).to.equal("proved");
    const next = add("300 Inbound Allow * 168.63.129.17 > * : *");
    expect(told("N7", next, { shape: { forwarded: true } })).to.equal("refuted");
  });
});
