import type { JsonObject } from "./json";

/** One entry of `error.details`. */
export interface RefusalDetail {
  readonly code: string;
  readonly message: string;
}

/**
 * A request that the simulated Azure turns down, in the shape that Azure answers:
 * `{"error": {"code", "message", "details"}}`
 * (https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors).
 */
export class AzureRefusal extends Error {
  override readonly name = "AzureRefusal";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: readonly RefusalDetail[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }

  /** The value of `error` in the body. */
  get error(): JsonObject {
    return {
      code: this.code,
      message: this.message,
      ...(this.details.length > 0
        ? { details: this.details.map((detail) => ({ ...detail })) }
        : {}),
    };
  }
}
