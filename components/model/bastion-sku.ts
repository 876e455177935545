import { checkRange } from "./address-range";
import { at, type Issue, shown } from "./issue";
import { checkBaseName } from "./resource-names";
import { checkZones } from "./zones";

/** SKUs of Azure Bastion, in the order in which Azure upgrades one to the next. */
export const BASTION_SKUS = ["Developer", "Basic", "Standard", "Premium"] as const;
export type BastionSku = (typeof BASTION_SKUS)[number];

/** Whether Azure would have to take a host down from one SKU to another, which it does not do in place. */
export function isDowngrade(from: string, to: string): boolean {
  const [before, after] = [from, to].map((name) =>
    BASTION_SKUS.findIndex((sku) => sku.toLowerCase() === name.toLowerCase()),
  );
  return before !== undefined && after !== undefined && after >= 0 && after < before;
}

/** What a host can be asked for, each on or off. */
export interface BastionFeatures {
  /**
   * `az network bastion ssh|rdp|tunnel`.
   * @default `true` where the SKU has it and nothing excludes it: it carries Entra ID sign-in
   */
  nativeClient?: boolean;
  /** Connect to any private address that the host reaches. @default `false`: it has no Entra RDP */
  ipConnect?: boolean;
  /** A link that opens a session without the portal. @default `false`: it knows no Entra sign-in */
  shareableLink?: boolean;
  /**
   * File transfer through the host's own upload and download. @default `false`. A tunnel still
   * carries `scp` for whoever may sign in: the switch binds the host's own function only.
   */
  fileCopy?: boolean;
  /**
   * Clipboard in the browser session. @default `false`. Binds the browser; RDP of the native client
   * has a clipboard of its own.
   */
  copyPaste?: boolean;
  /** Kerberos in the portal, for domain-joined VMs. @default `false`: Entra-joined VMs use none */
  kerberos?: boolean;
  /** Record every session. Excludes the native client. @default `false` */
  sessionRecording?: boolean;
  /** No public address; decided at creation. @default `false` */
  privateOnly?: boolean;
}

export type BastionFeature = keyof BastionFeatures;

/**
 * Which SKU has which feature. `copyPaste` is the clipboard that every SKU has on: the feature is the
 * switch that turns it off.
 * Source: https://learn.microsoft.com/azure/bastion/bastion-sku-comparison (2025-11-24)
 */
export const SKU_FEATURES: Readonly<Record<BastionFeature, readonly BastionSku[]>> = {
  nativeClient: ["Standard", "Premium"],
  ipConnect: ["Standard", "Premium"],
  shareableLink: ["Standard", "Premium"],
  fileCopy: ["Standard", "Premium"],
  copyPaste: ["Developer", "Basic", "Standard", "Premium"],
  kerberos: ["Developer", "Basic", "Standard", "Premium"],
  sessionRecording: ["Premium"],
  privateOnly: ["Premium"],
};

/** SKUs that can turn the browser's clipboard off. Same source. */
export const CLIPBOARD_SWITCH: readonly BastionSku[] = ["Standard", "Premium"];
/** SKUs that reach VMs in peered networks; Developer does not. Same source. */
export const PEERED_NETWORKS: readonly BastionSku[] = ["Basic", "Standard", "Premium"];
/** SKUs that connect to other ports than 22 and 3389. Same source. */
export const CUSTOM_PORTS: readonly BastionSku[] = ["Standard", "Premium"];
/** SKUs that take zones; and those that take a subnet and an address of their own. Same source. */
export const ZONES: readonly BastionSku[] = ["Basic", "Standard", "Premium"];

/** Scale units: 2 and fixed on Basic, none on Developer. Each carries 20 RDP or 40 SSH sessions. */
export const SCALE_UNITS: Readonly<
  Record<BastionSku, { least: number; most: number } | undefined>
> = {
  Developer: undefined,
  Basic: { least: 2, most: 2 },
  Standard: { least: 2, most: 50 },
  Premium: { least: 2, most: 50 },
};

interface Conflict {
  readonly both: readonly [BastionFeature, BastionFeature];
  readonly why: string;
}

/**
 * Features that one host cannot have together.
 * Sources: https://learn.microsoft.com/azure/bastion/session-recording,
 * https://learn.microsoft.com/azure/bastion/private-only-deployment
 */
export const FEATURE_CONFLICTS: readonly Conflict[] = [
  {
    both: ["sessionRecording", "nativeClient"],
    why: "a recorded host takes browser sessions only",
  },
  { both: ["sessionRecording", "fileCopy"], why: "file copy is a function of the native client" },
  { both: ["privateOnly", "shareableLink"], why: "a link needs the host's public address" },
];

/** The choices of a caller, plain. */
export interface BastionChoice {
  readonly sku: BastionSku;
  readonly features?: BastionFeatures;
  readonly scaleUnits?: number;
  readonly zones?: readonly string[];
}

