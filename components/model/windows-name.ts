import { at, type Issue, shown } from "./issue";

/**
 * A Windows VM's resource name is its computer name: `az network bastion rdp --enable-mfa` asks Entra
 * ID for a device under the resource's name, and the device is registered under the computer's
 * (github.com/Azure/azure-cli/issues/30226, 27245). Hence 15 characters, and unique in the tenant,
 * because Entra ID refuses to join a second device of the same name.
 */
export const LONGEST_COMPUTER_NAME = 15;
const HASH_LENGTH = 5;

/**
 * The name of a Windows VM from its keys: as much of the VM's and the spoke's key as fits, and a hash of
 * all parts, so that two environments, spokes or subscriptions never meet in one name.
 */
export function windowsName(vm: string, spoke: string, ...rest: readonly string[]): string {
  const readable = `${vm}-${spoke}`.slice(0, LONGEST_COMPUTER_NAME - HASH_LENGTH - 1);
  const hash = hashOf([vm, spoke, ...rest].join("\n"));
  return `${readable.replace(/-+$/, "")}-${hash}`;
}

/** FNV-1a, 32 bits, as five characters of base 32: stable for ever, since names are state. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash.toString(32).padStart(7, "0").slice(-HASH_LENGTH);
}

/**
 * Problems of a computer name that the caller chose.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftcompute
 */
export function checkComputerName(name: string, path: string): Issue[] {
  const problem =
    name.length > LONGEST_COMPUTER_NAME
      ? `has ${name.length} characters, a Windows computer name has at most ${LONGEST_COMPUTER_NAME}; shorten it`
      : /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/.test(name) && !/^\d+$/.test(name)
        ? undefined
        : "is no computer name; use letters, digits and inner hyphens, not digits alone";
  return problem === undefined ? [] : [{ path, problem: `${shown(name)} ${problem}` }];
}

/** Names that two VMs of one environment would share, told at the later one. Windows ignores case. */
export function checkUniqueNames(names: readonly { path: string; name: string }[]): Issue[] {
  return names.flatMap(({ path, name }, index) => {
    const earlier = names.slice(0, index).find((e) => e.name.toLowerCase() === name.toLowerCase());
    return earlier === undefined
      ? []
      : [
          {
            path: at(path, "name"),
            problem: `${shown(name)} is the name of ${earlier.path} too; Entra ID joins one device of a name, choose another`,
          },
        ];
  });
}
