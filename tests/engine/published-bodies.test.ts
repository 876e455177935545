import { join } from "node:path";
import { expect } from "chai";
import { REPOSITORY } from "../../sandbox/options";
import { PublishedTypes } from "../sandbox/azure/published-types";
import { type Engine, openEngine } from "../support/engine";
import { sentBodies } from "../support/published-bodies";

const published = PublishedTypes.open();
const programs = "tests/engine/programs";
const tenantFile = join(REPOSITORY, programs, "everything/tenant.json");

/** Programs whose bodies are looked at; the types that Microsoft's files, as they lie here, do not have. */
const PROGRAMS: readonly {
  readonly name: string;
  readonly words: readonly string[];
  readonly unknown?: readonly string[];
  readonly tenantFile?: string;
}[] = [
  { name: "stack dev", words: ["--stack", "dev"] },
  { name: "stack prod", words: ["--stack", "prod"] },
  { name: "program resource-group", words: ["--cwd", `${programs}/resource-group`] },
  { name: "program network", words: ["--cwd", `${programs}/network`] },
  {
    name: "program everything",
    words: ["--cwd", `${programs}/everything`],
    unknown: ["Microsoft.Network/applicationSecurityGroups", "Microsoft.Network/loadBalancers"],
    tenantFile,
  },
];

describe("every body that is sent fits Microsoft's published type:", function () {
  before(function () {
    if (published === undefined) this.skip();
  });
  let engine: Engine;
  afterEach(() => engine.close());

  for (const { name, words, unknown = [], tenantFile } of PROGRAMS) {
    it(name, async () => {
      engine = await openEngine({ tenantFile });
      const up = await engine.run("up", "--yes", "--skip-preview", ...words);
      expect(up.code, up.stdout + up.stderr).to.equal(0);
      const sent = sentBodies(engine.journal(), published!);
      expect(sent.problems).to.deep.equal([]);
      expect(sent.unknown).to.deep.equal(unknown);
      expect(sent.checked).to.not.be.empty;
    });
  }
});
