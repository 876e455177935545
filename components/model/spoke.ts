import { checkRange, parseRange, rangeText, slot } from "./address-range";
import { checkEgress, checkReason, type Egress } from "./egress";
import { checkPort } from "./hub";
import { at, below, type Issue, shown } from "./issue";
import type { LocalCredentialChoice } from "./local-credential-tag";
import { REMOTE_ADMINISTRATION_PORTS, SIGN_IN_PORT } from "./management-ports";
import { OPERATING_SYSTEMS, type OperatingSystem } from "./operating-system";
import { checkBaseName, checkKey, resourceName } from "./resource-names";
import { checkImage, DEFAULT_IMAGES, type VmImage } from "./vm-image";
import { checkComputerName, checkUniqueNames, windowsName } from "./windows-name";
import { type AllowInbound, checkAllowInbound } from "./workload-nsg-rules";
import { checkZone } from "./zones";

/** What is judged of a VM; ids, keys and passwords are other people's values and are not looked at. */
export interface MachineChoice {
  readonly os: OperatingSystem;
  readonly image?: VmImage;
  readonly zone?: string;
  readonly name?: string;
  readonly osDisk?: { readonly sizeGb?: number };
  readonly managementPort?: number;
  readonly localCredential?: LocalCredentialChoice;
  readonly withoutEntraLogin?: { readonly reason: string };
}

/** What is judged of a spoke. */
export interface SpokeChoice {
  readonly addressSpace: string;
  readonly egress?: Egress;
  readonly allowInbound?: Readonly<Record<string, AllowInbound>>;
  readonly vms: Readonly<Record<string, MachineChoice>>;
}

/** What names of a spoke are made of. */
export interface SpokeNaming {
  /** `rg-<baseName>`. */
  readonly baseName: string;
  /** The spoke's own short name, for the readable part of Windows names. */
  readonly key: string;
  /** What keeps Windows names of two environments apart; enters their hash only. */
  readonly uniqueness: readonly string[];
}

/** Azure keeps five addresses of each subnet: https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq */
const RESERVED_ADDRESSES = 5;
/** The VM subnet is the lower half of the spoke, so the smallest spoke holds a /29, Azure's least. */
const LARGEST_SPOKE_BITS = 28;
const LONGEST_KEY = 24;

/** The range of the VM subnet: the lower half of the spoke, always. The upper half is the caller's. */
export function machineSubnetRange(addressSpace: string): string {
  const range = parseRange(addressSpace);
  const half = range === undefined ? undefined : slot(range, range.bits + 1, 0);
  if (half === undefined) throw new RangeError(`${addressSpace} cannot be halved`);
  return rangeText(half);
}

/** Port on which Bastion signs in to a VM. */
export function signInPort({ os, managementPort }: MachineChoice): number {
  return managementPort ?? SIGN_IN_PORT[os];
}

/** Resource name of a VM: the caller's, or one that follows from the keys. */
export function machineName(naming: SpokeNaming, key: string, machine: MachineChoice): string {
  if (machine.name !== undefined) return machine.name;
  return machine.os === "windows"
    ? windowsName(key, naming.key, ...naming.uniqueness)
    : resourceName("linuxMachine", naming.baseName, key);
}

/** Ways into a VM past Entra ID and PIM that the caller chose, in words. */
export function waysRound(key: string, { localCredential }: MachineChoice): string[] {
  if (localCredential === undefined) return [];
  const kinds = [
    ...(localCredential.sshPublicKey === undefined ? [] : ["an SSH key"]),
    ...(localCredential.password === undefined ? [] : ["a password"]),
  ];
  return kinds.map((kind) => `${key}: ${kind} of the local account (${localCredential.reason})`);
}

export function checkSpoke(spoke: SpokeChoice, naming: SpokeNaming): Issue[] {
  const { addressSpace, egress = { kind: "natGateway" }, allowInbound = {}, vms } = spoke;
  const machines = Object.entries(vms);
  const customPorts = machines.flatMap(([, { managementPort }]) => managementPort ?? []);
  const issues = [
    ...checkRange(
      addressSpace,
      "addressSpace",
      LARGEST_SPOKE_BITS,
      "a VM subnet in its lower half",
    ),
    ...checkBaseName(naming.baseName, "", ["resourceGroup", "virtualNetwork"]),
    ...checkEgress(egress, "egress"),
    ...checkAllowInbound(allowInbound, "allowInbound", customPorts),
  ];
  if (machines.length === 0)
    issues.push({ path: "vms", problem: "is empty; name at least one VM" });
  issues.push(...checkRoom(addressSpace, machines.length), ...checkWayOut(egress, vms));
  for (const [key, machine] of machines) {
    issues.push(
      ...checkKey(key, at("vms", key), LONGEST_KEY),
      ...below(at("vms", key), checkMachine(machine)),
    );
  }
  return [...issues, ...checkUniqueNames(namesOf(spoke, naming, "vms"))];
}

