import { execFileSync } from "node:child_process";
import { expect } from "chai";
import { REPOSITORY } from "../../sandbox/options";
import { type Engine, openEngine } from "../support/engine";
import { violations } from "../support/order-promise";
import { difference, standing } from "../support/simulated-state";

/** The project's own program and stack files, through the real CLI. */
describe("the stacks of this repository", () => {
  let engine: Engine;
  beforeEach(async () => {
    engine = await openEngine();
  });
  afterEach(() => engine.close());

  for (const name of ["dev", "prod"]) {
    it(`${name} comes up, stays as it is, is refreshed without a change, and goes`, async () => {
      const before = standing(engine);
      const run = async (...args: string[]) => {
        const outcome = await engine.run(...args, "--stack", name);
        expect(outcome.code, outcome.stdout + outcome.stderr).to.equal(0);
        return outcome;
      };
      const tracked = execFileSync("git", ["status", "--porcelain", "stacks", "Pulumi.yaml"], {
        cwd: REPOSITORY,
        encoding: "utf8",
      });
      const up = await run("up", "--yes");
      expect(up.outputs).to.include.keys("connect", "activate", "bastion", "virtualMachines");
      await run("preview", "--expect-no-changes");
      await run("refresh", "--yes", "--expect-no-changes");
      await engine.restart(); // five simulated minutes
      await run("destroy", "--yes");
      expect(difference(before, standing(engine))).to.deep.equal({ more: [], gone: [] });
      expect(violations(engine.journal())).to.deep.equal([]);
      expect(
        execFileSync("git", ["status", "--porcelain", "stacks", "Pulumi.yaml"], {
          cwd: REPOSITORY,
          encoding: "utf8",
        }),
      ).to.equal(tracked);
    });
  }

  it("say which configuration key is wrong, what it holds, and the line that mends it", async () => {
    await engine.run("config", "set", "subscriptionId", "production", "--stack", "dev");
    await engine.run(
      "config",
      "set",
      "--path",
      "spokes.app.vms.web.os",
      "solaris",
      "--stack",
      "dev",
    );
    const failed = await engine.run("preview", "--stack", "dev");
    expect(failed.code).to.not.equal(0);
    const text = failed.stdout + failed.stderr;
    expect(text).to.contain('configuration of stack "dev": 2 problems');
    expect(text).to.contain(
      'subscriptionId: "production" is not a subscription id (GUID); it holds subscription that holds the environment; run `pulumi config set subscriptionId',
    );
    expect(text).to.contain(
      "spokes.app.vms.web.os: \"solaris\" is not one of linux, windows; run `pulumi config set --path 'spokes.app.vms.web.os' <value>`",
    );
    expect(text).to.not.match(/\n\s+at .*config/);
  });
});
