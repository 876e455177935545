import { createRequire } from "node:module";
import { join } from "node:path";
import type * as language from "@pulumi/pulumi/proto/language_pb";

/** A Node.js process to start: `node <args>` in a folder. */
export interface Command {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Options of `runtime` in Pulumi.yaml: https://www.pulumi.com/docs/iac/concepts/projects/project-file/#runtime-options */
interface Options {
  readonly typescript?: boolean;
  readonly nodeargs?: string;
  readonly tsconfig?: string;
}

/** The SDK's own entry point, as the program would find it. */
export function entryPoint(name: "run" | "run-plugin" | "run-policy-pack", folder: string): string {
  return createRequire(join(folder, "program.js")).resolve(`@pulumi/pulumi/cmd/${name}`);
}

/** Words of a command line, those in quotes kept together. */
function words(text = ""): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? "",
  );
}

/** How the program of a run is started; flags and variables as the SDK's `cmd/run` reads them. */
export function programCommand(request: language.RunRequest, engineAddress: string): Command {
  const info = request.getInfo();
  const options = (info?.getOptions()?.toJavaScript() ?? {}) as Options;
  const folder = info?.getProgramDirectory() ?? request.getPwd();
  const flags = {
    monitor: request.getMonitorAddress(),
    engine: engineAddress,
    organization: request.getOrganization(),
    project: request.getProject(),
    stack: request.getStack(),
    pwd: request.getPwd(),
    parallel: String(request.getParallel()),
  };
  return {
    args: [
      ...words(options.nodeargs),
      entryPoint("run", folder),
      ...Object.entries(flags).flatMap(([name, value]) =>
        value === "" ? [] : [`--${name}`, value],
      ),
      ...(request.getDryrun() ? ["--dry-run"] : []),
      ...(request.getQuerymode() ? ["--query-mode", "true"] : []),
      request.getProgram() || ".",
      ...request.getArgsList(),
    ],
    cwd: request.getPwd(),
    env: {
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
      ...(options.typescript === false ? {} : { PULUMI_NODEJS_TYPESCRIPT: "true" }),
      ...(options.tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig }),
    },
  };
}

/** How a policy pack or a plugin written in TypeScript is started. */
export function pluginCommand(request: language.RunPluginRequest): Command {
  const folder = request.getInfo()?.getProgramDirectory() ?? request.getPwd();
  const kind = request.getKind() === "analyzer" ? "run-policy-pack" : "run-plugin";
  return {
    args: [entryPoint(kind, folder), ...request.getArgsList(), folder],
    // A policy pack reads its package.json from where it runs.
    cwd: kind === "run-policy-pack" ? folder : request.getPwd(),
    env: Object.fromEntries(
      request.getEnvList().map((entry) => {
        const at = entry.indexOf("=");
        return [entry.slice(0, at), entry.slice(at + 1)];
      }),
    ),
  };
}
