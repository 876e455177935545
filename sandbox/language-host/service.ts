import { type ChildProcess, spawn, type StdioOptions } from "node:child_process";
import type {
  sendUnaryData,
  ServerUnaryCall,
  ServerWritableStream,
  UntypedServiceImplementation,
} from "@grpc/grpc-js";
import * as language from "@pulumi/pulumi/proto/language_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type Command, pluginCommand, programCommand } from "./program";

/** The exit code by which the SDK says that the user has been told what is wrong (`cmd/run/index.js`). */
const USER_WAS_TOLD = 32;

function start({ args, cwd, env }: Command, stdio: StdioOptions): ChildProcess {
  return spawn(process.execPath, args, { cwd, env: { ...process.env, ...env }, stdio });
}

/** How a program ended, as the engine wants to hear it. */
export function answerOf(code: number | null, signal: NodeJS.Signals | null): language.RunResponse {
  const answer = new language.RunResponse();
  if (code === 0) return answer;
  if (code === USER_WAS_TOLD) answer.setBail(true);
  else if (code === null) answer.setError(`Program was ended by ${signal ?? "a signal"}`);
  else answer.setError(`Program exited with non-zero exit code: ${code}`);
  return answer;
}

/**
 * What the engine asks of a language host to run programs and policy packs: the protocol's other methods (templates,
 * generated packages, the installation of dependencies) are not played and answer UNIMPLEMENTED, with which the engine
 * goes on. The program talks to the engine's own monitor, so that whatever the SDK and the engine know, hooks and
 * stack transforms among it, works.
 */
export function serviceOf(engineAddress: string): UntypedServiceImplementation {
  const running = new Set<ChildProcess>();
  const track = (child: ChildProcess): ChildProcess => {
    running.add(child);
    child.once("close", () => running.delete(child));
    return child;
  };
  return {
    getPluginInfo(_: unknown, callback: sendUnaryData<plugin.PluginInfo>) {
      callback(null, new plugin.PluginInfo());
    },
    // The providers are the sandbox's own and named in the project's copy; there is nothing to get.
    getRequiredPackages(_: unknown, callback: sendUnaryData<language.GetRequiredPackagesResponse>) {
      callback(null, new language.GetRequiredPackagesResponse());
    },
    getProgramDependencies(
      _: unknown,
      callback: sendUnaryData<language.GetProgramDependenciesResponse>,
    ) {
      callback(null, new language.GetProgramDependenciesResponse());
    },
    about(_: unknown, callback: sendUnaryData<language.AboutResponse>) {
      const answer = new language.AboutResponse();
      answer.setExecutable(process.execPath);
      answer.setVersion(process.version);
      callback(null, answer);
    },
    run(
      call: ServerUnaryCall<language.RunRequest, language.RunResponse>,
      callback: sendUnaryData<language.RunResponse>,
    ) {
      try {
        const command = programCommand(call.request, engineAddress);
        const child = track(start(command, ["ignore", "inherit", "inherit"]));
        child.once("error", callback);
        child.once("close", (code, signal) => {
          callback(null, answerOf(code, signal));
        });
      } catch (error) {
        callback(error as Error);
      }
    },
    runPlugin(call: ServerWritableStream<language.RunPluginRequest, language.RunPluginResponse>) {
      const child = track(start(pluginCommand(call.request), ["ignore", "pipe", "pipe"]));
      const send = (set: (answer: language.RunPluginResponse) => void): void => {
        const answer = new language.RunPluginResponse();
        set(answer);
        call.write(answer);
      };
      child.stdout?.on("data", (part: Buffer) => {
        send((answer) => {
          answer.setStdout(part);
        });
      });
      child.stderr?.on("data", (part: Buffer) => {
        send((answer) => {
          answer.setStderr(part);
        });
      });
      child.once("close", (code) => {
        send((answer) => {
          answer.setExitcode(code ?? 1);
        });
        call.end();
      });
      call.on("cancelled", () => child.kill());
    },
    cancel(_: unknown, callback: sendUnaryData<Empty>) {
      for (const child of running) child.kill();
      callback(null, new Empty());
    },
  };
}
