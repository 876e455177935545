import { expect } from "chai";
import { SecureJumpAccess, type SecureJumpAccessArgs, type Waiver } from "../../sdk";
import { largest, smallest } from "../support/environment";
import { record } from "../support/recorder";
import { refusalOf } from "../support/refusal";

const withoutBreakGlass = (): SecureJumpAccessArgs => ({ ...smallest(), signIn: {} });
const waiver = (more: Partial<Waiver> = {}): Waiver => ({
  claim: "I4",
  subject: "jump-sign-in-policy",
  reason: "the emergency group is made next week",
  expires: "9999-12-31",
  ...more,
});
async function refused(args: SecureJumpAccessArgs): Promise<string> {
  const { problems, registered } = await refusalOf(() => new SecureJumpAccess("jump", args));
  expect(registered).to.deep.equal([]);
  return problems.join("\n");
}

describe("the proof before anything is registered", () => {
  it("is in the component: claims for each VM, and a line for each guarantee", async () => {
    const { result } = await record(() => new SecureJumpAccess("jump", smallest()));
    expect(result.claims.map(({ verdict }) => verdict)).to.not.include("refuted");
    expect(
      result.claims.filter(({ id }) => id === "N1").map(({ subject }) => subject),
    ).to.deep.equal(["jump-app-db-vm", "jump-app-web-vm"]);
    expect(result.guarantees.I3).to.equal(
      "sign-in demands phishing-resistant MFA: report-only, not enforced",
    );
    expect(result.guarantees.N1).to.equal(
      "only the Bastion subnet reaches the VM's management ports: proved",
    );
  });

  it("says enforced where the policy is, and shows a credential that somebody holds", async () => {
    const { result } = await record(() => new SecureJumpAccess("jump", largest()));
    expect(result.guarantees.I3).to.match(/: proved$/);
    expect(result.guarantees.I7).to.match(/: refuted, 1 of 5$/);
  });

  it("refuses what the arguments refute, where the caller wrote it, with the way out", async () => {
    expect(await refused(withoutBreakGlass())).to.match(
      /^signIn\.breakGlass: refutes I4 of jump-sign-in-policy: it excludes nobody.*name a waiver for I4/,
    );
  });

  it("lets a waiver with a reason and a last day stand for the claim, and shows the claim all the same", async () => {
    const args = { ...withoutBreakGlass(), waivers: { later: waiver() } };
    const { result } = await record(() => new SecureJumpAccess("jump", args));
    expect(result.claims.find(({ id }) => id === "I4")?.verdict).to.equal("refuted");
  });

  it("refuses a waiver that has ended, and one that covers nothing", async () => {
    const ended = { ...withoutBreakGlass(), waivers: { later: waiver({ expires: "2026-01-01" }) } };
    expect(await refused(ended)).to.contain("waivers.later: ended on 2026-01-01; take it out");
    const idle = { ...smallest(), waivers: { later: waiver() } };
    expect(await refused(idle)).to.contain(
      "waivers.later: covers nothing: I4 holds for jump-sign-in-policy; take it out",
    );
  });

  it("names every problem of a waiver at once", async () => {
    const wrong = { claim: "N9", subject: "", reason: "", expires: "soon" } as unknown as Waiver;
    const text = await refused({ ...smallest(), waivers: { bad: wrong } });
    for (const path of ["claim", "subject", "reason", "expires"]) {
      expect(text).to.contain(`waivers.bad.${path}: `);
    }
  });
});
