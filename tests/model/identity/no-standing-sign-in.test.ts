import { expect } from "chai";
import {
  assignment,
  claim,
  GROUP,
  NOT_KNOWN,
  resource,
  ROLE,
  roleId,
  SOMEBODY,
  SUBSCRIPTION,
  urnOf,
} from "./plain-program";
import type { Value } from "../../../components/model/graph/resource-graph";

const VM = `${GROUP}/providers/Microsoft.Compute/virtualMachines/vm-web`;

function ownRole(permissions: Record<string, Value>) {
  return resource(
    "definition",
    "own",
    { roleName: "Own", permissions: [permissions] },
    { id: roleId("99999999-0000-4000-8000-000000000001") },
  );
}

const OWN = "99999999-0000-4000-8000-000000000001";

describe("I1, nobody holds a login role without activation", () => {
  it("is proved where no assignment gives a sign-in, and names what it takes for granted", () => {
    const { verdict, because, assumptions } = claim("I1");
    expect({ verdict, because, assumptions }).to.deep.equal({
      verdict: "proved",
      because: "no role assignment in the program that holds at it gives a sign-in",
      assumptions: [
        "nobody is assigned a role or made eligible outside the program, its deployer aside",
      ],
    });
  });

  for (const [where, scope] of [
    ["the VM", VM],
    ["its resource group", GROUP],
    ["its subscription", `/subscriptions/${SUBSCRIPTION}`],
    ["a management group", "/providers/Microsoft.Management/managementGroups/platform"],
    ["the root", "/"],
    ["its resource group in other letters", GROUP.toUpperCase()],
  ] as const) {
    it(`is refuted by a login role at ${where}`, () => {
      const { verdict, counterexample } = claim("I1", {
        standing: assignment(ROLE.userLogin, scope),
      });
      expect(verdict).to.equal("refuted");
      expect(counterexample).to.include({
        principal: SOMEBODY,
        role: "Virtual Machine User Login",
        resource: "standing",
      });
    });
  }

  it("says in the counterexample where the role is held", () => {
    const { because, counterexample } = claim("I1", {
      standing: assignment(ROLE.administratorLogin, `/subscriptions/${SUBSCRIPTION}`),
    });
    expect(because).to.equal(
      `${SOMEBODY} holds Virtual Machine Administrator Login at subscription ${SUBSCRIPTION}, which signs in without activation`,
    );
    expect(counterexample?.scope).to.equal(`subscription ${SUBSCRIPTION}`);
  });

  for (const [what, scope] of [
    ["another resource group", `${GROUP}-other`],
    ["another VM", `${GROUP}/providers/Microsoft.Compute/virtualMachines/vm-web2`],
    ["another subscription", "/subscriptions/11111111-1111-4111-8111-111111111111"],
  ] as const) {
    it(`stays proved beside a login role at ${what}`, () => {
      const { verdict } = claim("I1", { standing: assignment(ROLE.userLogin, scope) });
      expect(verdict).to.equal("proved");
    });
  }

  it("is refuted by a custom role that signs in by a star, and names it", () => {
    const { verdict, because } = claim("I1", {
      own: ownRole({ actions: [], dataActions: ["Microsoft.Compute/*/action"] }),
      standing: assignment(OWN, GROUP),
    });
    expect(verdict).to.equal("refuted");
    expect(because).to.match(/ holds Own at /);
  });

  it("is proved beside a custom role that takes the sign-in back", () => {
    const { verdict } = claim("I1", {
      own: ownRole({
        actions: ["*"],
        dataActions: ["*"],
        notDataActions: ["Microsoft.Compute/virtualMachines/*"],
      }),
      standing: assignment(OWN, GROUP),
    });
    expect(verdict).to.equal("proved");
  });

  it("is proved beside Owner and Contributor, which do not sign in", () => {
    for (const role of [ROLE.owner, ROLE.contributor]) {
      expect(claim("I1", { standing: assignment(role, GROUP) }).verdict).to.equal("proved");
    }
  });

  it("is unknown beside a role that is neither in the table nor in the program, and names it", () => {
    const strange = "12345678-0000-4000-8000-000000000000";
    const { verdict, because } = claim("I1", { standing: assignment(strange, GROUP) });
    expect(verdict).to.equal("unknown");
    expect(because).to.equal(
      `what the role ${strange} allows is neither in the program nor in the table`,
    );
  });

  it("is unknown where a condition narrows the assignment of a login role", () => {
    const { verdict, because } = claim("I1", {
      standing: assignment(ROLE.userLogin, GROUP, { condition: "@Resource[x] StringEquals 'y'" }),
    });
    expect([verdict, because]).to.deep.equal([
      "unknown",
      "a condition narrows standing, and is not evaluated",
    ]);
  });

  it("is unknown where the scope of a login role, or the role itself, is computed", () => {
    const scope = claim("I1", { standing: assignment(ROLE.userLogin, NOT_KNOWN) });
    expect([scope.verdict, scope.because]).to.deep.equal([
      "unknown",
      "the scope of standing is not known before deployment",
    ]);
    const role = claim("I1", {
      standing: assignment(ROLE.userLogin, GROUP, { roleDefinitionId: NOT_KNOWN }),
    });
    expect([role.verdict, role.because]).to.deep.equal([
      "unknown",
      "the role of standing is not known before deployment",
    ]);
  });

  it("takes a scope that is not known yet for that of the resource it comes from", () => {
    const from = (name: "group" | "machine", own: string) => ({
      ...assignment(ROLE.userLogin, NOT_KNOWN),
      propertyDependencies: { scope: [urnOf(name, own)] },
    });
    expect(claim("I1", { standing: from("group", "app") }).verdict).to.equal("refuted");
    expect(claim("I1", { standing: from("machine", "web") }).verdict).to.equal("refuted");
    const both = {
      ...from("group", "app"),
      propertyDependencies: { scope: [urnOf("group", "app"), urnOf("machine", "web")] },
    };
    expect(claim("I1", { standing: both }).verdict).to.equal("unknown");
    const other = resource("group", "other", { resourceGroupName: "rg-other" });
    const proved = claim("I1", { other, standing: from("group", "other") });
    expect(proved.verdict).to.equal("proved");
    expect(proved.assumptions).to.include(
      "an id that is not known before deployment is that of the resource it comes from",
    );
  });

  it("takes a role that is not known yet for the one role of the program that it comes from", () => {
    const own = resource("definition", "own", {
      roleName: "Own",
      permissions: [{ dataActions: ["*/login/action"] }],
    });
    const standing = {
      ...assignment(OWN, GROUP, { roleDefinitionId: NOT_KNOWN }),
      propertyDependencies: { roleDefinitionId: [own.urn] },
    };
    const { verdict, because } = claim("I1", { own, standing });
    expect(verdict).to.equal("refuted");
    expect(because).to.match(/ holds Own at /);
  });

  it("is unknown beside something that is not understood and bears on identity", () => {
    const lost = {
      ...resource("group", "lost", {}),
      type: "azuread:index/directoryRole:DirectoryRole",
    };
    const { verdict, because } = claim("I1", { lost });
    expect(verdict).to.equal("unknown");
    expect(because).to.equal(
      "lost (azuread:index/directoryRole:DirectoryRole): a directory resource that this version does not read",
    );
  });
});
