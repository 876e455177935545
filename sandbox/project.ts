import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type Document, isMap, isScalar, parseDocument, visit } from "yaml";

/** Names of Pulumi.yaml that the engine knows. */
const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/** A copy of a project whose settings pulumi may rewrite; the program itself stays where it is. */
export interface ProjectCopy {
  readonly name: string;
  /** Folder with the copies of Pulumi.yaml and the stack files; pulumi runs in it. */
  readonly folder: string;
  /** Stacks that have a file in the project. */
  readonly stacks: readonly string[];
  /** What the copies do not take over, for standard error. */
  readonly notices: readonly string[];
}

interface Origin {
  /** Folder that relative paths of the project are taken from. */
  readonly root: string;
  readonly project: Document;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The project that pulumi would take in this folder: the nearest Pulumi.yaml upward. A program without any gets one,
 * named after its folder.
 */
function findProject(directory: string): Origin {
  if (!existsSync(directory)) throw new Error(`--cwd: ${directory} does not exist`);
  for (let root = directory; ; root = dirname(root)) {
    const file = PROJECT_FILES.map((name) => join(root, name)).find((path) => existsSync(path));
    if (file !== undefined) {
      const project = parseDocument(readFileSync(file, "utf8"));
      if (project.errors[0] !== undefined) throw new Error(`${file}: ${project.errors[0].message}`);
      if (!isObject(project.toJS()))
        throw new Error(`${file}: holds no project; it needs a name and a runtime`);
      return { root, project };
    }
    if (root === dirname(root)) break;
  }
  const name = basename(directory).replace(/[^A-Za-z0-9_.-]/g, "-");
  return {
    root: directory,
    project: parseDocument(`name: ${JSON.stringify(name)}\nruntime: nodejs\n`),
  };
}

/** Plugins that the engine is to use inside the sandbox, by the folder that each lies in. */
export interface SandboxPlugins {
  readonly providers: string;
  /** The host for Node.js programs, where the CLI brings none. */
  readonly languageHost?: string | undefined;
}

/** Rewrites what a Pulumi.yaml says relative to itself, and puts the stand-in providers in. */
function adapt({ root, project }: Origin, { providers, languageHost }: SandboxPlugins): string {
  const js: unknown = project.toJS();
  const main = isObject(js) ? js.main : undefined;
  // The engine takes an absolute main, and resolves everything of the program from there.
  project.set("main", typeof main === "string" ? resolve(root, main) : root);
  project.delete("stackConfigDir");
  project.delete("backend");
  if (isObject(js) && typeof js.config === "string") project.delete("config");

  const packages = isObject(js) && isObject(js.packages) ? js.packages : {};
  for (const [name, source] of Object.entries(packages)) {
    if (typeof source === "string" && /^\.{0,2}\//.test(source)) {
      project.setIn(["packages", name], resolve(root, source));
    }
  }
  const plugins = isObject(js) && isObject(js.plugins) ? js.plugins : {};
  const absolute = (list: unknown): Record<string, unknown>[] =>
    (Array.isArray(list) ? (list as unknown[]) : []).filter(isObject).map((plugin) => {
      const path = plugin.path;
      return typeof path === "string" ? { ...plugin, path: resolve(root, path) } : plugin;
    });
  for (const [kind, list] of Object.entries(plugins))
    project.setIn(["plugins", kind], absolute(list));
  const kept = absolute(plugins.providers).filter(
    (plugin) => !STAND_INS.includes(String(plugin.name)),
  );
  // Named here as well as on PATH, because the engine warns of a plugin that only PATH has.
  const standIns = STAND_INS.map((name) => ({ name, path: providers }));
  project.setIn(["plugins", "providers"], [...kept, ...standIns]);
  if (languageHost !== undefined) {
    const others = absolute(plugins.languages).filter(({ name }) => name !== "nodejs");
    project.setIn(["plugins", "languages"], [...others, { name: "nodejs", path: languageHost }]);
  }
  return project.toString();
}

/** Providers that the sandbox stands in for. */
export const STAND_INS: readonly string[] = ["azure-native", "azuread"];

/** What ties a stack file to the key of a real stack, or to an environment of Pulumi Cloud. */
const TIED = ["secretsprovider", "encryptedkey", "encryptionsalt", "environment"];

/** A stack file without what only its real stack can read; and what that was. */
function loosen(text: string, file: string): { text: string; left: string[] } {
  const document = parseDocument(text);
  if (document.errors[0] !== undefined) throw new Error(`${file}: ${document.errors[0].message}`);
  const left: string[] = [];
  if (!isMap(document.contents)) return { text, left };
  for (const key of TIED) if (document.delete(key)) left.push(key);
  visit(document, {
    Pair(_, pair) {
      if (!isMap(pair.value) || !pair.value.has("secure")) return undefined;
      left.push(isScalar(pair.key) ? String(pair.key.value) : "a secret");
      return visit.REMOVE;
    },
  });
  return { text: left.length === 0 ? text : document.toString(), left };
}

/** Digest of each original at the time of its copy, by stack. */
type Digests = Record<string, string>;

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function readDigests(file: string): Digests {
  if (!existsSync(file)) return {};
  const value: unknown = JSON.parse(readFileSync(file, "utf8"));
  return isObject(value) ? (value as Digests) : {};
}

function saltOf(copy: string): string {
  if (!existsSync(copy)) return "";
  return /^encryptionsalt:.*$/m.exec(readFileSync(copy, "utf8"))?.[0] ?? "";
}

const STACK_FILE = /^Pulumi\.([^/]+)\.ya?ml$/;

/**
 * Copies a project's settings into the sandbox. pulumi adds an encryption salt to a stack file when it makes the
 * stack, and `config set`, `stack rm` and others write it too, so it only ever meets copies. A copy is kept as long as
 * its original does not change, with what `config set` wrote into it; after that it is made anew, with its salt.
 * @param directory where the command was given, or its `--cwd`
 * @param into folder for the copies of all projects
 */
export function copyProject(directory: string, into: string, plugins: SandboxPlugins): ProjectCopy {
  const origin = findProject(directory);
  const js: unknown = origin.project.toJS();
  const name = isObject(js) && typeof js.name === "string" ? js.name : basename(origin.root);
  const settings = isObject(js) ? (js.stackConfigDir ?? js.config) : undefined;
  const stackFolder = typeof settings === "string" ? resolve(origin.root, settings) : origin.root;
  const folder = join(into, `${name}-${digest(origin.root).slice(0, 8)}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "Pulumi.yaml"), adapt(origin, plugins));

  const record = join(folder, "originals.json");
  const before = readDigests(record);
  const after: Digests = {};
  const notices: string[] = [];
  for (const file of existsSync(stackFolder) ? readdirSync(stackFolder) : []) {
    const stack = STACK_FILE.exec(file)?.[1];
    if (stack === undefined) continue;
    const original = readFileSync(join(stackFolder, file), "utf8");
    const copy = join(folder, `Pulumi.${stack}.yaml`);
    after[stack] = digest(original);
    if (before[stack] === after[stack] && existsSync(copy)) continue;
    const { text, left } = loosen(original, join(stackFolder, file));
    const salt = saltOf(copy);
    if (before[stack] !== undefined && existsSync(copy)) {
      notices.push(
        `${file} has changed: its copy in the sandbox is made anew, without what \`config set\` wrote there`,
      );
    }
    if (left.length > 0) {
      notices.push(
        `${file}: left out what only the real stack can read (${left.join(", ")}); set it with \`config set\``,
      );
    }
    writeFileSync(copy, salt === "" ? text : `${text.replace(/\n*$/, "\n")}${salt}\n`);
  }
  for (const stack of Object.keys(before)) {
    if (after[stack] === undefined) rmSync(join(folder, `Pulumi.${stack}.yaml`), { force: true });
  }
  writeFileSync(record, JSON.stringify(after));
  return { name, folder, stacks: Object.keys(after), notices };
}
