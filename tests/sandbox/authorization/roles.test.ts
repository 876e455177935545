import { expect } from "chai";
import { permits, covers } from "../../../sandbox/azure/authorization/access";
import { builtInRoles } from "../../../sandbox/azure/authorization/built-in-roles";
import { asObject, objectsAt } from "../../../sandbox/azure/json";
import {
  administratorLogin,
  answered,
  contributor,
  id,
  items,
  observability,
  onAzure,
  operators,
  owner,
  reader,
  refusal,
  roleId,
  subscription,
  userLogin,
} from "../tenant/simulated-tenant";

const role = (name: string) => builtInRoles.find((item) => item.name === name)!;

describe("simulated role definitions", () => {
  // Data plane and control plane of each role: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
  it("lets the two login roles sign in to a machine, and neither Owner nor Contributor", () => {
    const login = "Microsoft.Compute/virtualMachines/login/action";
    const asAdministrator = "Microsoft.Compute/virtualMachines/loginAsAdmin/action";
    const who = (action: string) =>
      builtInRoles.filter((item) => permits(item, action, "data")).map((item) => item.name);
    expect(who(login)).to.have.members([userLogin, administratorLogin]);
    expect(who(asAdministrator)).to.deep.equal([administratorLogin]);
    expect(
      permits(role(owner), "Microsoft.Compute/virtualMachines/runCommand/action", "control"),
    ).to.equal(true);
  });

  it("takes from Contributor what Microsoft takes from it", () => {
    const assign = "Microsoft.Authorization/roleAssignments/write";
    expect(permits(role(contributor), assign, "control")).to.equal(false);
    expect(
      permits(role(contributor), "Microsoft.Compute/virtualMachines/write", "control"),
    ).to.equal(true);
    expect(permits(role(owner), assign, "control")).to.equal(true);
  });

  it("reads a star as any text and no other character as special", () => {
    expect(covers("*/read", "Microsoft.Network/virtualNetworks/read")).to.equal(true);
    expect(
      covers(
        "Microsoft.Compute/virtualMachines/*",
        "microsoft.compute/VIRTUALMACHINES/runCommand/action",
      ),
    ).to.equal(true);
    expect(covers("Microsoft.Compute/*", "MicrosoftXCompute/disks")).to.equal(false);
    expect(covers("*/read", "Microsoft.Network/virtualNetworks/readers")).to.equal(false);
  });

  it(
    "answers a built-in role at every scope, qualified by the subscription",
    onAzure(async (azure) => {
      const answer = await azure.authorization("GET", observability, `roleDefinitions/${reader}`);
      const body = answered(answer, 200);
      expect(body.id).to.equal(roleId(reader));
      expect(body.properties).to.include({ roleName: "Reader", type: "BuiltInRole" });
      expect(objectsAt(body, "properties.permissions")[0]).to.deep.include({
        actions: ["*/read"],
        dataActions: [],
      });
    }),
  );

  it(
    "finds a role by its name",
    onAzure(async (azure) => {
      const found = items(
        await azure.authorization("GET", subscription, "roleDefinitions", undefined, {
          filter: "roleName eq 'Virtual Machine User Login'",
        }),
      );
      expect(found.map((item) => item.name)).to.deep.equal([userLogin]);
    }),
  );

  it(
    "knows no role that nobody has defined",
    onAzure(async (azure) => {
      refusal(
        await azure.authorization("GET", subscription, `roleDefinitions/${id(1)}`),
        404,
        "RoleDefinitionDoesNotExist",
      );
    }),
  );

  it(
    "makes, reads and deletes a custom role",
    onAzure(async (azure) => {
      const properties = {
        roleName: "Bastion User",
        assignableScopes: [subscription],
        permissions: [{ actions: ["Microsoft.Network/bastionHosts/read"] }],
      };
      answered(
        await azure.authorization("PUT", subscription, `roleDefinitions/${id(1)}`, { properties }),
        201,
      );
      const body = answered(
        await azure.authorization("GET", subscription, `roleDefinitions/${id(1)}`),
        200,
      );
      expect(asObject(body.properties)).to.include({
        roleName: "Bastion User",
        type: "CustomRole",
      });
      expect(
        (await azure.authorization("DELETE", subscription, `roleDefinitions/${id(1)}`)).status,
      ).to.equal(200);
      refusal(
        await azure.authorization("GET", subscription, `roleDefinitions/${id(1)}`),
        404,
        "RoleDefinitionDoesNotExist",
      );
    }),
  );

  it(
    "refuses a second role of the same name, and a change of a built-in one",
    onAzure(async (azure) => {
      const properties = {
        roleName: "reader",
        assignableScopes: [subscription],
        permissions: [{ actions: ["*"] }],
      };
      refusal(
        await azure.authorization("PUT", subscription, `roleDefinitions/${id(1)}`, { properties }),
        409,
        "RoleDefinitionWithSameNameExists",
      );
      refusal(
        await azure.authorization("PUT", subscription, `roleDefinitions/${reader}`, { properties }),
        400,
        "InvalidRoleDefinition",
      );
    }),
  );

  for (const [missing, properties] of [
    ["roleName", { assignableScopes: [subscription], permissions: [{ actions: ["*"] }] }],
    ["assignableScopes", { roleName: "r", permissions: [{ actions: ["*"] }] }],
    ["permissions", { roleName: "r", assignableScopes: [subscription] }],
  ] as const) {
    it(
      `refuses a custom role without ${missing}`,
      onAzure(async (azure) => {
        const body = {
          properties: JSON.parse(JSON.stringify(properties)) as Record<string, string>,
        };
        const error = refusal(
          await azure.authorization("PUT", subscription, `roleDefinitions/${id(1)}`, body),
          400,
          "InvalidRoleDefinition",
        );
        expect(error.message).to.contain(missing);
      }),
    );
  }

  it(
    "keeps a custom role that is assigned",
    onAzure(async (azure) => {
      const properties = {
        roleName: "Bastion User",
        assignableScopes: [subscription],
        permissions: [{ actions: ["*/read"] }],
      };
      answered(
        await azure.authorization("PUT", subscription, `roleDefinitions/${id(1)}`, { properties }),
        201,
      );
      const assignment = {
        properties: {
          roleDefinitionId: roleId(id(1)),
          principalId: operators,
          principalType: "Group",
        },
      };
      answered(
        await azure.authorization("PUT", subscription, `roleAssignments/${id(2)}`, assignment),
        201,
      );
      refusal(
        await azure.authorization("DELETE", subscription, `roleDefinitions/${id(1)}`),
        400,
        "RoleDefinitionHasAssignments",
      );
    }),
  );
});
