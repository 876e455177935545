import { expect } from "chai";
import { asText, objectsAt, textAt, type JsonObject } from "../../../sandbox/azure/json";
import { contextDemand } from "../../../sandbox/azure/graph/authentication-context";
import {
  ada,
  administrators,
  answered,
  approvers,
  deployer,
  id,
  items,
  observability,
  olga,
  onAzure,
  operators,
  petra,
  refusal,
  roleId,
  uma,
  userLogin,
  type Answer,
  type TestAzure,
} from "../tenant/simulated-tenant";

const target = { caller: "EndUser", operations: ["All"], level: "Assignment" };
const enablement = (...enabledRules: string[]): JsonObject => ({
  id: "Enablement_EndUser_Assignment",
  ruleType: "RoleManagementPolicyEnablementRule",
  target,
  enabledRules,
});
const approval: JsonObject = {
  id: "Approval_EndUser_Assignment",
  ruleType: "RoleManagementPolicyApprovalRule",
  target,
  setting: {
    isApprovalRequired: true,
    isApprovalRequiredForExtension: false,
    isRequestorJustificationRequired: true,
    approvalMode: "SingleStage",
    approvalStages: [
      {
        approvalStageTimeOutInDays: 1,
        isApproverJustificationRequired: true,
        escalationTimeInMinutes: 0,
        isEscalationEnabled: false,
        primaryApprovers: [
          { id: approvers, userType: "Group", isBackup: false, description: "approvers" },
        ],
      },
    ],
  },
};
const context: JsonObject = {
  id: "AuthenticationContext_EndUser_Assignment",
  ruleType: "RoleManagementPolicyAuthenticationContextRule",
  target,
  isEnabled: true,
  claimValue: "c1",
};

/** Makes operators eligible for the login role, under a policy with these rules. */
async function eligible(azure: TestAzure, ...rules: JsonObject[]): Promise<void> {
  const [assignment] = items(
    await azure.authorization("GET", observability, "roleManagementPolicyAssignments", undefined, {
      filter: `roleDefinitionId eq '${roleId(userLogin)}'`,
    }),
  );
  const name = textAt(assignment, "properties.policyId")!.split("/").pop()!;
  answered(
    await azure.authorization("PATCH", observability, `roleManagementPolicies/${name}`, {
      properties: { rules },
    }),
    200,
  );
  const properties = {
    principalId: operators,
    roleDefinitionId: roleId(userLogin),
    requestType: "AdminAssign",
    scheduleInfo: { expiration: { type: "AfterDuration", duration: "P30D" } },
  };
  answered(
    await azure.authorization("PUT", observability, `roleEligibilityScheduleRequests/${id(100)}`, {
      properties,
    }),
    201,
  );
}

async function activate(
  azure: TestAzure,
  number: number,
  properties: JsonObject = {},
  user = olga,
  methods = ["fido2"],
): Promise<Answer> {
  return azure.authorization(
    "PUT",
    observability,
    `roleAssignmentScheduleRequests/${id(number)}`,
    {
      properties: {
        principalId: user,
        roleDefinitionId: roleId(userLogin),
        requestType: "SelfActivate",
        justification: "restart the service",
        scheduleInfo: { expiration: { type: "AfterDuration", duration: "PT2H" } },
        ...properties,
      },
    },
    { token: await azure.token(user, methods) },
  );
}

async function active(azure: TestAzure): Promise<JsonObject[]> {
  return items(await azure.authorization("GET", observability, "roleAssignmentSchedules"));
}

function failed(answer: Answer): string {
  return asText(refusal(answer, 400, "RoleAssignmentRequestPolicyValidationFailed").message) ?? "";
}

