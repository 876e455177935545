import type { Estate } from "../../components/model/estate/estate";
import type { Unknown } from "../../components/model/estate/known";
import { type Draft, keyOf, part, ports, range, rule } from "./estate-parts";
import { ONE_SPOKE, rightEstate, type Shape } from "./right-estate";

type Estates = Draft<Estate>;
export type Otherwise = (estate: Estates) => void;

/** The right estate with one spoke, otherwise in what is named. */
export function estateWith(change: Otherwise, shape: Partial<Shape> = {}): Estate {
  const estate = rightEstate({ ...ONE_SPOKE, ...shape });
  change(estate);
  return estate;
}

export function rulesOf(
  estate: Estates,
  name: string,
): Draft<Estate["securityGroups"][number]["rules"]> {
  return estate.securityGroups.find(({ subject }) => subject === name)!.rules;
}
export function add(text: string, name = "app-group"): Otherwise {
  return (estate) => {
    const rules = rulesOf(estate, name);
    if (Array.isArray(rules)) rules.push(rule(text));
  };
}
export function drop(start: string, name = "app-group"): Otherwise {
  return (estate) => {
    const group = estate.securityGroups.find(({ subject }) => subject === name)!;
    if (Array.isArray(group.rules)) {
      group.rules = group.rules.filter((one) => !one.name.startsWith(start));
    }
  };
}
export const subnetOf = (estate: Estates, name = "app-machines"): Estates["subnets"][number] =>
  estate.subnets.find(({ subject }) => subject === name)!;
export const halfOf = (estate: Estates, name: string): Estates["peerings"][number] =>
  estate.peerings.find(({ subject }) => subject === name)!;
export function addressOf(
  estate: Estates,
): Exclude<Estates["interfaces"][number]["configurations"], Unknown>[number] {
  const [first] = estate.interfaces;
  if (first === undefined || !Array.isArray(first.configurations)) throw new Error("no interface");
  return first.configurations[0]!;
}
/** A route table on the spoke's subnet. */
export function routed(
  prefix: string,
  nextHop: "None" | "VirtualAppliance" | "Internet" | "VnetLocal",
) {
  return (estate: Estates): void => {
    const routes = [{ name: prefix, range: range(prefix), nextHop, address: undefined }];
    estate.routeTables.push({ ...part("routes"), routes });
    subnetOf(estate).routeTable = keyOf("routes");
  };
}
/** A public load balancer before the spoke's machine. */
export function balanced(backend: string, isPublic: boolean | Unknown = true) {
  return (estate: Estates): void => {
    addressOf(estate).backendPools = [keyOf("pool")];
    estate.loadBalancers.push({
      ...part("balancer"),
      outboundPools: [],
      rules: [
        {
          ...part("balancer-rule"),
          frontendIsPublic: isPublic,
          protocols: ["Tcp"],
          frontendPorts: ports("443"),
          backendPorts: ports(backend),
          pool: keyOf("pool"),
        },
      ],
    });
  };
}
export const both =
  (...changes: Otherwise[]) =>
  (estate: Estates): void => {
    for (const change of changes) change(estate);
  };
