import { expect } from "chai";
import { ProgramInfo, RunPluginRequest, RunRequest } from "@pulumi/pulumi/proto/language_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { REPOSITORY } from "../../../sandbox/options";
import { pluginCommand, programCommand } from "../../../sandbox/language-host/program";
import { answerOf } from "../../../sandbox/language-host/service";

const sdk = (name: string): string => require.resolve(`@pulumi/pulumi/cmd/${name}`);

function infoWith(options: Record<string, string | boolean>): ProgramInfo {
  const info = new ProgramInfo();
  info.setProgramDirectory(REPOSITORY);
  info.setOptions(Struct.fromJavaScript(options));
  return info;
}

function requestWith(options: Record<string, string | boolean> = {}): RunRequest {
  const request = new RunRequest();
  request.setInfo(infoWith(options));
  request.setPwd("/work");
  request.setProgram("/program");
  request.setMonitorAddress("127.0.0.1:1");
  request.setProject("project");
  request.setStack("dev");
  request.setParallel(16);
  request.getConfigMap().set("project:secret", "geheim");
  request.setConfigsecretkeysList(["project:secret"]);
  return request;
}

describe("the sandbox's host for Node.js programs", () => {
  it("starts the SDK's own entry point, turned to the engine's own monitor", () => {
    const request = requestWith();
    request.setDryrun(true);
    request.setArgsList(["--", "more"]);
    const command = programCommand(request, "127.0.0.1:2");
    expect(command.cwd).to.equal("/work");
    expect(command.args.join(" ")).to.equal(
      `${sdk("run")} --monitor 127.0.0.1:1 --engine 127.0.0.1:2 --project project --stack dev --pwd /work --parallel 16 --dry-run /program -- more`,
    );
    expect(command.env).to.deep.equal({
      PULUMI_CONFIG: '{"project:secret":"geheim"}',
      PULUMI_CONFIG_SECRET_KEYS: '["project:secret"]',
      PULUMI_NODEJS_TYPESCRIPT: "true",
    });
  });

  it("follows the runtime options of Pulumi.yaml", () => {
    const { args, env } = programCommand(
      requestWith({ typescript: false, tsconfig: "my.json", nodeargs: `--import tsx -r "a b"` }),
      "",
    );
    expect(args.slice(0, 5)).to.deep.equal(["--import", "tsx", "-r", "a b", sdk("run")]);
    expect(env).to.not.have.property("PULUMI_NODEJS_TYPESCRIPT");
    expect(env.PULUMI_NODEJS_TSCONFIG_PATH).to.equal("my.json");
  });

  it("runs the main file of a program that names none", () => {
    const request = requestWith();
    request.setProgram("");
    expect(programCommand(request, "").args.at(-1)).to.equal(".");
  });

  it("starts a policy pack where it lies, and any other plugin where it is wanted", () => {
    const request = new RunPluginRequest();
    request.setInfo(infoWith({}));
    request.setPwd("/work");
    request.setArgsList(["127.0.0.1:2"]);
    request.setEnvList(["A=b=c", "EMPTY="]);
    const plugin = pluginCommand(request);
    expect(plugin.args).to.deep.equal([sdk("run-plugin"), "127.0.0.1:2", REPOSITORY]);
    expect(plugin.cwd).to.equal("/work");
    expect(plugin.env).to.deep.equal({ A: "b=c", EMPTY: "" });
    request.setKind("analyzer");
    const pack = pluginCommand(request);
    expect(pack.args).to.deep.equal([sdk("run-policy-pack"), "127.0.0.1:2", REPOSITORY]);
    expect(pack.cwd).to.equal(REPOSITORY);
  });

  it("tells the engine how a program ended, and leaves alone what the user has been told", () => {
    const told = (code: number | null, signal: NodeJS.Signals | null = null): unknown =>
      answerOf(code, signal).toObject();
    expect(told(0)).to.deep.equal({ error: "", bail: false });
    expect(told(32)).to.deep.equal({ error: "", bail: true });
    expect(told(3)).to.deep.equal({
      error: "Program exited with non-zero exit code: 3",
      bail: false,
    });
    expect(told(null, "SIGKILL")).to.deep.equal({
      error: "Program was ended by SIGKILL",
      bail: false,
    });
  });
});
