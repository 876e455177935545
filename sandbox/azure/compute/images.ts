import type { JsonObject } from "../json";
import { asText, textAt } from "../json";

/** What Azure knows of a marketplace image. */
export interface ImageTraits {
  readonly osType: "Linux" | "Windows";
  readonly diskSizeGB: number;
}

const windowsPublishers =
  /^(MicrosoftWindowsServer|MicrosoftWindowsDesktop|MicrosoftSQLServer|MicrosoftVisualStudio)$/i;

/** Sizes of the system disks: 30 GB for most Linux images, 127 GB for Windows (marketplace listings). */
export function traitsOf(storageProfile: JsonObject): ImageTraits {
  const publisher = textAt(storageProfile, "imageReference.publisher") ?? "";
  const stated = textAt(storageProfile, "osDisk.osType");
  const windows = stated === undefined ? windowsPublishers.test(publisher) : stated === "Windows";
  return windows ? { osType: "Windows", diskSizeGB: 127 } : { osType: "Linux", diskSizeGB: 30 };
}

/**
 * The Windows versions on which AADLoginForWindows installs: Windows Server 2019 and Windows 10 1809, or later
 * (https://learn.microsoft.com/entra/identity/devices/howto-vm-sign-in-azure-ad-windows, exit code 51).
 */
export function takesWindowsLogin(imageReference: JsonObject): boolean {
  const text = `${asText(imageReference.offer) ?? ""} ${asText(imageReference.sku) ?? ""}`;
  return !/\b(2008|2012|2016)\b|2008-R2|2012-R2|win(dows)?-?7|win(dows)?-?8/i.test(text);
}
