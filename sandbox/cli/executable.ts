import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Whether a folder holds all of these programs, ready to run. */
export function holdsAll(folder: string, names: readonly string[]): boolean {
  return names.every((name) => isExecutable(join(folder, name)));
}

/** The first folder of PATH that holds the program, or undefined. */
export function folderOnPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.find((folder) => isExecutable(join(folder, name)));
}
