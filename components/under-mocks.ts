import * as pulumi from "@pulumi/pulumi";

/** Whether Pulumi's mock monitor is in place: it is told by the mocks it carries, and no other has them. */
export function underMocks(): boolean {
  const monitor: unknown = pulumi.runtime.getMonitor();
  return typeof monitor === "object" && monitor !== null && "mocks" in monitor;
}
