import { expect } from "chai";
import {
  asObject,
  asObjects,
  asText,
  objectsAt,
  textAt,
  type JsonObject,
} from "../../../sandbox/azure/json";
import {
  answered,
  approvers,
  id,
  items,
  observability,
  onAzure,
  reader,
  refusal,
  roleId,
  subscription,
  userLogin,
  administratorLogin,
  type TestAzure,
} from "../tenant/simulated-tenant";

async function policyName(
  azure: TestAzure,
  scope = observability,
  role = userLogin,
): Promise<string> {
  const found = items(
    await azure.authorization("GET", scope, "roleManagementPolicyAssignments", undefined, {
      filter: `roleDefinitionId eq '${roleId(role)}'`,
    }),
  );
  expect(found).to.have.length(1);
  return textAt(found[0], "properties.policyId")!.split("/").pop()!;
}

async function rules(azure: TestAzure, name: string): Promise<JsonObject[]> {
  const body = answered(
    await azure.authorization("GET", observability, `roleManagementPolicies/${name}`),
    200,
  );
  return objectsAt(body, "properties.rules");
}

function rule(ruleId: string, kind: string, content: JsonObject): JsonObject {
  const caller = ruleId.includes("EndUser") ? "EndUser" : "Admin";
  const level = ruleId.endsWith("_Eligibility") ? "Eligibility" : "Assignment";
  return {
    id: ruleId,
    ruleType: `RoleManagementPolicy${kind}Rule`,
    target: { caller, operations: ["All"], level },
    ...content,
  };
}

const patch = (azure: TestAzure, name: string, ...sent: JsonObject[]) =>
  azure.authorization("PATCH", observability, `roleManagementPolicies/${name}`, {
    properties: { rules: sent },
  });

const longer = rule("Expiration_Admin_Eligibility", "Expiration", {
  isExpirationRequired: false,
  maximumDuration: "P365D",
});
const mfa = rule("Enablement_EndUser_Assignment", "Enablement", {
  enabledRules: ["MultiFactorAuthentication", "Justification"],
});
const context = rule("AuthenticationContext_EndUser_Assignment", "AuthenticationContext", {
  isEnabled: true,
  claimValue: "c1",
});

