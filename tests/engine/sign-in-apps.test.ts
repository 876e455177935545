import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { CaPolicy, SecureJumpAccess } from "../../sdk";
import { REPOSITORY } from "../../sandbox/options";
import { type Engine, openEngine } from "../support/engine";
import { GROUPS, smallest } from "../support/environment";
import { type TemporaryFolder, temporaryFolder } from "../sandbox/launcher/temporary-folder";

const LINUX_SIGN_IN = "ce6ff14a-7fdc-4685-bbe0-f6afdfcfa8e0";

interface Tenant {
  servicePrincipals: { appId: string }[];
}

describe("sign-in apps and groups in the tenant", () => {
  let engine: Engine;
  let folder: TemporaryFolder;
  let tenantFile: string;
  beforeEach(async () => {
    folder = temporaryFolder();
    tenantFile = join(folder.path, "tenant.json");
    const tenant = JSON.parse(
      readFileSync(join(REPOSITORY, "sandbox/azure/tenant/default-tenant.json"), "utf8"),
    ) as Tenant;
    tenant.servicePrincipals = tenant.servicePrincipals.filter((sp) => sp.appId !== LINUX_SIGN_IN);
    writeFileSync(tenantFile, JSON.stringify(tenant));
    engine = await openEngine({ tenantFile });
  });
  afterEach(async () => {
    await engine.close();
    folder.remove();
  });

  const principals = (): unknown[] =>
    engine.sandbox.azure.store.all().filter(({ id, body }) => {
      const text = JSON.stringify(body);
      return /serviceprincipals\//i.test(id) && text.includes(LINUX_SIGN_IN);
    });

  const policy = (createMissing: boolean) => () => {
    new CaPolicy("sign-in", {
      accessGroups: { operators: GROUPS.operators },
      breakGlass: { groupId: GROUPS.emergency, reason: "tenant recovery" },
      createMissing: createMissing ? ["linuxVmSignIn"] : [],
    });
    return undefined;
  };

  it("refuses a policy on an app that the tenant does not have, as Graph does", async () => {
    const stack = await engine.inline({ program: policy(false) });
    const failed = await stack.up({ mayFail: true });
    expect(failed.ok).to.equal(false);
    expect(failed.errors.join("\n")).to.contain(LINUX_SIGN_IN);
  });

  it("makes the missing app's principal once for two stacks, and keeps it when both are gone", async () => {
    const one = await engine.inline({ program: policy(true), stack: "one" });
    await one.up();
    const two = await engine.inline({ program: policy(true), stack: "two" });
    await two.up();
    expect(principals()).to.have.length(1);
    expect((await one.preview()).changes).to.deep.equal([]);
    await one.destroy();
    expect(principals()).to.have.length(1);
    expect((await two.refresh()).changes).to.deep.equal([]);
    await two.destroy();
    expect(principals()).to.have.length(1);
  });

  it("makes neither policy nor eligibility when groups known late turn out to be one", async () => {
    const late = (id: string): pulumi.Output<string> =>
      pulumi.output(
        new Promise<string>((done) =>
          setImmediate(() => {
            done(id);
          }),
        ),
      );
    await engine.restart({ tenantFile });
    const stack = await engine.inline({
      program: () => {
        new SecureJumpAccess("jump", {
          ...smallest(),
          access: { users: { groups: { operators: late(GROUPS.emergency) } } },
          signIn: { breakGlass: { groupId: late(GROUPS.emergency), reason: "tenant recovery" } },
        });
        return undefined;
      },
    });
    const failed = await stack.up({ mayFail: true });
    expect(failed.ok).to.equal(false);
    expect(failed.errors.join("\n")).to.match(/is signIn\.breakGlass\.groupId too/);
    const made = engine.journal().filter(({ method }) => method === "PUT" || method === "POST");
    expect(made.filter(({ id }) => /conditionalAccess|roleEligibility/i.test(id))).to.deep.equal(
      [],
    );
  });
});
