import { at, type Issue, shown } from "./issue";
import type { OperatingSystem } from "./operating-system";

/** A published image. */
export interface PublishedImage {
  publisher: string;
  offer: string;
  sku: string;
  /** `latest`, or an exact version. A changed image replaces the VM. @default `latest` */
  version?: string;
}

/** An image of the caller's own; what runs in it has to be said, since its id does not tell. */
export interface OwnImage {
  /** Resource id of an image or of a gallery image version. */
  id: string;
  /** Operating system and version, as the login extension's page names it: `Ubuntu 24.04`. */
  osVersion: string;
}

export type VmImage = PublishedImage | OwnImage;

/** Images that a VM gets where its arguments name none: current, generation 2, fit for Trusted Launch. */
export const DEFAULT_IMAGES: Readonly<Record<OperatingSystem, Required<PublishedImage>>> = {
  linux: {
    publisher: "Canonical",
    offer: "ubuntu-24_04-lts",
    sku: "server",
    version: "latest",
  },
  windows: {
    publisher: "MicrosoftWindowsServer",
    offer: "WindowsServer",
    sku: "2022-datacenter-azure-edition",
    version: "latest",
  },
};

interface ImageFloor {
  readonly os: OperatingSystem;
  /** Tested on `publisher offer sku`, or on `osVersion` of an own image. */
  readonly matches: RegExp;
  readonly name: string;
}

/**
 * Images that the login extension takes and phishing-resistant sign-in works on. For Windows the floor
 * of RDP with Entra ID sign-in counts (Windows Server 2022, Windows 10 20H2, Windows 11 21H2), not the
 * lower one of the extension: Windows Server 2019 installs it and then cannot do `--enable-mfa`.
 * Sources: https://learn.microsoft.com/entra/identity/devices/howto-vm-sign-in-azure-ad-linux (2025-03-07),
 * https://learn.microsoft.com/azure/bastion/bastion-entra-id-authentication (2026-08-11)
 */
export const SIGN_IN_IMAGES: readonly ImageFloor[] = [
  { os: "linux", name: "AlmaLinux 8, 9", matches: /alma\S*.*\b[89]\b|alma\S*\D[89](\D|$)/i },
  { os: "linux", name: "Azure Linux 2, 3", matches: /(azure[- ]?linux|cbl[- ]mariner).*[23]/i },
  { os: "linux", name: "Debian 9 to 12", matches: /debian[- ]?(9|1[0-2])(\D|$)/i },
  { os: "linux", name: "openSUSE Leap 15", matches: /opensuse.*15/i },
  { os: "linux", name: "Oracle Linux 8, 9", matches: /oracle.*\D[89](\D|$)/i },
  {
    os: "linux",
    name: "Red Hat Enterprise Linux 7.4 to 9",
    matches: /(rhel|red ?hat).*(7[._]?[4-9]|[89])/i,
  },
  { os: "linux", name: "Rocky Linux 8, 9", matches: /rocky.*[89]/i },
  { os: "linux", name: "SUSE Linux Enterprise Server 12, 15", matches: /sles.*1[25]/i },
  { os: "linux", name: "Ubuntu 16.04 to 24.04", matches: /ubuntu.*(16|18|20|22|24)[._]04/i },
  {
    os: "windows",
    name: "Windows Server 2022, 2025",
    matches: /windows[- ]?server.*(2022|2025)/i,
  },
  { os: "windows", name: "Windows 10 20H2 or later", matches: /win(dows)?-?\s?10.*2[0-9]h2/i },
  { os: "windows", name: "Windows 11 21H2 or later", matches: /win(dows)?-?\s?11/i },
];

function isOwn(image: VmImage): image is OwnImage {
  return "id" in image;
}

function described(image: VmImage): string {
  return isOwn(image) ? image.osVersion : `${image.publisher} ${image.offer} ${image.sku}`;
}

/** Problems of an image: parts missing, too old for the sign-in, without a desktop. */
export function checkImage(os: OperatingSystem, image: VmImage, path: string): Issue[] {
  const parts = isOwn(image)
    ? (["id", "osVersion"] as const)
    : (["publisher", "offer", "sku"] as const);
  const missing = parts.filter((part) => !(image as unknown as Record<string, string>)[part]);
  if (missing.length > 0) {
    return missing.map((part) => ({
      path: at(path, part),
      problem:
        "missing; name publisher, offer and sku, or the id and osVersion of an image of your own",
    }));
  }
  const text = described(image);
  if (/smalldisk-core|-core(-|$)|server ?core/i.test(text)) {
    return [
      { path, problem: `${shown(text)} has no desktop; Entra ID sign-in needs Desktop Experience` },
    ];
  }
  if (SIGN_IN_IMAGES.some((known) => known.os === os && known.matches.test(text))) return [];
  const allowed = SIGN_IN_IMAGES.filter((known) => known.os === os).map(({ name }) => name);
  return [
    {
      path,
      problem: `${shown(text)} takes no phishing-resistant Entra ID sign-in; use ${allowed.join(", ")}, or withoutEntraLogin with a reason`,
    },
  ];
}
