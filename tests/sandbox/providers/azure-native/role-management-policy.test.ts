import { expect } from "chai";
import { asObjects, at, textAt, type JsonObject } from "../../../../sandbox/azure/json";
import { isValues, type Values } from "../../../../sandbox/providers/plugin/values";
import {
  deploy,
  deployGroup,
  groupId,
  inWorld,
  refusalOf,
  subscription,
  types,
  type World,
} from "../world";

const role = `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/fb879df8-f326-4884-b1cf-06f3ad86be52`;
const target = (caller: string, level: string): Values => ({
  caller,
  level,
  operations: ["All"],
  targetObjects: [],
  inheritableSettings: [],
  enforcedSettings: [],
});
const activation = (maximumDuration: string): Values => ({
  id: "Expiration_EndUser_Assignment",
  ruleType: "RoleManagementPolicyExpirationRule",
  isExpirationRequired: true,
  maximumDuration,
  target: target("EndUser", "Assignment"),
});
const eligibility: Values = {
  id: "Expiration_Admin_Eligibility",
  ruleType: "RoleManagementPolicyExpirationRule",
  isExpirationRequired: true,
  maximumDuration: "P30D",
  target: target("Admin", "Eligibility"),
};

async function readJson(world: World, path: string, filter = ""): Promise<JsonObject> {
  const response = await fetch(`${world.azure.url}${path}?api-version=2020-10-01${filter}`);
  return (await response.json()) as JsonObject;
}

/** Name and rules of the policy of the login role at the test's group, as Azure has them. */
async function policyOf(
  world: World,
): Promise<{ name: string; rules: JsonObject[]; assignment: string }> {
  const filter = `&$filter=${encodeURIComponent(`roleDefinitionId eq '${role}'`)}`;
  const list = await readJson(
    world,
    `${groupId}/providers/Microsoft.Authorization/roleManagementPolicyAssignments`,
    filter,
  );
  const [found] = asObjects(list.value);
  const id = textAt(found, "properties.policyId") ?? "";
  const rules = asObjects(at(await readJson(world, id), "properties.rules"));
  return { name: id.split("/").pop() ?? "", rules, assignment: textAt(found, "name") ?? "" };
}

const ruleOf = (rules: readonly JsonObject[], id: string): JsonObject | undefined =>
  rules.find((rule) => rule.id === id);

/** Runs a test with a group whose policy is known. */
const withPolicy = (
  test: (world: World, name: string, before: JsonObject[]) => Promise<void>,
): (() => Promise<void>) =>
  inWorld(async (world) => {
    await deployGroup(world.native);
    const { name, rules } = await policyOf(world);
    await test(world, name, rules);
  });

