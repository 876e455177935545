import { errorOf } from "../plugin/azure-error";
import { retryAfterOf, type Retries } from "../plugin/pipeline";

const backoff = [20, 60, 120];
const longestRetryAfter = 120;
const statuses: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/**
 * What azure-native's HTTP client does, read in provider/pkg/azure/client_azcore.go@006a62af of
 * pulumi/pulumi-azure-native and in azcore's retry policy: three retries of whatever request, Retry-After before
 * backoff, and none where Azure asks for more than two minutes.
 */
export const azureNativeRetries: Retries = {
  pauseAfter(attempt, ended) {
    const pause = backoff[attempt - 1];
    if (pause === undefined || ended.kind === "cut") return pause;
    const { response } = ended;
    const retried =
      statuses.has(response.status) ||
      (response.status === 409 &&
        errorOf(409, response.bodyAsText).code === "AnotherOperationInProgress");
    const asked = retryAfterOf(response);
    if (!retried || asked > longestRetryAfter) return undefined;
    return asked > 0 ? asked : pause;
  },
  cutError: (error) => error,
};
