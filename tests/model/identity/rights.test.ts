import { expect } from "chai";
import fc from "fast-check";
import type { Holding, Role } from "../../../components/model/estate/access-estate";
import { isKnown, type Known, Unknown } from "../../../components/model/estate/known";
import { holds, type Place, type Scope } from "../../../components/model/estate/scope";
import { RightsByScope, rightsTo } from "../../../components/model/identity/rights";
import { SIGN_IN } from "../../../components/model/identity/ways-in";

const login: Role = {
  id: "login",
  name: "login",
  permissions: [
    {
      actions: [],
      notActions: [],
      dataActions: ["Microsoft.Compute/virtualMachines/*"],
      notDataActions: [],
      conditional: false,
    },
  ],
};

const path = fc
  .array(fc.constantFrom("a", "b"), { minLength: 1, maxLength: 4 })
  .map((names) => `/resourcegroups/${names.join("/")}`);
const subscription = fc.constantFrom(undefined, "s1", "s2");
const scope: fc.Arbitrary<Known<Scope>> = fc.oneof(
  fc.constant<Scope>({ kind: "root" }),
  fc.constant<Scope>({ kind: "managementGroup", name: "m" }),
  fc.constantFrom("s1", "s2").map((id): Scope => ({ kind: "subscription", subscription: id })),
  fc.record({ path, subscription }).map((at): Scope => ({ kind: "below", derived: false, ...at })),
  fc.constant(new Unknown("not known")),
);
const place: fc.Arbitrary<Place> = fc
  .record({ path: fc.oneof(path, fc.constant(new Unknown("not known"))), subscription })
  .map(({ subscription: of, ...at }) => ({
    ...at,
    ...(of === undefined ? {} : { subscription: of }),
  }));

function holding(at: Known<Scope>, index: number): Holding {
  return {
    key: `h${index}`,
    subject: `h${index}`,
    path: new Unknown("of no use"),
    principal: "p",
    role: login,
    scope: at,
    conditional: false,
  };
}

describe("rights by scope", () => {
  it("find at a place exactly the holdings whose scope holds it, and doubt those that might", () => {
    fc.assert(
      fc.property(fc.array(scope, { maxLength: 6 }), place, (scopes, at) => {
        const holdings = scopes.map(holding);
        const reach = new RightsByScope(rightsTo(holdings, [SIGN_IN])).over(at);
        const answers = holdings.map(({ scope: own }) => (isKnown(own) ? holds(own, at) : own));
        expect(reach.certain.map((right) => right.holding.key)).to.have.members(
          holdings.filter((_, index) => answers[index] === true).map(({ key }) => key),
        );
        expect(reach.doubts).to.have.length(
          answers.filter((answer) => answer instanceof Unknown).length,
        );
      }),
    );
  });

  it("leave out roles that give none of what is asked about", () => {
    const harmless = { ...holding({ kind: "root" }, 0), role: { ...login, permissions: [] } };
    expect(rightsTo([harmless], [SIGN_IN])).to.deep.equal([]);
  });

  it("are doubted, and not counted, where a condition narrows the assignment", () => {
    const narrowed = { ...holding({ kind: "root" }, 0), conditional: true };
    const [right] = rightsTo([narrowed], [SIGN_IN]);
    expect(right?.does).to.deep.equal([]);
    expect(right?.doubt?.why).to.equal("a condition narrows h0, and is not evaluated");
  });
});
