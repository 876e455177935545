import { expect } from "chai";
import fc from "fast-check";
import type { ClaimId } from "../../../components/model/claims/claim";
import type { Estate } from "../../../components/model/estate/estate";
import { Outside, Unknown } from "../../../components/model/estate/known";
import { arbitraryEstate } from "../../support/arbitrary-estate";
import { oracle } from "../../support/brute-force/oracle";
import { card, type Draft, keyOf, part, ports, range, rule } from "../../support/estate-parts";
import { BASTION_RULES, ONE_SPOKE, rightEstate, type Shape } from "../../support/right-estate";

type Estates = Draft<Estate>;
const notKnown = new Unknown("it is not known");

/** The right estate with one spoke, otherwise in one respect; and what the oracle says of a claim. */
function told(
  id: ClaimId,
  change: (estate: Estates) => void = () => undefined,
  { subject = "app-web", shape = {} }: { subject?: string; shape?: Partial<Shape> } = {},
): string | undefined {
  const estate = rightEstate({ ...ONE_SPOKE, ...shape });
  change(estate);
  return oracle(estate).find((one) => one.id === id && one.subject === subject)?.verdict;
}

function rulesOf(estate: Estates, name: string): Draft<Estate["securityGroups"][number]["rules"]> {
  return estate.securityGroups.find(({ subject }) => subject === name)!.rules;
}
function add(text: string, name = "app-group"): (estate: Estates) => void {
  return (estate) => {
    const rules = rulesOf(estate, name);
    if (Array.isArray(rules)) rules.push(rule(text));
  };
}
function drop(start: string, name = "app-group"): (estate: Estates) => void {
  return (estate) => {
    const group = estate.securityGroups.find(({ subject }) => subject === name)!;
    if (Array.isArray(group.rules)) {
      group.rules = group.rules.filter((one) => !one.name.startsWith(start));
    }
  };
}
const subnetOf = (estate: Estates, name = "app-machines"): Estates["subnets"][number] =>
  estate.subnets.find(({ subject }) => subject === name)!;
const halfOf = (estate: Estates, name: string): Estates["peerings"][number] =>
  estate.peerings.find(({ subject }) => subject === name)!;
function addressOf(
  estate: Estates,
): Exclude<Estates["interfaces"][number]["configurations"], Unknown>[number] {
  const [first] = estate.interfaces;
  if (first === undefined || !Array.isArray(first.configurations)) throw new Error("no interface");
  return first.configurations[0]!;
}
/** A route table on the spoke's subnet. */
function routed(prefix: string, nextHop: "None" | "VirtualAppliance" | "Internet" | "VnetLocal") {
  return (estate: Estates): void => {
    const routes = [{ name: prefix, range: range(prefix), nextHop, address: undefined }];
    estate.routeTables.push({ ...part("routes"), routes });
    subnetOf(estate).routeTable = keyOf("routes");
  };
}
/** A public load balancer before the spoke's machine. */
function balanced(backend: string, isPublic: boolean | Unknown = true) {
  return (estate: Estates): void => {
    addressOf(estate).backendPools = [keyOf("pool")];
    estate.loadBalancers.push({
      ...part("balancer"),
      outboundPools: [],
      rules: [
        {
          ...part("balancer-rule"),
          frontendIsPublic: isPublic,
          protocols: ["Tcp"],
          frontendPorts: ports("443"),
          backendPorts: ports(backend),
          pool: keyOf("pool"),
        },
      ],
    });
  };
}
const both =
  (...changes: ((estate: Estates) => void)[]) =>
  (estate: Estates): void => {
    for (const change of changes) change(estate);
  };

