import { expect } from "chai";
import fc from "fast-check";
import { Unknown } from "../../../components/model/estate/known";
import {
  depthOf,
  holds,
  isSameScope,
  parseScope,
  type Place,
  type Scope,
} from "../../../components/model/estate/scope";

const SUBSCRIPTION = "22222222-2222-4222-8222-222222222222";

/** Words of a path below a subscription, such as `["resourcegroups", "a", "providers", "x", "b"]`. */
const steps = fc
  .array(fc.constantFrom("a", "b", "ab", "a-b"), { minLength: 1, maxLength: 5 })
  .map((names) => ["resourcegroups", ...names]);
const subscription = fc.constantFrom(undefined, "s1", "s2");

function place(words: readonly string[], of: string | undefined): Place {
  return { path: `/${words.join("/")}`, ...(of === undefined ? {} : { subscription: of }) };
}

function below(words: readonly string[], of: string | undefined): Scope {
  return { kind: "below", path: `/${words.join("/")}`, subscription: of, derived: false };
}

describe("a scope", () => {
  it("is read in every form that Azure takes, in any letter case", () => {
    expect(parseScope("/")).to.deep.equal({ kind: "root" });
    expect(parseScope("/providers/Microsoft.Management/managementGroups/Platform")).to.deep.equal({
      kind: "managementGroup",
      name: "platform",
    });
    for (const form of ["/subscriptions/", "subscriptions/", "/SUBSCRIPTIONS/"]) {
      expect(parseScope(form + SUBSCRIPTION)).to.deep.equal({
        kind: "subscription",
        subscription: SUBSCRIPTION,
      });
    }
    expect(parseScope(`/subscriptions/${SUBSCRIPTION}/resourceGroups/RG-App/`)).to.deep.equal({
      kind: "below",
      path: "/resourcegroups/rg-app",
      subscription: SUBSCRIPTION,
      derived: false,
    });
  });

  it("is nothing else", () => {
    for (const text of ["rg-app", "/resourceGroups/rg-app", "/providers/Microsoft.Compute/x"]) {
      expect(parseScope(text), text).to.equal(undefined);
    }
  });

  it("holds what its steps lead to, step by step and not letter by letter", () => {
    fc.assert(
      fc.property(steps, steps, subscription, subscription, (outer, inner, one, other) => {
        const same = one === undefined || other === undefined || one === other;
        const leads = outer.every((word, index) => inner[index] === word);
        expect(holds(below(outer, one), place(inner, other))).to.equal(same && leads);
      }),
    );
  });

  it("holds everything that a scope inside it holds", () => {
    fc.assert(
      fc.property(steps, steps, steps, (outer, middle, inner) => {
        const whole = below(outer, "s1");
        const part = below([...outer, ...middle], "s1");
        const somewhere = place([...outer, ...middle, ...inner], "s1");
        expect(holds(part, somewhere)).to.equal(true);
        expect(holds(whole, somewhere)).to.equal(true);
        expect(depthOf(part)).to.be.greaterThan(depthOf(whole));
      }),
    );
  });

  it("of root, management group or subscription holds a VM, but for another subscription's", () => {
    const vm = place(["resourcegroups", "rg"], "s1");
    expect(holds({ kind: "root" }, vm)).to.equal(true);
    expect(holds({ kind: "managementGroup", name: "x" }, vm)).to.equal(true);
    expect(holds({ kind: "subscription", subscription: "s1" }, vm)).to.equal(true);
    expect(holds({ kind: "subscription", subscription: "s2" }, vm)).to.equal(false);
    expect(
      holds({ kind: "subscription", subscription: "s2" }, place(["resourcegroups"], undefined)),
    ).to.equal(true);
  });

  it("may hold a place that is not known, unless it is in another subscription", () => {
    const lost = { path: new Unknown("computed"), subscription: "s1" };
    expect(holds(below(["resourcegroups", "rg"], "s1"), lost)).to.be.instanceOf(Unknown);
    expect(holds(below(["resourcegroups", "rg"], "s2"), lost)).to.equal(false);
    expect(holds({ kind: "root" }, lost)).to.equal(true);
  });

  it("is the same as another of the same kind and place, and as no other", () => {
    const scopes: Scope[] = [
      { kind: "root" },
      { kind: "managementGroup", name: "a" },
      { kind: "managementGroup", name: "b" },
      { kind: "subscription", subscription: "s1" },
      { kind: "subscription", subscription: "s2" },
      below(["resourcegroups", "a"], "s1"),
      below(["resourcegroups", "a"], "s2"),
      below(["resourcegroups", "b"], "s1"),
    ];
    for (const [index, one] of scopes.entries()) {
      expect(scopes.map((other) => isSameScope(one, other)).indexOf(true)).to.equal(index);
      expect(scopes.filter((other) => isSameScope(one, other))).to.have.length(1);
    }
    expect(
      isSameScope(below(["resourcegroups", "a"], undefined), below(["resourcegroups", "a"], "s1")),
    ).to.equal(true);
  });
});
