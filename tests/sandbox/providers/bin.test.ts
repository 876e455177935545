import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";

const folder = join(__dirname, "../../../sandbox/providers/bin");

interface Run {
  readonly firstLine: string;
  readonly errors: string;
}

/** Starts a plugin as the engine does and stops it at its first line, or waits for its end. */
function run(name: string, environment: Readonly<Record<string, string>>): Promise<Run> {
  return new Promise((resolve, reject) => {
    const inherited = Object.fromEntries(
      Object.entries(process.env).filter(([key]) => !key.startsWith("SANDBOX_")),
    );
    const child = spawn(join(folder, name), { env: { ...inherited, ...environment } });
    let output = "";
    let errors = "";
    child.stdout.on("data", (part: Buffer) => {
      output += part.toString("utf8");
      if (output.includes("\n")) child.kill();
    });
    child.stderr.on("data", (part: Buffer) => {
      errors += part.toString("utf8");
    });
    child.on("error", reject);
    child.on("close", () => {
      resolve({ firstLine: output.split("\n")[0] ?? "", errors });
    });
  });
}

for (const name of ["pulumi-resource-azure-native", "pulumi-resource-azuread"]) {
  describe(`stand-in providers: ${name}`, () => {
    it("may be executed", () => {
      expect(() => {
        accessSync(join(folder, name), constants.X_OK);
      }).to.not.throw();
    });

    it("writes its port as the first line, with and without an address", async () => {
      expect((await run(name, {})).firstLine).to.match(/^\d+$/);
      expect((await run(name, { SANDBOX_AZURE_URL: "http://127.0.0.1:9" })).firstLine).to.match(
        /^\d+$/,
      );
    });

    it("says what is wrong with the order to die, and ends", async () => {
      const { firstLine, errors } = await run(name, { SANDBOX_PROVIDER_DIE_AT: "never" });
      expect(firstLine).to.equal("");
      expect(errors).to.contain('SANDBOX_PROVIDER_DIE_AT: "never" is not an operation');
    });
  });
}
