import { expect } from "chai";
import * as fc from "fast-check";
import { childEnvironment, scrub } from "../../../sandbox/child-environment";

const options = {
  cli: { folders: ["/cli/bin", "/host/bin"] },
  providers: "/providers",
  pulumiHome: "/home/pulumi",
  state: "/home/state",
  azureUrl: "http://127.0.0.1:1",
  run: "run-1",
  packages: "/packages",
};

describe("the environment inside the sandbox", () => {
  it("holds no inherited PULUMI_*, ARM_* or AZURE_* variable, whatever its name and letters", () => {
    const foreign = fc
      .tuple(
        fc.constantFrom("PULUMI_", "ARM_", "AZURE_", "arm_", "Azure_"),
        fc.stringMatching(/^[A-Za-z_]{1,12}$/),
      )
      .map(([prefix, rest]) => prefix + rest);
    fc.assert(
      fc.property(fc.dictionary(foreign, fc.string()), fc.string(), (variables, kept) => {
        expect(scrub({ ...variables, KEPT: kept })).to.deep.equal({ KEPT: kept });
      }),
    );
  });

  it("replaces an inherited backend, passphrase and home by the sandbox's own", () => {
    const inherited = {
      PATH: "/usr/bin",
      PULUMI_BACKEND_URL: "https://api.example.com",
      PULUMI_CONFIG_PASSPHRASE_FILE: "/secret",
      PULUMI_ACCESS_TOKEN: "token",
      ARM_CLIENT_SECRET: "secret",
    };
    const env = childEnvironment({ ...options, inherited });
    const own = Object.fromEntries(
      Object.entries(env).filter(([name]) => /^(PULUMI|ARM|AZURE)_/.test(name)),
    );
    expect(own).to.deep.equal({
      PULUMI_HOME: "/home/pulumi",
      PULUMI_BACKEND_URL: "file:///home/state?metadata=skip",
      PULUMI_CONFIG_PASSPHRASE: "simulated",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
      PULUMI_SUPPRESS_NEO_LINK: "true",
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    });
  });

  it("puts the stand-in providers before the CLI and both before the inherited PATH", () => {
    const { PATH } = childEnvironment({ ...options, inherited: { PATH: "/usr/bin" } });
    expect(PATH).to.equal("/providers:/cli/bin:/host/bin:/usr/bin");
  });

  it("adds its packages behind those the caller names", () => {
    const { NODE_PATH } = childEnvironment({ ...options, inherited: { NODE_PATH: "/mine" } });
    expect(NODE_PATH).to.equal("/mine:/packages");
  });
});
