import { AzureRefusal } from "../refusal";
import { parsePrefix, type AddressPrefix } from "./address-prefix";

/**
 * Refuses a name that Microsoft.Network refuses.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
 * @throws AzureRefusal 400 InvalidResourceName
 */
export function checkName(name: string): void {
  if (/^[A-Za-z0-9]([\w.-]{0,78}\w)?$/.test(name)) return;
  throw new AzureRefusal(
    400,
    "InvalidResourceName",
    `Resource name ${name} is invalid. The name can be up to 80 characters long. It must begin with a word character, and it must end with a word character or with '_'. The name may contain word characters or '.', '-', '_'.`,
  );
}

/**
 * Reads an address prefix as Azure does: host bits must be clear.
 * Codes and texts from general knowledge, no page found; that host bits are refused:
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq
 * @throws AzureRefusal 400 InvalidAddressPrefixFormat, InvalidCIDRNotation
 */
export function checkedPrefix(text: string, id: string): AddressPrefix {
  const prefix = parsePrefix(text);
  if (prefix === undefined) {
    throw new AzureRefusal(
      400,
      "InvalidAddressPrefixFormat",
      `Address prefix ${text} of resource ${id} is not formatted correctly. It should follow CIDR notation, for example 10.0.0.0/24.`,
    );
  }
  if (prefix.cleared !== text) {
    throw new AzureRefusal(
      400,
      "InvalidCIDRNotation",
      `The address prefix ${text} in resource ${id} has an invalid CIDR notation. For the given prefix length, the address prefix should be ${prefix.cleared}.`,
    );
  }
  return prefix;
}