describe("simulated activations", () => {
  it(
    "give the role to a member of an eligible group until they end",
    onAzure(async (azure) => {
      await eligible(azure);
      expect(answered(await activate(azure, 1), 201).properties).to.include({
        status: "Provisioned",
      });
      const [schedule] = await active(azure);
      expect(schedule!.properties).to.include({ assignmentType: "Activated", principalId: olga });
      const instances = items(
        await azure.authorization("GET", observability, "roleAssignmentScheduleInstances"),
      );
      expect(instances).to.have.length(1);
      azure.advance(121);
      expect(await active(azure)).to.deep.equal([]);
    }),
  );

  it(
    "are refused to whoever is not eligible",
    onAzure(async (azure) => {
      await eligible(azure);
      expect(failed(await activate(azure, 1, {}, uma))).to.equal(
        'The following policy rules failed: ["EligibilityRule"]',
      );
    }),
  );

  it(
    "are refused once the eligibility has ended",
    onAzure(async (azure) => {
      await eligible(azure);
      azure.advance(31 * 24 * 60);
      expect(failed(await activate(azure, 1))).to.contain("EligibilityRule");
    }),
  );

  it(
    "are refused before the eligibility has begun",
    onAzure(async (azure) => {
      const startDateTime = new Date(azure.azure.clock.now().getTime() + 3_600_000).toISOString();
      const properties = {
        principalId: operators,
        roleDefinitionId: roleId(userLogin),
        requestType: "AdminAssign",
        scheduleInfo: { startDateTime, expiration: { type: "AfterDuration", duration: "P30D" } },
      };
      const path = `roleEligibilityScheduleRequests/${id(100)}`;
      answered(await azure.authorization("PUT", observability, path, { properties }), 201);
      expect(failed(await activate(azure, 1))).to.contain("EligibilityRule");
      azure.advance(61);
      answered(await activate(azure, 2), 201);
    }),
  );

  it(
    "are refused in somebody else's name",
    onAzure(async (azure) => {
      await eligible(azure);
      const answer = await azure.authorization(
        "PUT",
        observability,
        `roleAssignmentScheduleRequests/${id(1)}`,
        {
          properties: {
            principalId: olga,
            roleDefinitionId: roleId(userLogin),
            requestType: "SelfActivate",
            justification: "for her",
            scheduleInfo: { expiration: { type: "AfterDuration", duration: "PT1H" } },
          },
        },
        { token: await azure.token(ada) },
      );
      refusal(answer, 403, "InsufficientPermissions");
    }),
  );

  it(
    "name every rule that fails: time, MFA, justification and ticket",
    onAzure(async (azure) => {
      await eligible(azure, enablement("MultiFactorAuthentication", "Justification", "Ticketing"));
      const bare = {
        justification: " ",
        scheduleInfo: { expiration: { type: "AfterDuration", duration: "PT9H" } },
      };
      expect(failed(await activate(azure, 1, bare, olga, ["password"]))).to.equal(
        'The following policy rules failed: ["ExpirationRule","MfaRule","JustificationRule","TicketingRule"]',
      );
      expect(await active(azure)).to.deep.equal([]);
      const whole = { ticketInfo: { ticketNumber: "42", ticketSystem: "desk" } };
      answered(await activate(azure, 2, whole, olga, ["password", "sms"]), 201);
    }),
  );

  it(
    "cannot be without an end",
    onAzure(async (azure) => {
      await eligible(azure);
      for (const [number, expiration] of [
        [1, { type: "NoExpiration" }],
        [2, { type: "AfterDuration", duration: null }],
      ] as const) {
        expect(failed(await activate(azure, number, { scheduleInfo: { expiration } }))).to.contain(
          "ExpirationRule",
        );
      }
    }),
  );

  it(
    "are refused while one is active, and end early only after five minutes",
    onAzure(async (azure) => {
      await eligible(azure);
      answered(await activate(azure, 1), 201);
      refusal(await activate(azure, 2), 400, "RoleAssignmentExists");
      refusal(
        await activate(azure, 3, { requestType: "SelfDeactivate" }),
        400,
        "ActiveDurationTooShort",
      );
      azure.advance(6);
      answered(await activate(azure, 4, { requestType: "SelfDeactivate" }), 201);
      expect(await active(azure)).to.deep.equal([]);
      refusal(
        await activate(azure, 5, { requestType: "SelfDeactivate" }),
        400,
        "RoleAssignmentDoesNotExist",
      );
    }),
  );

  it(
    "are refused under a lock that would keep the role from being taken away (MicrosoftDocs/azure-docs#26211)",
    onAzure(async (azure) => {
      await eligible(azure);
      azure.lock(observability);
      refusal(await activate(azure, 1), 409, "ScopeLocked");
    }),
  );

  it(
    "wait for an approver where the policy asks for one, and count from the approval",
    onAzure(async (azure) => {
      await eligible(azure, approval);
      const made = answered(await activate(azure, 1), 201);
      expect(made.properties).to.include({ status: "PendingApproval" });
      expect(await active(azure)).to.deep.equal([]);
      const stage = await firstStage(azure, made);
      azure.advance(60);
      answered(await decide(azure, made, stage, "Approve", petra), 200);
      const [schedule] = await active(azure);
      const start = Date.parse(textAt(schedule, "properties.startDateTime")!);
      expect(Date.parse(textAt(schedule, "properties.endDateTime")!) - start).to.equal(
        2 * 60 * 60 * 1000,
      );
      expect(Math.abs(start - azure.azure.clock.now().getTime())).to.be.lessThan(60_000);
      const request = await azure.authorization(
        "GET",
        observability,
        `roleAssignmentScheduleRequests/${id(1)}`,
      );
      expect(answered(request, 200).properties).to.include({ status: "Provisioned" });
    }),
  );

  it(
    "are not given where the approver denies, and cannot be decided twice",
    onAzure(async (azure) => {
      await eligible(azure, approval);
      const made = answered(await activate(azure, 1), 201);
      const stage = await firstStage(azure, made);
      answered(await decide(azure, made, stage, "Deny", petra), 200);
      expect(await active(azure)).to.deep.equal([]);
      refusal(
        await decide(azure, made, stage, "Approve", petra),
        400,
        "InvalidRoleAssignmentRequest",
      );
      expect(await active(azure)).to.deep.equal([]);
    }),
  );

  it(
    "are decided by approvers only, with a justification, within the day",
    onAzure(async (azure) => {
      await eligible(azure, approval);
      const made = answered(await activate(azure, 1), 201);
      const stage = await firstStage(azure, made);
      refusal(await decide(azure, made, stage, "Approve", olga), 403, "InsufficientPermissions");
      refusal(await decide(azure, made, stage, "Approve", uma), 403, "InsufficientPermissions");
      expect(failed(await decide(azure, made, stage, "Approve", petra, ""))).to.contain(
        "JustificationRule",
      );
      refusal(
        await decide(azure, made, stage, "Perhaps", petra),
        400,
        "InvalidRoleAssignmentRequest",
      );
      azure.advance(25 * 60);
      refusal(
        await decide(azure, made, stage, "Approve", petra),
        400,
        "InvalidRoleAssignmentRequest",
      );
      const request = await azure.authorization(
        "GET",
        observability,
        `roleAssignmentScheduleRequests/${id(1)}`,
      );
      expect(answered(request, 200).properties).to.include({ status: "TimedOut" });
      expect(await active(azure)).to.deep.equal([]);
    }),
  );

  it(
    "are not approved by whoever asks for them, approver or not",
    onAzure(async (azure) => {
      await eligible(azure, approval);
      const reference = {
        "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${olga}`,
      };
      expect(
        (await azure.graph("POST", `groups/${approvers}/members/$ref`, reference)).status,
      ).to.equal(204);
      const made = answered(await activate(azure, 1), 201);
      const stage = await firstStage(azure, made);
      refusal(await decide(azure, made, stage, "Approve", olga), 403, "InsufficientPermissions");
      expect(await active(azure)).to.deep.equal([]);
    }),
  );

  it(
    "that wait can be cancelled",
    onAzure(async (azure) => {
      await eligible(azure, approval);
      answered(await activate(azure, 1), 201);
      answered(
        await azure.authorization(
          "POST",
          observability,
          `roleAssignmentScheduleRequests/${id(1)}/cancel`,
        ),
        200,
      );
      const request = await azure.authorization(
        "GET",
        observability,
        `roleAssignmentScheduleRequests/${id(1)}`,
      );
      expect(answered(request, 200).properties).to.include({ status: "Canceled" });
    }),
  );

  it(
    "by an administrator obey the rules for assignments",
    onAzure(async (azure) => {
      const assign = (number: number, properties: JsonObject) =>
        azure.authorization("PUT", observability, `roleAssignmentScheduleRequests/${id(number)}`, {
          properties: {
            principalId: administrators,
            roleDefinitionId: roleId(userLogin),
            requestType: "AdminAssign",
            ...properties,
          },
        });
      expect(
        failed(await assign(1, { scheduleInfo: { expiration: { type: "NoExpiration" } } })),
      ).to.equal('The following policy rules failed: ["ExpirationRule","JustificationRule"]');
      const bounded = {
        justification: "migration",
        scheduleInfo: { expiration: { type: "AfterDuration", duration: "P7D" } },
      };
      answered(await assign(2, bounded), 201);
      expect((await active(azure))[0]!.properties).to.include({ assignmentType: "Assigned" });
      azure.advance(6);
      answered(await assign(3, { requestType: "AdminRemove" }), 201);
      expect(await active(azure)).to.deep.equal([]);
    }),
  );
});

