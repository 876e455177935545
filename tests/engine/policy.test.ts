import { join } from "node:path";
import { expect } from "chai";
import { REPOSITORY } from "../../sandbox/options";
import { type TemporaryFolder, temporaryFolder } from "../sandbox/launcher/temporary-folder";
import { type Engine, openEngine } from "../support/engine";

const PACK = join(REPOSITORY, "policy");

/** The smallest environment with one rule of its VM subnet changed by somebody who thought it harmless. */
const OPENED = `
  import { SecureJumpAccess } from "${REPOSITORY}/sdk";
  import { smallest } from "${REPOSITORY}/tests/support/environment";
  new SecureJumpAccess("jump", smallest(), {
    transforms: [({ name, props, opts }) => {
      if (name !== "jump-app-nsg") return undefined;
      const [bastion, ...rest] = props.securityRules;
      return { props: { ...props, securityRules: [{ ...bastion, sourceAddressPrefix: "VirtualNetwork" }, ...rest] }, opts };
    }],
  });
`;

/** The scenario by hand, without the component. */
const BY_HAND = (way: string): string => `
  import { handWritten } from "${REPOSITORY}/tests/support/hand-written";
  import { plainRule } from "${REPOSITORY}/tests/support/hand-written-rules";
  handWritten(${way});
`;

describe("the policy pack on the real engine, before anything is deployed", () => {
  let engine: Engine;
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = temporaryFolder();
    engine = await openEngine();
  });
  afterEach(async () => {
    await engine.close();
    folder.remove();
  });

  const preview = async (
    program: string,
    ...flags: string[]
  ): Promise<{ code: number; text: string }> => {
    folder.file("program/index.ts", program);
    folder.file("program/Pulumi.dev.yaml", "config: { azure-native:location: westeurope }\n");
    const { code, stdout, stderr } = await engine.run(
      "preview",
      "--cwd",
      join(folder.path, "program"),
      "--policy-pack",
      PACK,
      ...flags,
    );
    return { code, text: `${stdout}${stderr}` };
  };

  it("passes prod, as a directory and as an executable, and tells what is only staged", async () => {
    for (const pack of ["policy", "policy/pack"]) {
      const { code, stdout, stderr } = await engine.run(
        "preview",
        "--stack",
        "prod",
        "--policy-pack",
        pack,
      );
      const text = `${stdout}${stderr}`;
      expect(code, text).to.equal(0);
      expect(text).to.contain("secure-jump-access");
      expect(text).to.not.contain("[mandatory]");
    }
  });

  it("stops the component's own program where somebody changed a rule, with the packet and the rule", async () => {
    const { code, text } = await preview(OPENED);
    expect(code, text).to.not.equal(0);
    expect(text).to.contain("n1-only-bastion-reaches-management-ports");
    expect(text).to.match(/packet: Tcp [\d.]+:\d+ to 10\.20\.0\.\d+:22/);
    expect(text).to.contain("rule: AllowBastionInbound (100) of jump-app-nsg");
  });

  it("judges a program that does not use the component: declared break-glass passes, a mistake is told", async () => {
    const declared = folder.file(
      "declared.json",
      JSON.stringify({
        program: { breakGlass: ["33333333-0000-4000-8000-000000000004"] },
      }),
    );
    const right = await preview(BY_HAND("{}"), "--policy-pack-config", declared);
    expect(right.code, right.text).to.equal(0);
    const wrong = await preview(
      BY_HAND('{ rules: [plainRule("all", 100, "Inbound", "Allow", "*", "*", "*")] }'),
      "--policy-pack-config",
      declared,
    );
    expect(wrong.code, wrong.text).to.not.equal(0);
    expect(wrong.text).to.contain("rule: all (100) of vm-nsg");
    expect(wrong.text).to.contain("n7-no-other-remote-administration");
  });

  it("lets pass what a waiver names, and says which waiver has ended", async () => {
    const wrong = BY_HAND(
      '{ rules: [plainRule("all", 100, "Inbound", "Allow", "10.50.0.0/26", "*", "*")] }',
    );
    const config = (expires: string): string =>
      folder.file(
        `until-${expires}.json`,
        JSON.stringify({
          program: {
            breakGlass: ["33333333-0000-4000-8000-000000000004"],
            waivers: {
              opening: {
                claim: "N7",
                subject: "vm",
                reason: "moved away from SMB by March",
                expires,
              },
              "own network": { claim: "N1", subject: "vm", reason: "closed by March", expires },
            },
          },
        }),
      );
    const covered = await preview(wrong, "--policy-pack-config", config("9999-12-31"));
    expect(covered.code, covered.text).to.equal(0);
    const ended = await preview(wrong, "--policy-pack-config", config("2026-01-01"));
    expect(ended.code, ended.text).to.not.equal(0);
    expect(ended.text).to.contain("waiver opening ended on 2026-01-01; take it out");
  });
});
