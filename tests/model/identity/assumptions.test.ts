import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { IDENTITY_ASSUMPTIONS, sentences } from "../../../components/model/identity/assumptions";

describe("what the identity claims take for granted", () => {
  it("is listed in docs/claims.md, sentence by sentence and nothing else", () => {
    const page = readFileSync(join(__dirname, "../../../docs/claims.md"), "utf8");
    const [, after = ""] = page.split("each named on the claims whose verdict needs it:\n\n");
    const [list = ""] = after.split("\n\n");
    expect(list.split("\n")).to.deep.equal(
      Object.values(IDENTITY_ASSUMPTIONS).map((sentence) => `- ${sentence}`),
    );
  });

  it("comes each once and in the order of the table", () => {
    expect(sentences("openSessions", false, "membership", "openSessions")).to.deep.equal([
      IDENTITY_ASSUMPTIONS.membership,
      IDENTITY_ASSUMPTIONS.openSessions,
    ]);
  });
});