/** Names of a spoke's VMs with their paths, to be held against each other, here and across spokes. */
export function namesOf(
  { vms }: SpokeChoice,
  naming: SpokeNaming,
  path: string,
): { path: string; name: string }[] {
  return Object.entries(vms).map(([key, machine]) => ({
    path: at(path, key),
    name: machineName(naming, key, machine),
  }));
}

function checkRoom(addressSpace: string, machines: number): Issue[] {
  const range = parseRange(addressSpace);
  if (range === undefined || range.bits > LARGEST_SPOKE_BITS) return [];
  const room = 2 ** (31 - range.bits) - RESERVED_ADDRESSES;
  return machines <= room
    ? []
    : [
        {
          path: "addressSpace",
          problem: `${shown(addressSpace)} has room for ${room} VMs in its lower half, ${machines} are named; choose a larger range`,
        },
      ];
}

/** A spoke without a way out takes no login extension; said once, where the way out was left out. */
function checkWayOut(egress: Egress, vms: SpokeChoice["vms"]): Issue[] {
  const signedIn = Object.entries(vms).filter(([, vm]) => vm.withoutEntraLogin === undefined);
  if (egress.kind !== "none" || signedIn.length === 0) return [];
  const names = signedIn.map(([key]) => key).join(", ");
  return [
    {
      path: "egress.kind",
      problem: `"none" leaves no 443 outbound, which the login extension of ${names} needs; use natGateway or nextHop, or give those VMs withoutEntraLogin with a reason`,
    },
  ];
}

function checkMachine(machine: MachineChoice): Issue[] {
  const { os, image, zone, name, managementPort, localCredential, withoutEntraLogin } = machine;
  if (!OPERATING_SYSTEMS.includes(os)) {
    return [
      { path: "os", problem: `${shown(os)} is no operating system here; use "linux" or "windows"` },
    ];
  }
  const issues: Issue[] = [];
  if (withoutEntraLogin === undefined) {
    issues.push(...checkImage(os, image ?? DEFAULT_IMAGES[os], "image"));
  } else {
    issues.push(...checkReason(withoutEntraLogin.reason, "withoutEntraLogin.reason"));
  }
  if (zone !== undefined) issues.push(...checkZone(zone, "zone"));
  if (name !== undefined) {
    issues.push(
      ...(os === "windows" ? checkComputerName(name, "name") : checkKey(name, "name", 64)),
    );
  }
  if (managementPort !== undefined) {
    issues.push(...checkPort(managementPort, "managementPort"));
    const taken = REMOTE_ADMINISTRATION_PORTS[managementPort];
    if (taken !== undefined && managementPort !== SIGN_IN_PORT[os]) {
      issues.push({
        path: "managementPort",
        problem: `${managementPort} is the port of ${taken}; leave it out or choose another`,
      });
    }
  }
  if (machine.osDisk?.sizeGb !== undefined && !(machine.osDisk.sizeGb >= 30)) {
    issues.push({
      path: "osDisk.sizeGb",
      problem: `${shown(machine.osDisk.sizeGb)} is less than the images need; use 30 or more`,
    });
  }
  if (localCredential !== undefined) issues.push(...checkCredential(os, localCredential));
  return issues;
}

function checkCredential(
  os: OperatingSystem,
  given: NonNullable<MachineChoice["localCredential"]>,
): Issue[] {
  const issues = checkReason(given.reason, "localCredential.reason");
  const [wanted, other] =
    os === "linux"
      ? (["sshPublicKey", "password"] as const)
      : (["password", "sshPublicKey"] as const);
  if (given[other] !== undefined) {
    issues.push({
      path: at("localCredential", other),
      problem: `is not taken by a ${os} VM; give ${wanted}, or leave localCredential out`,
    });
  }
  if (given[wanted] === undefined) {
    issues.push({
      path: at("localCredential", wanted),
      problem: "missing; leave localCredential out to have none that anybody holds",
    });
  }
  return issues;
}