describe("simulated role management policies", () => {
  it(
    "stand at every scope for every role without being made, each under a name of its own",
    onAzure(async (azure) => {
      const names = [
        await policyName(azure),
        await policyName(azure, observability, administratorLogin),
        await policyName(azure, subscription),
      ];
      expect(new Set(names).size).to.equal(3);
      expect(await policyName(azure)).to.equal(names[0]);
    }),
  );

  it(
    "are named by assignments whose name joins policy and role",
    onAzure(async (azure) => {
      const name = await policyName(azure);
      const assignment = answered(
        await azure.authorization(
          "GET",
          observability,
          `roleManagementPolicyAssignments/${name}_${userLogin}`,
        ),
        200,
      );
      expect(assignment.name).to.equal(`${name}_${userLogin}`);
      expect(textAt(assignment, "properties.roleDefinitionId")).to.equal(roleId(userLogin));
      refusal(
        await azure.authorization(
          "GET",
          observability,
          `roleManagementPolicyAssignments/${name}_${reader}`,
        ),
        404,
        "RoleManagementPolicyNotFound",
      );
    }),
  );

  it(
    "bear the name that the tenant file pins",
    onAzure(
      async (azure) => {
        expect(await policyName(azure)).to.equal(id(5));
        expect(await policyName(azure, subscription)).not.to.equal(id(5));
      },
      {
        roleManagementPolicyNames: [
          { scope: observability, roleDefinitionId: userLogin, name: id(5) },
        ],
      },
    ),
  );

  // Azure/azure-rest-api-specs, GetRoleManagementPolicyByName.json
  it(
    "hold Microsoft's seventeen rules at first, and allow no permanent eligibility",
    onAzure(async (azure) => {
      const found = await rules(azure, await policyName(azure));
      const subjects = ["Admin_Eligibility", "Admin_Assignment", "EndUser_Assignment"];
      expect(found.map((item) => item.id)).to.have.members([
        ...["Admin", "Requestor", "Approver"].flatMap((recipient) =>
          subjects.map((subject) => `Notification_${recipient}_${subject}`),
        ),
        ...subjects.map((subject) => `Expiration_${subject}`),
        ...subjects.map((subject) => `Enablement_${subject}`),
        "Approval_EndUser_Assignment",
        "AuthenticationContext_EndUser_Assignment",
      ]);
      const expiration = found.find((item) => item.id === "Expiration_Admin_Eligibility");
      expect(expiration).to.include({ isExpirationRequired: true, maximumDuration: "P365D" });
    }),
  );

  it(
    "change the rules that a PATCH sends and keep the others",
    onAzure(async (azure) => {
      const name = await policyName(azure);
      const before = await rules(azure, name);
      answered(await patch(azure, name, longer, mfa), 200);
      const after = await rules(azure, name);
      expect(after.find((item) => item.id === longer.id)).to.deep.include({
        isExpirationRequired: false,
      });
      expect(after.find((item) => item.id === mfa.id)).to.deep.include({
        enabledRules: mfa.enabledRules,
      });
      const others = (list: JsonObject[]) =>
        list.filter((item) => item.id !== longer.id && item.id !== mfa.id);
      expect(others(after)).to.deep.equal(others(before));
      expect(
        await rules(azure, await policyName(azure, observability, administratorLogin)),
      ).to.deep.equal(before);
    }),
  );

  it(
    "are listed with the role that a filter asks for, or all of them",
    onAzure(async (azure) => {
      const list = (filter?: string) =>
        azure.authorization(
          "GET",
          observability,
          "roleManagementPolicies",
          undefined,
          filter === undefined ? {} : { filter },
        );
      const [only, ...others] = items(await list(`roleDefinitionId eq '${roleId(userLogin)}'`));
      expect(only!.name).to.equal(await policyName(azure));
      expect(others).to.deep.equal([]);
      expect(items(await list(`roleDefinitionId eq '${roleId(id(9))}'`))).to.deep.equal([]);
      expect(items(await list()).length).to.be.greaterThan(5);
    }),
  );

  it(
    "leave nothing behind when what a client read comes back without its nulls",
    onAzure(async (azure) => {
      const name = await policyName(azure);
      const before = await rules(azure, name);
      answered(await patch(azure, name, longer), 200);
      const bare = JSON.parse(
        JSON.stringify(before, (_, value: unknown) => (value === null ? undefined : value)),
      ) as JsonObject[];
      expect(JSON.stringify(bare)).not.to.contain("null");
      answered(await patch(azure, name, ...bare), 200);
      expect(
        azure.azure.store.ofType("Microsoft.Authorization/roleManagementPolicies"),
      ).to.deep.equal([]);
    }),
  );

  it(
    "leave nothing behind once every rule is as it was at first",
    onAzure(async (azure) => {
      const name = await policyName(azure);
      const before = await rules(azure, name);
      const stored = () =>
        azure.azure.store.ofType("Microsoft.Authorization/roleManagementPolicies");
      answered(await patch(azure, name, longer), 200);
      expect(stored()).to.have.length(1);
      answered(await patch(azure, name, ...before), 200);
      expect(stored()).to.deep.equal([]);
    }),
  );

  for (const [what, target] of [
    ["no target", undefined],
    ["a target without a level", { caller: "Admin", operations: ["All"] }],
    ["a target without operations", { caller: "Admin", level: "Eligibility", operations: [] }],
  ] as const) {
    it(
      `ignore a rule with ${what} without a word (pulumi/pulumi-azure-native#4398)`,
      onAzure(async (azure) => {
        const name = await policyName(azure);
        const before = await rules(azure, name);
        const sent = {
          ...longer,
          target: target === undefined ? null : { ...target, operations: [...target.operations] },
        };
        answered(await patch(azure, name, sent), 200);
        expect(await rules(azure, name)).to.deep.equal(before);
      }),
    );
  }

  const brokenRules: [string, JsonObject][] = [
    [
      "a rule nobody knows",
      rule("Expiration_Nobody_Assignment", "Expiration", {
        isExpirationRequired: true,
        maximumDuration: "PT1H",
      }),
    ],
    ["a rule of another type", { ...longer, ruleType: "RoleManagementPolicyEnablementRule" }],
    [
      "a rule aimed at another level",
      { ...longer, target: { caller: "Admin", operations: ["All"], level: "Assignment" } },
    ],
    [
      "an expiry without a duration",
      rule("Expiration_Admin_Eligibility", "Expiration", { isExpirationRequired: true }),
    ],
    [
      "an expiry that does not say whether it is required",
      rule("Expiration_Admin_Eligibility", "Expiration", { maximumDuration: "P1D" }),
    ],
    [
      "a duration that is none",
      rule("Expiration_Admin_Eligibility", "Expiration", {
        isExpirationRequired: true,
        maximumDuration: "8h",
      }),
    ],
    [
      "an activation of two days",
      rule("Expiration_EndUser_Assignment", "Expiration", {
        isExpirationRequired: true,
        maximumDuration: "P2D",
      }),
    ],
    [
      "an activation of ten minutes",
      rule("Expiration_EndUser_Assignment", "Expiration", {
        isExpirationRequired: true,
        maximumDuration: "PT10M",
      }),
    ],
    [
      "an activation without an end",
      rule("Expiration_EndUser_Assignment", "Expiration", {
        isExpirationRequired: false,
        maximumDuration: "PT8H",
      }),
    ],
    ["an enablement without its list", rule("Enablement_EndUser_Assignment", "Enablement", {})],
    [
      "an enablement nobody knows",
      rule("Enablement_EndUser_Assignment", "Enablement", { enabledRules: ["Password"] }),
    ],
    [
      "an approval that nobody can give",
      rule("Approval_EndUser_Assignment", "Approval", {
        setting: { isApprovalRequired: true, approvalStages: [{ primaryApprovers: [] }] },
      }),
    ],
    [
      "an approver without a type",
      rule("Approval_EndUser_Assignment", "Approval", {
        setting: {
          isApprovalRequired: true,
          approvalStages: [{ primaryApprovers: [{ id: approvers }] }],
        },
      }),
    ],
    [
      "an authentication context without a claim",
      rule("AuthenticationContext_EndUser_Assignment", "AuthenticationContext", {
        isEnabled: true,
        claimValue: "",
      }),
    ],
    [
      "a notification without a level",
      rule("Notification_Admin_Admin_Eligibility", "Notification", {
        notificationType: "Email",
        isDefaultRecipientsEnabled: true,
      }),
    ],
  ];
  for (const [what, broken] of brokenRules) {
    it(
      `refuse ${what} and change nothing`,
      onAzure(async (azure) => {
        const name = await policyName(azure);
        const before = await rules(azure, name);
        const error = refusal(await patch(azure, name, mfa, broken), 400, "InvalidPolicy");
        expect(error.message).to.equal("The policy is invalid.");
        expect(asText(asObjects(error.details)[0]?.message)).to.contain(asText(broken.id));
        expect(await rules(azure, name)).to.deep.equal(before);
      }),
    );
  }

  it(
    "refuse MFA beside an authentication context, whichever came first",
    onAzure(async (azure) => {
      const name = await policyName(azure);
      refusal(await patch(azure, name, mfa, context), 400, "MfaAndAcrsConflict");
      answered(await patch(azure, name, mfa), 200);
      refusal(await patch(azure, name, context), 400, "MfaAndAcrsConflict");
      const justification = rule("Enablement_EndUser_Assignment", "Enablement", {
        enabledRules: ["Justification"],
      });
      answered(await patch(azure, name, justification, context), 200);
      refusal(await patch(azure, name, mfa), 400, "MfaAndAcrsConflict");
    }),
  );

  it(
    "are not found by a guessed name, nor by another scope's",
    onAzure(async (azure) => {
      const elsewhere = await policyName(azure, subscription);
      refusal(await patch(azure, id(9), longer), 404, "RoleManagementPolicyNotFound");
      refusal(
        await azure.authorization("GET", observability, `roleManagementPolicies/${elsewhere}`),
        404,
        "RoleManagementPolicyNotFound",
      );
    }),
  );

  it(
    "can be neither made nor deleted (Azure/azure-rest-api-specs#28050)",
    onAzure(async (azure) => {
      const name = await policyName(azure);
      for (const method of ["PUT", "DELETE"]) {
        const answer = await azure.authorization(
          method,
          observability,
          `roleManagementPolicies/${name}`,
          method === "PUT" ? { properties: { rules: [] } } : undefined,
        );
        expect(answer).to.deep.equal({ status: 400, body: "Not implemented exception" });
        const assignment = await azure.authorization(
          method,
          observability,
          `roleManagementPolicyAssignments/${name}_${userLogin}`,
        );
        expect(assignment).to.deep.equal({ status: 400, body: "Not implemented exception" });
      }
    }),
  );

  it(
    "need a scope and a version that exist",
    onAzure(async (azure) => {
      refusal(
        await azure.authorization(
          "GET",
          `${subscription}/resourceGroups/rg-none`,
          "roleManagementPolicies",
        ),
        404,
        "ResourceGroupNotFound",
      );
      const path = `${observability}/providers/Microsoft.Authorization/roleManagementPolicies`;
      refusal(await azure.send("GET", path), 400, "MissingApiVersionParameter");
      refusal(
        await azure.send("GET", `${path}?api-version=1999-01-01`),
        400,
        "NoRegisteredProviderFound",
      );
    }),
  );

  it(
    "are refused to a tenant without Entra ID P2",
    onAzure(
      async (azure) => {
        refusal(
          await azure.authorization("GET", observability, "roleManagementPolicies"),
          400,
          "AadPremiumLicenseRequired",
        );
      },
      { licences: ["AAD_PREMIUM"] },
    ),
  );

  it(
    "cannot be changed under a read-only lock",
    onAzure(async (azure) => {
      const name = await policyName(azure);
      azure.lock(observability, "ReadOnly");
      refusal(await patch(azure, name, longer), 409, "ScopeLocked");
    }),
  );

  it(
    "say who changed them",
    onAzure(async (azure) => {
      const name = await policyName(azure);
      const body = answered(await patch(azure, name, longer), 200);
      expect(asObject(asObject(body.properties).lastModifiedBy)).to.include({
        displayName: "Dana Deployer",
        type: "User",
      });
    }),
  );
});
