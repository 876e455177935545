import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { CaPolicy, type CaPolicyArgs } from "../../sdk";
import { record } from "../support/recorder";
import { refusalOf } from "../support/refusal";

const operators = "33333333-0000-4000-8000-000000000001";
const admins = "33333333-0000-4000-8000-000000000002";
const approvers = "33333333-0000-4000-8000-000000000003";
const emergency = "33333333-0000-4000-8000-000000000004";
const breakGlass = { groupId: emergency, reason: "tenant recovery" };

const args: CaPolicyArgs = { accessGroups: { admins, operators }, breakGlass };

function policyOf(more: Partial<CaPolicyArgs> = {}, preview = false) {
  return record(() => new CaPolicy("sign-in", { ...args, ...more }), { preview });
}

interface Conditions {
  applications: { includedApplications: string[] };
  users: { includedGroups: string[]; excludedGroups?: string[]; includedUsers?: string[] };
}

describe("CaPolicy", () => {
  it("says as its own input which group is break-glass, and why, and nothing where none is named", async () => {
    const named = await policyOf();
    expect(named.one("CaPolicy").inputs).to.deep.equal({ breakGlass });
    const without = await policyOf({ breakGlass: undefined });
    expect(without.one("CaPolicy").inputs).to.deep.equal({});
  });

  it("demands the built-in phishing-resistant strength, and no MFA grant beside it", async () => {
    const { one } = await policyOf();
    expect(one("ConditionalAccessPolicy").inputs.grantControls).to.deep.equal({
      operator: "OR",
      authenticationStrengthPolicyId:
        "/policies/authenticationStrengthPolicies/00000000-0000-0000-0000-000000000004",
    });
  });

  it("covers VM sign-in, remote desktop and Azure management", async () => {
    const { one } = await policyOf();
    const { applications } = one("ConditionalAccessPolicy").inputs.conditions as Conditions;
    expect(applications.includedApplications).to.deep.equal([
      "270efc09-cd0d-444b-a71f-39af4910ec45",
      "372140e0-b3b7-4226-8ef9-d57986796201",
      "797f4846-ba00-4fd7-ba43-dac1f8f63013",
      "a4a365df-50f1-4397-bc59-1a1564b8bb9c",
      "ce6ff14a-7fdc-4685-bbe0-f6afdfcfa8e0",
    ]);
  });

  it("leaves remote desktop alone where there is no Windows VM", async () => {
    const { one } = await policyOf({ operatingSystems: ["linux"] });
    const { applications } = one("ConditionalAccessPolicy").inputs.conditions as Conditions;
    expect(applications.includedApplications).to.deep.equal([
      "797f4846-ba00-4fd7-ba43-dac1f8f63013",
      "ce6ff14a-7fdc-4685-bbe0-f6afdfcfa8e0",
    ]);
  });

  it("names the access groups, never all users, and excludes break-glass and nobody else", async () => {
    const { one } = await policyOf();
    const { users } = one("ConditionalAccessPolicy").inputs.conditions as Conditions;
    expect(users).to.deep.equal({
      includedGroups: [operators, admins],
      excludedGroups: [emergency],
    });
  });

  it("covers approvers on Azure management, where they approve", async () => {
    const { one } = await policyOf({ approverGroups: { approvers } });
    const { applications, users } = one("ConditionalAccessPolicy", "sign-in-approvers").inputs
      .conditions as Conditions;
    expect(applications.includedApplications).to.deep.equal([
      "797f4846-ba00-4fd7-ba43-dac1f8f63013",
    ]);
    expect(users).to.deep.equal({ includedGroups: [approvers], excludedGroups: [emergency] });
  });

  it("puts ids in the same order whatever the order of their names, also when they come late", async () => {
    const { one } = await policyOf({
      accessGroups: { a: pulumi.output(admins), z: pulumi.output(operators) },
    });
    const { users } = one("ConditionalAccessPolicy").inputs.conditions as Conditions;
    expect(users.includedGroups).to.deep.equal([operators, admins]);
  });

  it("reports only, until enforcement is decided in writing", async () => {
    const reporting = await policyOf();
    expect(reporting.one("ConditionalAccessPolicy").inputs.state).to.equal(
      "enabledForReportingButNotEnforced",
    );
    const enforced = await policyOf({
      stage: "enforced",
      acknowledgeLockout: { reason: "every operator has a key, checked 2026-11-01" },
    });
    expect(enforced.one("ConditionalAccessPolicy").inputs.state).to.equal("enabled");
  });

  it("refuses to enforce without break-glass and an acknowledged lock-out", async () => {
    const { problems, registered } = await refusalOf(
      () => new CaPolicy("sign-in", { accessGroups: { operators }, stage: "enforced" }),
    );
    expect(problems).to.deep.equal([
      "breakGlass: missing; an enforced policy without an excluded emergency group can lock everybody out",
      "acknowledgeLockout: missing; say with a reason that whoever has no phishing-resistant method is locked out, or stay reportOnly",
    ]);
    expect(registered).to.deep.equal([]);
  });

  it("makes a narrower strength of its own, and refuses a wider one", async () => {
    const { one } = await policyOf({ strength: { combinations: ["fido2"] } });
    expect(one("AuthenticationStrengthPolicy").inputs.allowedCombinations).to.deep.equal(["fido2"]);
    expect(one("ConditionalAccessPolicy").propertyDependencies.grantControls).to.deep.equal([
      "sign-in-strength",
    ]);
    const { problems } = await refusalOf(
      () => new CaPolicy("s", { ...args, strength: { combinations: ["sms" as "fido2"] } }),
    );
    expect(problems).to.deep.equal([
      'strength.combinations[0]: "sms" is not phishing-resistant; use some of fido2, windowsHelloForBusiness, x509CertificateMultiFactor',
    ]);
  });

  it("adopts or makes the service principals it is told to, and keeps them on destroy", async () => {
    const { all, one } = await policyOf({ createMissing: ["linuxVmSignIn"] });
    expect(all("ServicePrincipal")).to.have.length(1);
    expect(one("ServicePrincipal").inputs).to.include({
      clientId: "ce6ff14a-7fdc-4685-bbe0-f6afdfcfa8e0",
      useExisting: true,
    });
    expect(one("ServicePrincipal").retainOnDelete).to.equal(true);
    expect(one("ConditionalAccessPolicy").dependsOn).to.include("sign-in-app-linuxVmSignIn");
  });

  it("refuses break-glass that gives access, and an approver among those it approves", async () => {
    const { problems } = await refusalOf(
      () => new CaPolicy("s", { accessGroups: { emergency }, breakGlass }),
    );
    expect(problems).to.have.length(1);
    expect(problems[0]).to.match(/^breakGlass\.groupId: "3{8}.*" is accessGroups\.emergency too;/);
  });

  it("makes no policy when ids that come late turn out to collide", async () => {
    let failed: unknown;
    try {
      await policyOf({
        accessGroups: { operators: pulumi.output(emergency) },
        breakGlass: { groupId: pulumi.output(emergency), reason: "tenant recovery" },
      });
    } catch (error) {
      failed = error;
    }
    expect(String(failed)).to.match(/is accessGroups\.operators too/);
  });
});
