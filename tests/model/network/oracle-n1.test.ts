import { expect } from "chai";
import { Outside, Unknown } from "../../../components/model/estate/known";
import { oracle } from "../../support/brute-force/oracle";
import { told } from "../../support/brute-force/told";
import { card, keyOf, part, range, rule } from "../../support/estate-parts";
import {
  add,
  addressOf,
  both,
  drop,
  halfOf,
  type Otherwise,
  rulesOf,
} from "../../support/otherwise";
import { ONE_SPOKE, rightEstate } from "../../support/right-estate";

const notKnown = new Unknown("it is not known");

describe("The oracle on N1, only the Bastion subnet reaches the management ports", () => {
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

  it("is refuted where another machine of the network passes on what it is sent", () => {
    const stranger = add("300 Inbound Allow Tcp 192.168.0.0/16 > * : 22");
    const forwarder = (forwarding: boolean | Unknown): Otherwise =>
      both(stranger, (estate) => {
        estate.interfaces.push({ ...card("appliance", "app-machines", "10.20.0.9"), forwarding });
      });
    expect(told("N1", forwarder(true))).to.equal("refuted");
    expect(told("N1", forwarder(notKnown))).to.equal("unknown");
    expect(told("N1", forwarder(false))).to.equal("proved");
  });

  it("is refuted through a public address that a group opens, and proved where there is none", () => {
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
    const apart: Otherwise = (estate) => {
      estate.peerings = [];
      estate.gateways.push({ ...part("gateway"), network: keyOf("app") });
    };
    expect(told("N1", apart)).to.equal("refuted");
  });

  it("knows who is in an application security group", () => {
    const members: Otherwise = (estate) => {
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
