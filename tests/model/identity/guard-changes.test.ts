import { expect } from "chai";
import type { GraphResource, Value } from "../../../components/model/graph/resource-graph";
import {
  ADMINS,
  assignment,
  claim,
  EMERGENCY,
  GROUP,
  NOT_KNOWN,
  plainProgram,
  resource,
  ROLE,
  roleId,
  SOMEBODY,
} from "./plain-program";

const OWN = "99999999-0000-4000-8000-000000000001";
const NSG = `${GROUP}/providers/Microsoft.Network/networkSecurityGroups/nsg-app`;

function group(name: string, objectId: string, more: Record<string, Value>): GraphResource {
  return resource("directoryGroup", name, { objectId, ...more }, { id: `/groups/${objectId}` });
}

describe("I6, nobody but the deployer can change the guards", () => {
  it("is proved where no role and no owner can, under named assumptions", () => {
    const { subject, verdict, assumptions } = claim("I6");
    expect([subject, verdict]).to.deep.equal(["the estate", "proved"]);
    expect(assumptions).to.deep.equal([
      "nobody is assigned a role or made eligible outside the program, its deployer aside",
      "nobody but the deployer holds a directory role that changes groups, Conditional Access or PIM",
      "members and owners of the groups are who they should be, and nobody who is excluded from a policy belongs to an access group",
    ]);
  });

  for (const [name, role, scope, what] of [
    ["Network Contributor", ROLE.networkContributor, GROUP, "a security group"],
    ["Network Contributor", ROLE.networkContributor, NSG, "a security group"],
    ["Security Admin", ROLE.securityAdmin, GROUP, "a security group by just-in-time access"],
    [
      "User Access Administrator",
      ROLE.userAccessAdministrator,
      GROUP,
      "a role assignment or an eligibility and the rules of activation",
    ],
  ] as const) {
    it(`is refuted by ${name} at ${scope.split("/").pop()!}, which changes ${what}`, () => {
      const { verdict, because, counterexample } = claim("I6", {
        standing: assignment(role, scope),
      });
      expect(verdict).to.equal("refuted");
      expect(because).to.equal(
        `${SOMEBODY} holds ${name} at ${counterexample?.scope ?? ""}, which changes ${what}`,
      );
      expect(counterexample?.resource).to.equal("standing");
    });
  }

  it("is refuted by a custom role that takes the deny rule away", () => {
    const own = resource(
      "definition",
      "own",
      { permissions: [{ actions: ["*/securityRules/delete"] }] },
      { id: roleId(OWN) },
    );
    expect(claim("I6", { own, standing: assignment(OWN, GROUP) }).verdict).to.equal("refuted");
  });

  it("stays proved beside a network role where no guard stands, and beside Reader", () => {
    const elsewhere = assignment(ROLE.networkContributor, `${GROUP}-other`);
    const reader = { ...assignment(ROLE.reader, "/"), urn: "urn:reader", name: "reader" };
    expect(claim("I6", { elsewhere, reader }).verdict).to.equal("proved");
  });

  it("is refuted by a right at the scope of an eligibility, where the graph shows no VM", () => {
    const { eligibility } = plainProgram();
    const other = {
      ...eligibility!,
      properties: { ...eligibility!.properties, scope: `${GROUP}-other` },
    };
    const standing = assignment(ROLE.userAccessAdministrator, `${GROUP}-other`);
    expect(claim("I6", { eligibility: other, standing }).verdict).to.equal("refuted");
  });

  it("is unknown beside a role that is not known, at a scope that holds a guard", () => {
    const strange = "12345678-0000-4000-8000-000000000000";
    expect(claim("I6", { standing: assignment(strange, GROUP) }).verdict).to.equal("unknown");
    expect(claim("I6", { standing: assignment(strange, `${GROUP}-x`) }).verdict).to.equal("proved");
    expect(claim("I6", { standing: assignment(ROLE.owner, NOT_KNOWN) }).verdict).to.equal(
      "unknown",
    );
  });

  it("is unknown where the place of a guard is not known, beside a role that may hold there", () => {
    const { securityGroup } = plainProgram();
    const lost = {
      ...securityGroup!,
      id: undefined,
      properties: { ...securityGroup!.properties, resourceGroupName: NOT_KNOWN },
    };
    const standing = assignment(ROLE.networkContributor, `${GROUP}-other`);
    expect(claim("I6", { securityGroup: lost, standing }).verdict).to.equal("unknown");
  });

  it("is refuted by an owner of the access group, of break-glass, and of a group inside either", () => {
    const access = claim("I6", { own: group("admins", ADMINS, { owners: [SOMEBODY] }) });
    expect([access.verdict, access.because]).to.deep.equal([
      "refuted",
      `${SOMEBODY} can change the members of the group admins, which it owns`,
    ]);
    expect(access.counterexample).to.deep.equal({
      hop: "group admins",
      principal: SOMEBODY,
      role: "owner",
      resource: "admins",
    });
    const emergency = { own: group("emergency", EMERGENCY, { owners: [SOMEBODY] }) };
    expect(claim("I6", emergency).verdict).to.equal("refuted");
    const unused = { ...emergency, accessPolicy: resource("group", "none", {}) };
    expect(claim("I6", unused).verdict).to.equal("refuted");
    expect(claim("I6", unused, {}).verdict).to.equal("proved");
    const inner = "33333333-0000-4000-8000-000000000010";
    const nested = {
      outer: group("admins", ADMINS, { members: [inner] }),
      inner: group("inner", inner, { owners: [SOMEBODY] }),
    };
    expect(claim("I6", nested).verdict).to.equal("refuted");
  });

  it("stays proved beside an owner of a group on which nothing rests", () => {
    const other = group("other", "33333333-0000-4000-8000-000000000011", { owners: [SOMEBODY] });
    expect(claim("I6", { other }).verdict).to.equal("proved");
  });

  it("takes the one owner that Entra ID gives a group for its deployer, and does not know more of them", () => {
    const answered = (...owners: string[]) =>
      claim("I6", { own: { ...group("admins", ADMINS, { owners }), answered: ["owners"] } });
    expect(answered(SOMEBODY).verdict).to.equal("proved");
    const two = answered(SOMEBODY, EMERGENCY);
    expect([two.verdict, two.because]).to.deep.equal([
      "unknown",
      "the group has 2 owners, and the program names none of them",
    ]);
  });

  it("is unknown where the owners of an access group are computed", () => {
    const own = group("admins", ADMINS, { owners: NOT_KNOWN });
    expect(claim("I6", { own }).verdict).to.equal("unknown");
  });

  it("names an owner that the program makes by its logical name", () => {
    const boss = {
      ...resource("directoryGroup", "boss", { objectId: SOMEBODY }),
      type: "azuread:index/user:User",
    };
    const own = group("admins", ADMINS, { owners: [SOMEBODY] });
    expect(claim("I6", { own, boss }).because).to.match(/^boss can change /);
  });
});