const contexts = {
  authenticationContexts: [{ id: "c1", displayName: "step up", isAvailable: true }],
};

function contextPolicy(
  state: string,
  users: JsonObject = { includeGroups: [operators] },
): JsonObject {
  return {
    displayName: "step up",
    state,
    conditions: {
      users,
      applications: { includeAuthenticationContextClassReferences: ["c1"] },
    },
    grantControls: {
      operator: "OR",
      authenticationStrength: { id: "00000000-0000-0000-0000-000000000004" },
    },
  };
}

// https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-resource-roles-configure-role-settings
describe("simulated activations under an authentication context", () => {
  it(
    "ask for the context where an enforced policy names it",
    onAzure(async (azure) => {
      await eligible(azure, enablement("Justification"), context);
      answered(
        await azure.graph("POST", "identity/conditionalAccess/policies", contextPolicy("enabled")),
        201,
      );
      const error = refusal(
        await activate(azure, 1, {}, olga, ["password", "sms"]),
        400,
        "RoleAssignmentRequestAcrsValidationFailed",
      );
      expect(decodeURIComponent(asText(error.message) ?? "")).to.equal(
        '&claims={"access_token":{"acrs":{"essential":true,"value":"c1"}}}',
      );
      answered(await activate(azure, 2, {}, olga, ["fido2"]), 201);
    }, contexts),
  );

  it(
    "ask for MFA where no policy names the context",
    onAzure(async (azure) => {
      await eligible(azure, enablement("Justification"), context);
      expect(failed(await activate(azure, 1, {}, olga, ["password"]))).to.contain("MfaRule");
      answered(await activate(azure, 2, {}, olga, ["password", "sms"]), 201);
    }, contexts),
  );

  it(
    "ask for nothing at all where the policy that names it is report-only",
    onAzure(async (azure) => {
      await eligible(azure, enablement("Justification"), context);
      answered(
        await azure.graph(
          "POST",
          "identity/conditionalAccess/policies",
          contextPolicy("enabledForReportingButNotEnforced"),
        ),
        201,
      );
      expect(contextDemand(azure.azure.store, olga, "c1")).to.equal("nothing");
      answered(await activate(azure, 1, {}, olga, ["password"]), 201);
    }, contexts),
  );

  it(
    "ask for nothing at all of whom the policy excludes",
    onAzure(async (azure) => {
      await eligible(azure, enablement("Justification"), context);
      const users = { includeGroups: [operators], excludeUsers: [olga] };
      answered(
        await azure.graph(
          "POST",
          "identity/conditionalAccess/policies",
          contextPolicy("enabled", users),
        ),
        201,
      );
      expect(contextDemand(azure.azure.store, olga, "c1")).to.equal("nothing");
      answered(await activate(azure, 1, {}, olga, ["password"]), 201);
    }, contexts),
  );
});

