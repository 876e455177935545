import { join } from "node:path";
import { expect } from "chai";
import { REPOSITORY } from "../../sandbox/options";
import { resourceTable } from "../../sandbox/providers/azure-native/resource-table";
import { entraResources } from "../../sandbox/providers/azuread/provider";
import { launch } from "../sandbox/launcher/launch";
import { type TemporaryFolder, temporaryFolder } from "../sandbox/launcher/temporary-folder";
import { openEngine } from "../support/engine";
import { difference, standing } from "../support/simulated-state";

const PROGRAM = "tests/engine/programs/everything";

/** Every type that the stand-in providers have, but the one that Azure makes itself and nobody can create. */
const TYPES = [
  ...Object.keys(resourceTable).map((token) => `azure-native:${token}`),
  ...Object.keys(entraResources),
].filter((type) => !type.endsWith(":RoleManagementPolicyAssignment"));

describe("a program that knows nothing of this project and uses every resource type", () => {
  let folder: TemporaryFolder;
  const tenantFile = join(REPOSITORY, PROGRAM, "tenant.json");
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => {
    folder.remove();
  });

  const run = async (...words: string[]): Promise<string> => {
    const env = { ...process.env, SANDBOX_HOME: folder.path, SANDBOX_TENANT: tenantFile };
    const { ended } = launch(["--cwd", PROGRAM, ...words], env);
    const { code, stdout, stderr } = await ended;
    const text = `${stdout.toString()}${stderr}`;
    expect(code, text).to.equal(0);
    return text;
  };

  /** What stands in the simulated Azure, and the types in the stack's state. */
  const look = async (): Promise<{ ids: string[]; types: Set<string> }> => {
    const engine = await openEngine({ home: folder.path, tenantFile });
    try {
      const { resources } = engine.state("everything", "dev");
      return { ids: standing(engine), types: new Set(resources.map(({ type }) => type)) };
    } finally {
      await engine.close();
    }
  };

  it("is deployed by npm run sandbox -- --cwd DIR up --yes, refreshed without a change, and destroyed", async () => {
    const before = await look();
    const up = await run("up", "--yes");
    expect(up).to.match(/Resources:\n {4}\+ \d+ created\n/);
    const { types } = await look();
    expect(TYPES.filter((type) => !types.has(type))).to.deep.equal([]);
    await run("preview", "--expect-no-changes");
    await run("refresh", "--yes", "--expect-no-changes");
    await run("destroy", "--yes");
    expect(difference(before.ids, (await look()).ids)).to.deep.equal({ more: [], gone: [] });
  });
});
