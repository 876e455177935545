import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import * as authorization from "@pulumi/azure-native/authorization";
import * as network from "@pulumi/azure-native/network";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import * as grpc from "@grpc/grpc-js";
import { grpcClientOptions } from "@pulumi/pulumi/runtime/settings";
import { expect } from "chai";
import { REPOSITORY } from "../../sandbox/options";
import { type Engine, type InlineStack, openEngine } from "../support/engine";

const group = (location: string): resources.ResourceGroup =>
  new resources.ResourceGroup("group", { resourceGroupName: "rg-inline", location });

/** A program without outputs. */
const inert = (location: string) => () => {
  group(location);
  return undefined;
};

/** The ground that the other engine tests stand on. */
describe("an engine of a test's own", () => {
  let engine: Engine;
  beforeEach(async () => {
    engine = await openEngine();
  });
  afterEach(() => engine.close());

  it("reports each step with the differences behind it, and the outputs", async () => {
    const stack = await engine.inline({
      program: () => ({ name: group("westeurope").name }),
    });
    const made = await stack.up();
    expect(made.changes.map(({ op, name, type }) => [op, name, type])).to.deep.equal([
      ["create", "group", "azure-native:resources:ResourceGroup"],
    ]);
    expect(made.outputs).to.deep.equal({ name: "rg-inline" });

    expect((await stack.preview()).changes).to.deep.equal([]);
    const moved = await stack.preview({
      program: () => ({ name: group("northeurope").name }),
    });
    expect(moved.changes.map(({ op, diffs }) => [op, diffs])).to.deep.include([
      "replace",
      ["location"],
    ]);
    expect(moved.changes.find(({ op }) => op === "replace")?.detailedDiff).to.deep.equal({
      location: "update-replace",
    });
    expect((await stack.refresh()).changes).to.deep.equal([]);

    const gone = await stack.destroy();
    expect(gone.changes.map(({ op }) => op)).to.deep.equal(["delete"]);
    expect(stack.state().resources).to.deep.equal([]);
  });

  it("keeps the journal of the simulated Azure, apart from that of another test", async () => {
    const other = await openEngine();
    try {
      const stack = await engine.inline({ program: inert("westeurope") });
      await stack.up();
      const puts = (of: Engine): string[] =>
        of
          .journal()
          .filter(({ method }) => method === "PUT")
          .flatMap(({ effects }) => effects.map(({ change, id }) => `${change} ${id}`));
      expect(puts(engine)).to.deep.equal([
        "created /subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/rg-inline",
      ]);
      expect(puts(other)).to.deep.equal([]);
    } finally {
      await other.close();
    }
  });

  it("throws where an operation fails, or says how it failed where that is asked for", async () => {
    const stack = await engine.inline({ program: () => Promise.reject(new Error("no such plan")) });
    const failed = await stack.up({ mayFail: true });
    expect(failed.ok).to.equal(false);
    expect(failed.errors.join("\n")).to.include("no such plan");
    const error: unknown = await stack
      .up({ program: inert("nowhere, really"), flags: ["--no-such-flag"] })
      .then(
        () => undefined,
        (reason: unknown) => reason,
      );
    expect(String(error)).to.include("unknown flag: --no-such-flag");
  });

  it("lets no ARM_* or PULUMI_* variable into this process, where inline programs run", () => {
    const program = `
      require("./tests/support/engine.ts");
      console.log(Object.keys(process.env).filter((name) => /^(ARM|AZURE|PULUMI)_/.test(name)).join());`;
    const { stdout, status } = spawnSync(
      process.execPath,
      ["--require", "tsx/cjs", "-e", program],
      {
        cwd: REPOSITORY,
        encoding: "utf8",
        env: {
          ...process.env,
          ARM_CLIENT_ID: "real",
          AZURE_CONFIG_DIR: "/real",
          PULUMI_ACCESS_TOKEN: "real",
        },
      },
    );
    expect({ stdout, status }).to.deep.equal({ stdout: "\n", status: 0 });
  });

  it("keeps nothing beside the state that an engine's death could leave half written", async () => {
    const stack = await engine.inline({ program: inert("westeurope") });
    await stack.up();
    const files = readdirSync(engine.sandbox.home.state, { recursive: true }).map(String);
    expect(files.some((file) => file.endsWith("test/dev.json"))).to.equal(true);
    expect(files.filter((file) => file.endsWith(".attrs"))).to.deep.equal([]);
  });

  /** Dies at the creation of its network. */
  async function dyingEngine(when: "before" | "after"): Promise<InlineStack> {
    const match = { type: "Microsoft.Network/virtualNetworks" };
    await engine.restart({ faults: { faults: [{ kind: "engineDeath", when, match }] } });
    const program = (): undefined => {
      const parent = group("westeurope");
      new network.VirtualNetwork("vnet", {
        resourceGroupName: parent.name,
        virtualNetworkName: "vnet-inline",
        location: "westeurope",
        addressSpace: { addressPrefixes: ["10.0.0.0/24"] },
      });
    };
    const stack = await engine.inline({ program });
    const died = await stack.up({ mayFail: true });
    expect([died.ok, died.code]).to.deep.equal([false, 137]);
    return stack;
  }

  it("shows what an engine that died had begun, and goes on after cancel", async () => {
    const stack = await dyingEngine("after");
    expect(
      stack.state().pending.map(({ type, urn }) => [type, urn.split("::").at(-1)]),
    ).to.deep.equal([["creating", "vnet"]]);
    await engine.restart();
    await stack.cancel();
    await stack.refresh({ flags: ["--clear-pending-creates"] });
    expect(stack.state().pending).to.deep.equal([]);
  });

  it("lets no program that outlived its engine spoil the next run", async () => {
    const match = { type: "Microsoft.Resources/resourceGroups" };
    await engine.restart({ faults: { faults: [{ kind: "engineDeath", match }] } });
    let begun: (location: string) => void = () => undefined;
    const nextRun = new Promise<string>((resolve) => (begun = resolve));
    let outlived = (): void => undefined;
    const afterDeath = new Promise<void>((resolve) => (outlived = resolve));
    const stack = await engine.inline({
      program: () => {
        group("westeurope");
        // Asks its engine, which is gone, when the next run is under way.
        const location = pulumi.output(nextRun).apply(async () => {
          try {
            return (await authorization.getClientToken()).token;
          } finally {
            setImmediate(outlived);
          }
        });
        new resources.ResourceGroup("late", { resourceGroupName: "rg-late", location });
        return undefined;
      },
    });
    await stack.up({ mayFail: true });
    await engine.restart({ faults: { faults: [] } });
    await stack.cancel();
    const next = await stack.up({
      mayFail: true,
      program: async () => {
        begun("westeurope");
        await afterDeath;
        group("westeurope");
        return undefined;
      },
    });
    expect(next.errors).to.deep.equal([]);
  });

  it("lets no provider of an engine that died carry out what was under way", async () => {
    await dyingEngine("before");
    await engine.restart();
    expect(engine.sandbox.azure.store.ofType("Microsoft.Network/virtualNetworks")).to.deep.equal(
      [],
    );
  });
});

