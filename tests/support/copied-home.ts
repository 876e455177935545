import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A sandbox's folder of one test's own. */
export interface OwnHome {
  readonly path: string;
  remove(): void;
}

/** A new folder with what lies in another sandbox's: the same simulated Azure and the same state, free to change. */
export function homeLike(original?: string): OwnHome {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "engine-")));
  if (original !== undefined) cpSync(original, path, { recursive: true });
  return {
    path,
    remove() {
      rmSync(path, { recursive: true, force: true });
    },
  };
}
