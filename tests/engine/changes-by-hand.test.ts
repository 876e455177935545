import { expect } from "chai";
import { SecureJumpAccess, type SecureJumpAccessArgs } from "../../sdk";
import { type Engine, type InlineStack, openEngine } from "../support/engine";
import { smallest } from "../support/environment";

type Machine = SecureJumpAccessArgs["spokes"][string]["vms"][string];

const program = (more: Partial<Machine>) => () => {
  const { app } = smallest().spokes;
  const web = { os: "linux" as const, ...more };
  new SecureJumpAccess("jump", {
    ...smallest(),
    spokes: { app: { ...app!, vms: { ...app!.vms, web } } },
  });
  return undefined;
};

/** What a person does to a VM with Azure's own tools, before or in place of what Pulumi would do. */
describe("a VM that somebody stopped", () => {
  let engine: Engine;
  let stack: InlineStack;
  let id: string;
  beforeEach(async () => {
    engine = await openEngine();
    stack = await engine.inline({ program: program({}) });
    await stack.up();
    const machines = engine.sandbox.azure.store.ofType("Microsoft.Compute/virtualMachines");
    id = machines.find(({ name }) => name === "vm-jump-dev-app-web")?.id ?? "";
  });
  afterEach(() => engine.close());

  const ask = async (method: string, path = "", body?: unknown): Promise<unknown> => {
    const url = `${engine.sandbox.azure.url}${id}${path}?api-version=2024-11-01`;
    const headers = { "content-type": "application/json" };
    const answer = await fetch(url, { method, headers, body: JSON.stringify(body) });
    const polled = answer.headers.get("azure-asyncoperation");
    if (polled !== null) await fetch(polled);
    return answer.status === 202 ? undefined : answer.json();
  };

  it("is not replaced before it runs again, because its extension cannot be deleted", async () => {
    await ask("POST", "/powerOff");
    const wanted = program({ encryptionAtHost: false });
    const failed = await stack.up({ program: wanted, mayFail: true });
    expect(failed.failures["jump-app-web-login-extension"]).to.contain(
      "Cannot modify extensions in the VM when the VM is not running",
    );
    await ask("POST", "/start");
    const up = await stack.up();
    expect(up.changes.map(({ op, name }) => `${op} ${name}`)).to.include(
      "create-replacement jump-app-web-vm",
    );
    expect((await stack.preview()).changes).to.deep.equal([]);
  });

  it("keeps its disk where that was resized by hand before the input was changed", async () => {
    await ask("POST", "/deallocate");
    const body = (await ask("GET")) as {
      properties: { storageProfile: { osDisk: { diskSizeGB: number } } };
    };
    body.properties.storageProfile.osDisk.diskSizeGB = 256;
    await ask("PUT", "", body);
    await ask("POST", "/start");
    const wanted = program({ osDisk: { sizeGb: 256 } });
    const up = await stack.up({ program: wanted, flags: ["--refresh"] });
    expect(up.changes).to.deep.equal([]);
    expect((await stack.preview()).changes).to.deep.equal([]);
  });
});
