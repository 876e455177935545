import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ReportError } from "./report-error";

/** Name that stands for standard input. */
export const STANDARD_INPUT = "-";

/**
 * Reads a JSON file, or standard input.
 * @param base folder that relative names are taken from
 * @param what what it should hold, for the way out
 * @throws ReportError where it cannot be read, or is not JSON
 */
export function readJson(file: string, base: string, what: string): unknown {
  const name = file === STANDARD_INPUT ? "standard input" : `"${file}"`;
  return parsed(textOf(file, base, name, what), name, what);
}

/** Parses JSON that a tool wrote; its text is never shown, because a state may hold anything. */
export function parsed(text: string, name: string, what: string): unknown {
  if (text.trim() === "") throw new ReportError([`${name} is empty; give ${what}`]);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw new ReportError([`${name} is not JSON; give ${what}`]);
  }
}

function textOf(file: string, base: string, name: string, what: string): string {
  try {
    return readFileSync(file === STANDARD_INPUT ? 0 : resolve(base, file), "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "an error";
    throw new ReportError([`${name} cannot be read (${code}); give ${what}`]);
  }
}