async function firstStage(azure: TestAzure, made: JsonObject): Promise<string> {
  const approvalId = textAt(made, "properties.approvalId")!;
  const body = answered(
    await azure.send("GET", `${approvalId}?api-version=2021-01-01-preview`),
    200,
  );
  const [stage] = objectsAt(body, "properties.stages");
  return stage!.name as string;
}

async function decide(
  azure: TestAzure,
  made: JsonObject,
  stage: string,
  reviewResult: string,
  user: string,
  justification = "known change",
): Promise<Answer> {
  const approvalId = textAt(made, "properties.approvalId")!;
  const token = await azure.token(user);
  return azure.send(
    "PUT",
    `${approvalId}/stages/${stage}?api-version=2021-01-01-preview`,
    { properties: { reviewResult, justification } },
    token,
  );
}

describe("simulated tokens", () => {
  it(
    "stand for the tenant file's caller where a request carries none of the simulation's",
    onAzure(async (azure) => {
      const me = await azure.send(
        "GET",
        "/graph/v1.0/me",
        undefined,
        "eyJ0eXAiOiJKV1Qi.something.else",
      );
      expect(answered(me, 200).id).to.equal(deployer);
      expect(
        answered(await azure.send("GET", "/graph/v1.0/me", undefined, await azure.token(olga)), 200)
          .id,
      ).to.equal(olga);
    }),
  );
});
