import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { ReportError } from "./report-error";

/** Name that stands for standard input. */
const STANDARD_INPUT = "-";

/** A file as it was read, or the problem that it cannot be. */
export interface Read {
  readonly name: string;
  readonly text: string | ReportError;
}

/**
 * Reads a file, or standard input to its end.
 * @param base folder that relative names are taken from
 * @param what what it should hold, for the way out
 */
export async function readText(file: string, base: string, what: string): Promise<Read> {
  const name = file === STANDARD_INPUT ? "standard input" : `"${file}"`;
  try {
    const whole =
      file === STANDARD_INPUT
        ? await text(process.stdin)
        : await readFile(resolve(base, file), "utf8");
    return { name, text: whole };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "an error";
    return { name, text: new ReportError([`${name} cannot be read (${code}); give ${what}`]) };
  }
}

/**
 * Parses what was read.
 * @throws ReportError where it could not be read, or is not JSON
 */
export function jsonOf({ name, text: read }: Read, what: string): unknown {
  if (read instanceof ReportError) throw read;
  return parsed(read, name, what);
}

/** Parses JSON that a tool wrote; its text is never shown, because a state may hold anything. */
export function parsed(written: string, name: string, what: string): unknown {
  if (written.trim() === "") throw new ReportError([`${name} is empty; give ${what}`]);
  try {
    return JSON.parse(written.replace(/^\uFEFF/, ""));
  } catch {
    throw new ReportError([`${name} is not JSON; give ${what}`]);
  }
}
