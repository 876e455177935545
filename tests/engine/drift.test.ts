import { expect } from "chai";
import { SecureJumpAccess } from "../../sdk";
import { launch } from "../sandbox/launcher/launch";
import { homeLike, type OwnHome } from "../support/copied-home";
import { type Engine, type InlineStack, openEngine } from "../support/engine";
import { smallest, SUBSCRIPTION } from "../support/environment";

/** Something changed behind Pulumi's back, and what the engine makes of it. */
interface Drift {
  readonly what: string;
  /** Words after `npm run -s sandbox -- azure set`; `find` gives the id of what stands there. */
  readonly set: (find: (pattern: RegExp) => string) => readonly string[];
  /** What `pulumi refresh` reports: operation, logical name, and the inputs that differ. */
  readonly reports: readonly string[];
  /** What `pulumi up` then puts back. */
  readonly putsBack: readonly string[];
}

const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-jump-dev-app`;
const ADMINISTRATOR_LOGIN = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/1c0163c0-47e6-4577-8991-ea5c82e286e4`;
/** Somebody of the simulated tenant who is in no group. */
const UMA = "44444444-0000-4000-8000-000000000051";

const DRIFTS: readonly Drift[] = [
  {
    what: "a rule that was opened shows as that rule of the security group",
    set: (find) => [
      find(/securityRules\/AllowBastionInbound$/),
      "properties.sourceAddressPrefix=Internet",
    ],
    reports: ["update jump-app-nsg securityRules[0].sourceAddressPrefix"],
    putsBack: ["update jump-app-nsg"],
  },
  {
    what: "a policy that was disabled shows as its state",
    set: (find) => {
      const id =
        find(/conditionalAccessPolicies/i)
          .split("/")
          .at(-1) ?? "";
      const path = `/graph/v1.0/identity/conditionalAccess/policies/${id}`;
      return ["PATCH", path, '{"state": "disabled"}'];
    },
    reports: ["update jump-sign-in-policy state"],
    putsBack: ["update jump-sign-in-policy"],
  },
  {
    what: "a role that somebody was given shows nowhere: it is in no state",
    set: () => [
      "PUT",
      `${GROUP}/providers/Microsoft.Authorization/roleAssignments/99999999-0000-4000-8000-000000000009`,
      JSON.stringify({
        properties: {
          roleDefinitionId: ADMINISTRATOR_LOGIN,
          principalId: UMA,
          principalType: "User",
        },
      }),
    ],
    reports: [],
    putsBack: [],
  },
  {
    what: "a VM that was stopped shows nowhere: whether it runs is no property of a VM",
    set: (find) => ["stop", find(/virtualMachines\/vm-jump-dev-app-web$/)],
    reports: [],
    putsBack: [],
  },
];

describe("drift, made by azure set behind Pulumi's back and found by refresh:", () => {
  let base: OwnHome;
  let home: OwnHome;
  let engine: Engine;
  const program = () => {
    new SecureJumpAccess("jump", smallest());
    return undefined;
  };
  before(async () => {
    base = homeLike();
    const first = await openEngine({ home: base.path });
    await (await first.inline({ program })).up();
    await first.close();
  });
  after(() => {
    base.remove();
  });
  beforeEach(async () => {
    home = homeLike(base.path);
    engine = await openEngine({ home: home.path });
  });
  afterEach(async () => {
    await engine.close();
    home.remove();
  });

  const find = (pattern: RegExp): string => {
    const found = engine.sandbox.azure.store.all().filter(({ id }) => pattern.test(id));
    expect(found, String(pattern)).to.have.length(1);
    return found[0]?.id ?? "";
  };

  /** `npm run -s sandbox -- azure set ...`, for which nothing else may hold the folder. */
  const set = async (...words: readonly string[]): Promise<void> => {
    await engine.close();
    const env = { ...process.env, SANDBOX_HOME: home.path };
    const { code, stderr } = await launch(["azure", "set", ...words], env).ended;
    expect(code, stderr).to.equal(0);
    engine = await openEngine({ home: home.path });
  };

  const refreshed = async (stack: InlineStack): Promise<string[]> =>
    (await stack.refresh()).changes.map(({ op, name, detailedDiff }) =>
      [op, name, ...Object.keys(detailedDiff)].join(" "),
    );

  for (const drift of DRIFTS) {
    it(drift.what, async () => {
      await set(...drift.set(find));
      const stack = await engine.inline({ program });
      expect(await refreshed(stack)).to.deep.equal(drift.reports);
      const up = await stack.up();
      expect(up.changes.map(({ op, name }) => `${op} ${name}`)).to.deep.equal(drift.putsBack);
      expect(await refreshed(stack)).to.deep.equal([]);
    });
  }

  it("a peering that was deleted shows as gone, and comes back once its other half is deleted too", async () => {
    await set("delete", find(/virtualNetworkPeerings\/peer-to-hub$/));
    const stack = await engine.inline({ program });
    expect(await refreshed(stack)).to.deep.equal(["delete jump-app-to-hub"]);
    const up = await stack.up({ mayFail: true });
    expect(up.failures["jump-app-to-hub"]).to.contain("RemotePeeringIsDisconnected");

    await set("delete", find(/virtualNetworkPeerings\/peer-to-jump-dev-app$/));
    const again = await engine.inline({ program });
    expect(await refreshed(again)).to.deep.equal(["delete jump-app-from-hub"]);
    expect((await again.up()).changes.map(({ op, name }) => `${op} ${name}`)).to.deep.equal([
      "create jump-app-to-hub",
      "create jump-app-from-hub",
    ]);
    expect(await refreshed(again)).to.deep.equal([]);
  });
});
