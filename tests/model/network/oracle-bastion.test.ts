import { expect } from "chai";
import { Outside, Unknown } from "../../../components/model/estate/known";
import { told } from "../../support/brute-force/told";
import { card, keyOf } from "../../support/estate-parts";
import {
  add,
  both,
  drop,
  halfOf,
  type Otherwise,
  routed,
  rulesOf,
  subnetOf,
} from "../../support/otherwise";
import { BASTION_RULES } from "../../support/right-estate";

const notKnown = new Unknown("it is not known");

describe("The oracle on N2, Bastion reaches the sign-in ports", () => {
  it("is refuted without a rule for it, without a half of the peering, without a host", () => {
    expect(told("N2", drop("200"))).to.equal("refuted");
    for (const half of ["app-to-hub", "hub-to-app"]) {
      const apart: Otherwise = (estate) => {
        estate.peerings = estate.peerings.filter(({ subject }) => subject !== half);
      };
      expect(told("N2", apart), half).to.equal("refuted");
      // Not for the tag alone: a host that is let out anywhere does not get there either.
      const anywhere = add("110 Outbound Allow Tcp * > * : 22", "bastion-group");
      expect(told("N2", both(anywhere, apart)), half).to.equal("refuted");
    }
    const alone: Otherwise = (estate) => {
      estate.bastionHosts = [];
    };
    expect(told("N2", alone)).to.equal("refuted");
  });

  it("is refuted where a single address of the Bastion subnet does not get through", () => {
    expect(told("N2", add("199 Inbound Deny Tcp 10.10.0.62 > * : 22"))).to.equal("refuted");
    expect(told("N2", add("199 Inbound Deny Tcp 10.10.0.63 > * : 22"))).to.equal("proved");
  });

  it("is refuted where the host's own group does not let it out, or this side's tag is meant", () => {
    expect(told("N2", add("110 Outbound Deny * * > * : 22", "bastion-group"))).to.equal("refuted");
    const noAccess: Otherwise = (estate) => {
      halfOf(estate, "hub-to-app").access = false;
    };
    expect(told("N2", noAccess)).to.equal("refuted");
    const otherSide: Otherwise = (estate) => {
      halfOf(estate, "app-to-hub").access = false;
    };
    expect(told("N2", otherSide)).to.equal("proved");
  });

  it("is refuted where the answers go nowhere by a longer or equal prefix, not by a shorter one; unknown where they go to an appliance", () => {
    expect(told("N2", routed("10.10.0.0/24", "VirtualAppliance"))).to.equal("unknown");
    expect(told("N2", routed("10.10.0.0/24", "None"))).to.equal("refuted");
    expect(told("N2", routed("10.10.0.0/26", "None"))).to.equal("refuted");
    expect(told("N2", routed("10.0.0.0/8", "VirtualAppliance"))).to.equal("proved");
    expect(told("N2", routed("0.0.0.0/0", "None"))).to.equal("proved");
  });

  it("asks what the host's SKU reaches: Developer no peer, Basic no port of its own", () => {
    const sku =
      (name: string): Otherwise =>
      (estate) => {
        estate.bastionHosts[0]!.sku = name;
      };
    expect(told("N2", sku("Developer"))).to.equal("refuted");
    expect(told("N2", sku("Basic"))).to.equal("proved");
    const custom: Otherwise = (estate) => {
      estate.machines[0]!.signInPorts = [2222];
      add("201 Inbound Allow Tcp 10.10.0.0/26 > * : 2222")(estate);
      add("119 Outbound Allow Tcp * > VirtualNetwork : 2222", "bastion-group")(estate);
    };
    expect(told("N2", custom)).to.equal("proved");
    expect(told("N2", both(custom, sku("Basic")))).to.equal("refuted");
  });

  it("is unknown where the SKU, the group, the routes or the peering is", () => {
    const changes: Otherwise[] = [
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
    const second: Otherwise = (estate) => {
      estate.interfaces.push(card("second", "app-machines", "10.20.0.9"));
      estate.machines[0]!.interfaces = [keyOf("app-web-nic"), keyOf("second")];
    };
    expect(told("N2", second)).to.equal("proved");
    const shut = add("199 Inbound Deny * * > 10.20.0.9 : *");
    expect(told("N2", both(second, shut))).to.equal("unknown");
  });
});

describe("The oracle on N3, the Bastion subnet's group lets through what Bastion needs", () => {
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

  it("is proved where a wider rule of the group lets the same packets through, and not by Azure's default rules", () => {
    expect(told("N3", drop("150 Inbound", "bastion-group"), { subject })).to.equal("refuted");
    // GatewayManager's addresses are public ones, which the row for the Internet holds.
    expect(told("N3", drop("130 Inbound", "bastion-group"), { subject })).to.equal("proved");
    expect(told("N3", drop("120 Inbound", "bastion-group"), { subject })).to.equal("refuted");
  });

  it("is refuted by a deny of any port of a row", () => {
    for (const way of ["Inbound", "Outbound"]) {
      for (const port of [443, 8080, 5701, ...(way === "Inbound" ? [] : [22, 3389, 80])]) {
        const deny = add(`110 ${way} Deny Tcp * > * : ${port}`, "bastion-group");
        expect(told("N3", deny, { subject }), `${way} ${port}`).to.equal("refuted");
      }
    }
  });

  it("is refuted by a deny before a row, by a route table and by having no group", () => {
    const deny = add("110 Inbound Deny Tcp 51.4.0.0/16 > * : 443", "bastion-group");
    expect(told("N3", deny, { subject })).to.equal("refuted");
    const table: Otherwise = (estate) => {
      subnetOf(estate, subject).routeTable = new Outside("/outside/routes");
    };
    expect(told("N3", table, { subject })).to.equal("refuted");
    const bare: Otherwise = (estate) => {
      subnetOf(estate, subject).securityGroup = undefined;
    };
    expect(told("N3", bare, { subject })).to.equal("refuted");
  });

  it("is unknown where the group is, or a rule of it that might deny", () => {
    const hidden: Otherwise = (estate) => {
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
