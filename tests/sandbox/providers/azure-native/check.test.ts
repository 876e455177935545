import { expect } from "chai";
import { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";
import { unknown } from "../../../../sandbox/providers/plugin/values";
import { deployGroup, groupName, inWorld, operators, subscription, types } from "../world";

const address = { addressSpace: { addressPrefixes: ["10.20.0.0/16"] } };
const scope = `/subscriptions/${subscription}`;
const seed = Buffer.from("seed").toString("base64");

function autonaming(
  mode: CheckRequest.AutonamingOptions.Mode,
  proposedName: string,
): CheckRequest.AutonamingOptions {
  const options = new CheckRequest.AutonamingOptions();
  options.setMode(mode);
  options.setProposedName(proposedName);
  return options;
}

describe("simulated azure-native: names (provider-traps 1, Autoname)", () => {
  it(
    "puts eight digits from the random seed behind the logical name and marks the name as random",
    inWorld(async ({ native }) => {
      const { inputs } = await native.check(types.resourceGroup, "rg", {}, { randomSeed: seed });
      expect(inputs).to.deep.equal({
        resourceGroupName: "rg1ec836c1",
        location: "westeurope",
        __createBeforeDelete: true,
      });
    }),
  );

  it(
    "copies the logical name of a resource beneath another, without a mark and without a location",
    inWorld(async ({ native }) => {
      const given = {
        resourceGroupName: groupName,
        virtualNetworkName: "vnet",
        addressPrefix: "10.20.0.0/24",
      };
      const { inputs } = await native.check(types.subnet, "vms", given);
      expect(inputs).to.deep.equal({ ...given, subnetName: "vms" });
    }),
  );

  it(
    "names a role assignment by a UUID from the seed",
    inWorld(async ({ native }) => {
      const given = { scope, principalId: operators, roleDefinitionId: "/r" };
      const { inputs } = await native.check(types.roleAssignment, "a", given, { randomSeed: seed });
      expect(inputs).to.include({
        roleAssignmentName: "1ec836c1-4f8e-3f38-4557-7ed3bc41c8ad",
        __createBeforeDelete: true,
      });
    }),
  );

  it(
    "keeps the name, the mark and the location of the inputs before",
    inWorld(async ({ native }) => {
      const olds = {
        resourceGroupName: "rg00000000",
        location: "northeurope",
        __createBeforeDelete: true,
      };
      const { inputs } = await native.check(
        types.resourceGroup,
        "rg",
        {},
        { olds, randomSeed: seed },
      );
      expect(inputs).to.deep.equal(olds);
    }),
  );

  it(
    "takes a name that is given as it is, unmarked",
    inWorld(async ({ native }) => {
      const { inputs } = await native.check(types.resourceGroup, "rg", {
        resourceGroupName: "mine",
      });
      expect(inputs).to.deep.equal({ resourceGroupName: "mine", location: "westeurope" });
    }),
  );

  it(
    "follows the user's naming configuration: proposed, enforced, disabled",
    inWorld(async ({ native }) => {
      const nameOf = async (
        mode: CheckRequest.AutonamingOptions.Mode,
        type: string,
        key: string,
        given = {},
      ) => {
        const more = { autonaming: autonaming(mode, "chosen"), randomSeed: seed };
        return (await native.check(type, "rg", given, more)).inputs[key];
      };
      const assignment = { scope, principalId: operators, roleDefinitionId: "/r" };
      const { PROPOSE, ENFORCE, DISABLE } = CheckRequest.AutonamingOptions.Mode;
      expect(await nameOf(PROPOSE, types.resourceGroup, "resourceGroupName")).to.equal("chosen");
      expect(
        await nameOf(PROPOSE, types.roleAssignment, "roleAssignmentName", assignment),
      ).to.match(/^1ec836c1-/);
      expect(
        await nameOf(ENFORCE, types.roleAssignment, "roleAssignmentName", assignment),
      ).to.equal("chosen");
      expect(await nameOf(DISABLE, types.resourceGroup, "resourceGroupName")).to.equal(undefined);
    }),
  );
});

describe("simulated azure-native: the location", () => {
  it(
    "comes from the resource group where none is configured",
    inWorld(
      async ({ native }) => {
        await native.create(types.resourceGroup, "rg", {
          resourceGroupName: groupName,
          location: "francecentral",
        });
        const given = { resourceGroupName: groupName, ...address };
        expect((await native.check(types.virtualNetwork, "v", given)).inputs.location).to.equal(
          "francecentral",
        );
      },
      { config: {} },
    ),
  );

  it(
    "is unknown while the resource group is",
    inWorld(
      async ({ native }) => {
        const given = { resourceGroupName: unknown, ...address };
        const { inputs, failures } = await native.check(types.virtualNetwork, "v", given);
        expect(inputs.location).to.equal(unknown);
        expect(failures).to.deep.equal([]);
      },
      { config: {} },
    ),
  );

  it(
    "is asked for with the line that sets it where nothing gives it",
    inWorld(
      async ({ native }) => {
        const { failures } = await native.check(types.resourceGroup, "rg", {});
        expect(failures).to.deep.equal([
          {
            property: "location",
            reason:
              "missing required property 'location'. Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'.",
          },
        ]);
      },
      { config: {} },
    ),
  );
});

describe("simulated azure-native: inputs that would not arrive", () => {
  const reasonsFor = async (type: string, given: object): Promise<Record<string, string>> => {
    let reasons: Record<string, string> = {};
    await inWorld(async ({ native }) => {
      const { failures } = await native.check(type, "x", { ...given });
      reasons = Object.fromEntries(failures.map((failure) => [failure.property, failure.reason]));
    })();
    return reasons;
  };
  const nsg = { resourceGroupName: groupName };

  it("fails for a property that Microsoft's client would drop, with its path", async () => {
    const rule = {
      name: "a",
      priority: 100,
      access: "Allow",
      direction: "Inbound",
      protocol: "Tcp",
      sourcePort: "*",
    };
    const reasons = await reasonsFor(types.securityGroup, { ...nsg, securityRules: [rule] });
    expect(Object.keys(reasons)).to.deep.equal(["securityRules[0].sourcePort"]);
    expect(reasons["securityRules[0].sourcePort"]).to.contain("Microsoft's client drops it");
    expect(
      await reasonsFor(types.virtualNetwork, { ...nsg, ...address, adressSpace: 1 }),
    ).to.have.keys("adressSpace");
  });

  it("fails for one that only Azure sets", async () => {
    const reasons = await reasonsFor(types.networkInterface, {
      ...nsg,
      virtualMachine: { id: "/vm" },
    });
    expect(reasons).to.have.keys("virtualMachine");
    expect(reasons.virtualMachine).to.contain("set by Azure alone");
    const vm = { ...nsg, osProfile: { computerName: "a" }, provisioningState: "Succeeded" };
    expect(await reasonsFor(types.virtualMachine, vm)).to.have.keys("provisioningState");
  });

  it("fails for a property of a body that no client carries", async () => {
    const setting = { resourceUri: scope, name: "d", logs: [{ enabled: true, group: "allLogs" }] };
    expect(await reasonsFor(types.diagnosticSetting, setting)).to.have.keys("logs[0].group");
    const rule = { ruleType: "RoleManagementPolicyExpirationRule", id: "x", enabledRules: [] };
    const policy = { scope, roleManagementPolicyName: "p", rules: [rule] };
    expect(await reasonsFor(types.policy, policy)).to.have.keys("rules[0].enabledRules");
  });

  it("fails for an eligibility's condition, which azure-native declares and does not send", async () => {
    const given = {
      scope,
      principalId: operators,
      roleDefinitionId: "/r",
      condition: "x",
      conditionVersion: "2.0",
    };
    expect(await reasonsFor(types.eligibility, given)).to.have.keys(
      "condition",
      "conditionVersion",
    );
  });

  it("fails for a value of the wrong kind and for what is missing, in azure-native's words", async () => {
    const reasons = await reasonsFor(types.subnet, {
      ...nsg,
      addressPrefix: 10,
      defaultOutboundAccess: "no",
    });
    expect(reasons).to.deep.equal({
      virtualNetworkName: "missing required property 'virtualNetworkName'",
      addressPrefix: "'addressPrefix' should be of type 'string' but got a number",
      defaultOutboundAccess: "'defaultOutboundAccess' should be of type 'boolean' but got a string",
    });
  });

  it("lets values pass that are not known yet", async () => {
    const given = {
      resourceGroupName: unknown,
      virtualNetworkName: unknown,
      addressPrefix: unknown,
      natGateway: unknown,
    };
    expect(await reasonsFor(types.subnet, given)).to.deep.equal({});
  });
});

describe("simulated azure-native: types", () => {
  const messageFor = (type: string) => async (): Promise<string> => {
    let message = "";
    await inWorld(async ({ native }) => {
      await deployGroup(native);
      message = await native.check(type, "x", {}).then(
        () => "",
        (error: unknown) => String(error),
      );
    })();
    return message;
  };

  it("refuses a token of another API version and says which to use", async () => {
    const message = await messageFor("azure-native:network/v20230901:Subnet")();
    expect(message).to.contain("use azure-native:network:Subnet");
  });

  it("refuses a type that is not simulated and lists those that are", async () => {
    const message = await messageFor("azure-native:sql:Server")();
    expect(message).to.contain("does not have this type").and.to.contain("network:BastionHost");
  });
});
