import type * as pulumi from "@pulumi/pulumi";

/** One of each kind of argument, for the test of what reads them. */
export interface Sample {
  text: pulumi.Input<string>;
  size?: "small" | "large";
  list?: pulumi.Input<string>[];
  one?: { kind: "a"; zone?: string } | { kind: "b" };
  map?: Record<string, { inside: boolean }>;
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}
