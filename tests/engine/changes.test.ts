import { expect } from "chai";
import { SecureJumpAccess, type SecureJumpAccessArgs } from "../../sdk";
import { type Engine, type InlineStack, openEngine } from "../support/engine";
import { GROUPS, smallest } from "../support/environment";

/** One input changed, and everything that the engine may do about it: operation and logical name. */
interface Change {
  readonly what: string;
  readonly args: () => SecureJumpAccessArgs;
  readonly steps: readonly string[];
}

const app = (more: Partial<SecureJumpAccessArgs["spokes"][string]>): SecureJumpAccessArgs => ({
  ...smallest(),
  spokes: { app: { ...smallest().spokes.app!, ...more } },
});

const vms = smallest().spokes.app!.vms;

const CHANGES: readonly Change[] = [
  {
    what: "a larger VM is an update of that VM",
    args: () => app({ vms: { ...vms, web: { os: "linux", size: "Standard_D4s_v5" } } }),
    steps: ["update jump-app-web-vm"],
  },
  {
    what: "another image replaces that VM and its extension, and leaves its NIC and the other VM alone",
    args: () =>
      app({
        vms: {
          ...vms,
          web: {
            os: "linux",
            image: {
              publisher: "Canonical",
              offer: "0001-com-ubuntu-server-jammy",
              sku: "22_04-lts-gen2",
            },
          },
        },
      }),
    steps: [
      "delete-replaced jump-app-web-login-extension",
      "delete-replaced jump-app-web-vm",
      "replace jump-app-web-vm",
      "create-replacement jump-app-web-vm",
      "replace jump-app-web-login-extension",
      "create-replacement jump-app-web-login-extension",
    ],
  },
  {
    what: "workload traffic is an update of the spoke's security group",
    args: () =>
      app({ allowInbound: { https: { from: ["10.40.0.0/16"], ports: [443], reason: "publish" } } }),
    steps: ["update jump-app-nsg"],
  },
  {
    what: "one more VM is that VM and nothing else",
    args: () => app({ vms: { ...vms, more: { os: "linux" } } }),
    steps: [
      "create jump-app-more-login",
      "create jump-app-more-nic",
      "create jump-app-more-vm",
      "create jump-app-more-login-extension",
    ],
  },
  {
    what: "a higher SKU and more scale units are an update of the host",
    args: () => ({ ...smallest(), bastion: { sku: "Premium", scaleUnits: 4 } }),
    steps: ["update jump-bastion-host"],
  },
  {
    what: "other zones replace the host and its address, the host first, with the roles on it",
    args: () => ({ ...smallest(), bastion: { zones: ["1", "2"] } }),
    steps: [
      "delete-replaced jump-bastion-reader-admins",
      "delete-replaced jump-bastion-reader-operators",
      "delete-replaced jump-bastion-host",
      "delete-replaced jump-bastion-address",
      "replace jump-bastion-address",
      "create-replacement jump-bastion-address",
      "replace jump-bastion-host",
      "create-replacement jump-bastion-host",
      "replace jump-bastion-reader-admins",
      "create-replacement jump-bastion-reader-admins",
      "replace jump-bastion-reader-operators",
      "create-replacement jump-bastion-reader-operators",
    ],
  },
  {
    what: "a shorter activation is an update of that role's policy",
    args: () => ({
      ...smallest(),
      access: {
        ...smallest().access,
        users: { groups: { operators: GROUPS.operators }, activation: { maxHours: 2 } },
      },
    }),
    steps: ["update jump-app-dev-westeurope-users-policy"],
  },
  {
    what: "a shorter eligibility replaces the schedule, the old one first, and updates its policy",
    args: () => ({
      ...smallest(),
      access: {
        ...smallest().access,
        users: { groups: { operators: GROUPS.operators }, eligibility: { days: 30 } },
      },
    }),
    steps: [
      "update jump-app-dev-westeurope-users-policy",
      "delete-replaced jump-app-dev-westeurope-users-operators",
      "replace jump-app-dev-westeurope-users-operators",
      "create-replacement jump-app-dev-westeurope-users-operators",
    ],
  },
  {
    what: "enforcement is an update of the policy",
    args: () => ({
      ...smallest(),
      signIn: {
        ...smallest().signIn,
        stage: "enforced",
        acknowledgeLockout: { reason: "every operator has two keys" },
      },
    }),
    steps: ["update jump-sign-in-policy"],
  },
];

/** Order within one kind of step does not matter; that every deletion precedes its creation does. */
function sorted(steps: readonly string[]): string[] {
  return [...steps].sort();
}

describe("a change of one input", () => {
  let engine: Engine;
  let stack: InlineStack;
  const program = (args: SecureJumpAccessArgs) => () => {
    new SecureJumpAccess("jump", args);
    return undefined;
  };
  beforeEach(async () => {
    engine = await openEngine();
    stack = await engine.inline({ program: program(smallest()) });
    await stack.up();
    await engine.restart(); // five simulated minutes: Azure removes no younger eligibility
  });
  afterEach(() => engine.close());

  for (const { what, args, steps } of CHANGES) {
    it(`${what}; then nothing more is to do`, async () => {
      const up = await stack.up({ program: program(args()) });
      const done = up.changes.map(({ op, name }) => `${op} ${name}`);
      expect(sorted(done)).to.deep.equal(sorted(steps));
      for (const step of steps.filter((s) => s.startsWith("create-replacement "))) {
        const name = step.split(" ")[1] ?? "";
        expect(done.indexOf(`delete-replaced ${name}`), name).to.be.lessThan(done.indexOf(step));
      }
      expect((await stack.preview()).changes).to.deep.equal([]);
      expect((await stack.refresh()).changes).to.deep.equal([]);
    });
  }
});
