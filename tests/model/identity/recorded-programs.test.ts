import * as authorization from "@pulumi/azure-native/authorization";
import * as compute from "@pulumi/azure-native/compute";
import * as resources from "@pulumi/azure-native/resources";
import * as azuread from "@pulumi/azuread";
import { expect } from "chai";
import type { Claim } from "../../../components/model/claims/claim";
import { readEstate } from "../../../components/model/estate/read-estate";
import { identityClaims } from "../../../components/model/identity/identity-claims";
import { SecureJumpAccess, type SecureJumpAccessArgs } from "../../../sdk";
import { GROUPS, largest, smallest } from "../../support/environment";
import { recordedGraph } from "../../support/recorded-graph";
import { record } from "../../support/recorder";
import { ROLE, roleId } from "./plain-program";

async function claimsOfProgram(
  program: () => unknown,
  preview: boolean,
  breakGlass: string[] = [],
): Promise<Claim[]> {
  const recording = await record(program, { preview });
  return identityClaims(readEstate(recordedGraph(recording), { breakGlass }));
}

/** Verdicts of each claim id, each once, as `I3 staged`. */
function verdicts(claims: readonly Claim[]): string[] {
  return [...new Set(claims.map(({ id, verdict }) => `${id} ${verdict}`))];
}

function environment(args: SecureJumpAccessArgs): () => SecureJumpAccess {
  return () => new SecureJumpAccess("jump", args);
}

/** A hand-written program whose groups are made in it as well. */
function handWritten(): void {
  const admins = new azuread.Group("admins", { displayName: "admins", securityEnabled: true });
  const app = new resources.ResourceGroup("app", { resourceGroupName: "rg-app" });
  new compute.VirtualMachine("web", {
    resourceGroupName: app.name,
    vmName: "vm-web",
    osProfile: { linuxConfiguration: { disablePasswordAuthentication: true } },
    networkProfile: { networkInterfaces: [] },
  });
  const rules = new authorization.RoleManagementPolicy("rules", {
    scope: app.id,
    roleManagementPolicyName: "99999999-0000-4000-8000-000000000001",
    rules: [
      {
        id: "Expiration_EndUser_Assignment",
        ruleType: "RoleManagementPolicyExpirationRule",
        isExpirationRequired: true,
        maximumDuration: "PT4H",
        target: { caller: "EndUser", level: "Assignment", operations: ["All"] },
      },
      {
        id: "Enablement_EndUser_Assignment",
        ruleType: "RoleManagementPolicyEnablementRule",
        enabledRules: ["MultiFactorAuthentication", "Justification"],
        target: { caller: "EndUser", level: "Assignment", operations: ["All"] },
      },
    ],
  });
  new authorization.PimRoleEligibilitySchedule(
    "may",
    {
      scope: app.id,
      principalId: admins.objectId,
      roleDefinitionId: roleId(ROLE.administratorLogin),
      scheduleInfo: { expiration: { type: "AfterDuration", duration: "P180D" } },
    },
    { dependsOn: [rules] },
  );
  const strength = new azuread.AuthenticationStrengthPolicy("strength", {
    displayName: "keys",
    allowedCombinations: ["fido2"],
  });
  new azuread.ConditionalAccessPolicy("policy", {
    displayName: "VM sign-in",
    state: "enabled",
    conditions: {
      clientAppTypes: ["all"],
      applications: { includedApplications: ["All"] },
      users: { includedGroups: [admins.objectId], excludedGroups: [GROUPS.emergency] },
    },
    grantControls: { operator: "OR", authenticationStrengthPolicyId: strength.id },
  });
}

