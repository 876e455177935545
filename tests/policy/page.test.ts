import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { format, resolveConfig } from "prettier";
import { CLAIMS, type ClaimId } from "../../components/model/claims/claim";
import { CLAIM_POLICIES } from "../../policy/claim-policies";
import { checkConfig, PROGRAM, type ProgramConfig } from "../../policy/program-config";

const PAGE = join(__dirname, "../../docs/policy.md");
const MARKED = /(<!-- policies:begin [^>]*-->)([^]*?)(<!-- policies:end -->)/;

describe("the page on the policy pack", () => {
  const page = readFileSync(PAGE, "utf8");

  it("lists every policy with its claim and level", async () => {
    const rows = (Object.keys(CLAIMS) as ClaimId[]).map((id) => {
      const { name, level } = CLAIM_POLICIES[id];
      return `| \`${name}\` | ${id} | ${CLAIMS[id]} | ${level} |`;
    });
    const others = [
      "| `staged-claims` | all | holds once a policy that only records is enforced | advisory |",
      "| `undecided-claims` | all | what is unknown, what was not read, waivers to take out | advisory |",
    ];
    const head = ["| policy | claim | holds when | level |", "| - | - | - | - |"];
    const table = [...head, ...rows, ...others].join("\n");
    const options = { ...(await resolveConfig(PAGE)), filepath: PAGE };
    const due = await format(page.replace(MARKED, `$1\n\n${table}\n\n$3`), options);
    expect(page).to.equal(due);
  });

  it("shows a configuration that the pack takes", () => {
    const [, example = ""] = /```json\n([^]*?)```/.exec(page) ?? [];
    const config = (JSON.parse(example) as Record<string, ProgramConfig>)[PROGRAM];
    expect(config).to.have.keys("breakGlass", "customPorts", "activation", "waivers");
    checkConfig(config ?? {});
  });
});
