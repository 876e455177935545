import { expect } from "chai";
import { accessPathsOf } from "../../report/access/access-paths";
import { render } from "../../report/render";
import { smallest, GROUPS } from "../support/environment";
import {
  changed,
  environmentState,
  type ExportedState,
  manySpokes,
} from "../support/recorded-state";
import { deployedState, reportOf } from "../support/report-inputs";

describe("the way in, group by group", () => {
  let state: ExportedState;
  before(async () => {
    state = await deployedState();
  });

  it("leads from the group over activation and sign-in to the VMs in the scope", () => {
    const [administrators, users] = accessPathsOf(reportOf(state));
    expect(administrators).to.include({
      who: GROUPS.admins,
      role: "Virtual Machine Administrator Login",
    });
    expect(users).to.deep.include({
      who: GROUPS.operators,
      role: "Virtual Machine User Login",
      scopes: ["/resourcegroups/rg-jump-dev-app"],
      activation: [
        "lasts 8 h at most",
        "asks for MFA and a justification",
        "nobody has to approve",
        "the eligibility ends",
      ],
      signIn: [
        "jump-sign-in-policy: only recorded, not enforced",
        "demands FIDO2 key or passkey, or Windows Hello for Business, or certificate",
      ],
      machines: ["jump-app-db-vm", "jump-app-web-vm"],
    });
  });

  it("says whose approval is asked for, and that a policy is enforced", async () => {
    const { access, ...rest } = smallest();
    const enforced = await environmentState({
      ...rest,
      access: { users: { ...access.users!, approverGroups: { approvers: GROUPS.approvers } } },
      signIn: {
        ...rest.signIn,
        stage: "enforced",
        acknowledgeLockout: { reason: "tested by all of them" },
      },
    });
    const [only, ...others] = accessPathsOf(reportOf(enforced));
    expect(others).to.deep.equal([]);
    expect(only?.activation).to.include("1 approver to agree");
    expect(only?.signIn).to.include("jump-sign-in-policy: enforced");
  });

  it("does not hide that nothing is demanded, or that a value is not known", () => {
    const open = changed(state, "jump-sign-in-policy", (properties) => ({
      ...properties,
      conditions: { ...(properties.conditions as object), users: { includedGroups: [] } },
    }));
    expect(accessPathsOf(reportOf(open))[0]?.signIn).to.deep.equal([
      "no Conditional Access policy of the program names them",
    ]);
    const hidden = changed(state, "jump-sign-in-policy", (properties) => ({
      ...properties,
      state: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    }));
    expect(accessPathsOf(reportOf(hidden))[0]?.signIn[0]).to.match(
      /whether it is enforced is not known/,
    );
  });

  it("is told once for a group that is eligible alike in many scopes", () => {
    const paths = accessPathsOf(reportOf(manySpokes(state, 20, 1)));
    expect(paths.map(({ who }) => who)).to.deep.equal([GROUPS.admins, GROUPS.operators]);
    expect(paths[0]?.scopes).to.have.length(20);
    expect(paths[0]?.machines).to.have.length(60);
  });

  it("stands on the page as a chain of five steps for each", () => {
    const page = render(reportOf(state), "html", "");
    const [, ...chains] = page.split('<ol class="chain">');
    expect(chains).to.have.length(2);
    for (const chain of chains) {
      const steps = chain.slice(0, chain.indexOf("</ol>")).match(/<li><strong>[^<]+/g) ?? [];
      expect(steps.map((step) => step.replace("<li><strong>", ""))).to.deep.equal([
        "Eligible",
        "Activates",
        "Signs in",
        "Holds until it lapses",
        "Reaches",
      ]);
    }
  });
});