/** Every feature decided: what the caller said, else the safe default of the SKU. */
export function resolveFeatures({ sku, features = {} }: BastionChoice): Required<BastionFeatures> {
  const recording = features.sessionRecording ?? false;
  return {
    nativeClient: features.nativeClient ?? (SKU_FEATURES.nativeClient.includes(sku) && !recording),
    ipConnect: features.ipConnect ?? false,
    shareableLink: features.shareableLink ?? false,
    fileCopy: features.fileCopy ?? false,
    copyPaste: features.copyPaste ?? !CLIPBOARD_SWITCH.includes(sku),
    kerberos: features.kerberos ?? false,
    sessionRecording: recording,
    privateOnly: features.privateOnly ?? false,
  };
}

/** Problems of a host's SKU, features, scale units and zones. */
export function checkBastion(choice: BastionChoice): Issue[] {
  const { sku, features = {}, scaleUnits, zones = [] } = choice;
  if (!BASTION_SKUS.includes(sku)) {
    return [{ path: "sku", problem: `${shown(sku)} is no SKU; use ${BASTION_SKUS.join(", ")}` }];
  }
  const issues: Issue[] = [];
  const wanted = resolveFeatures(choice);
  for (const [feature, on] of Object.entries(features) as [string, unknown][]) {
    const path = at("features", feature);
    if (!(feature in SKU_FEATURES)) {
      const known = Object.keys(SKU_FEATURES).join(", ");
      issues.push({ path, problem: `is no feature of Bastion; known are ${known}` });
    } else if (typeof on !== "boolean" && on !== undefined) {
      issues.push({ path, problem: `${shown(on)} is neither true nor false` });
    } else if (on === true && !SKU_FEATURES[feature as BastionFeature].includes(sku)) {
      const skus = SKU_FEATURES[feature as BastionFeature].join(" or ");
      issues.push({ path, problem: `not available on SKU ${shown(sku)}; use ${skus}` });
    }
  }
  if (features.copyPaste === false && !CLIPBOARD_SWITCH.includes(sku)) {
    issues.push({
      path: "features.copyPaste",
      problem: `cannot be switched off on SKU ${shown(sku)}; use ${CLIPBOARD_SWITCH.join(" or ")}`,
    });
  }
  for (const { both, why } of FEATURE_CONFLICTS) {
    if (both.every((feature) => wanted[feature])) {
      issues.push({
        path: at("features", both[0]),
        problem: `excludes ${both[1]}: ${why}; keep one of the two`,
      });
    }
  }
  const units = SCALE_UNITS[sku];
  if (scaleUnits !== undefined && units === undefined) {
    issues.push({ path: "scaleUnits", problem: `SKU ${shown(sku)} has none; leave it out` });
  } else if (
    scaleUnits !== undefined &&
    units !== undefined &&
    (!Number.isInteger(scaleUnits) || scaleUnits < units.least || scaleUnits > units.most)
  ) {
    const allowed =
      units.least === units.most ? `${units.least}` : `${units.least} to ${units.most}`;
    issues.push({
      path: "scaleUnits",
      problem: `${shown(scaleUnits)} is not allowed on SKU ${shown(sku)}; use ${allowed}`,
    });
  }
  if (zones.length > 0 && !ZONES.includes(sku)) {
    issues.push({
      path: "zones",
      problem: `not available on SKU ${shown(sku)}; use ${ZONES.join(", ")}`,
    });
  }
  return [...issues, ...checkZones(zones, "zones")];
}

/** The choices of a caller and what else of a host's arguments is judged. */
export interface BastionHostChoice extends BastionChoice {
  readonly networkAcls?: readonly string[];
  readonly baseName?: string;
  readonly hasSubnet: boolean;
  readonly hasVirtualNetwork: boolean;
}

/** Problems of a host by itself: its SKU, and what that SKU has to stand on. */
export function checkBastionHost(choice: BastionHostChoice): Issue[] {
  const { sku, networkAcls, baseName, hasSubnet, hasVirtualNetwork } = choice;
  const issues = checkBastion(choice);
  if (sku === "Developer" && !hasVirtualNetwork) {
    issues.push({
      path: "virtualNetworkId",
      problem: 'missing; SKU "Developer" stands in a network',
    });
  }
  if (sku === "Developer" && hasSubnet) {
    issues.push({ path: "subnetId", problem: 'SKU "Developer" takes none; give virtualNetworkId' });
  }
  if (sku !== "Developer" && !hasSubnet) {
    issues.push({
      path: "subnetId",
      problem: `missing; SKU ${shown(sku)} stands in AzureBastionSubnet`,
    });
  }
  if (sku !== "Developer" && networkAcls !== undefined) {
    issues.push({
      path: "networkAcls",
      problem: `not available on SKU ${shown(sku)}; use Developer`,
    });
  }
  issues.push(
    ...(networkAcls ?? []).flatMap((text, index) =>
      checkRange(text, at("networkAcls", index), 32, "a rule"),
    ),
  );
  if (baseName !== undefined) issues.push(...checkBaseName(baseName, "baseName", ["bastionHost"]));
  return issues;
}
