import { join } from "node:path";
import { expect } from "chai";
import { REPOSITORY, SandboxOptionsError, readOptions } from "../../../sandbox/options";

describe("the sandbox's environment variables", () => {
  it("default to one ignored folder, the stacks' own tenant, no faults and a virtual clock", () => {
    expect(readOptions({ SANDBOX_HOME: "", PATH: "/bin" }, "/here")).to.deep.equal({
      home: join(REPOSITORY, ".sandbox"),
      tenantFile: undefined,
      faultFile: undefined,
      timeScale: undefined,
      clock: "virtual",
    });
  });

  it("take paths from where the command was given", () => {
    const env = { SANDBOX_HOME: "mine", SANDBOX_TENANT: "/t.json", SANDBOX_FAULTS: "../f.json" };
    const { home, tenantFile, faultFile } = readOptions(env, "/here");
    expect([home, tenantFile, faultFile]).to.deep.equal(["/here/mine", "/t.json", "/f.json"]);
  });

  it("are refused all at once, each with the way out", () => {
    const env = { SANDBOX_CLOCK: "sundial", SANDBOX_TIME_SCALE: "-1", SANDBOX_TENNANT: "t.json" };
    expect(() => readOptions(env, "/here")).to.throw(
      SandboxOptionsError,
      [
        "sandbox: 3 problem(s)",
        "  - SANDBOX_TENNANT: not an option of the sandbox; use SANDBOX_HOME, SANDBOX_TENANT, SANDBOX_FAULTS, SANDBOX_TIME_SCALE, SANDBOX_CLOCK",
        '  - SANDBOX_CLOCK: "sundial" is not a clock; use "virtual" or "real"',
        '  - SANDBOX_TIME_SCALE: "-1" is not a number above zero; use 60 for a minute a second',
      ].join("\n"),
    );
  });
});
