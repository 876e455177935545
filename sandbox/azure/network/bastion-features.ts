/** SKUs of Azure Bastion, from the smallest to the largest. */
export const bastionSkus = ["Developer", "Basic", "Standard", "Premium"] as const;
export type BastionSku = (typeof bastionSkus)[number];

/**
 * The smallest SKU that has each feature, by the property that switches it on.
 * Source: https://learn.microsoft.com/azure/bastion/bastion-sku-comparison (11/24/2025)
 */
export const smallestSku: Readonly<Record<string, BastionSku>> = {
  enableKerberos: "Developer",
  enableTunneling: "Standard",
  enableIpConnect: "Standard",
  enableShareableLink: "Standard",
  enableFileCopy: "Standard",
  disableCopyPaste: "Standard",
  enableSessionRecording: "Premium",
  enablePrivateOnlyBastion: "Premium",
};

/** Scale units: fixed at 2 below Standard, 2 to 50 from there (same page). */
export const scaleUnits = { smallest: 2, largest: 50, adjustableFrom: "Standard" } as const;

/** Whether one SKU has at least what another one has. */
export function isAtLeast(sku: BastionSku, other: BastionSku): boolean {
  return bastionSkus.indexOf(sku) >= bastionSkus.indexOf(other);
}
