import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect } from "chai";
import { HomeBusyError, homeAt, own } from "../../../sandbox/home";
import { REPOSITORY } from "../../../sandbox/options";
import { type TemporaryFolder, temporaryFolder } from "./temporary-folder";

describe("the sandbox's folder", () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => {
    folder.remove();
  });

  it("is refused to a second run while the first works in it, with the way out", async () => {
    const home = homeAt(join(folder.path, "home"));
    const notices: string[] = [];
    const release = await own(home, 0, (line) => notices.push(line));
    const second = await own(home, 0, (line) => notices.push(line)).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(second).to.be.instanceOf(HomeBusyError);
    expect(String(second)).to.include(
      `another run (process ${process.pid}) is working in ${home.folder};`,
    );
    expect(String(second)).to.include("SANDBOX_HOME");
    await release();
  });

  it("is given to a run that waits as soon as the first has ended", async () => {
    const home = homeAt(join(folder.path, "home"));
    const notices: string[] = [];
    const release = await own(home, 0, (line) => notices.push(line));
    const second = own(home, 10, (line) => {
      notices.push(line);
      void release();
    });
    await (
      await second
    )();
    expect(notices).to.deep.equal([
      `waiting for another run (process ${process.pid}) in ${home.folder}`,
    ]);
  });

  it("is nobody's business of a run in another folder", async () => {
    const notices: string[] = [];
    const [one, two] = await Promise.all(
      ["one", "two"].map((name) =>
        own(homeAt(join(folder.path, name)), 0, (line) => notices.push(line)),
      ),
    );
    expect(notices).to.deep.equal([]);
    await Promise.all([one?.(), two?.()]);
  });

  it("is free again after a run that crashed", async () => {
    const home = homeAt(join(folder.path, "home"));
    const program = `
      const { own, homeAt } = require("./sandbox/home.ts");
      own(homeAt(${JSON.stringify(home.folder)}), 0, () => {}).then(() => { throw new Error("crash"); });`;
    const crashed = spawnSync(process.execPath, ["--require", "tsx/cjs", "-e", program], {
      cwd: REPOSITORY,
      encoding: "utf8",
    });
    expect(crashed.stderr).to.include("Error: crash");
    const release = await own(home, 0, () => undefined);
    await release();
  });
});
