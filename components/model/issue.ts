/** One problem of the caller's arguments, in the form every check returns. */
export interface Issue {
  /** Where it stands, as the caller wrote it: `spokes.app.vms.web.os`. Empty for the whole. */
  readonly path: string;
  /** The offending value, the fact, and the way out: `"solaris" is not ...; use "linux" or "windows"`. */
  readonly problem: string;
}

/** Joins a path and the keys below it; keys that are no identifiers are quoted: `spokes["my app"].vms`. */
export function at(path: string, ...keys: readonly (string | number)[]): string {
  return keys.reduce<string>((whole, key) => {
    if (typeof key === "number") return `${whole}[${key}]`;
    if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${whole}[${JSON.stringify(key)}]`;
    return whole === "" ? key : `${whole}.${key}`;
  }, path);
}

/** The same problems seen from one level up: each path is put below `path`. */
export function below(path: string, issues: readonly Issue[]): Issue[] {
  return issues.map(({ path: inner, problem }) => ({
    path: inner === "" ? path : inner.startsWith("[") ? path + inner : `${path}.${inner}`,
    problem,
  }));
}

/** All problems as one text: what was refused, how many problems, and one line for each. */
export function describeIssues(subject: string, issues: readonly Issue[]): string {
  const count = issues.length === 1 ? "1 problem" : `${issues.length} problems`;
  const lines = issues.map(
    ({ path, problem }) => `  - ${path === "" ? "" : `${path}: `}${problem}`,
  );
  return [`${subject}: ${count}`, ...lines].join("\n");
}

/** A value as it is shown in a problem: strings quoted, long ones cut, nothing expanded. */
export function shown(value: unknown): string {
  // JSON has no word for undefined, whatever its type says.
  const json = JSON.stringify(value) as string | undefined;
  const text = json ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