for (const preview of [false, true]) {
  describe(`the identity claims of a real program, ${preview ? "in a preview" : "deployed"}`, () => {
    it("are proved of the smallest environment, sign-in staged while the policy only reports", async () => {
      const claims = await claimsOfProgram(environment(smallest()), preview);
      expect(verdicts(claims)).to.deep.equal([
        "I1 proved",
        "I2 proved",
        "I3 staged",
        "I4 proved",
        "I5 proved",
        "I6 proved",
        "I7 proved",
      ]);
      expect(claims.filter(({ id }) => id === "I2")).to.have.length(2);
      expect(claims.filter(({ id }) => id === "I3")).to.have.length(10);
    });

    it("are proved of the largest, and refuted where the caller passed a password", async () => {
      const claims = await claimsOfProgram(environment(largest()), preview);
      expect(verdicts(claims)).to.deep.equal([
        "I1 proved",
        "I2 proved",
        "I3 proved",
        "I4 proved",
        "I5 proved",
        "I6 proved",
        "I7 proved",
        "I7 refuted",
      ]);
      expect(claims.filter(({ verdict }) => verdict === "refuted")).to.have.length(1);
      const [own] = claims.filter(({ verdict }) => verdict === "refuted");
      expect([own?.subject, own?.because]).to.deep.equal([
        "jump-data-sql-vm",
        "the program gives out its password of the local account (password: cluster service)",
      ]);
    });

    it("name what the authentication context of the largest rests on, and nobody else's", async () => {
      const claims = await claimsOfProgram(environment(largest()), preview);
      const resting = claims.filter(({ assumptions }) =>
        assumptions.some((sentence) => sentence.includes("authentication context")),
      );
      expect(resting.map(({ subject }) => subject)).to.have.members([
        "jump-data-max-westeurope-administrators-admins",
        "jump-data-max-westeurope-administrators-operators",
      ]);
    });

    it("name the state's readers where a password is in it, and not where a key was thrown away", async () => {
      const claims = await claimsOfProgram(environment(smallest()), preview);
      const resting = claims.filter(({ assumptions }) =>
        assumptions.some((sentence) => sentence.includes("decrypt the stack's state")),
      );
      expect(resting.map(({ id, subject }) => [id, subject])).to.deep.equal([
        ["I7", "jump-app-db-vm"],
      ]);
    });

    it("refute a policy that excludes nobody, where no break-glass is named", async () => {
      const args = { ...smallest(), signIn: {} };
      const claims = await claimsOfProgram(environment(args), preview);
      expect(verdicts(claims)).to.include("I4 refuted");
    });

    it("are proved of a hand-written program with a group and a strength of its own", async () => {
      const claims = await claimsOfProgram(handWritten, preview, [GROUPS.emergency]);
      expect(verdicts(claims)).to.deep.equal([
        "I1 proved",
        "I2 proved",
        "I3 proved",
        "I4 proved",
        "I5 proved",
        "I6 proved",
        "I7 proved",
      ]);
      expect(claims.filter(({ id }) => id === "I3").map(({ subject }) => subject)).to.deep.equal([
        "admins on Windows Azure Service Management API",
        "admins on Microsoft Azure Linux Virtual Machine Sign-In",
      ]);
    });

    it("refute the same program with a standing role one scope up", async () => {
      const claims = await claimsOfProgram(
        () => {
          handWritten();
          const boss = new azuread.User("boss", {
            displayName: "Boss",
            userPrincipalName: "b@c.d",
          });
          new authorization.RoleAssignment("standing", {
            scope: "/subscriptions/22222222-2222-4222-8222-222222222222",
            principalId: boss.objectId,
            principalType: "User",
            roleDefinitionId: roleId(ROLE.userLogin),
          });
        },
        preview,
        [GROUPS.emergency],
      );
      const [first] = claims;
      expect([first?.id, first?.verdict, first?.because]).to.deep.equal([
        "I1",
        "refuted",
        "boss holds Virtual Machine User Login at subscription 22222222-2222-4222-8222-222222222222, which signs in without activation",
      ]);
    });
  });
}

describe("the identity claims before deployment", () => {
  it("are unknown, and not guessed, for groups that this package's components are given late", async () => {
    const claims = await claimsOfProgram(() => {
      const admins = new azuread.Group("admins", { displayName: "admins", securityEnabled: true });
      const access = { administrators: { groups: { admins: admins.objectId } } };
      return new SecureJumpAccess("jump", { ...smallest(), access });
    }, true);
    expect(verdicts(claims)).to.include.members(["I2 proved", "I3 unknown", "I4 unknown"]);
  });
});
