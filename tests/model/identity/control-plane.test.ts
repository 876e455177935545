import { expect } from "chai";
import {
  assignment,
  changed,
  claim,
  GROUP,
  NOT_KNOWN,
  plainProgram,
  resource,
  ROLE,
  roleId,
  SOMEBODY,
  SUBSCRIPTION,
} from "./plain-program";

const OWN = "99999999-0000-4000-8000-000000000001";

function ownRole(...actions: string[]) {
  return resource(
    "definition",
    "own",
    { roleName: "Own", permissions: [{ actions }] },
    { id: roleId(OWN) },
  );
}

describe("I5, nobody gets in by the control plane", () => {
  it("is proved where no role in the program reaches in, and rests on none being given elsewhere", () => {
    const { verdict, assumptions } = claim("I5");
    expect(verdict).to.equal("proved");
    expect(assumptions).to.deep.equal([
      "nobody is assigned a role or made eligible outside the program, its deployer aside",
    ]);
  });

  for (const [name, role, way] of [
    ["Owner", ROLE.owner, /run command, .*a role that it gives to itself$/],
    ["Contributor", ROLE.contributor, /run command, .*and machine configuration$/],
    [
      "User Access Administrator",
      ROLE.userAccessAdministrator,
      / by a role that it gives to itself$/,
    ],
    ["Virtual Machine Contributor", ROLE.vmContributor, /run command, .*and the serial console$/],
    [
      "Log Analytics Contributor",
      ROLE.logAnalyticsContributor,
      / by an extension that runs a script or resets a password \(VMAccess\)$/,
    ],
  ] as const) {
    it(`is refuted by ${name} one scope up, and names the holder and the way`, () => {
      const { verdict, because, counterexample } = claim("I5", {
        standing: assignment(role, `/subscriptions/${SUBSCRIPTION}`),
      });
      expect(verdict).to.equal("refuted");
      expect(because).to.match(
        new RegExp(
          `^${SOMEBODY} holds ${name} at subscription ${SUBSCRIPTION}, which reaches in by `,
        ),
      );
      expect(because).to.match(way);
      expect(counterexample).to.include({ principal: SOMEBODY, role: name, resource: "standing" });
    });
  }

  for (const [action, way] of [
    ["Microsoft.Compute/virtualMachines/runCommand/action", "run command"],
    ["Microsoft.Compute/virtualMachines/runCommands/write", "run command"],
    ["*/extensions/write", "an extension that runs a script or resets a password (VMAccess)"],
    ["microsoft.compute/virtualmachines/WRITE", "a change of the VM, its custom data or its disk"],
    ["Microsoft.SerialConsole/*", "the serial console"],
    ["*/beginGetAccess/action", "an export of its disk"],
    ["*/retrieveSasUris/action", "an export of its disk"],
    ["Microsoft.GuestConfiguration/*", "machine configuration"],
    ["Microsoft.Authorization/roleAssignments/*", "a role that it gives to itself"],
    ["Microsoft.Authorization/*/write", "a role that it gives to itself"],
  ] as const) {
    it(`is refuted by a custom role with ${action}`, () => {
      const { verdict, because } = claim("I5", {
        own: ownRole(action),
        standing: assignment(OWN, GROUP),
      });
      expect(verdict).to.equal("refuted");
      expect(because).to.equal(
        `${SOMEBODY} holds Own at /resourcegroups/rg-app, which reaches in by ${way}`,
      );
    });
  }

  it("is refuted by a custom role with */action, by every way that is an action", () => {
    const { because } = claim("I5", { own: ownRole("*/action"), standing: assignment(OWN, GROUP) });
    expect(because).to.match(
      / by run command, the serial console, an export of its disk and a role that it gives to itself$/,
    );
  });

  it("stays proved beside roles that only read, and beside any role elsewhere", () => {
    const reader = assignment(ROLE.reader, GROUP);
    const elsewhere = {
      ...assignment(ROLE.owner, `${GROUP}-other`),
      urn: "urn:other",
      name: "other",
    };
    expect(claim("I5", { reader, elsewhere }).verdict).to.equal("proved");
  });

  it("is refuted by an eligibility too, and says that it takes an activation", () => {
    const { eligibility } = plainProgram();
    const second = {
      ...eligibility!,
      urn: "urn:second",
      name: "second",
      properties: { ...eligibility!.properties, roleDefinitionId: roleId(ROLE.contributor) },
    };
    const { verdict, because } = claim("I5", { second });
    expect(verdict).to.equal("refuted");
    expect(because).to.match(
      / holds Contributor at .* once activated, which reaches in by run command/,
    );
  });

  it("lists everybody who reaches in", () => {
    const first = assignment(ROLE.owner, GROUP);
    const second = { ...assignment(ROLE.vmContributor, "/"), urn: "urn:second", name: "second" };
    const { because } = claim("I5", { first, second });
    expect(because.split("; ")).to.have.length(2);
  });

  it("is unknown beside a role that only a condition narrows, such as VM Data Access Administrator", () => {
    const { verdict, because } = claim("I5", {
      standing: assignment(ROLE.vmDataAccessAdministrator, GROUP),
    });
    expect([verdict, because]).to.deep.equal([
      "unknown",
      "a condition narrows the role Virtual Machine Data Access Administrator (preview), and is not evaluated",
    ]);
  });

  it("is unknown where what a custom role allows is computed", () => {
    const own = resource("definition", "own", { permissions: NOT_KNOWN }, { id: roleId(OWN) });
    expect(claim("I5", { own, standing: assignment(OWN, GROUP) }).verdict).to.equal("unknown");
    const partly = resource(
      "definition",
      "own",
      { permissions: [{ actions: [NOT_KNOWN] }] },
      { id: roleId(OWN) },
    );
    expect(claim("I5", { own: partly, standing: assignment(OWN, GROUP) }).verdict).to.equal(
      "unknown",
    );
  });

  it("is unknown of a VM whose place is not known, beside a role that may hold there", () => {
    const lost = changed("machine", { resourceGroupName: NOT_KNOWN });
    const machine = { ...lost.machine!, id: undefined };
    expect(claim("I5", { machine, standing: assignment(ROLE.owner, GROUP) }).verdict).to.equal(
      "unknown",
    );
    expect(claim("I5", { machine }).verdict).to.equal("proved");
  });
});
