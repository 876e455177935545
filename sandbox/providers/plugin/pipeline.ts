import type {
  Pipeline,
  PipelinePolicy,
  PipelineRequest,
  PipelineResponse,
} from "@azure/core-rest-pipeline";
import { errorOf } from "./azure-error";
import { currentOperation, type Operation } from "./operation";
import { isValues, type Value, type Values } from "./values";

// What azure-native's HTTP client does, read in provider/pkg/azure/client_azcore.go@006a62af of
// pulumi/pulumi-azure-native and in azcore's retry policy (three retries, Retry-After before backoff).
const backoff = [20, 60, 120];
const longestRetryAfter = 120;
const retried: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);
const pollInterval = { write: 10, delete: 30 };

function retryAfterOf(response: PipelineResponse): number {
  const seconds = Number(response.headers.get("retry-after") ?? "0");
  return Number.isFinite(seconds) ? seconds : 0;
}

function isRetried(response: PipelineResponse): boolean {
  if (retried.has(response.status)) return true;
  return (
    response.status === 409 &&
    errorOf(409, response.bodyAsText).code === "AnotherOperationInProgress"
  );
}

async function sendWithRetries(
  request: PipelineRequest,
  next: (request: PipelineRequest) => Promise<PipelineResponse>,
  operation: Operation,
): Promise<PipelineResponse> {
  for (let attempt = 0; ; attempt += 1) {
    const pause = backoff[attempt];
    let response: PipelineResponse;
    try {
      response = await next(request);
    } catch (error) {
      operation.signal.throwIfAborted();
      if (pause === undefined) throw error;
      await operation.wait(pause);
      continue;
    }
    if (pause === undefined || !isRetried(response)) return response;
    const asked = retryAfterOf(response);
    if (asked > longestRetryAfter) return response;
    await operation.wait(asked > 0 ? asked : pause);
  }
}

const writes: ReadonlySet<string> = new Set(["PUT", "PATCH", "POST", "DELETE"]);
const terminal: ReadonlySet<string> = new Set(["succeeded", "failed", "canceled"]);

function statusOf(response: PipelineResponse): string {
  if (response.status === 202) return "inprogress";
  try {
    const body = JSON.parse(response.bodyAsText ?? "") as { status?: unknown };
    return typeof body.status === "string" ? body.status.toLowerCase() : "succeeded";
  } catch {
    return "succeeded";
  }
}

/** The object in the text of an answer; an empty one where there is none. */
export function bodyOf(text: string | null | undefined): Values {
  if (text === null || text === undefined || text.trim() === "") return {};
  const parsed = JSON.parse(text) as Value;
  return isValues(parsed) ? parsed : {};
}

function noteMonitors(response: PipelineResponse, operation: Operation): boolean {
  const addresses = ["azure-asyncoperation", "location"]
    .map((name) => response.headers.get(name))
    .filter((address) => address !== undefined);
  addresses.forEach((address) => operation.monitors.add(address));
  return addresses.length > 0;
}

/** Lets the time between two polls pass on the simulated clock, and reads how a long-running operation ended. */
async function settle(
  request: PipelineRequest,
  response: PipelineResponse,
  operation: Operation,
): Promise<void> {
  if (writes.has(request.method)) {
    operation.answer = bodyOf(response.bodyAsText);
    if (!noteMonitors(response, operation)) return;
    operation.accepted = true;
    const asked = retryAfterOf(response);
    if (asked > 0) await operation.wait(asked);
  } else if (operation.monitors.has(request.url)) {
    const status = statusOf(response);
    if (status === "failed" || status === "canceled") {
      throw errorOf(response.status, response.bodyAsText);
    }
    if (!terminal.has(status)) {
      noteMonitors(response, operation);
      const asked = retryAfterOf(response);
      await operation.wait(asked > 0 ? asked : pollInterval.write);
    }
  }
  // Microsoft's poller would sleep by this header in real time; the wait above was it.
  response.headers.delete("retry-after");
}

/**
 * Shows the body of a write to the operation, which may refuse it, then sends with azure-native's retries, all waits
 * on the simulated clock, and turns every answer of 400 and above into
 * an `AzureError`.
 */
export const simulatedRetryPolicy: PipelinePolicy = {
  name: "simulatedRetryPolicy",
  async sendRequest(request, next) {
    const operation = currentOperation();
    operation.signal.throwIfAborted();
    request.abortSignal = operation.signal;
    if (operation.onBody !== undefined && writes.has(request.method)) {
      operation.onBody(typeof request.body === "string" ? JSON.parse(request.body) : undefined);
    }
    const response = await sendWithRetries(request, next, operation);
    if (response.status >= 400) throw errorOf(response.status, response.bodyAsText);
    await settle(request, response, operation);
    return response;
  },
};

/** Turns a client of Microsoft's to the simulated Azure: no token, retries and waits as azure-native has them. */
export function redirectPipeline(pipeline: Pipeline): void {
  pipeline.removePolicy({ name: "bearerTokenAuthenticationPolicy" });
  pipeline.removePolicy({ name: "defaultRetryPolicy" });
  pipeline.addPolicy(simulatedRetryPolicy, { phase: "Retry" });
}
