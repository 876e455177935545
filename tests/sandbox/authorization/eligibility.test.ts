import { expect } from "chai";
import type { JsonObject } from "../../../sandbox/azure/json";
import { textAt } from "../../../sandbox/azure/json";
import {
  administrators,
  answered,
  id,
  items,
  observability,
  olga,
  onAzure,
  operators,
  refusal,
  roleId,
  subscription,
  uma,
  userLogin,
  type Answer,
  type TestAzure,
} from "../tenant/simulated-tenant";

const year = { type: "AfterDuration", duration: "P365D" };

function body(properties: JsonObject = {}): JsonObject {
  return {
    properties: {
      principalId: operators,
      roleDefinitionId: roleId(userLogin),
      requestType: "AdminAssign",
      scheduleInfo: { expiration: year },
      ...properties,
    },
  };
}

function request(
  azure: TestAzure,
  number: number,
  properties: JsonObject = {},
  scope = observability,
  token?: string,
): Promise<Answer> {
  const options = token === undefined ? {} : { token };
  return azure.authorization(
    "PUT",
    scope,
    `roleEligibilityScheduleRequests/${id(number)}`,
    body(properties),
    options,
  );
}

async function schedules(
  azure: TestAzure,
  scope = observability,
  filter?: string,
): Promise<JsonObject[]> {
  return items(
    await azure.authorization(
      "GET",
      scope,
      "roleEligibilitySchedules",
      undefined,
      filter === undefined ? {} : { filter },
    ),
  );
}

async function allow(azure: TestAzure, ...rules: JsonObject[]): Promise<void> {
  const found = items(
    await azure.authorization("GET", observability, "roleManagementPolicyAssignments", undefined, {
      filter: `roleDefinitionId eq '${roleId(userLogin)}'`,
    }),
  );
  const name = textAt(found[0], "properties.policyId")!.split("/").pop()!;
  answered(
    await azure.authorization("PATCH", observability, `roleManagementPolicies/${name}`, {
      properties: { rules },
    }),
    200,
  );
}

const eligibilityTarget = { caller: "Admin", operations: ["All"], level: "Eligibility" };
const permanent = {
  id: "Expiration_Admin_Eligibility",
  ruleType: "RoleManagementPolicyExpirationRule",
  target: eligibilityTarget,
  isExpirationRequired: false,
  maximumDuration: "P365D",
};

