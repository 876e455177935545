import { plannedGraph } from "../components/model/plan/planned-graph";
import type { ResourceGraph } from "../components/model/graph/resource-graph";

export const VMS_PER_SPOKE = 20;

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** The graph of an environment of so many spokes, each with twenty VMs, two eligibilities and a workload port. */
export function largeEnvironment(spokes: number): ResourceGraph {
  return plannedGraph("jump", {
    location: "westeurope",
    environment: "dev",
    subscriptionId: "22222222-2222-4222-8222-222222222222",
    hub: { addressSpace: "10.10.0.0/24" },
    spokes: Object.fromEntries(
      numbers(spokes).map((spoke) => [
        `s${spoke}`,
        {
          addressSpace: `10.${100 + Math.floor(spoke / 250)}.${spoke % 250}.0/24`,
          allowInbound: { https: { from: ["10.40.0.0/16"], ports: [443], reason: "publish" } },
          vms: Object.fromEntries(
            numbers(VMS_PER_SPOKE).map((vm) => [
              `m${vm}`,
              { os: vm % 2 === 0 ? ("linux" as const) : ("windows" as const) },
            ]),
          ),
        },
      ]),
    ),
    access: {
      users: { groups: { operators: "33333333-0000-4000-8000-000000000001" } },
      administrators: { groups: { admins: "33333333-0000-4000-8000-000000000002" } },
    },
    signIn: {
      breakGlass: { groupId: "33333333-0000-4000-8000-000000000004", reason: "tenant recovery" },
    },
  });
}
