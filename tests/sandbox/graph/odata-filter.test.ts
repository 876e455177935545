import { expect } from "chai";
import fc from "fast-check";
import {
  argumentOf,
  askedFor,
  calls,
  meets,
  parseFilter,
} from "../../../sandbox/azure/graph/odata-filter";
import { AzureRefusal } from "../../../sandbox/azure/refusal";

describe("OData filters", () => {
  it("read conditions joined by and", () => {
    expect(
      parseFilter("displayName eq 'salt and pepper' and securityEnabled eq true and atScope()"),
    ).to.deep.equal([
      { kind: "equals", property: "displayName", value: "salt and pepper" },
      { kind: "equals", property: "securityEnabled", value: true },
      { kind: "call", name: "atScope", arguments: [] },
    ]);
  });

  it("hold no condition where there is none", () => {
    expect(parseFilter(null)).to.deep.equal([]);
    expect(parseFilter(" ")).to.deep.equal([]);
  });

  it("give back any text that is quoted as OData asks", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const terms = parseFilter(`displayName eq '${text.replace(/'/g, "''")}'`);
        expect(terms).to.deep.equal([{ kind: "equals", property: "displayName", value: text }]);
      }),
    );
  });

  it("find what functions ask for", () => {
    const terms = parseFilter("assignedTo('a1') and principalId eq 'b2'");
    expect(argumentOf(terms, "assignedto")).to.equal("a1");
    expect(askedFor(terms, "PrincipalId")).to.equal("b2");
    expect(calls(terms, "asTarget")).to.equal(false);
  });

  it("compare text without regard to case, and by its beginning", () => {
    const body = { displayName: "Operators", securityEnabled: true };
    const met = (text: string) => parseFilter(text).every((term) => meets(body, term));
    expect(met("displayName eq 'OPERATORS'")).to.equal(true);
    expect(met("displayName eq 'Operator'")).to.equal(false);
    expect(met("startswith(displayName,'oper')")).to.equal(true);
    expect(met("startswith(displayName,'per')")).to.equal(false);
    expect(met("securityEnabled eq false")).to.equal(false);
  });

  for (const text of [
    "displayName ne 'a'",
    "displayName eq",
    "a eq 'b' or c eq 'd'",
    "contains(displayName",
  ]) {
    it(`are refused where the simulation does not read them: ${text}`, () => {
      expect(() => parseFilter(text)).to.throw(
        AzureRefusal,
        "Unsupported or invalid query filter clause",
      );
    });
  }
});