describe("simulated eligibilities", () => {
  it(
    "come from a request and are then listed, read by name and have an instance",
    onAzure(async (azure) => {
      const made = answered(await request(azure, 1), 201);
      expect(made.properties).to.include({
        status: "Provisioned",
        requestType: "AdminAssign",
        principalType: "Group",
      });
      const [schedule] = await schedules(azure);
      expect(schedule!.properties).to.include({
        principalId: operators,
        roleDefinitionId: roleId(userLogin),
        memberType: "Direct",
        status: "Provisioned",
      });
      expect(textAt(made, "properties.targetRoleEligibilityScheduleId")).to.equal(schedule!.name);
      const byName = answered(
        await azure.authorization(
          "GET",
          observability,
          `roleEligibilitySchedules/${schedule!.name as string}`,
        ),
        200,
      );
      expect(byName).to.deep.equal(schedule);
      const instances = items(
        await azure.authorization("GET", observability, "roleEligibilityScheduleInstances"),
      );
      expect(
        instances.map((item) => textAt(item, "properties.roleEligibilityScheduleId")),
      ).to.deep.equal([schedule!.id]);
      const again = answered(
        await azure.authorization("GET", observability, `roleEligibilityScheduleRequests/${id(1)}`),
        200,
      );
      expect(again).to.deep.equal(made);
    }),
  );

  it(
    "end on the simulated clock, and can then be made anew",
    onAzure(async (azure) => {
      answered(
        await request(azure, 1, {
          scheduleInfo: { expiration: { type: "AfterDuration", duration: "PT1H" } },
        }),
        201,
      );
      azure.advance(59);
      expect(await schedules(azure)).to.have.length(1);
      azure.advance(2);
      expect(await schedules(azure)).to.deep.equal([]);
      answered(await request(azure, 2), 201);
      expect(await schedules(azure)).to.have.length(1);
    }),
  );

  it(
    "that begin later are pending and have no instance yet",
    onAzure(async (azure) => {
      const startDateTime = new Date(azure.azure.clock.now().getTime() + 3_600_000).toISOString();
      const made = answered(
        await request(azure, 1, { scheduleInfo: { startDateTime, expiration: year } }),
        201,
      );
      expect(made.properties).to.include({ status: "PendingScheduleCreation" });
      expect((await schedules(azure))[0]!.properties).to.include({
        status: "PendingScheduleCreation",
      });
      expect(
        items(await azure.authorization("GET", observability, "roleEligibilityScheduleInstances")),
      ).to.deep.equal([]);
      azure.advance(61);
      expect((await schedules(azure))[0]!.properties).to.include({ status: "Provisioned" });
      expect(
        items(await azure.authorization("GET", observability, "roleEligibilityScheduleInstances")),
      ).to.have.length(1);
    }),
  );

  it(
    "that are pending can be cancelled, and no others",
    onAzure(async (azure) => {
      const startDateTime = new Date(azure.azure.clock.now().getTime() + 3_600_000).toISOString();
      answered(await request(azure, 1, { scheduleInfo: { startDateTime, expiration: year } }), 201);
      answered(
        await azure.authorization(
          "POST",
          observability,
          `roleEligibilityScheduleRequests/${id(1)}/cancel`,
        ),
        200,
      );
      expect(await schedules(azure)).to.deep.equal([]);
      answered(await request(azure, 2), 201);
      refusal(
        await azure.authorization(
          "POST",
          observability,
          `roleEligibilityScheduleRequests/${id(2)}/cancel`,
        ),
        400,
        "InvalidRoleAssignmentRequest",
      );
    }),
  );

  it(
    "give the role back in the subscription's form, so that a client that sent another does not find its own (hashicorp/terraform-provider-azurerm#31052)",
    onAzure(async (azure) => {
      const sent = `/providers/Microsoft.Authorization/roleDefinitions/${userLogin}`;
      answered(await request(azure, 1, { roleDefinitionId: sent }), 201);
      const [schedule] = await schedules(azure, observability, `principalId eq '${operators}'`);
      expect(textAt(schedule, "properties.roleDefinitionId"))
        .to.equal(roleId(userLogin))
        .and.not.equal(sent);
    }),
  );

  it(
    "show at a scope beneath as inherited, and to a member as coming from the group",
    onAzure(async (azure) => {
      answered(await request(azure, 1, {}, subscription), 201);
      expect((await schedules(azure, observability))[0]!.properties).to.include({
        memberType: "Inherited",
      });
      const token = await azure.token(olga);
      const mine = items(
        await azure.authorization("GET", subscription, "roleEligibilitySchedules", undefined, {
          filter: "asTarget()",
          token,
        }),
      );
      expect(mine[0]!.properties).to.include({ memberType: "Group", principalId: operators });
      const none = await azure.authorization(
        "GET",
        subscription,
        "roleEligibilitySchedules",
        undefined,
        { filter: "asTarget()", token: await azure.token(uma) },
      );
      expect(items(none)).to.deep.equal([]);
    }),
  );

  it(
    "refuse to be permanent under the policy of a new scope",
    onAzure(async (azure) => {
      const error = refusal(
        await request(azure, 1, { scheduleInfo: { expiration: { type: "NoExpiration" } } }),
        400,
        "RoleAssignmentRequestPolicyValidationFailed",
      );
      expect(error.message).to.equal('The following policy rules failed: ["ExpirationRule"]');
      expect(await schedules(azure)).to.deep.equal([]);
    }),
  );

  it(
    "may be permanent once the policy of their own scope allows it",
    onAzure(async (azure) => {
      await allow(azure, permanent);
      const forever = { scheduleInfo: { expiration: { type: "NoExpiration" } } };
      answered(await request(azure, 1, forever), 201);
      expect((await schedules(azure))[0]!.properties).not.to.have.property("endDateTime");
      refusal(
        await request(azure, 2, forever, subscription),
        400,
        "RoleAssignmentRequestPolicyValidationFailed",
      );
    }),
  );

  it(
    "after a duration that is not given are permanent (Azure/azure-rest-api-specs#24242)",
    onAzure(async (azure) => {
      const nothing = { scheduleInfo: { expiration: { type: "AfterDuration", duration: null } } };
      refusal(await request(azure, 1, nothing), 400, "RoleAssignmentRequestPolicyValidationFailed");
      await allow(azure, permanent);
      answered(await request(azure, 1, nothing), 201);
      expect((await schedules(azure))[0]!.properties).not.to.have.property("endDateTime");
    }),
  );

  it(
    "last no longer than the policy allows: P365D passes, P1Y does not",
    onAzure(async (azure) => {
      refusal(
        await request(azure, 1, {
          scheduleInfo: { expiration: { type: "AfterDuration", duration: "P1Y" } },
        }),
        400,
        "RoleAssignmentRequestPolicyValidationFailed",
      );
      answered(await request(azure, 1), 201);
    }),
  );

  it(
    "name every rule of the policy that fails",
    onAzure(async (azure) => {
      await allow(azure, {
        id: "Enablement_Admin_Eligibility",
        ruleType: "RoleManagementPolicyEnablementRule",
        target: eligibilityTarget,
        enabledRules: ["Justification", "Ticketing"],
      });
      const error = refusal(
        await request(azure, 1, { scheduleInfo: { expiration: { type: "NoExpiration" } } }),
        400,
        "RoleAssignmentRequestPolicyValidationFailed",
      );
      expect(error.message).to.equal(
        'The following policy rules failed: ["ExpirationRule","JustificationRule","TicketingRule"]',
      );
      answered(
        await request(azure, 1, {
          justification: "on call",
          ticketInfo: { ticketNumber: "42", ticketSystem: "desk" },
        }),
        201,
      );
    }),
  );

  it(
    "refuse a second one for the same principal, role and scope",
    onAzure(async (azure) => {
      answered(await request(azure, 1), 201);
      refusal(await request(azure, 2), 400, "RoleAssignmentExists");
      answered(await request(azure, 3, { principalId: administrators }), 201);
      answered(await request(azure, 4, {}, subscription), 201);
    }),
  );

  it(
    "answer a request that is sent again as they answered it the first time, and no other of its name",
    onAzure(async (azure) => {
      const first = answered(await request(azure, 1), 201);
      expect(answered(await request(azure, 1), 201)).to.deep.equal(first);
      expect(await schedules(azure)).to.have.length(1);
      refusal(
        await request(azure, 1, { principalId: administrators }),
        409,
        "RoleAssignmentRequestExists",
      );
    }),
  );

  it(
    "cannot be removed within five minutes",
    onAzure(async (azure) => {
      answered(await request(azure, 1), 201);
      azure.advance(4);
      const error = refusal(
        await request(azure, 2, { requestType: "AdminRemove" }),
        400,
        "ActiveDurationTooShort",
      );
      expect(error.message).to.equal(
        "The Active duration is too short. Miniumum Required is 5 minutes.",
      );
      expect(await schedules(azure)).to.have.length(1);
      azure.advance(2);
      expect(
        answered(await request(azure, 3, { requestType: "AdminRemove" }), 201).properties,
      ).to.include({ status: "Revoked" });
      expect(await schedules(azure)).to.deep.equal([]);
    }),
  );

  it(
    "refuse to be shorter than five minutes",
    onAzure(async (azure) => {
      refusal(
        await request(azure, 1, {
          scheduleInfo: { expiration: { type: "AfterDuration", duration: "PT4M" } },
        }),
        400,
        "ActiveDurationTooShort",
      );
    }),
  );

  it(
    "refuse to be removed or changed where there is none",
    onAzure(async (azure) => {
      refusal(
        await request(azure, 1, { requestType: "AdminRemove" }),
        400,
        "RoleAssignmentDoesNotExist",
      );
      refusal(
        await request(azure, 2, { requestType: "AdminUpdate" }),
        400,
        "RoleAssignmentDoesNotExist",
      );
    }),
  );

  it(
    "are prolonged by AdminUpdate within the policy",
    onAzure(async (azure) => {
      answered(
        await request(azure, 1, {
          scheduleInfo: { expiration: { type: "AfterDuration", duration: "P1D" } },
        }),
        201,
      );
      const before = textAt((await schedules(azure))[0], "properties.endDateTime")!;
      answered(await request(azure, 2, { requestType: "AdminUpdate" }), 201);
      expect(
        Date.parse(textAt((await schedules(azure))[0], "properties.endDateTime")!),
      ).to.be.greaterThan(Date.parse(before));
      refusal(
        await request(azure, 3, {
          requestType: "AdminUpdate",
          scheduleInfo: { expiration: { type: "NoExpiration" } },
        }),
        400,
        "RoleAssignmentRequestPolicyValidationFailed",
      );
    }),
  );

  for (const [what, scheduleInfo] of [
    ["a start that is no time", { startDateTime: "tomorrow", expiration: year }],
    ["an expiry of a kind nobody knows", { expiration: { type: "Sometime" } }],
    ["an end without a time", { expiration: { type: "AfterDateTime" } }],
    [
      "an end in the past",
      { expiration: { type: "AfterDateTime", endDateTime: "2020-01-01T00:00:00Z" } },
    ],
    ["a duration that is none", { expiration: { type: "AfterDuration", duration: "8 hours" } }],
  ] as const) {
    it(
      `refuse ${what}`,
      onAzure(async (azure) => {
        refusal(
          await request(azure, 1, {
            scheduleInfo: JSON.parse(JSON.stringify(scheduleInfo)) as JsonObject,
          }),
          400,
          "InvalidRoleAssignmentRequestSchedule",
        );
      }),
    );
  }

  for (const [what, properties, status, code] of [
    [
      "a role nobody has defined",
      { roleDefinitionId: roleId(id(9)) },
      404,
      "RoleDefinitionDoesNotExist",
    ],
    ["a role's bare GUID", { roleDefinitionId: userLogin }, 400, "InvalidRoleAssignmentRequest"],
    ["a principal that is nowhere", { principalId: id(9) }, 404, "SubjectNotFound"],
    [
      "a request of a kind nobody knows",
      { requestType: "Please" },
      400,
      "InvalidRoleAssignmentRequest",
    ],
  ] as const) {
    it(
      `refuse ${what}`,
      onAzure(async (azure) => {
        refusal(await request(azure, 1, { ...properties }), status, code);
      }),
    );
  }

  it(
    "refuse a principal that was just made until it is replicated",
    onAzure(async (azure) => {
      const group = answered(
        await azure.graph("POST", "groups", {
          displayName: "new",
          mailEnabled: false,
          mailNickname: "new",
          securityEnabled: true,
        }),
        201,
      );
      refusal(await request(azure, 1, { principalId: group.id }), 404, "SubjectNotFound");
      azure.advance(1);
      answered(await request(azure, 1, { principalId: group.id }), 201);
    }),
  );

  it(
    "refuse a scope that is not there",
    onAzure(async (azure) => {
      refusal(
        await request(azure, 1, {}, `${subscription}/resourceGroups/rg-none`),
        404,
        "ResourceGroupNotFound",
      );
      refusal(
        await request(
          azure,
          1,
          {},
          `${observability}/providers/Microsoft.Compute/virtualMachines/none`,
        ),
        404,
        "ResourceNotFound",
      );
    }),
  );

  it(
    "refuse a tenant without Entra ID P2",
    onAzure(
      async (azure) => {
        refusal(await request(azure, 1), 400, "AadPremiumLicenseRequired");
      },
      { licences: [] },
    ),
  );

  it(
    "refuse a caller who may not manage access",
    onAzure(async (azure) => {
      refusal(
        await request(azure, 1, {}, observability, await azure.token(uma)),
        403,
        "InsufficientPermissions",
      );
      expect(await schedules(azure)).to.deep.equal([]);
    }),
  );

  it(
    "stay while a lock at their scope or above forbids deletion",
    onAzure(async (azure) => {
      answered(await request(azure, 1), 201);
      azure.advance(6);
      azure.lock(subscription);
      refusal(await request(azure, 2, { requestType: "AdminRemove" }), 409, "ScopeLocked");
      expect(await schedules(azure)).to.have.length(1);
    }),
  );

  it(
    "go with their resource group",
    onAzure(async (azure) => {
      const scope = `${subscription}/resourceGroups/rg-app`;
      answered(
        await azure.send("PUT", `${scope}?api-version=2024-03-01`, { location: "westeurope" }),
        201,
      );
      answered(await request(azure, 1, {}, scope), 201);
      await azure.send("DELETE", `${scope}?api-version=2024-03-01`);
      azure.advance(60);
      await azure.send("GET", `${scope}?api-version=2024-03-01`);
      expect(
        azure.azure.store.ofType("Microsoft.Authorization/RoleEligibilitySchedules"),
      ).to.deep.equal([]);
    }),
  );

  it(
    "outlive the requests that made them, which are forgotten after 45 days",
    onAzure(async (azure) => {
      answered(await request(azure, 1), 201);
      azure.advance(46 * 24 * 60);
      refusal(
        await azure.authorization("GET", observability, `roleEligibilityScheduleRequests/${id(1)}`),
        404,
        "RoleEligibilityScheduleRequestNotFound",
      );
      expect(await schedules(azure)).to.have.length(1);
    }),
  );

  it(
    "are only checked, not made, by validate",
    onAzure(async (azure) => {
      const validate = (properties: JsonObject) =>
        azure.authorization(
          "POST",
          observability,
          `roleEligibilityScheduleRequests/${id(1)}/validate`,
          body(properties),
        );
      answered(await validate({}), 200);
      refusal(
        await validate({ scheduleInfo: { expiration: { type: "NoExpiration" } } }),
        400,
        "RoleAssignmentRequestPolicyValidationFailed",
      );
      expect(await schedules(azure)).to.deep.equal([]);
    }),
  );

  it(
    "know no deletion",
    onAzure(async (azure) => {
      answered(await request(azure, 1), 201);
      refusal(
        await azure.authorization(
          "DELETE",
          observability,
          `roleEligibilityScheduleRequests/${id(1)}`,
        ),
        405,
        "MethodNotAllowed",
      );
      const [schedule] = await schedules(azure);
      refusal(
        await azure.authorization(
          "DELETE",
          observability,
          `roleEligibilitySchedules/${schedule!.name as string}`,
        ),
        405,
        "MethodNotAllowed",
      );
    }),
  );
});
