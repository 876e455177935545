import { expect } from "chai";
import { type BastionSku, SecureJumpAccess } from "../../sdk";
import { type Engine, openEngine, type Program } from "../support/engine";
import { smallest } from "../support/environment";

const withSku =
  (sku: BastionSku): Program =>
  () => {
    new SecureJumpAccess("jump", { ...smallest(), bastion: { sku } });
    return undefined;
  };

describe("a Bastion host whose SKU goes down", () => {
  let engine: Engine;
  beforeEach(async () => {
    engine = await openEngine();
  });
  afterEach(() => engine.close());

  it("is stopped at preview, before Azure is asked, with the line that does it; and the line does it", async () => {
    const stack = await engine.inline({ program: withSku("Premium") });
    await stack.up();
    const asked = engine.journal().length;
    const lines = new Set<string>();
    for (const run of ["preview", "up"] as const) {
      const down = await stack[run]({ program: withSku("Standard"), mayFail: true });
      const text = down.errors.join("\n");
      expect(down.ok, run).to.equal(false);
      expect(text, run).to.contain("the SKU goes down from Premium to Standard");
      lines.add(/^ {2}pulumi up (--replace '\S+')$/m.exec(text)?.[1] ?? "");
    }
    const writes = engine.journal().slice(asked);
    expect(writes.map(({ method, id }) => `${method} ${id}`)).to.deep.equal([]);

    const [line = ""] = lines;
    expect(lines.size).to.equal(1);
    const [flag = "", urn = ""] = line.replace(/'/g, "").split(" ");
    const up = await stack.up({ flags: [flag, urn] });
    const replaced = up.changes.filter(({ op }) => op === "create-replacement");
    expect(replaced.map(({ name }) => name).sort()).to.deep.equal([
      "jump-bastion-host",
      "jump-bastion-reader-admins",
      "jump-bastion-reader-operators",
    ]);
    expect(up.warnings).to.deep.equal([]);
    expect((await stack.preview()).changes).to.deep.equal([]);
  });

  it("goes up again in place, and is destroyed without the program", async () => {
    const stack = await engine.inline({ program: withSku("Standard") });
    await stack.up();
    const up = await stack.up({ program: withSku("Premium") });
    expect(up.changes.map(({ op, name }) => `${op} ${name}`)).to.deep.equal([
      "update jump-bastion-host",
    ]);
    await engine.restart(); // five simulated minutes: Azure removes no younger eligibility
    await stack.destroy({ program: () => Promise.reject(new Error("the program ran")) });
    expect(stack.state().resources).to.deep.equal([]);
  });

  it("is stopped on the command line too", async () => {
    const dev = async (...args: string[]) => await engine.run(...args, "--stack", "dev");
    await dev("config", "set", "--path", "bastion.sku", "Premium");
    const up = await dev("up", "--yes", "--skip-preview");
    expect(up.code, up.stdout).to.equal(0);
    await dev("config", "set", "--path", "bastion.sku", "Standard");
    const preview = await dev("preview");
    expect(preview.code).to.not.equal(0);
    expect(preview.stdout).to.match(/^ +pulumi up --replace '\S+::jump-bastion-host'$/m);
  });
});
