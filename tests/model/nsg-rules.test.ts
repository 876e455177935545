import { expect } from "chai";
import fc from "fast-check";
import { BASTION_NSG_RULES, bastionNsgRules } from "../../components/model/bastion-nsg-rules";
import { parsePorts, REMOTE_ADMINISTRATION_PORTS } from "../../components/model/management-ports";
import { securityRuleDocument } from "../../components/model/nsg-rule";
import {
  type AllowInbound,
  checkAllowInbound,
  workloadNsgRules,
} from "../../components/model/workload-nsg-rules";

/** https://learn.microsoft.com/azure/bastion/bastion-nsg, written out: direction, from, to, ports, protocol. */
const MICROSOFT = [
  ["Inbound", "Internet", "*", "443", "Tcp"],
  ["Inbound", "GatewayManager", "*", "443", "Tcp"],
  ["Inbound", "AzureLoadBalancer", "*", "443", "Tcp"],
  ["Inbound", "VirtualNetwork", "VirtualNetwork", "8080,5701", "*"],
  ["Outbound", "*", "VirtualNetwork", "22,3389", "*"],
  ["Outbound", "*", "AzureCloud", "443", "Tcp"],
  ["Outbound", "VirtualNetwork", "VirtualNetwork", "8080,5701", "*"],
  ["Outbound", "*", "Internet", "80", "*"],
];

describe("the rules of AzureBastionSubnet", () => {
  it("are Microsoft's eight, row by row", () => {
    expect(
      BASTION_NSG_RULES.map(({ direction, from, to, ports, protocol }) => [
        direction,
        from.join(),
        to.join(),
        ports.join(),
        protocol,
      ]),
    ).to.deep.equal(MICROSOFT);
    expect(BASTION_NSG_RULES.every(({ access }) => access === "Allow")).to.equal(true);
  });

  it("use no priority twice in a direction, since Azure refuses that", () => {
    const keys = BASTION_NSG_RULES.map(({ direction, priority }) => `${direction} ${priority}`);
    expect(new Set(keys).size).to.equal(keys.length);
  });

  it("name custom ports in the one rule that reaches VMs, and change nothing else", () => {
    const changed = bastionNsgRules([8022, 22, 2222, 8022]).filter(
      (rule) =>
        JSON.stringify(rule) !==
        JSON.stringify(BASTION_NSG_RULES.find(({ name }) => name === rule.name)),
    );
    expect(changed.map(({ name, ports }) => [name, ports])).to.deep.equal([
      ["AllowSshRdpOutbound", ["22", "3389", "2222", "8022"]],
    ]);
  });
});

describe("a rule's document", () => {
  it("puts one value in the singular field and several in the plural, never both", () => {
    const [rule] = BASTION_NSG_RULES;
    if (rule === undefined) throw new Error("no rule");
    const one = securityRuleDocument(rule);
    expect(one).to.include({ sourceAddressPrefix: "Internet", destinationPortRange: "443" });
    expect(one).to.not.have.any.keys("sourceAddressPrefixes", "destinationPortRanges");
    const several = securityRuleDocument({
      ...rule,
      from: ["10.0.0.0/8", "10.1.0.0/16"],
      ports: ["1", "2"],
      to: ["10.2.0.0/16", "10.3.0.0/16"],
    });
    expect(several).to.deep.include({
      sourceAddressPrefixes: ["10.0.0.0/8", "10.1.0.0/16"],
      destinationPortRanges: ["1", "2"],
      destinationAddressPrefixes: ["10.2.0.0/16", "10.3.0.0/16"],
    });
    expect(several).to.not.have.any.keys(
      "sourceAddressPrefix",
      "destinationPortRange",
      "destinationAddressPrefix",
    );
  });

  it("keeps a reason within the 140 characters that Azure takes", () => {
    const [rule] = BASTION_NSG_RULES;
    if (rule === undefined) throw new Error("no rule");
    expect(securityRuleDocument({ ...rule, why: "x".repeat(200) }).description).to.have.length(140);
  });
});

const port = fc.integer({ min: 0, max: 65535 });
const ports = fc.oneof(
  port,
  fc.tuple(port, port).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
);

describe("the rules of a spoke", () => {
  it("end with a deny of everything, after every exception, whatever the exceptions", () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/), { maxLength: 12 });
    fc.assert(
      fc.property(names, fc.array(port, { minLength: 1, maxLength: 3 }), (keys, signIn) => {
        const rules = workloadNsgRules(
          "10.0.0.0/26",
          signIn,
          Object.fromEntries(
            keys.map((key) => [key, { from: ["10.9.0.0/16"], ports: [443], reason: "test" }]),
          ),
        );
        const last = rules.reduce((a, b) => (b.priority > a.priority ? b : a));
        expect(last).to.deep.include({
          name: "DenyAllInbound",
          access: "Deny",
          protocol: "*",
          from: ["*"],
          to: ["*"],
          ports: ["*"],
        });
        expect(new Set(rules.map(({ priority }) => priority)).size).to.equal(rules.length);
        expect(rules.every(({ priority }) => priority >= 100 && priority <= 4096)).to.equal(true);
        expect(rules.filter(({ access }) => access === "Allow")).to.have.length(keys.length + 1);
      }),
    );
  });

  it("keep the order of names, not of arguments", () => {
    const entry: AllowInbound = { from: ["10.9.0.0/16"], ports: [443], reason: "test" };
    const order = (keys: string[]): string[] =>
      workloadNsgRules(
        "10.0.0.0/26",
        [22],
        Object.fromEntries(keys.map((key) => [key, entry])),
      ).map(({ name }) => name);
    expect(order(["b", "a"])).to.deep.equal(order(["a", "b"]));
  });

  it("take no exception that contains a management port, however it is spelled", () => {
    fc.assert(
      fc.property(ports, (text) => {
        const range = parsePorts(text);
        const issues = checkAllowInbound(
          { x: { from: ["10.9.0.0/16"], ports: [text], reason: "test" } },
          "",
        );
        const touched = Object.keys(REMOTE_ADMINISTRATION_PORTS).filter(
          (p) => range !== undefined && range.first <= Number(p) && Number(p) <= range.last,
        );
        expect(issues).to.have.length(touched.length);
      }),
    );
  });

  it("count these ports as management: SSH, RPC, SMB, RDP, WinRM twice", () => {
    expect(Object.keys(REMOTE_ADMINISTRATION_PORTS)).to.deep.equal([
      "22",
      "135",
      "445",
      "3389",
      "5985",
      "5986",
    ]);
  });

  it("take no source that is anywhere, in any spelling", () => {
    for (const source of [
      "*",
      "Internet",
      "internet",
      "Any",
      "0.0.0.0/0",
      "0.0.0.0/1",
      "128.0.0.0/1",
      "VirtualNetwork",
      "::/0",
    ]) {
      const issues = checkAllowInbound(
        { x: { from: [source], ports: [443], reason: "test" } },
        "a",
      );
      expect(
        issues.map(({ path }) => path),
        source,
      ).to.deep.equal(["a.x.from[0]"]);
    }
  });

  it("take a custom sign-in port for a management port too", () => {
    const issues = checkAllowInbound(
      { x: { from: ["10.9.0.0/16"], ports: ["2000-3000"], reason: "test" } },
      "",
      [2222],
    );
    expect(issues.map(({ problem }) => problem)).to.deep.equal([
      '"2000-3000" opens management port 2222 (a VM\'s own sign-in port); leave it out, Bastion is the way in',
    ]);
  });
});
