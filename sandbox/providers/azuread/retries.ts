import { retryAfterOf, type Retries } from "../plugin/pipeline";

// sdk/client/client.go@e3c8617d of hashicorp/go-azure-sdk, over hashicorp/go-retryablehttp's DefaultRetryPolicy.
const longestPause = 61;
const reads: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** How often the client repeats a request so that its pauses end before the operation's deadline. */
function retriesWithin(seconds: number): number {
  if (seconds <= 63) return Math.floor(Math.log2(seconds + 1)) - 1;
  return Math.floor((seconds - 63) / longestPause) + 6;
}

function isRetried(status: number): boolean {
  return [408, 424, 429].includes(status) || (status >= 500 && status !== 501);
}

/**
 * What azuread's HTTP client does: it repeats a request that was throttled or met a failing server until its deadline,
 * a POST too, and never a write whose connection was cut, since that may have been carried out.
 */
export const azureAdRetries: Retries = {
  pauseAfter(attempt, ended, request, left) {
    if (attempt > retriesWithin(left)) return undefined;
    const backoff = Math.min(2 ** (attempt - 1), longestPause);
    if (ended.kind === "cut") return reads.has(request.method) ? backoff : undefined;
    if (!isRetried(ended.response.status)) return undefined;
    const asked = retryAfterOf(ended.response);
    return asked > 0 ? asked : backoff;
  },
  cutError: (error) =>
    new Error("HTTP response was nil; connection may have been reset", { cause: error }),
};
