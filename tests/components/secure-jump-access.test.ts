import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { SecureJumpAccess, type SecureJumpAccessArgs } from "../../sdk";
import { GROUPS, largest, smallest } from "../support/environment";
import { record, type Recording, valueOf } from "../support/recorder";
import { refusalOf } from "../support/refusal";

function environmentOf(
  args: SecureJumpAccessArgs = smallest(),
  name = "jump",
): Promise<Recording<SecureJumpAccess>> {
  return record(() => new SecureJumpAccess(name, args));
}

/** Names of everything a registration waits for, through any number of steps and through parents. */
function waitsFor(
  recording: Recording<unknown>,
  name: string,
  seen = new Set<string>(),
): Set<string> {
  for (const registration of recording.registrations.filter((r) => r.name === name)) {
    const direct = [
      ...registration.dependsOn,
      ...Object.values(registration.propertyDependencies).flat(),
      registration.parent,
    ];
    for (const next of direct) {
      if (seen.has(next)) continue;
      seen.add(next);
      waitsFor(recording, next, seen);
    }
  }
  return seen;
}

describe("SecureJumpAccess", () => {
  it("wires the six parts of the smallest environment, each once for what it serves", async () => {
    const { registrations } = await environmentOf();
    const components = registrations.filter(({ custom }) => !custom);
    expect(
      components.map(({ type, name, parent }) => [type.split(":").pop(), name, parent]),
    ).to.have.deep.members([
      ["SecureJumpAccess", "jump", "project-stack"],
      ["CaPolicy", "jump-sign-in", "jump"],
      ["HubNetwork", "jump-hub", "jump"],
      ["SpokeWorkload", "jump-app", "jump"],
      ["BastionHost", "jump-bastion", "jump"],
      ["EntraLoginExtension", "jump-app-web-login", "jump"],
      ["EntraLoginExtension", "jump-app-db-login", "jump"],
      ["PimEligibility", "jump-app-dev-westeurope", "jump"],
    ]);
  });

  for (const [scenario, args] of [
    ["the smallest", smallest],
    ["the largest", largest],
  ] as const) {
    it(`parents everything of ${scenario} environment to a component, without the provider's aliases`, async () => {
      const { registrations } = await environmentOf(args());
      const components = registrations.filter(({ custom }) => !custom).map(({ name }) => name);
      for (const { name, parent, custom, aliases } of registrations) {
        if (custom) expect(components, `parent of ${name}`).to.include(parent);
        expect(aliases, `aliases of ${name}`).to.equal(0);
      }
    });

    it(`builds ${scenario} environment under any name, with no name of a child fixed`, async () => {
      const names = async (name: string): Promise<string[]> => {
        const { registrations } = await environmentOf(args(), name);
        return registrations.map((r) => r.name.replaceAll(name, "*")).sort();
      };
      expect(await names("alpha")).to.deep.equal(await names("omega"));
    });
  }

  it("makes nobody eligible before the spoke is closed and the policy exists", async () => {
    const recording = await environmentOf();
    for (const schedule of recording.all("PimRoleEligibilitySchedule")) {
      const before = waitsFor(recording, schedule.name);
      expect([...before]).to.include.members([
        "jump-sign-in-policy",
        "jump-hub-bastion-subnet",
        "jump-app-nsg",
        "jump-app-subnet",
        "jump-app-from-hub",
      ]);
    }
  });

  it("lets the policy stand before, and fall after, everything it guards", async () => {
    const recording = await environmentOf();
    for (const { name, type } of recording.registrations.filter(({ custom }) => custom)) {
      if (type.startsWith("azuread:")) continue;
      expect([...waitsFor(recording, name)], name).to.include("jump-sign-in-policy");
    }
  });

  it("chains the writes to the hub's network, because Azure takes one at a time", async () => {
    const recording = await environmentOf(largest());
    expect([...waitsFor(recording, "jump-data-from-hub")]).to.include("jump-app-from-hub");
    expect([...waitsFor(recording, "jump-lab-from-hub")]).to.include("jump-data-from-hub");
    expect([...waitsFor(recording, "jump-bastion-host")]).to.include("jump-lab-from-hub");
  });

  it("gives one standing role, Reader on the Bastion host, to each access group", async () => {
    const { all } = await environmentOf(largest());
    const roles = all("RoleAssignment");
    expect(roles.map(({ name, inputs }) => [name, inputs.principalId])).to.have.deep.members([
      ["jump-bastion-reader-admins", GROUPS.admins],
      ["jump-bastion-reader-operators", GROUPS.operators],
    ]);
    for (const { inputs, propertyDependencies } of roles) {
      expect(inputs.principalType).to.equal("Group");
      expect(String(inputs.roleDefinitionId)).to.match(/\/acdd72a7-3385-48ef-bd42-f606fba81ae7$/);
      expect(propertyDependencies.scope).to.deep.equal(["jump-bastion-host"]);
      expect(inputs.roleAssignmentName).to.match(/^[0-9a-f-]{36}$/);
    }
  });

  it("gives no secret away in what the components say of themselves", async () => {
    const { registrations } = await environmentOf(largest());
    const said = registrations
      .filter(({ custom }) => !custom)
      .map(({ raw }) => JSON.stringify(raw));
    expect(said.filter((text) => text.includes("signInPorts"))).to.have.length(3);
    expect(said.filter((text) => text.includes("Held-by-somebody-1!"))).to.deep.equal([]);
  });

  it("takes the spoke's own access in place of the environment's", async () => {
    const { all } = await environmentOf(largest());
    expect(all("PimRoleEligibilitySchedule").map(({ name }) => name)).to.have.members([
      "jump-app-max-westeurope-users-operators",
      "jump-app-max-westeurope-administrators-admins",
      "jump-data-max-westeurope-administrators-admins",
      "jump-data-max-westeurope-administrators-operators",
      "jump-lab-max-westeurope-users-operators",
      "jump-lab-max-westeurope-administrators-admins",
    ]);
  });

  it("prints for each VM the command that works for its system, and no other", async () => {
    const { result } = await environmentOf();
    const connect = await valueOf(result.connect);
    expect(connect["app/web"]?.ssh).to.match(
      /^az network bastion ssh --name bas-jump-dev --resource-group rg-jump-dev-hub --target-resource-id \/subscriptions\/.*vm-jump-dev-app-web --auth-type AAD$/,
    );
    expect(connect["app/web"]).to.have.property("tunnel");
    expect(connect["app/web"]).to.not.have.property("rdp");
    expect(connect["app/db"]?.rdp).to.match(/^az network bastion rdp .* --enable-mfa$/);
    expect(connect["app/db"]).to.not.have.any.keys("ssh", "tunnel");
    expect(connect["app/db"]?.from).to.match(/^Windows/);
  });

  it("sends people to the portal where the host has no native client", async () => {
    const { result } = await environmentOf({ ...smallest(), bastion: { sku: "Basic" } });
    expect(await valueOf(result.connect)).to.have.deep.nested.property(
      "app/web.from",
      "a browser; the host has no native client",
    );
  });

  it("connects to a VM's own port where it has one", async () => {
    const { result } = await environmentOf(largest());
    expect((await valueOf(result.connect))["data/jump"]?.ssh).to.contain("--resource-port 2222");
  });

  it("shows every credential that somebody holds as a way round", async () => {
    const { result } = await environmentOf(largest());
    expect(result.waysRound).to.deep.equal([
      "data/sql: a password of the local account (cluster service)",
    ]);
    expect((await environmentOf()).result.waysRound).to.deep.equal([]);
  });

  it("moves nothing of one spoke when another is added before it", async () => {
    const inputs = async (args: SecureJumpAccessArgs): Promise<unknown> => {
      const { registrations } = await environmentOf(args);
      return registrations
        .filter(({ name, custom }) => custom && name.startsWith("jump-app"))
        .map(({ name, inputs: { osProfile, ...rest } }) => [name, rest, osProfile === undefined])
        .sort();
    };
    const { spokes } = smallest();
    const more = {
      ...smallest(),
      spokes: {
        aaa: { addressSpace: "10.30.0.0/24", vms: { one: { os: "linux" as const } } },
        ...spokes,
      },
    };
    expect(await inputs(more)).to.deep.equal(await inputs(smallest()));
  });

  it("shows every problem of the whole tree at once, and registers nothing", async () => {
    const { problems, registered } = await refusalOf(
      () =>
        new SecureJumpAccess("jump", {
          ...smallest(),
          location: "West Europe",
          subscriptionId: "prod",
          hub: { addressSpace: "10.20.0.0/16" },
          bastion: { sku: "Developer" },
          spokes: {
            app: {
              addressSpace: "10.20.0.0/24",
              vms: {
                web: { os: "linux", managementPort: 2222 },
                db: { os: "windows", name: "same" },
              },
            },
            Data: {
              addressSpace: "10.20.0.128/25",
              vms: { db: { os: "windows", name: "SAME" } },
              access: {},
            },
          },
          access: {
            users: { groups: { operators: GROUPS.operators } },
            administrators: { groups: { operators: GROUPS.admins } },
          },
          signIn: {
            breakGlass: { groupId: GROUPS.operators, reason: "" },
            stage: "enforced",
          },
        }),
    );
    expect(problems.map((problem) => problem.split(";")[0])).to.deep.equal([
      'location: "West Europe" is no region',
      'subscriptionId: "prod" is no subscription id',
      'signIn.breakGlass.reason: "" says nothing',
      "signIn.acknowledgeLockout: missing",
      'spokes.Data: "Data" becomes part of Azure names',
      "spokes.Data.access: names no role",
      'spokes.app.addressSpace: "10.20.0.0/24" overlaps hub.addressSpace "10.20.0.0/16"',
      'spokes.Data.addressSpace: "10.20.0.128/25" overlaps hub.addressSpace "10.20.0.0/16"',
      'spokes.Data.addressSpace: "10.20.0.128/25" overlaps spokes.app.addressSpace "10.20.0.0/24"',
      'spokes.Data.vms.db.name: "SAME" is the name of spokes.app.vms.db too',
      `access.users.groups.operators: "${GROUPS.operators}" is signIn.breakGlass.groupId too`,
      `access.administrators.groups.operators: "operators" stands for "${GROUPS.operators}" at access.users.groups.operators`,
      'bastion.sku: "Developer" reaches no peered network, and VMs stand in spokes',
      'spokes.app.vms.web.managementPort: SKU "Developer" connects to 22 and 3389 only',
    ]);
    expect(registered).to.deep.equal([]);
  });

  it("makes no policy and no eligibility when ids that come late turn out to be one group", async () => {
    const late = (id: string): pulumi.Output<string> => pulumi.output(Promise.resolve(id));
    let failed: unknown;
    try {
      await environmentOf({
        ...smallest(),
        access: { users: { groups: { operators: late(GROUPS.emergency) } } },
        signIn: { breakGlass: { groupId: late(GROUPS.emergency), reason: "tenant recovery" } },
      });
    } catch (error) {
      failed = error;
    }
    expect(String(failed)).to.match(
      /access\.users\.groups\.operators: .* is signIn\.breakGlass\.groupId too/,
    );
  });

  it("takes ids that come late, and sends them where they belong", async () => {
    const { one } = await environmentOf({
      ...smallest(),
      access: { users: { groups: { operators: pulumi.output(GROUPS.operators) } } },
    });
    expect(one("PimRoleEligibilitySchedule").inputs.principalId).to.equal(GROUPS.operators);
  });
});
