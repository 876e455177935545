import { expect } from "chai";
import { PimEligibility, type PimEligibilityArgs } from "../../sdk";
import { record } from "../support/recorder";
import { refusalOf } from "../support/refusal";

const subscriptionId = "22222222-2222-4222-8222-222222222222";
const scope = `/subscriptions/${subscriptionId}/resourceGroups/rg-app`;
const operators = "33333333-0000-4000-8000-000000000001";
const admins = "33333333-0000-4000-8000-000000000002";
const approvers = "33333333-0000-4000-8000-000000000003";

const args: PimEligibilityArgs = {
  scope,
  subscriptionId,
  users: { groups: { operators } },
  administrators: { groups: { admins }, approverGroups: { approvers } },
};

function eligibilityOf(more: Partial<PimEligibilityArgs> = {}, preview = false) {
  return record(() => new PimEligibility("app", { ...args, ...more }), { preview });
}

interface Rule {
  id: string;
  target: object;
  isExpirationRequired?: boolean;
  maximumDuration?: string;
  enabledRules?: string[];
  isEnabled?: boolean;
  claimValue?: string;
  setting?: { isApprovalRequired: boolean; approvalStages: { primaryApprovers: object[] }[] };
}

async function ruleOf(id: string, more: Partial<PimEligibilityArgs> = {}, role = "users") {
  const { one } = await eligibilityOf(more);
  const rules = one("RoleManagementPolicy", `app-${role}-policy`).inputs.rules as Rule[];
  const [rule] = rules.filter((r) => r.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return rule;
}

describe("PimEligibility", () => {
  it("says as its own inputs what activation has to ask for, role by role, and where", async () => {
    const { one } = await eligibilityOf({
      users: {
        groups: { operators },
        activation: { maxHours: 2, justification: false, ticket: true },
      },
    });
    expect(one("PimEligibility").inputs).to.deep.equal({
      scope,
      activation: {
        users: { maxHours: 2, mfa: true, justification: false, ticket: true, approval: false },
        administrators: {
          maxHours: 4,
          mfa: true,
          justification: true,
          ticket: false,
          approval: true,
        },
      },
    });
  });

  it("makes a group eligible for each login role, and nobody a standing holder of one", async () => {
    const { registrations } = await eligibilityOf();
    expect(
      registrations.map(({ type, name }) => [type.split(":").pop(), name]),
    ).to.have.deep.members([
      ["PimEligibility", "app"],
      ["RoleManagementPolicy", "app-users-policy"],
      ["PimRoleEligibilitySchedule", "app-users-operators"],
      ["RoleManagementPolicy", "app-administrators-policy"],
      ["PimRoleEligibilitySchedule", "app-administrators-admins"],
    ]);
  });

  it("writes role ids in the one form that the provider finds again", async () => {
    const { one } = await eligibilityOf();
    expect(one("PimRoleEligibilitySchedule", "app-users-operators").inputs).to.include({
      roleDefinitionId: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/fb879df8-f326-4884-b1cf-06f3ad86be52`,
    });
    expect(one("PimRoleEligibilitySchedule", "app-administrators-admins").inputs).to.include({
      roleDefinitionId: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/1c0163c0-47e6-4577-8991-ea5c82e286e4`,
    });
  });

  it("sets the policy before it makes anybody eligible", async () => {
    const { one } = await eligibilityOf();
    expect(one("PimRoleEligibilitySchedule", "app-users-operators").dependsOn).to.include(
      "app-users-policy",
    );
  });

  it("gives every rule its whole target, because Azure ignores a partial one", async () => {
    const { one } = await eligibilityOf();
    const rules = one("RoleManagementPolicy", "app-users-policy").inputs.rules as Rule[];
    expect(rules.map(({ id }) => id)).to.deep.equal([
      "Expiration_Admin_Eligibility",
      "Enablement_Admin_Eligibility",
      "Expiration_Admin_Assignment",
      "Enablement_Admin_Assignment",
      "Expiration_EndUser_Assignment",
      "Enablement_EndUser_Assignment",
      "Approval_EndUser_Assignment",
      "AuthenticationContext_EndUser_Assignment",
    ]);
    for (const { target } of rules) {
      expect(target).to.have.all.keys(
        "caller",
        "level",
        "operations",
        "targetObjects",
        "inheritableSettings",
        "enforcedSettings",
      );
    }
  });

  it("bounds an activation: 8 hours for users, 4 for administrators, or what is asked for", async () => {
    const bound = async (more: Partial<PimEligibilityArgs>, role: string) =>
      (await ruleOf("Expiration_EndUser_Assignment", more, role)).maximumDuration;
    expect(await bound({}, "users")).to.equal("PT8H");
    expect(await bound({}, "administrators")).to.equal("PT4H");
    const users = { groups: { operators }, activation: { maxHours: 1.5 } };
    expect(await bound({ users }, "users")).to.equal("PT1H30M");
  });

  it("asks for MFA and a justification at each activation", async () => {
    const rule = await ruleOf("Enablement_EndUser_Assignment");
    expect(rule.enabledRules).to.deep.equal(["MultiFactorAuthentication", "Justification"]);
  });

  it("lets an authentication context replace MFA, never stand beside it", async () => {
    const users = { groups: { operators }, activation: { authenticationContext: "c7" } };
    expect((await ruleOf("Enablement_EndUser_Assignment", { users })).enabledRules).to.deep.equal([
      "Justification",
    ]);
    expect(await ruleOf("AuthenticationContext_EndUser_Assignment", { users })).to.include({
      isEnabled: true,
      claimValue: "c7",
    });
  });

  it("forbids administrators to make anybody permanently active", async () => {
    expect(await ruleOf("Expiration_Admin_Assignment")).to.include({
      isExpirationRequired: true,
      maximumDuration: "P15D",
    });
  });

  it("asks the approvers where there are some, and nobody where there are none", async () => {
    const asked = await ruleOf("Approval_EndUser_Assignment", {}, "administrators");
    expect(asked.setting?.isApprovalRequired).to.equal(true);
    expect(asked.setting?.approvalStages[0]?.primaryApprovers).to.deep.equal([
      { id: approvers, description: "approvers", isBackup: false, userType: "Group" },
    ]);
    const free = await ruleOf("Approval_EndUser_Assignment");
    expect(free.setting?.isApprovalRequired).to.equal(false);
  });

  it("holds no date that another preview would change", async () => {
    const inputs = async () => {
      const { all } = await eligibilityOf();
      return all("PimRoleEligibilitySchedule").map((schedule) => schedule.inputs.scheduleInfo);
    };
    const first = await inputs();
    expect(first).to.deep.equal([
      { expiration: { type: "AfterDuration", duration: "P365D" } },
      { expiration: { type: "AfterDuration", duration: "P365D" } },
    ]);
    expect(await inputs()).to.deep.equal(first);
  });

  it("replaces a schedule at any change, the old one first: Azure changes none and takes no second", async () => {
    const { all } = await eligibilityOf();
    for (const schedule of all("PimRoleEligibilitySchedule")) {
      expect(schedule.deleteBeforeReplace).to.equal(true);
      expect(schedule.replaceOnChanges).to.include.members([
        "principalId",
        "scheduleInfo",
        "justification",
      ]);
    }
  });

  it("says everything that is wrong at once, and registers nothing", async () => {
    const { problems, registered } = await refusalOf(
      () =>
        new PimEligibility("app", {
          scope,
          subscriptionId,
          users: {
            groups: { operators: "operators" },
            activation: { maxHours: 25, authenticationContext: "c100" },
            eligibility: { days: 0, startsOn: "2026-02-30" },
          },
          administrators: { groups: { admins }, approverGroups: { admins } },
        }),
    );
    expect(problems).to.deep.equal([
      "users.activation.maxHours: 25 is no length of an activation; use 0.5 to 24 in half hours",
      'users.activation.authenticationContext: "c100" is no authentication context; use c1 to c99',
      "users.eligibility.days: 0 is no number of days; use 1 to 365, a permanent eligibility has no place here",
      'users.eligibility.startsOn: "2026-02-30" is no day; write 2026-01-31',
      'users.groups.operators: "operators" is no object id; give the group\'s GUID, of an azuread.Group its objectId',
      `administrators.approverGroups.admins: "${admins}" approves its own activations; use another group`,
    ]);
    expect(registered).to.deep.equal([]);
  });
});
