import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { launch } from "../sandbox/launcher/launch";
import { type TemporaryFolder, temporaryFolder } from "../sandbox/launcher/temporary-folder";
import { runReport } from "../support/run-report";

describe("npm run report with the real engine", () => {
  let folder: TemporaryFolder;
  let env: NodeJS.ProcessEnv;
  beforeEach(() => {
    folder = temporaryFolder();
    // As npm has it when the command is given in that folder.
    env = {
      SANDBOX_HOME: join(folder.path, "home"),
      npm_lifecycle_event: "report",
      INIT_CWD: folder.path,
    };
  });
  afterEach(() => {
    folder.remove();
  });

  it("proves stack dev before it is deployed and after, and writes the page each time", async () => {
    const claims = (text: string): string => /: (\d+ claims), 0 refuted/.exec(text)?.[1] ?? text;
    const first = await runReport(["--stack", "dev"], { env });
    expect(first.code, first.stderr).to.equal(0);
    expect(first.stdout)
      .to.match(/simulates Azure/)
      .and.match(/\nreports\/dev\.html\n$/);
    const page = readFileSync(join(folder.path, "reports", "dev.html"), "utf8");
    expect(page)
      .to.match(/Proof of stack dev of secure-jump-access/)
      .and.match(/simulates Azure/);

    const sandboxEnv = { ...process.env, ...env, npm_lifecycle_event: undefined };
    const up = await launch(["up", "--yes", "--stack", "dev"], sandboxEnv).ended;
    expect(up.code, up.stderr).to.equal(0);
    const again = await runReport(["--stack", "dev", "--out", "deployed.html"], { env });
    expect(again.code, again.stderr).to.equal(0);
    // Every resource is unchanged now: without --show-sames the preview would show none.
    expect(claims(again.stdout))
      .to.equal(claims(first.stdout))
      .and.match(/^\d+ claims$/);
    expect(readFileSync(join(folder.path, "deployed.html"), "utf8")).to.contain("jump-app-web-vm");

    const { stdout: state } = await launch(["stack", "export", "--stack", "dev"], sandboxEnv).ended;
    const exported = await runReport(["--state", "-", "--format", "json"], {
      input: state.toString(),
    });
    expect(exported.code, exported.stderr).to.equal(0);
    expect(JSON.parse(exported.stdout)).to.include({ simulated: true });
  });

  it("ends with 1 and says what the preview said where the stack cannot be previewed", async () => {
    const { code, stdout, stderr } = await runReport(["--stack", "nosuch"], { env });
    expect([code, stdout]).to.deep.equal([1, ""]);
    expect(stderr).to.match(/the preview of stack "nosuch" ended with \d+; mend what it says/);
    expect(stderr).to.match(/no stack named 'nosuch' found/);
  });
});
