import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { deployedState, openedState } from "../support/report-inputs";
import { runReport } from "../support/run-report";
import { type TemporaryFolder, temporaryFolder } from "../sandbox/launcher/temporary-folder";

describe("npm run report", () => {
  let folder: TemporaryFolder;
  let good: string;
  let bad: string;
  before(async () => {
    folder = temporaryFolder();
    const state = await deployedState();
    good = folder.file("good.json", JSON.stringify(state));
    bad = folder.file("bad.json", JSON.stringify(openedState(state)));
  });
  after(() => {
    folder.remove();
  });

  it("ends with 0 where nothing is refuted, and with 2 where something is", async () => {
    const [proved, refuted] = await Promise.all([
      runReport(["--state", good]),
      runReport(["--state", bad]),
    ]);
    expect([proved.code, proved.stderr]).to.deep.equal([0, ""]);
    expect([refuted.code, refuted.stderr]).to.deep.equal([2, ""]);
  });

  it("reads standard input, and gives the same bytes as for the file", async () => {
    const [piped, read] = await Promise.all([
      runReport(["--state", "-", "--format", "markdown"], { input: readFileSync(good, "utf8") }),
      runReport(["--state", good, "--format", "markdown"]),
    ]);
    expect(piped.code).to.equal(0);
    expect(piped.stdout).to.equal(read.stdout);
  });

  it("ends with 1, prints no report and says the way out where the input is none", async () => {
    const cases: readonly (readonly [string, RegExp])[] = [
      ["", /standard input is empty; give what `pulumi stack export`/],
      ["{ half", /standard input is not JSON; give what/],
      ["[]", /neither a state nor a preview; give what/],
      [
        JSON.stringify({ steps: [], changeSummary: { same: 3 } }),
        /leaves 3 unchanged resources out; write it with `pulumi preview --json --show-sames`/,
      ],
    ];
    const ended = await Promise.all(cases.map(([input]) => runReport(["--state", "-"], { input })));
    for (const [index, { code, stdout, stderr }] of ended.entries()) {
      expect([code, stdout]).to.deep.equal([1, ""]);
      expect(stderr)
        .to.match(cases[index]![1])
        .and.not.match(/\n\s+at /);
    }
  });

  it("tells every problem of a command line at once, with what was written and the way out", async () => {
    const args = ["--format", "pdf", "--state", "a", "--stack", "b", "--fast", "extra", "--out"];
    const { code, stdout, stderr } = await runReport(args);
    expect([code, stdout]).to.deep.equal([1, ""]);
    expect(stderr).to.equal(
      [
        "report: 5 problems",
        "  - --fast is not an option; see --help",
        '  - "extra" is not an option; name a file with --state, a stack with --stack',
        "  - --out needs a value; see --help",
        '  - --state "a" and --stack "b" are both given; give one of them',
        '  - --format "pdf" is not a format; use json, sarif, markdown, html',
        "",
      ].join("\n"),
    );
  });

  it("does not take one standard input for two things", async () => {
    const { code, stderr } = await runReport(["--state", "-", "--declare", "-"], { input: "{}" });
    expect(code).to.equal(1);
    expect(stderr).to.match(/cannot both be standard input; name a file for one/);
  });

  it("tells the problems of the state and of the declaration at once", async () => {
    const declaration = folder.file("declaration.json", '{ "customPorts": [0] }');
    const { code, stderr } = await runReport(["--state", "missing.json", "--declare", declaration]);
    expect(code).to.equal(1);
    expect(stderr).to.contain("2 problems").and.contain("customPorts[0]: 0 is out of range");
    expect(stderr).to.contain('"missing.json" cannot be read (ENOENT)');
  });

  it("writes the file whole, in the form that its ending says, and prints what is refuted", async () => {
    const out = join(folder.path, "deep", "proof.html");
    const { code, stdout } = await runReport(["--state", bad, "--out", out]);
    expect(code).to.equal(2);
    expect(readFileSync(out, "utf8")).to.match(/^<!doctype html>[^]*<\/html>\n$/);
    expect(readdirSync(join(folder.path, "deep"))).to.deep.equal(["proof.html"]);
    expect(stdout)
      .to.match(/^refuted N1 .*TemporaryRdp/m)
      .and.contain(out);
    expect(stdout).to.match(
      /packet: Tcp .*:3389 \(Inbound\)\n.*\n\s+rule: Allow by rule TemporaryRdp/,
    );
  });

  it("leaves nothing behind where the file cannot be written or the state cannot be read", async () => {
    const taken = folder.file("taken", "a file, not a folder");
    const [blocked, unread] = await Promise.all([
      runReport(["--state", good, "--out", join(taken, "proof.html")]),
      runReport(["--state", "-", "--out", join(folder.path, "never", "proof.html")], {
        input: "{",
      }),
    ]);
    expect([blocked.code, unread.code]).to.deep.equal([1, 1]);
    expect(blocked.stderr).to.match(/--out ".*proof\.html" cannot be written \(\w+\); name a file/);
    expect(readFileSync(taken, "utf8")).to.equal("a file, not a folder");
    expect(existsSync(join(folder.path, "never"))).to.equal(false);
  });

  it("takes file names from the folder in which npm was called", async () => {
    const env = { npm_lifecycle_event: "report", INIT_CWD: folder.path };
    const { code, stdout } = await runReport(["--state", "good.json", "--out", "here.md"], { env });
    expect([code, stdout.trimEnd().split("\n").at(-1)]).to.deep.equal([0, "here.md"]);
    expect(readFileSync(join(folder.path, "here.md"), "utf8")).to.match(/^### Proof/);
  });

  it("explains itself", async () => {
    const { code, stdout } = await runReport(["--stack", "dev", "--help"]);
    expect(code).to.equal(0);
    expect(stdout).to.contain("--no-assumptions").and.contain("Exit code: 0 nothing is refuted");
  });
});
