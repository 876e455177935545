/** An error that the service answered, in azure-native's words. */
export class AzureError extends Error {
  override readonly name = "AzureError";

  constructor(
    readonly status: number,
    readonly code: string,
    readonly text: string,
  ) {
    super(`Status=${status}${code === "" ? "" : ` Code="${code}"`} Message="${text}"`);
  }
}

export function isNotFound(error: unknown): boolean {
  return error instanceof AzureError && error.status === 404;
}

/** Reads the error from a body of Resource Manager or Graph (`{"error": {"code", "message"}}`). */
export function errorOf(status: number, body: string | null | undefined): AzureError {
  const text = body ?? "";
  try {
    const parsed = JSON.parse(text) as { error?: { code?: unknown; message?: unknown } };
    const { code, message } = parsed.error ?? {};
    return new AzureError(
      status,
      typeof code === "string" ? code : "",
      typeof message === "string" ? message : text,
    );
  } catch {
    return new AzureError(status, "", text);
  }
}