describe("simulated azure-native: role management policies (provider-traps 4.2)", () => {
  it(
    "changes the rules that the program names and leaves the others",
    withPolicy(async (world, name, before) => {
      await deploy(world.native, types.policy, "p", {
        scope: groupId,
        roleManagementPolicyName: name,
        rules: [activation("PT4H")],
      });
      const { rules } = await policyOf(world);
      expect(ruleOf(rules, "Expiration_EndUser_Assignment")?.maximumDuration).to.equal("PT4H");
      const others = (list: readonly JsonObject[]): JsonObject[] =>
        list.filter((rule) => rule.id !== "Expiration_EndUser_Assignment");
      expect(others(rules)).to.deep.equal(others(before));
    }),
  );

  it(
    "sends its own rules alone, by PATCH",
    withPolicy(async (world, name) => {
      await deploy(world.native, types.policy, "p", {
        scope: groupId,
        roleManagementPolicyName: name,
        rules: [activation("PT4H")],
      });
      const sent = world.azure.store.journal().filter((entry) => entry.id.endsWith(name));
      expect(sent.map((entry) => entry.method)).to.deep.equal(["PATCH"]);
      expect(sent[0]?.request).to.deep.equal({ properties: { rules: [activation("PT4H")] } });
    }),
  );

  it(
    "keeps the policy as it was in the state, as a secret",
    withPolicy(async (world, name, before) => {
      const policy = await deploy(world.native, types.policy, "p", {
        scope: groupId,
        roleManagementPolicyName: name,
        rules: [activation("PT4H")],
      });
      const kept = policy.state.__orig_state;
      const marked = isValues(kept) ? kept : {};
      expect(marked["4dabf18193072939515e22adb298388d"]).to.equal(
        "1b47061264138c4ac30d75fd1eb44270",
      );
      const rules = asObjects(at(marked, "value.properties.rules"));
      const first = ruleOf(before, "Expiration_EndUser_Assignment")?.maximumDuration;
      expect(first).to.not.equal("PT4H");
      expect(ruleOf(rules, "Expiration_EndUser_Assignment")?.maximumDuration).to.equal(first);
      const read = await world.native.read(types.policy, "p", policy.id, policy);
      expect(read.state.__orig_state).to.deep.equal(kept);
      expect(read.inputs).to.deep.equal(policy.inputs);
    }),
  );

  it(
    "puts a rule that the program no longer names back to what it was first",
    withPolicy(async (world, name, before) => {
      const policy = await deploy(world.native, types.policy, "p", {
        scope: groupId,
        roleManagementPolicyName: name,
        rules: [activation("PT4H"), eligibility],
      });
      await world.native.update(types.policy, "p", policy, {
        ...policy.inputs,
        rules: [activation("PT2H")],
      });
      const { rules } = await policyOf(world);
      expect(ruleOf(rules, "Expiration_EndUser_Assignment")?.maximumDuration).to.equal("PT2H");
      const own = ruleOf(rules, "Expiration_Admin_Eligibility");
      expect(own?.maximumDuration).to.equal(
        ruleOf(before, "Expiration_Admin_Eligibility")?.maximumDuration,
      );
    }),
  );

  it(
    "undoes a portal's edit of a rule that it does not manage, at its next update",
    withPolicy(async (world, name, before) => {
      const policy = await deploy(world.native, types.policy, "p", {
        scope: groupId,
        roleManagementPolicyName: name,
        rules: [activation("PT4H")],
      });
      await fetch(`${world.azure.url}${policy.id}?api-version=2020-10-01`, {
        method: "PATCH",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ properties: { rules: [eligibility] } }),
      });
      expect(
        ruleOf((await policyOf(world)).rules, "Expiration_Admin_Eligibility")?.maximumDuration,
      ).to.equal("P30D");
      await world.native.update(types.policy, "p", policy, {
        ...policy.inputs,
        rules: [activation("PT3H")],
      });
      const now = ruleOf((await policyOf(world)).rules, "Expiration_Admin_Eligibility");
      expect(now?.maximumDuration).to.equal(
        ruleOf(before, "Expiration_Admin_Eligibility")?.maximumDuration,
      );
    }),
  );

  it(
    "restores the whole policy when it is removed, and nothing where it was imported",
    withPolicy(async (world, name, before) => {
      const policy = await deploy(world.native, types.policy, "p", {
        scope: groupId,
        roleManagementPolicyName: name,
        rules: [activation("PT4H"), eligibility],
      });
      const imported = await world.native.read(types.policy, "p", policy.id);
      await world.native.delete(types.policy, "p", policy.id, imported.state);
      expect(
        ruleOf((await policyOf(world)).rules, "Expiration_EndUser_Assignment")?.maximumDuration,
      ).to.equal("PT4H");
      await world.native.delete(types.policy, "p", policy.id, policy.state);
      const { rules } = await policyOf(world);
      expect(rules).to.deep.equal(before);
    }),
  );

  it(
    "fails for a name that the scope does not have, as an auto-named one is",
    withPolicy(async (world) => {
      const create = deploy(world.native, types.policy, "p", {
        scope: groupId,
        rules: [activation("PT4H")],
      });
      expect(await refusalOf(create)).to.contain("Status=404");
    }),
  );

  it(
    "replaces on another name and updates on other rules",
    withPolicy(async (world, name) => {
      const inputs = {
        scope: groupId,
        roleManagementPolicyName: name,
        rules: [activation("PT4H")],
      };
      const renamed = await world.native.diff(
        types.policy,
        "p",
        { inputs },
        { ...inputs, roleManagementPolicyName: "other" },
      );
      expect(renamed).to.deep.include({
        replaces: ["roleManagementPolicyName"],
        deleteBeforeReplace: true,
      });
      const changed = await world.native.diff(
        types.policy,
        "p",
        { inputs },
        { ...inputs, rules: [activation("PT2H")] },
      );
      expect(changed.detail).to.deep.equal({ "rules[0].maximumDuration": "UPDATE" });
    }),
  );

  it(
    "cannot create the assignment of a policy, which Azure makes; it reads it",
    withPolicy(async (world) => {
      const { assignment, name } = await policyOf(world);
      const args = { scope: groupId, roleManagementPolicyAssignmentName: assignment };
      expect(await refusalOf(world.native.create(types.policyAssignment, "a", args))).to.contain(
        "cannot create already existing resource",
      );
      const found = await world.native.invoke(
        "azure-native:authorization:getRoleManagementPolicyAssignment",
        args,
      );
      expect(found.policyId).to.match(new RegExp(`/roleManagementPolicies/${name}$`));
      expect(found.name).to.equal(assignment);
    }),
  );
});
