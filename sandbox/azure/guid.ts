import { createHash } from "node:crypto";

/**
 * A GUID that is the same for the same seed, so that two runs that end in the same resources end in the same
 * identifiers. Formed as a name-based UUID (RFC 9562, version 8: SHA-256 instead of version 5's SHA-1).
 */
export function guidOf(seed: string): string {
  const hex = createHash("sha256").update(seed.toLowerCase()).digest("hex");
  const variant = ((parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
