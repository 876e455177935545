import { parseRange } from "./address-range";
import { checkReason } from "./egress";
import { at, type Issue, shown } from "./issue";
import { parsePorts, REMOTE_ADMINISTRATION_PORTS } from "./management-ports";
import { LONGEST_DESCRIPTION, type NsgRule } from "./nsg-rule";

/** Workload traffic that may come in besides Bastion. */
export interface AllowInbound {
  /** Where it comes from: IPv4 ranges, or the service tag `AzureLoadBalancer`. Anywhere is refused. */
  from: string[];
  /** Destination ports: numbers, or ranges such as `8000-8010`. Management ports are refused. */
  ports: (number | string)[];
  /** @default `Tcp` */
  protocol?: "Tcp" | "Udp" | "*";
  /** Why, for the reader of an audit; becomes the rule's description (140 characters). */
  reason: string;
}

/** The last own rule. Below it stand only Azure's defaults, of which AllowVnetInBound (65000) would admit every peer. */
export const DENY_ALL_INBOUND_PRIORITY = 4096;
const FIRST_WORKLOAD_PRIORITY = 200;
const WORKLOAD_STEP = 10;
const MOST_WORKLOAD_RULES = (DENY_ALL_INBOUND_PRIORITY - FIRST_WORKLOAD_PRIORITY) / WORKLOAD_STEP;

/**
 * The rules of a spoke's network security group: Bastion on the ports of the VMs that are there, the
 * workload's named exceptions in the order of their names, and a deny of everything else.
 * Source of the first: https://learn.microsoft.com/azure/bastion/bastion-nsg, "Target VM subnet".
 */
export function workloadNsgRules(
  bastionRange: string,
  signInPorts: readonly number[],
  allowInbound: Readonly<Record<string, AllowInbound>>,
): NsgRule[] {
  const ports = [...new Set(signInPorts)].sort((a, b) => a - b).map(String);
  const workload = Object.entries(allowInbound).sort(([one], [other]) => (one < other ? -1 : 1));
  return [
    {
      name: "AllowBastionInbound",
      priority: 100,
      direction: "Inbound",
      access: "Allow",
      protocol: "Tcp",
      from: [bastionRange],
      to: ["*"],
      ports,
      why: "Bastion reaches the sign-in ports; nobody else does",
    },
    ...workload.map(([name, { from, ports: open, protocol = "Tcp", reason }], index): NsgRule => ({
      name: `AllowWorkload-${name}`,
      priority: FIRST_WORKLOAD_PRIORITY + WORKLOAD_STEP * index,
      direction: "Inbound",
      access: "Allow",
      protocol,
      from: [...from].sort(),
      to: ["*"],
      ports: open.map(String),
      why: reason,
    })),
    {
      name: "DenyAllInbound",
      priority: DENY_ALL_INBOUND_PRIORITY,
      direction: "Inbound",
      access: "Deny",
      protocol: "*",
      from: ["*"],
      to: ["*"],
      ports: ["*"],
      why: "Azure's default AllowVnetInBound would admit every peered network on every port",
    },
  ];
}

/** Problems of the exceptions: a management port, anywhere as a source, Bastion's own range, no reason. */
export function checkAllowInbound(
  allowInbound: Readonly<Record<string, AllowInbound>>,
  path: string,
  customPorts: readonly number[] = [],
): Issue[] {
  const names = Object.keys(allowInbound);
  const tooMany =
    names.length > MOST_WORKLOAD_RULES
      ? [
          {
            path,
            problem: `${names.length} exceptions, at most ${Math.floor(MOST_WORKLOAD_RULES)} fit`,
          },
        ]
      : [];
  return [
    ...tooMany,
    ...Object.entries(allowInbound).flatMap(([name, entry]) =>
      checkOne(name, entry, at(path, name), customPorts),
    ),
  ];
}

function checkOne(
  name: string,
  { from, ports, reason }: AllowInbound,
  path: string,
  customPorts: readonly number[],
): Issue[] {
  const issues: Issue[] = checkReason(reason, at(path, "reason"));
  if (!/^[A-Za-z0-9][\w-]{0,62}$/.test(name)) {
    issues.push({
      path,
      problem: `${shown(name)} becomes a rule's name; use letters, digits, _ and -`,
    });
  }
  if (reason.length > LONGEST_DESCRIPTION) {
    issues.push({
      path: at(path, "reason"),
      problem: `has ${reason.length} characters, a rule's description holds ${LONGEST_DESCRIPTION}; shorten it`,
    });
  }
  if (from.length === 0)
    issues.push({ path: at(path, "from"), problem: "is empty; name the source ranges" });
  from.forEach((source, index) => {
    const range = parseRange(source);
    if (source === "AzureLoadBalancer" || (range !== undefined && range.bits >= 8)) return;
    issues.push({
      path: at(path, "from", index),
      problem:
        range === undefined
          ? `${shown(source)} is no IPv4 range; write 10.0.0.0/24 or AzureLoadBalancer, other tags admit more than they say`
          : `${shown(source)} is nearly anywhere; name ranges of /8 or smaller, and put a gateway before what is public`,
    });
  });
  if (ports.length === 0)
    issues.push({ path: at(path, "ports"), problem: "is empty; name the ports" });
  ports.forEach((text, index) => {
    issues.push(...checkPorts(text, at(path, "ports", index), customPorts));
  });
  return issues;
}

function checkPorts(text: number | string, path: string, customPorts: readonly number[]): Issue[] {
  const range = parsePorts(text);
  if (range === undefined) {
    return [{ path, problem: `${shown(text)} is no port; use 443 or "8000-8010"` }];
  }
  const guarded = new Map<number, string>([
    ...Object.entries(REMOTE_ADMINISTRATION_PORTS).map(([port, what]): [number, string] => [
      Number(port),
      what,
    ]),
    ...customPorts.map((port): [number, string] => [port, "a VM's own sign-in port"]),
  ]);
  return [...guarded]
    .filter(([port]) => range.first <= port && port <= range.last)
    .map(([port, what]) => ({
      path,
      problem: `${shown(text)} opens management port ${port} (${what}); leave it out, Bastion is the way in`,
    }));
}
