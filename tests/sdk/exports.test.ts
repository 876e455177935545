import { expect } from "chai";
import * as sdk from "../../sdk";

describe("the contract", () => {
  it("exports these classes and functions, and nothing else that runs", () => {
    expect(Object.keys(sdk).sort()).to.deep.equal([
      "BastionHost",
      "CaPolicy",
      "EntraLoginExtension",
      "HubNetwork",
      "InvalidArgsError",
      "PimEligibility",
      "SecureJumpAccess",
      "SpokeWorkload",
      "getRoleManagementPolicyName",
      "getRoleManagementPolicyNameOutput",
    ]);
  });
});
