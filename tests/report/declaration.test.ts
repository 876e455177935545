import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { readDeclaration } from "../../report/declaration";
import { ReportError } from "../../report/report-error";

function problemsOf(content: unknown): readonly string[] {
  try {
    readDeclaration(content, "file");
  } catch (error) {
    if (error instanceof ReportError) return error.problems;
    throw error;
  }
  return [];
}

const DEMAND = { maxHours: 4, mfa: true, justification: true, approval: false };

describe("the declaration of what is meant", () => {
  it("is read as docs/report.md shows it", () => {
    const page = readFileSync(join(__dirname, "..", "..", "docs", "report.md"), "utf8");
    const example = /```json\n(?<text>[^]*?)```/.exec(page)?.groups?.text ?? "";
    const { breakGlass, customPorts, activation } = readDeclaration(JSON.parse(example), "page");
    expect(breakGlass).to.deep.equal(["33333333-0000-4000-8000-000000000004"]);
    expect(customPorts).to.deep.equal([2222]);
    expect(activation).to.deep.equal([
      {
        scope: {
          kind: "below",
          path: "/resourcegroups/rg-app",
          subscription: "22222222-2222-4222-8222-222222222222",
          derived: false,
        },
        role: "fb879df8-f326-4884-b1cf-06f3ad86be52",
        maxHours: 4,
        mfa: true,
        justification: true,
        ticket: false,
        approval: true,
      },
    ]);
  });

  it("says nothing of what it leaves out, so that the components' own word stands", () => {
    expect(readDeclaration({}, "file")).to.deep.equal({});
  });

  it("compares ids without regard to their letter case", () => {
    const id = "ABCDEF00-0000-4000-8000-000000000004";
    const { breakGlass, activation } = readDeclaration(
      { breakGlass: [id], activation: [{ ...DEMAND, role: id }] },
      "file",
    );
    expect([breakGlass?.[0], activation?.[0]?.role]).to.deep.equal([
      id.toLowerCase(),
      id.toLowerCase(),
    ]);
  });

  it("shows every problem at once, with the value and the way out", () => {
    expect(
      problemsOf({
        breakGlas: [],
        breakGlass: ["admins"],
        customPorts: [70000],
        activation: [{ maxHours: "4", mfa: true, justification: true, scope: "rg-app" }],
      }),
    ).to.deep.equal([
      "file: breakGlas: not a field of a declaration; docs/report.md lists them",
      'file: breakGlass[0]: "admins" is not a GUID; write an object id or the id of a role',
      "file: customPorts[0]: 70000 is out of range (<= 65535); docs/report.md says what is meant",
      "file: activation[0].approval: missing; say what activation has to ask for",
      'file: activation[0].scope: "rg-app" is no scope; write it as /subscriptions/GUID/...',
      'file: activation[0].maxHours: "4" is not of type number; docs/report.md shows an example',
    ]);
    expect(problemsOf([])).to.deep.equal([
      "file: the file: [] is not of type object; docs/report.md shows an example",
    ]);
    expect(problemsOf({ activation: [{ ...DEMAND, scope: "/nowhere" }] }).join()).to.contain(
      'activation[0].scope: "/nowhere" is no scope; write /subscriptions/GUID,',
    );
  });
});
