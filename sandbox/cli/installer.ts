import type { Progress } from "./progress";

export interface InstallContext {
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
}

/** One way to get the pinned release. */
export interface Installer {
  /** As an error message names it. */
  readonly name: string;
  /**
   * Puts the executables into an empty folder of the caller and returns the folder they are in.
   * @throws Error saying why this way is closed on this machine.
   */
  install(folder: string, context: InstallContext): Promise<string>;
}