describe("The oracle of the network theorem", () => {
  it("proves every claim of an estate that is as it should be, whatever its way out", () => {
    for (const egress of ["nat", "appliance", "implicit"] as const) {
      for (const fixed of [true, false]) {
        const judged = oracle(
          rightEstate({ ...ONE_SPOKE, spokes: ["app", "data"], hubMachine: true, egress, fixed }),
        );
        expect(judged.filter(({ verdict }) => verdict !== "proved")).to.deep.equal([]);
        expect(judged).to.have.length(3 * 5 + 1 + 3);
      }
    }
  });

  describe("N1, only the Bastion subnet reaches the management ports", () => {
    it("is refuted by an allow before the deny, and proved where it comes after", () => {
      expect(told("N1", add("4000 Inbound Allow Tcp 10.10.0.0/24 > * : 22"))).to.equal("refuted");
      const late = both(
        drop("4096"),
        add("300 Inbound Deny * * > * : *"),
        add("4000 Inbound Allow Tcp 10.10.0.0/24 > * : 22"),
      );
      expect(told("N1", late)).to.equal("proved");
    });

    it("is refuted without the deny, by Azure's own rule for VirtualNetwork", () => {
      expect(told("N1", drop("4096"))).to.equal("refuted");
    });

    it("is proved where a sender is not connected, and refuted once traffic is forwarded", () => {
      const stranger = add("300 Inbound Allow Tcp 192.168.0.0/16 > * : 22");
      expect(told("N1", stranger)).to.equal("proved");
      expect(told("N1", stranger, { shape: { forwarded: true } })).to.equal("refuted");
    });

    it("is refuted through a public address that a group opens, and proved where no group stands", () => {
      const open = both(add("300 Inbound Allow Tcp Internet > * : 22"), (estate) => {
        addressOf(estate).publicAddress = keyOf("address");
      });
      expect(told("N1", open)).to.equal("refuted");
      expect(told("N1", add("300 Inbound Allow Tcp Internet > * : 22"))).to.equal("proved");
    });

    it("asks the interface's group besides the subnet's", () => {
      const second = both(drop("4096"), (estate) => {
        estate.securityGroups.push({
          ...part("own"),
          rules: [
            rule("200 Inbound Allow Tcp 10.10.0.0/26 > * : 22"),
            rule("300 Inbound Deny * * > * : *"),
          ],
        });
        estate.interfaces[0]!.securityGroup = keyOf("own");
      });
      expect(told("N1", second)).to.equal("proved");
    });

    it("is unknown where a rule might open it: its access, its source, its place in the order", () => {
      for (const what of ["access", "priority", "sources"] as const) {
        const blurred = both(add("4097 Inbound Allow Tcp 10.10.0.0/24 > * : 22"), (estate) => {
          const rules = rulesOf(estate, "app-group");
          if (!Array.isArray(rules)) return;
          const last = rules.at(-1)!;
          if (what !== "priority") last.priority = 300;
          last[what] = notKnown;
        });
        expect(told("N1", blurred), what).to.equal("unknown");
      }
    });

    it("is proved where a rule's unknown part cannot open it", () => {
      const unsure = both(add("300 Inbound Allow Tcp 10.10.0.0/24 > * : 443"), (estate) => {
        const rules = rulesOf(estate, "app-group");
        if (Array.isArray(rules)) rules.at(-1)!.sources = notKnown;
      });
      expect(told("N1", unsure)).to.equal("proved");
    });

    it("is unknown where Azure may choose the address that a rule opens, and refuted where it opens all", () => {
      const shape = { fixed: false };
      const some = add("300 Inbound Allow Tcp 10.10.0.0/24 > 10.20.0.0/28 : 22");
      const all = add("300 Inbound Allow Tcp 10.10.0.0/24 > 10.20.0.0/27 : 22");
      expect(told("N1", some, { shape })).to.equal("unknown");
      expect(told("N1", all, { shape })).to.equal("refuted");
    });

    it("is refuted where each address that Azure may choose is open, each by a packet of its own", () => {
      const halves = both(
        add("300 Inbound Allow Tcp 10.10.0.0/24 > 10.20.0.0/28 : 22"),
        add("301 Inbound Allow Tcp 10.10.0.0/24 > 10.20.0.16/28 : 3389"),
      );
      const estate = rightEstate({ ...ONE_SPOKE, fixed: false });
      halves(estate);
      const found = oracle(estate).find(({ id }) => id === "N1");
      expect(found?.verdict).to.equal("refuted");
      expect(found?.loose()).to.equal("unknown");
    });

    it("is unknown where VirtualNetwork might hold a default route, and the deny names that tag", () => {
      const shape = { egress: "appliance", forwarded: true } as const;
      const change = both(
        drop("4096"),
        add("400 Inbound Deny * VirtualNetwork > * : *"),
        add("500 Inbound Allow Tcp 192.168.0.0/16 > * : 22"),
      );
      expect(told("N1", change, { shape })).to.equal("unknown");
      expect(told("N1", change, { shape: { forwarded: true } })).to.equal("refuted");
    });

    it("takes a tag for addresses that Microsoft knows: a literal one may be among them", () => {
      const open = (text: string) =>
        both(add(text), (estate) => {
          addressOf(estate).publicAddress = keyOf("address");
        });
      const tag = "300 Inbound Allow Tcp GatewayManager > * : 22";
      expect(told("N1", open(tag))).to.equal("refuted");
      const denied = both(open(tag), add("299 Inbound Deny * AzureCloud > * : *"));
      expect(told("N1", denied)).to.equal("proved");
      const literal = both(open(tag), add("299 Inbound Deny * 0.0.0.0/1 > * : *"));
      expect(told("N1", literal)).to.equal("unknown");
      const regional = both(
        open("300 Inbound Allow Tcp Storage > * : 22"),
        add("299 Inbound Deny * Storage.WestEurope > * : *"),
      );
      expect(told("N1", regional)).to.equal("refuted");
    });

    it("looks for the Bastion subnet in the own network and connected ones alone", () => {
      expect(
        told(
          "N1",
          both(add("300 Inbound Allow Tcp 10.10.0.0/26 > * : 22"), (estate) => {
            estate.peerings = [];
            estate.gateways.push({ ...part("gateway"), network: keyOf("app") });
          }),
        ),
      ).to.equal("refuted");
    });

    it("knows who is in an application security group", () => {
      const members = (estate: Estates): void => {
        addressOf(estate).applicationGroups = [keyOf("servers")];
        estate.interfaces.push(card("other-nic", "app-machines", "10.20.0.9"));
      };
      const toGroup = add("300 Inbound Allow Tcp VirtualNetwork > group:servers : 22");
      expect(told("N1", toGroup)).to.equal("proved");
      expect(told("N1", both(toGroup, members))).to.equal("refuted");
    });

    it("is unknown where a peering's other half is not in the estate, and the source beyond it is let in", () => {
      const beyond = (state: string | undefined) =>
        both(add("300 Inbound Allow Tcp 192.168.7.0/24 > * : 22"), (estate) => {
          const outside = { ...halfOf(estate, "app-to-hub"), ...part("app-to-outside") };
          outside.remote = new Outside("/outside/network");
          outside.state = state;
          outside.remoteRanges = [range("192.168.7.0/24")];
          estate.peerings.push(outside);
        });
      // Its Bastion might be what the rule lets in.
      expect(told("N1", beyond("Connected"))).to.equal("unknown");
      expect(told("N1", beyond(undefined))).to.equal("unknown");
    });
  });

  describe("N2, Bastion reaches the sign-in ports", () => {
    it("is refuted without a rule for it, without a half of the peering, without a host", () => {
      expect(told("N2", drop("200"))).to.equal("refuted");
      for (const half of ["app-to-hub", "hub-to-app"]) {
        const apart = (estate: Estates): void => {
          estate.peerings = estate.peerings.filter(({ subject }) => subject !== half);
        };
        expect(told("N2", apart), half).to.equal("refuted");
      }
      const alone = (estate: Estates): void => {
        estate.bastionHosts = [];
      };
      expect(told("N2", alone)).to.equal("refuted");
    });

    it("is refuted where a single address of the Bastion subnet does not get through", () => {
      expect(told("N2", add("199 Inbound Deny Tcp 10.10.0.62 > * : 22"))).to.equal("refuted");
      expect(told("N2", add("199 Inbound Deny Tcp 10.10.0.63 > * : 22"))).to.equal("proved");
    });

    it("is refuted where the host's own group does not let it out, or this side's tag is meant", () => {
      expect(told("N2", add("110 Outbound Deny * * > * : 22", "bastion-group"))).to.equal(
        "refuted",
      );
      const noAccess = (estate: Estates): void => {
        halfOf(estate, "hub-to-app").access = false;
      };
      expect(told("N2", noAccess)).to.equal("refuted");
      const otherSide = (estate: Estates): void => {
        halfOf(estate, "app-to-hub").access = false;
      };
      expect(told("N2", otherSide)).to.equal("proved");
    });

    it("is refuted where the answers go elsewhere by a longer or equal prefix, not by a shorter one", () => {
      expect(told("N2", routed("10.10.0.0/24", "VirtualAppliance"))).to.equal("refuted");
      expect(told("N2", routed("10.10.0.0/26", "None"))).to.equal("refuted");
      expect(told("N2", routed("10.0.0.0/8", "VirtualAppliance"))).to.equal("proved");
      expect(told("N2", routed("0.0.0.0/0", "None"))).to.equal("proved");
    });

    it("asks what the host's SKU reaches: Developer no peer, Basic no port of its own", () => {
      const sku = (name: string) => (estate: Estates) => {
        estate.bastionHosts[0]!.sku = name;
      };
      expect(told("N2", sku("Developer"))).to.equal("refuted");
      expect(told("N2", sku("Basic"))).to.equal("proved");
      const custom = (estate: Estates): void => {
        estate.machines[0]!.signInPorts = [2222];
        add("201 Inbound Allow Tcp 10.10.0.0/26 > * : 2222")(estate);
        add("119 Outbound Allow Tcp * > VirtualNetwork : 2222", "bastion-group")(estate);
      };
      expect(told("N2", custom)).to.equal("proved");
      expect(told("N2", both(custom, sku("Basic")))).to.equal("refuted");
    });

    it("is unknown where the SKU, the group, the routes or the peering is", () => {
      const changes: ((estate: Estates) => void)[] = [
        (estate) => {
          estate.bastionHosts[0]!.sku = notKnown;
        },
        (estate) => {
          subnetOf(estate).securityGroup = new Outside("/outside/group");
        },
        (estate) => {
          subnetOf(estate).routeTable = notKnown;
        },
        (estate) => {
          halfOf(estate, "app-to-hub").remote = notKnown;
        },
      ];
      for (const change of changes) expect(told("N2", change), String(change)).to.equal("unknown");
    });

    it("is unknown where two interfaces differ, since one of them is the primary", () => {
      const second = (estate: Estates): void => {
        estate.interfaces.push(card("second", "app-machines", "10.20.0.9"));
        estate.machines[0]!.interfaces = [keyOf("app-web-nic"), keyOf("second")];
      };
      expect(told("N2", second)).to.equal("proved");
      const shut = add("199 Inbound Deny * * > 10.20.0.9 : *");
      expect(told("N2", both(second, shut))).to.equal("unknown");
    });
  });

  describe("N3, the Bastion subnet's group lets through what Bastion needs", () => {
    const subject = "bastion-subnet";
    it("is refuted without one of Microsoft's rows, once everything else is denied", () => {
      const rest = both(
        add("4000 Inbound Deny * * > * : *", "bastion-group"),
        add("4000 Outbound Deny * * > * : *", "bastion-group"),
      );
      expect(told("N3", rest, { subject })).to.equal("proved");
      const needed = BASTION_RULES.filter((row) => !row.includes("GatewayManager"));
      for (const row of needed) {
        expect(told("N3", both(rest, drop(row, "bastion-group")), { subject }), row).to.equal(
          "refuted",
        );
      }
    });

    it("is proved where another rule lets the same packets through: Azure's own, or a wider tag", () => {
      expect(told("N3", drop("150 Inbound", "bastion-group"), { subject })).to.equal("proved");
      // GatewayManager's addresses are public ones, which the row for the Internet holds.
      expect(told("N3", drop("130 Inbound", "bastion-group"), { subject })).to.equal("proved");
      expect(told("N3", drop("120 Inbound", "bastion-group"), { subject })).to.equal("refuted");
    });

    it("is refuted by a deny before a row, by a route table and by having no group", () => {
      const deny = add("110 Inbound Deny Tcp 51.4.0.0/16 > * : 443", "bastion-group");
      expect(told("N3", deny, { subject })).to.equal("refuted");
      const table = (estate: Estates): void => {
        subnetOf(estate, subject).routeTable = new Outside("/outside/routes");
      };
      expect(told("N3", table, { subject })).to.equal("refuted");
      const bare = (estate: Estates): void => {
        subnetOf(estate, subject).securityGroup = undefined;
      };
      expect(told("N3", bare, { subject })).to.equal("refuted");
    });

    it("is unknown where the group is, or a rule of it that might deny", () => {
      const hidden = (estate: Estates): void => {
        subnetOf(estate, subject).securityGroup = notKnown;
      };
      expect(told("N3", hidden, { subject })).to.equal("unknown");
      const unsure = both(add("110 Inbound Deny Tcp * > * : 443", "bastion-group"), (estate) => {
        const rules = rulesOf(estate, "bastion-group");
        if (Array.isArray(rules)) rules.at(-1)!.access = notKnown;
      });
      expect(told("N3", unsure, { subject })).to.equal("unknown");
    });
  });

  describe("N4, no address of the machine is reachable from the Internet", () => {
    it("is refuted by a public address, even one that the rules close, and unknown where there might be one", () => {
      const given = (address: string | Unknown) => (estate: Estates) => {
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
    });
  });

  describe("N5, no other spoke reaches the machines of this one", () => {
    const shape = { spokes: ["app", "data"], forwarded: true } as const;
    const fromOther = add("300 Inbound Allow Icmp 10.30.0.0/24 > * : *");
    it("is refuted where another spoke's packet is let in and forwarded, of any protocol", () => {
      expect(told("N5", fromOther, { subject: "app", shape })).to.equal("refuted");
    });

    it("is proved where nothing carries it there, and where nobody is there to send it", () => {
      const apart = { ...shape, forwarded: false };
      expect(told("N5", fromOther, { subject: "app", shape: apart })).to.equal("proved");
      const empty = both(fromOther, (estate) => {
        estate.machines = estate.machines.filter(({ subject }) => subject !== "data-web");
      });
      expect(told("N5", empty, { subject: "app", shape })).to.equal("proved");
    });

    it("takes Bastion for nobody's spoke, though machines stand beside it in the hub", () => {
      expect(told("N5", undefined, { subject: "app", shape: { hubMachine: true } })).to.equal(
        "proved",
      );
      const fromHub = add("300 Inbound Allow Tcp 10.10.0.64/27 > * : 443");
      expect(told("N5", fromHub, { subject: "app", shape: { hubMachine: true } })).to.equal(
        "refuted",
      );
    });

    it("is unknown where forwarding is", () => {
      const unsure = both(fromOther, (estate) => {
        halfOf(estate, "app-to-hub").forwarded = notKnown;
      });
      expect(told("N5", unsure, { subject: "app", shape })).to.equal("unknown");
    });
  });

  describe("N6, the sign-in extension has its way out", () => {
    const without = (estate: Estates): void => {
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

  describe("N7, no port of remote administration is open", () => {
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

  it("calls nothing proved beside what nobody could read, if it bears on the network", () => {
    const beside = (theorem: "network" | "identity") => (estate: Estates) => {
      estate.unread.push({ subject: "odd", type: "odd", why: "odd", bearsOn: [theorem] });
    };
    expect(told("N7", beside("network"))).to.equal("unknown");
    expect(told("N7", beside("identity"))).to.equal("proved");
    const open = both(beside("network"), drop("4096"));
    expect(told("N7", open)).to.equal("refuted");
  });

  it("decides nothing rule by rule and packet by packet that the worlds leave open or decide otherwise", () => {
    fc.assert(
      fc.property(arbitraryEstate, (estate) => {
        for (const { id, subject, verdict, loose } of oracle(estate)) {
          expect([verdict, "unknown"], `${id} of ${subject}`).to.include(loose());
        }
      }),
      { numRuns: 20 },
    );
  });
});