describe("a client of an engine, among those of engines that are gone", () => {
  const ping = {
    path: "/test/ping",
    requestStream: false,
    responseStream: false,
    requestSerialize: (text: string) => Buffer.from(text),
    requestDeserialize: String,
    responseSerialize: (text: string) => Buffer.from(text),
    responseDeserialize: String,
  } as const;
  const Client = grpc.makeGenericClientConstructor({ ping }, "test");
  const insecure = grpc.credentials.createInsecure();

  const serve = async (answer: string, port: number): Promise<[grpc.Server, number]> => {
    const server = new grpc.Server();
    server.addService(
      { ping },
      {
        ping: (_: unknown, reply: grpc.sendUnaryData<string>) => {
          reply(null, answer);
        },
      },
    );
    const bound = await new Promise<number>((resolve, reject) => {
      const credentials = grpc.ServerCredentials.createInsecure();
      server.bindAsync(`127.0.0.1:${port}`, credentials, (error, at) => {
        if (error === null) resolve(at);
        else reject(error);
      });
    });
    return [server, bound];
  };
  const ask = (client: grpc.Client): Promise<string> =>
    new Promise((resolve, reject) => {
      const answered: grpc.requestCallback<string> = (error, text = "") => {
        if (error === null) resolve(text);
        else reject(error);
      };
      client.makeUnaryRequest(
        ping.path,
        ping.requestSerialize,
        ping.responseDeserialize,
        "anybody",
        answered,
      );
    });

  it("reaches its own, though the system has given it the port of another", async () => {
    const [gone, port] = await serve("gone", 0);
    const old = new Client(`127.0.0.1:${port}`, insecure, grpcClientOptions);
    const own = new Client(`127.0.0.1:${port}`, insecure, grpcClientOptions);
    let next: grpc.Server | undefined;
    try {
      expect(await ask(old)).to.equal("gone");
      gone.forceShutdown();
      const failed = await ask(old).catch((error: unknown) => String(error));
      expect(failed).to.contain("UNAVAILABLE");
      [next] = await serve("next", port);
      expect(await ask(own)).to.equal("next");
    } finally {
      for (const client of [old, own]) client.close();
      for (const server of [gone, next]) server?.forceShutdown();
    }
  });
});
