import { checkRange, parseRange, rangeText, slot } from "./address-range";
import { at, type Issue, shown } from "./issue";
import { checkBaseName } from "./resource-names";

/** Smallest AzureBastionSubnet that Azure takes (deployments since 2021-11-02), and its slot here. */
export const BASTION_SUBNET_BITS = 26;

/** The range of AzureBastionSubnet: the first /26 of the hub, always. */
export function bastionSubnetRange(addressSpace: string): string {
  const range = parseRange(addressSpace);
  const first = range === undefined ? undefined : slot(range, BASTION_SUBNET_BITS, 0);
  if (first === undefined) throw new RangeError(`${addressSpace} holds no /${BASTION_SUBNET_BITS}`);
  return rangeText(first);
}

/** What is judged of a hub. */
export interface HubChoice {
  readonly addressSpace: string;
  readonly baseName?: string;
  readonly customPorts?: readonly number[];
}

export function checkHub({ addressSpace, baseName, customPorts = [] }: HubChoice): Issue[] {
  return [
    ...checkRange(addressSpace, "addressSpace", BASTION_SUBNET_BITS, "AzureBastionSubnet"),
    ...(baseName === undefined
      ? []
      : checkBaseName(baseName, "baseName", ["resourceGroup", "virtualNetwork", "bastionHost"])),
    ...customPorts.flatMap((port, index) => checkPort(port, at("customPorts", index))),
  ];
}

/** Problems of a VM's own sign-in port. */
export function checkPort(port: number, path: string): Issue[] {
  return Number.isInteger(port) && port >= 1 && port <= 65535
    ? []
    : [{ path, problem: `${shown(port)} is no port; use 1 to 65535` }];
}
