import { expect } from "chai";
import type { JsonObject } from "../../../sandbox/azure/json";
import {
  answered,
  id,
  items,
  observability,
  olga,
  onAzure,
  operators,
  owner,
  reader,
  refusal,
  roleId,
  subscription,
  userLogin,
  type TestAzure,
} from "../tenant/simulated-tenant";

function assignment(properties: JsonObject): JsonObject {
  return {
    properties: {
      roleDefinitionId: roleId(reader),
      principalId: operators,
      principalType: "Group",
      ...properties,
    },
  };
}

const put = (azure: TestAzure, name: string, properties: JsonObject = {}, scope = observability) =>
  azure.authorization("PUT", scope, `roleAssignments/${name}`, assignment(properties));

describe("simulated role assignments", () => {
  it(
    "are made, read and deleted",
    onAzure(async (azure) => {
      const made = answered(await put(azure, id(1)), 201);
      expect(made.properties).to.include({
        principalId: operators,
        principalType: "Group",
        roleDefinitionId: roleId(reader),
        scope: observability,
      });
      expect(
        answered(await azure.authorization("GET", observability, `roleAssignments/${id(1)}`), 200)
          .properties,
      ).to.deep.equal(made.properties);
      expect(
        (await azure.authorization("DELETE", observability, `roleAssignments/${id(1)}`)).status,
      ).to.equal(200);
      expect(
        (await azure.authorization("GET", observability, `roleAssignments/${id(1)}`)).status,
      ).to.equal(404);
    }),
  );

  it(
    "give a role's identifier back in the subscription's form, whatever form was sent",
    onAzure(async (azure) => {
      const made = answered(
        await put(azure, id(1), {
          roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${reader}`,
        }),
        201,
      );
      expect(made.properties).to.include({ roleDefinitionId: roleId(reader) });
    }),
  );

  it(
    "refuse a second assignment of the same role to the same principal at the same scope",
    onAzure(async (azure) => {
      answered(await put(azure, id(1)), 201);
      const error = refusal(await put(azure, id(2)), 409, "RoleAssignmentExists");
      expect(error.message).to.equal(
        `The role assignment already exists. The ID of the conflicting role assignment is ${id(1).replace(/-/g, "")}.`,
      );
      answered(await put(azure, id(2), {}, subscription), 201);
      answered(await put(azure, id(3), { roleDefinitionId: roleId(userLogin) }), 201);
    }),
  );

  it(
    "refuse to become another principal's",
    onAzure(async (azure) => {
      answered(await put(azure, id(1)), 201);
      answered(await put(azure, id(1)), 200);
      refusal(
        await put(azure, id(1), { principalId: olga, principalType: "User" }),
        400,
        "RoleAssignmentUpdateNotPermitted",
      );
    }),
  );

  it(
    "refuse a principal of another type than the one that is given, which azure-native sends as User by default",
    onAzure(async (azure) => {
      const error = refusal(
        await put(azure, id(1), { principalType: "User" }),
        400,
        "UnmatchedPrincipalType",
      );
      expect(error.message).to.equal(
        `The PrincipalId '${operators.replace(/-/g, "")}' has type 'Group' , which is different from specified PrinciaplType 'User'.`,
      );
    }),
  );

  it(
    "refuse a principal that is nowhere in the tenant",
    onAzure(async (azure) => {
      refusal(await put(azure, id(1), { principalId: id(9) }), 400, "PrincipalNotFound");
    }),
  );

  it(
    "refuse a principal that was just made, until it is replicated or its type is given",
    onAzure(async (azure) => {
      const made = answered(
        await azure.graph("POST", "groups", {
          displayName: "new",
          mailEnabled: false,
          mailNickname: "new",
          securityEnabled: true,
        }),
        201,
      );
      const principalId = made.id as string;
      refusal(
        await put(azure, id(1), { principalId, principalType: undefined }),
        400,
        "PrincipalNotFound",
      );
      answered(await put(azure, id(2), { principalId, principalType: "Group" }, subscription), 201);
      azure.advance(1);
      answered(await put(azure, id(1), { principalId, principalType: undefined }), 201);
    }),
  );

  it(
    "refuse an unknown role, a malformed one and a name that is no GUID",
    onAzure(async (azure) => {
      refusal(
        await put(azure, id(1), { roleDefinitionId: roleId(id(9)) }),
        404,
        "RoleDefinitionDoesNotExist",
      );
      refusal(await put(azure, id(1), { roleDefinitionId: reader }), 400, "BadRequestFormat");
      refusal(await put(azure, "readers"), 400, "InvalidRoleAssignmentId");
    }),
  );

  it(
    "refuse a scope that is not there",
    onAzure(async (azure) => {
      refusal(
        await put(azure, id(1), {}, `${subscription}/resourceGroups/rg-none`),
        404,
        "ResourceGroupNotFound",
      );
      refusal(await put(azure, id(1), {}, `/subscriptions/${id(2)}`), 404, "SubscriptionNotFound");
    }),
  );

  it(
    "stay while a lock forbids deletion, and can still be made",
    onAzure(async (azure) => {
      azure.lock(observability);
      answered(await put(azure, id(1)), 201);
      const error = refusal(
        await azure.authorization("DELETE", observability, `roleAssignments/${id(1)}`),
        409,
        "ScopeLocked",
      );
      expect(error.message).to.contain("cannot perform delete operation");
    }),
  );

  it(
    "show at a scope beneath their own, and at one above unless atScope() is asked for",
    onAzure(async (azure) => {
      answered(await put(azure, id(1), {}, subscription), 201);
      answered(await put(azure, id(2), { roleDefinitionId: roleId(owner) }), 201);
      const names = async (scope: string, filter?: string) =>
        items(
          await azure.authorization(
            "GET",
            scope,
            "roleAssignments",
            undefined,
            filter === undefined ? {} : { filter },
          ),
        )
          .map((item) => item.name)
          .filter((name) => name === id(1) || name === id(2));
      expect(await names(observability)).to.deep.equal([id(1), id(2)]);
      expect(await names(subscription)).to.deep.equal([id(1), id(2)]);
      expect(await names(subscription, "atScope()")).to.deep.equal([id(1)]);
      expect(await names(subscription, `principalId eq '${olga}'`)).to.deep.equal([]);
      expect(await names(subscription, `assignedTo('${olga}')`)).to.deep.equal([id(1), id(2)]);
    }),
  );
});
