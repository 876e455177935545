import { expect } from "chai";
import { addressText } from "../../../components/model/address-range";
import {
  ANY_PORT,
  parseLooseRange,
  parseProtocols,
  parseRulePorts,
  parseSelector,
} from "../../../components/model/estate/rule-syntax";

describe("a rule's own words", () => {
  it("mean anywhere in each of Azure's spellings, in any letter case", () => {
    for (const text of ["*", "Any", "any", "ANY", " * "]) {
      expect(parseSelector(text), text).to.deep.equal({ kind: "any" });
    }
    const everything = parseSelector("0.0.0.0/0");
    expect(everything).to.deep.equal({
      kind: "range",
      range: { first: 0, last: 2 ** 32 - 1, bits: 0 },
    });
  });

  it("mean a service tag in any letter case and by its classic name, and keep how it was written", () => {
    for (const [text, tag] of [
      ["Internet", "internet"],
      ["INTERNET", "internet"],
      ["VirtualNetwork", "virtualnetwork"],
      ["VIRTUAL_NETWORK", "virtualnetwork"],
      ["AZURE_LOADBALANCER", "azureloadbalancer"],
      ["Storage.WestEurope", "storage.westeurope"],
    ] as const) {
      expect(parseSelector(text)).to.deep.equal({ kind: "tag", tag, text });
    }
  });

  it("mean a range, a single address as a range of one, and cut host bits off", () => {
    const texts = (text: string): string => {
      const range = parseLooseRange(text);
      return range === undefined ? "none" : `${addressText(range.first)}/${range.bits}`;
    };
    expect(texts("10.0.0.4")).to.equal("10.0.0.4/32");
    expect(texts("10.0.0.7/29")).to.equal("10.0.0.0/29");
    expect(parseLooseRange("10.0.0.0/29")?.last).to.equal(parseLooseRange("10.0.0.7")?.first);
    for (const text of ["10.0.0.0/33", "10.0.0", "300.0.0.1", "10.0.0.1-10.0.0.9"]) {
      expect(texts(text), text).to.equal("none");
    }
  });

  it("hold no IPv4 packet where they are IPv6, and are not understood where they are nothing", () => {
    expect(parseSelector("::/0")).to.deep.equal({ kind: "nothing" });
    expect(parseSelector("fd00:1::/64")).to.deep.equal({ kind: "nothing" });
    for (const text of ["", "10.0.0.1-10.0.0.9", "10.0.0.0/40", "a b"]) {
      expect(parseSelector(text), text).to.equal(undefined);
    }
  });

  it("mean ports: one, a range, or all, which includes packets that have none", () => {
    expect(parseRulePorts("22")).to.deep.equal({ first: 22, last: 22 });
    expect(parseRulePorts("20-30")).to.deep.equal({ first: 20, last: 30 });
    expect(parseRulePorts("*")).to.deep.equal(ANY_PORT);
    for (const text of ["30-20", "65536", "22,23", "ssh", ""]) {
      expect(parseRulePorts(text), text).to.equal(undefined);
    }
  });

  it("mean protocols in any letter case, all of them by *", () => {
    expect(parseProtocols("TCP")).to.deep.equal(["Tcp"]);
    expect(parseProtocols("*")).to.deep.equal(["Tcp", "Udp", "Icmp", "Esp", "Ah"]);
    expect(parseProtocols("Gre")).to.equal(undefined);
  });
});
