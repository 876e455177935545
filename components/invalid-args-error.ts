import * as pulumi from "@pulumi/pulumi";
import { describeIssues, type Issue } from "./model/issue";

/**
 * Thrown by every component before it registers anything, with all problems of its arguments at once.
 * A `RunError`, so that the CLI prints the text without a stack trace.
 */
export class InvalidArgsError extends pulumi.RunError {
  /** The problems, each with its path as the caller wrote it. */
  public readonly issues: readonly Issue[];

  public constructor(subject: string, issues: readonly Issue[]) {
    super(describeIssues(subject, issues));
    this.issues = issues;
  }

  /** Throws when there is a problem; returns when there is none. */
  public static throwIfAny(subject: string, issues: readonly Issue[]): void {
    if (issues.length > 0) throw new InvalidArgsError(subject, issues);
  }
}
