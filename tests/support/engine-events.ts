import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation";

/** One step of the engine on one resource. */
export interface Step {
  /** `create`, `update`, `delete`, `same`, `replace`, `create-replacement`, `delete-replaced`, `refresh`, `read`, ... */
  readonly op: string;
  readonly urn: string;
  /** Last part of the URN. */
  readonly name: string;
  readonly type: string;
  /** Input properties that differ. */
  readonly diffs: readonly string[];
  /** Kind of difference by property path; empty where the provider gave none. */
  readonly detailedDiff: Readonly<Record<string, string>>;
}

/** An error that the engine reported. */
export interface Problem {
  /** The resource that it is about; undefined where it is about none. */
  readonly urn: string | undefined;
  readonly message: string;
}

/** What the engine did, or would do. */
export interface EngineReport {
  /** Every step in the order in which it began, unchanged resources (`same`) included. */
  readonly steps: readonly Step[];
  /**
   * The steps that change a resource, logical parts of a replacement included; those on the engine's own entries (the
   * stack, default providers) left out.
   */
  readonly changes: readonly Step[];
  /** How many resources by operation, as the engine sums up. */
  readonly summary: Readonly<Record<string, number>>;
  readonly problems: readonly Problem[];
  /** The messages of `problems`. */
  readonly errors: readonly string[];
  /** Errors of single resources, by the last part of their URN. */
  readonly failures: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
}

/** Steps that leave a resource as it is. */
const QUIET = new Set(["same", "read", "refresh"]);

function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? urn;
}

function stepOf(metadata: StepEventMetadata): Step {
  return {
    op: metadata.op,
    urn: metadata.urn,
    name: nameOf(metadata.urn),
    type: metadata.type,
    diffs: metadata.diffs ?? [],
    detailedDiff: Object.fromEntries(
      Object.entries(metadata.detailedDiff ?? {}).map(([path, { diffKind }]) => [path, diffKind]),
    ),
  };
}

/**
 * Reads the events of one operation. A refresh announces every resource as `refresh` and says afterwards what it
 * found, so there the step that counts is the one that ends it.
 * @param kind what was run; `up` drops the events of the preview before it
 */
export function readEvents(
  events: readonly EngineEvent[],
  kind: "up" | "preview" | "refresh" | "destroy",
): EngineReport {
  const report = {
    steps: [] as Step[],
    summary: {} as Record<string, number>,
    problems: [] as Problem[],
    failures: {} as Record<string, string>,
    warnings: [] as string[],
  };
  for (const event of events) {
    const step = kind === "refresh" ? event.resOutputsEvent : event.resourcePreEvent;
    if (step !== undefined && (kind === "preview" || step.planning !== true))
      report.steps.push(stepOf(step.metadata));
    if (event.summaryEvent !== undefined)
      report.summary = { ...event.summaryEvent.resourceChanges };
    const diagnostic = event.diagnosticEvent;
    if (diagnostic === undefined || diagnostic.ephemeral === true) continue;
    const message = diagnostic.message.replace(/<\{%[^%]*%\}>/g, "").trim();
    if (diagnostic.severity === "error") {
      const { urn = "" } = diagnostic;
      report.problems.push({ urn: urn === "" ? undefined : urn, message });
      const name = nameOf(urn);
      if (urn !== "" && !urn.includes("::pulumi:pulumi:Stack::"))
        report.failures[name] = `${report.failures[name] ?? ""}${message}`;
    }
    if (diagnostic.severity === "warning") report.warnings.push(message);
  }
  return {
    ...report,
    errors: report.problems.map(({ message }) => message),
    changes: report.steps.filter(({ op, type }) => !QUIET.has(op) && !type.startsWith("pulumi:")),
  };
}
