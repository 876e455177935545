import type {
  Pipeline,
  PipelinePolicy,
  PipelineRequest,
  PipelineResponse,
} from "@azure/core-rest-pipeline";
import { errorOf } from "./azure-error";
import { currentOperation, type Operation } from "./operation";
import { isValues, type Value, type Values } from "./values";

/** Seconds between two polls of a write where the service names none, as azure-native has them. */
const pollInterval = 10;

/** How a request ended: with an answer, or with a connection that was cut. */
export type Attempt =
  | { readonly kind: "answer"; readonly response: PipelineResponse }
  | { readonly kind: "cut"; readonly error: unknown };

/** How a provider's HTTP client repeats what failed. */
export interface Retries {
  /**
   * Seconds to wait before a request is sent again; undefined where the attempt was the last.
   * @param attempt number of the attempt that has just ended, from 1
   * @param left seconds of the operation that were left when the request was first sent
   */
  pauseAfter(
    attempt: number,
    ended: Attempt,
    request: PipelineRequest,
    left: number,
  ): number | undefined;
  /** What the client says of a connection that was cut and that it does not try again. */
  cutError(error: unknown): unknown;
}

/** Seconds of a `Retry-After` header; 0 where there is none. */
export function retryAfterOf(response: PipelineResponse): number {
  const seconds = Number(response.headers.get("retry-after") ?? "0");
  return Number.isFinite(seconds) ? seconds : 0;
}

async function sendWithRetries(
  request: PipelineRequest,
  next: (request: PipelineRequest) => Promise<PipelineResponse>,
  operation: Operation,
  retries: Retries,
): Promise<PipelineResponse> {
  const left = operation.left;
  for (let attempt = 1; ; attempt += 1) {
    const ended = await next(request).then(
      (response): Attempt => ({ kind: "answer", response }),
      (error: unknown): Attempt => ({ kind: "cut", error }),
    );
    operation.signal.throwIfAborted();
    const pause = retries.pauseAfter(attempt, ended, request, left);
    if (pause !== undefined) await operation.wait(pause);
    else if (ended.kind === "answer") return ended.response;
    else throw retries.cutError(ended.error);
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
      await operation.wait(asked > 0 ? asked : pollInterval);
    }
  }
  // Microsoft's poller would sleep by this header in real time; the wait above was it.
  response.headers.delete("retry-after");
}

/**
 * Shows the body of a write to the operation, which may refuse it, then sends with the provider's own retries, all
 * waits on the simulated clock, and turns every answer of 400 and above into an `AzureError`.
 */
export function simulatedRetryPolicy(retries: Retries): PipelinePolicy {
  return {
    name: "simulatedRetryPolicy",
    async sendRequest(request, next) {
      const operation = currentOperation();
      operation.signal.throwIfAborted();
      request.abortSignal = operation.signal;
      if (operation.onBody !== undefined && writes.has(request.method)) {
        operation.onBody(typeof request.body === "string" ? JSON.parse(request.body) : undefined);
      }
      const response = await sendWithRetries(request, next, operation, retries);
      if (response.status >= 400) throw errorOf(response.status, response.bodyAsText);
      await settle(request, response, operation);
      return response;
    },
  };
}

/** Turns a client of Microsoft's to the simulated Azure: no token, retries and waits as the provider has them. */
export function redirectPipeline(pipeline: Pipeline, retries: Retries): void {
  pipeline.removePolicy({ name: "bearerTokenAuthenticationPolicy" });
  pipeline.removePolicy({ name: "defaultRetryPolicy" });
  pipeline.addPolicy(simulatedRetryPolicy(retries), { phase: "Retry" });
}
