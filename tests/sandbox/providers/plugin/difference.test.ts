import { expect } from "chai";
import fc from "fast-check";
import {
  applyChanges,
  compare,
  detail,
  isIgnored,
} from "../../../../sandbox/providers/plugin/difference";
import type { Values } from "../../../../sandbox/providers/plugin/values";

const names = fc.constantFrom("a", "b", "c", "d");
const tree = fc.letrec<{ value: Values[string] }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<Values[string]>("x", "y", 1, 2, true, false),
    fc.array(tie("value"), { maxLength: 3 }) as fc.Arbitrary<Values[string]>,
    fc.dictionary(names, tie("value"), { maxKeys: 3 }) as fc.Arbitrary<Values[string]>,
  ),
}));
const bags: fc.Arbitrary<Values> = fc.dictionary(names, tree.value, { maxKeys: 4 });

function kindsOf(old: Values, now: Values, replaceKeys: string[] = []): Record<string, string> {
  return Object.fromEntries(detail(compare(old, now), new Set(replaceKeys)));
}

describe("stand-in providers: differences", () => {
  it("finds none between equal values and leads from one value to any other", () => {
    fc.assert(
      fc.property(bags, bags, (old, now) => {
        expect(compare(old, structuredClone(old)).size).to.equal(0);
        expect(applyChanges(old, compare(old, now))).to.deep.equal(now);
      }),
    );
  });

  it("names each leaf by its path, list positions included", () => {
    const old = { ipConfigurations: [{ subnet: { id: "a" } }], tags: { a: "1" }, zones: ["1"] };
    const now = {
      ipConfigurations: [{ subnet: { id: "b" } }],
      tags: { b: "1" },
      zones: ["1", "2"],
    };
    expect(kindsOf(old, now)).to.deep.equal({
      "ipConfigurations[0].subnet.id": "update",
      "tags.a": "delete",
      "tags.b": "add",
      "zones[1]": "add",
    });
  });

  it("marks a property that replaces, and the updates inside it, but not what is added inside it", () => {
    const old = { sku: { name: "Basic" } };
    const now = { sku: { name: "Standard", tier: "Regional" } };
    expect(kindsOf(old, now, ["sku"])).to.deep.equal({
      "sku.name": "updateReplace",
      "sku.tier": "add",
    });
    expect(kindsOf({}, now, ["sku"])).to.deep.equal({ sku: "addReplace" });
    expect(kindsOf(now, {}, ["sku"])).to.deep.equal({ sku: "deleteReplace" });
  });

  it("leaves updates inside a block alone where a replacement is not inherited", () => {
    const changes = compare({ ip: { trusted: true } }, { ip: { trusted: false } });
    const kinds = Object.fromEntries(detail(changes, new Set(["ip"]), false));
    expect(kinds).to.deep.equal({ "ip.trusted": "update" });
  });

  it("does not compare the provider's own marks", () => {
    expect(kindsOf({ __createBeforeDelete: true }, {})).to.deep.equal({});
  });

  it("copies only what changed between two readings to values that are neither", () => {
    const inputs = { sku: { name: "basic" }, size: 1 };
    const before = { sku: { name: "Basic", tier: "Regional" }, size: 1, filled: "in" };
    const after = { sku: { name: "Basic", tier: "Global" }, size: 2, filled: "in" };
    expect(applyChanges(inputs, compare(before, after))).to.deep.equal({
      sku: { name: "basic", tier: "Global" },
      size: 2,
    });
  });

  it("takes a path as ignored where it or something around it is named", () => {
    expect(isIgnored("osProfile.adminPassword", ["osProfile.adminPassword"])).to.equal(true);
    expect(isIgnored("osProfile.adminPassword", ["osProfile"])).to.equal(true);
    expect(isIgnored("rules[2].name", ["rules"])).to.equal(true);
    expect(isIgnored("anything", ["*"])).to.equal(true);
    expect(isIgnored("osProfileOther", ["osProfile"])).to.equal(false);
  });
});
