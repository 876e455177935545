import { type Issue, shown } from "./issue";

interface NameRule {
  /** Abbreviation of the Cloud Adoption Framework, put before the base name. */
  readonly prefix: string;
  readonly longest: number;
}

/**
 * How physical names are made, and how long Azure lets them be.
 * Sources: https://learn.microsoft.com/azure/cloud-adoption-framework/ready/azure-best-practices/resource-abbreviations
 * and https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
 */
export const RESOURCE_NAMES = {
  resourceGroup: { prefix: "rg", longest: 90 },
  virtualNetwork: { prefix: "vnet", longest: 64 },
  subnet: { prefix: "snet", longest: 80 },
  networkSecurityGroup: { prefix: "nsg", longest: 80 },
  publicAddress: { prefix: "pip", longest: 80 },
  bastionHost: { prefix: "bas", longest: 80 },
  natGateway: { prefix: "ng", longest: 80 },
  routeTable: { prefix: "rt", longest: 80 },
  networkInterface: { prefix: "nic", longest: 80 },
  peering: { prefix: "peer", longest: 80 },
  linuxMachine: { prefix: "vm", longest: 64 },
} as const satisfies Record<string, NameRule>;

export type ResourceKind = keyof typeof RESOURCE_NAMES;

/** The physical name of a resource: `rg-jump-dev-hub`. */
export function resourceName(kind: ResourceKind, ...base: readonly string[]): string {
  return [RESOURCE_NAMES[kind].prefix, ...base].join("-");
}

/** Letters, digits and inner hyphens: what every kind above takes, RG to VM. */
const NAME = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i;

/** Problems of a base name, judged for the kinds that are made from it with the further parts. */
export function checkBaseName(base: string, path: string, kinds: readonly ResourceKind[]): Issue[] {
  if (!NAME.test(base)) {
    return [
      {
        path,
        problem: `${shown(base)} makes no Azure name; use letters, digits and inner hyphens`,
      },
    ];
  }
  const tooLong = kinds.filter(
    (kind) => resourceName(kind, base).length > RESOURCE_NAMES[kind].longest,
  );
  return tooLong.slice(0, 1).map((kind) => ({
    path,
    problem: `${shown(resourceName(kind, base))} has ${resourceName(kind, base).length} characters, Azure allows ${RESOURCE_NAMES[kind].longest}; shorten it`,
  }));
}

/** Problems of a key that becomes part of a name: a spoke's or a VM's. */
export function checkKey(key: string, path: string, longest: number): Issue[] {
  if (/^[a-z](?:[a-z0-9-]*[a-z0-9])?$/.test(key) && key.length <= longest) return [];
  return [
    {
      path,
      problem: `${shown(key)} becomes part of Azure names; use lower-case letters, digits and inner hyphens, at most ${longest}, a letter first`,
    },
  ];
}
