import type { Known } from "./known";

/** What every part of an estate has. */
export interface Part {
  /** URN, or URN and the place of an inline child. */
  readonly key: string;
  /** What people call it: the logical name. */
  readonly subject: string;
  /**
   * Resource Manager's path below the subscription, in lower case:
   * `/resourcegroups/rg-hub/providers/microsoft.network/virtualnetworks/vnet-hub`.
   */
  readonly path: Known<string>;
  /** In lower case; absent before deployment, and for what stands in no subscription. */
  readonly subscription?: string;
}
