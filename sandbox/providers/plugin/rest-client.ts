import type { HttpClient, Pipeline } from "@azure/core-rest-pipeline";
import { currentOperation } from "./operation";
import { bodyOf, simulatedRetryPolicy, type Retries } from "./pipeline";
import type { Values } from "./values";

/** Method, path and body of a request to the simulated Azure. */
export interface RestRequest {
  readonly method: "GET" | "PUT" | "PATCH" | "POST" | "DELETE";
  /** Path from the endpoint's root, with a leading slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Values;
}

/** Sends requests of its own making, where no client of Microsoft's carries the API version. */
export class RestClient {
  #pipeline: Promise<Pipeline> | undefined;
  #http: HttpClient | undefined;

  constructor(
    readonly url: string,
    readonly retries: Retries,
  ) {}

  /** The body of the answer; an empty object where there is none. Follows a long-running operation to its end. */
  async send(request: RestRequest): Promise<Values> {
    const query = new URLSearchParams(request.query ?? {}).toString();
    const address = `${this.url}${request.path}${query === "" ? "" : `?${query}`}`;
    const answer = await this.#exchange(request.method, address, request.body);
    await this.#follow(answer.monitor);
    return answer.body;
  }

  async #exchange(
    method: RestRequest["method"],
    url: string,
    body: Values | undefined,
  ): Promise<{ body: Values; status: number; monitor: string | undefined; operation: boolean }> {
    const rest = await import("@azure/core-rest-pipeline");
    const pipeline = await (this.#pipeline ??= this.#build());
    const headers = rest.createHttpHeaders({ Accept: "application/json" });
    const request = rest.createPipelineRequest({
      url,
      method,
      headers,
      allowInsecureConnection: true,
    });
    if (body !== undefined) {
      request.body = JSON.stringify(body);
      headers.set("Content-Type", "application/json; charset=utf-8");
    }
    this.#http ??= rest.createDefaultHttpClient();
    const response = await pipeline.sendRequest(this.#http, request);
    const status = response.headers.get("azure-asyncoperation");
    return {
      body: bodyOf(response.bodyAsText),
      status: response.status,
      monitor: status ?? (response.status === 202 ? response.headers.get("location") : undefined),
      operation: status !== undefined,
    };
  }

  async #build(): Promise<Pipeline> {
    const { createEmptyPipeline } = await import("@azure/core-rest-pipeline");
    const pipeline = createEmptyPipeline();
    pipeline.addPolicy(simulatedRetryPolicy(this.retries), { phase: "Retry" });
    return pipeline;
  }

  /** Asks until a long-running operation has ended; the pipeline waits between two questions and throws a failure. */
  async #follow(monitor: string | undefined): Promise<void> {
    for (let next = monitor; next !== undefined;) {
      currentOperation().monitors.add(next);
      const answer = await this.#exchange("GET", next, undefined);
      const state = answer.body.status;
      const running =
        answer.status === 202 ||
        (typeof state === "string" &&
          /^(inprogress|running|accepted|updating|deleting|creating)$/i.test(state));
      if (!running) return;
      next = answer.monitor ?? next;
    }
  }
}
