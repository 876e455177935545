import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder of one test's own, and how to fill and remove it. */
export interface TemporaryFolder {
  readonly path: string;
  /** Writes a file, with its folders. */
  file(name: string, text: string, mode?: number): string;
  /** Writes a shell script that can be run. */
  script(name: string, ...lines: string[]): string;
  remove(): void;
}

export function temporaryFolder(): TemporaryFolder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "sandbox-test-")));
  const file = (name: string, text: string, mode = 0o644): string => {
    const target = join(path, name);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text, { mode });
    return target;
  };
  return {
    path,
    file,
    script: (name, ...lines) => file(name, `${["#!/bin/sh", ...lines].join("\n")}\n`, 0o755),
    remove() {
      rmSync(path, { recursive: true, force: true });
    },
  };
}
