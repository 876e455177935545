import { expect } from "chai";
import * as fc from "fast-check";
import { makesStack, readArguments } from "../../../sandbox/arguments";

const read = (...args: string[]): ReturnType<typeof readArguments> => readArguments(args, "/here");

describe("a pulumi command line", () => {
  it("keeps every argument that is neither a folder nor a path, in its order", () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9:=.]{0,8}$/);
    const flag = fc.constantFrom(
      "--yes",
      "--json",
      "-y",
      "--diff",
      "--skip-preview",
      "--refresh=true",
      "--target=urn",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, flag), { maxLength: 8 }), (args) => {
        expect(read(...args).passed).to.deep.equal(args);
      }),
    );
  });

  it("takes the program's folder out, in each way of writing it, before or after the verb", () => {
    for (const args of [
      ["--cwd", "program", "up"],
      ["--cwd=program", "up"],
      ["up", "-C", "program"],
    ]) {
      const { cwd, passed, verb } = read(...args);
      expect({ cwd, passed, verb }, args.join(" ")).to.deep.equal({
        cwd: "/here/program",
        passed: ["up"],
        verb: ["up"],
      });
    }
  });

  it("finds the verb behind flags with a value, and spells aliases out", () => {
    expect(read("--color", "never", "stack", "--stack", "prod", "ls").verb).to.deep.equal([
      "stack",
      "list",
    ]);
    expect(read("stack", "new", "x").verb).to.deep.equal(["stack", "init"]);
    expect(read("pre", "--json").verb).to.deep.equal(["preview"]);
    expect(read("update", "-y").verb).to.deep.equal(["up"]);
    expect(read("--version").verb).to.deep.equal([]);
  });

  it("knows the stack without organization and project, in each way of writing it", () => {
    expect(read("up", "--stack", "prod").stack).to.equal("prod");
    expect(read("up", "--stack=organization/secure-jump-access/prod").stack).to.equal("prod");
    expect(read("-s", "prod", "up").stack).to.equal("prod");
    expect(read("stack", "select", "prod").stack).to.equal("prod");
    expect(read("up").stack).to.equal(undefined);
  });

  it("makes paths absolute, from the program's folder where one is given, as pulumi would", () => {
    expect(
      read("up", "--policy-pack", "policy/pack,other", "--save-plan=plan.json").passed,
    ).to.deep.equal([
      "up",
      "--policy-pack=/here/policy/pack,/here/other",
      "--save-plan=/here/plan.json",
    ]);
    expect(read("--cwd", "/there", "stack", "export", "--file", "state.json").passed).to.deep.equal(
      ["stack", "export", "--file=/there/state.json"],
    );
    expect(read("import", "-f", "list.json").passed).to.deep.equal([
      "import",
      "-f",
      "/here/list.json",
    ]);
    expect(read("stack", "graph", "out.dot").passed).to.deep.equal([
      "stack",
      "graph",
      "/here/out.dot",
    ]);
  });

  it("leaves values that only look like paths, and all that follows --", () => {
    expect(read("config", "set", "folder", "./data").passed).to.deep.equal([
      "config",
      "set",
      "folder",
      "./data",
    ]);
    expect(read("up", "-f").passed).to.deep.equal(["up", "-f"]);
    expect(read("config", "set", "key", "--", "--cwd").passed).to.deep.equal([
      "config",
      "set",
      "key",
      "--",
      "--cwd",
    ]);
  });

  it("asks for the stack to be made by verbs that need one, not by those that would be lied to", () => {
    const made = ["up", "preview", "refresh", "config", "import", "stack"];
    const left = ["destroy", "cancel", "version", "login", "help"];
    expect(made.filter((verb) => makesStack(read(verb)))).to.deep.equal(made);
    expect(left.filter((verb) => makesStack(read(verb)))).to.deep.equal([]);
    expect(makesStack(read("stack", "export"))).to.equal(false);
    expect(makesStack(read("stack", "init", "x"))).to.equal(false);
    expect(makesStack(read("up", "--help"))).to.equal(false);
  });
});
