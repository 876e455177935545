import { expect } from "chai";
import { operationsText, readOperationsPage } from "./operations-page";

const page = readOperationsPage(operationsText());

describe("docs/operations.md, read as the tests of faults read it", () => {
  it("leads each saying of the CLI to the section that helps, the narrower row first", () => {
    const exists = "cannot create already existing resource '/subscriptions/x'";
    for (const [saying, section] of [
      [`azure-native:network:Subnet (a): ${exists}`, "a-resource-that-the-state-does-not-have"],
      [
        `azure-native:authorization:PimRoleEligibilitySchedule (a): ${exists}`,
        "an-eligibility-that-the-state-does-not-have",
      ],
      [
        "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy (a): error reading from server: EOF",
        "a-conditional-access-policy-that-the-state-does-not-have",
      ],
      [
        "timed out during requesting role eligibility schedule removal after 2m0s",
        "an-eligibility-younger-than-five-minutes",
      ],
      ["error: the stack is currently locked by 1 lock(s).", "a-run-died"],
      ['azure-native:network:Subnet (a): Status=500 Code="InternalServerError"', undefined],
    ] as const) {
      expect(page.sectionFor(saying), saying).to.equal(section);
    }
  });

  it("has the commands of a run that died in their order", () => {
    expect(page.commands("a-run-died")).to.deep.equal([
      "pulumi cancel",
      "pulumi stack export --file state.json",
      "pulumi refresh --clear-pending-creates",
    ]);
  });

  it("is refused where a row leads nowhere", () => {
    const broken = operationsText().replace("(#a-run-died) ", "(#a-run-dyed) ");
    expect(() => readOperationsPage(broken)).to.throw("no commands under #a-run-dyed");
  });
});
