import type { Fault, FaultPlan } from "./fault-plan";
import { isObject } from "./json";
import type { OperationOrder } from "./operations";
import { AzureRefusal } from "./refusal";
import { keyOf, parseCollection, parseResourceId } from "./resource-id";
import type { AzureRequest, AzureResponse } from "./simulation";

/** A death that a fault plan orders; whoever started the endpoint kills the process. */
export interface Death {
  readonly process: "provider" | "engine";
  readonly when: "before" | "after";
  readonly method: string;
  readonly path: string;
}

/** Decides which faults strike a request, and counts. */
export class Faults {
  readonly #faults: { readonly fault: Fault; matched: number; struck: number }[];
  #operations = 0;
  /** Reads still to deny, by identifier. */
  readonly #denied = new Map<string, number>();

  constructor(plan: FaultPlan) {
    this.#faults = plan.faults.map((fault) => ({ fault, matched: 0, struck: 0 }));
  }

  /** How many requests that may change something have come in so far. */
  get operations(): number {
    return this.#operations;
  }

  /** The fault that strikes this request, or undefined. Counts the request, so it is asked once for each. */
  strike(request: AzureRequest): Fault | undefined {
    const writes = request.method !== "GET" && request.method !== "HEAD";
    if (writes) this.#operations += 1;
    let strikes: Fault | undefined;
    for (const state of this.#faults) {
      if (!this.#matches(state.fault, request, writes)) continue;
      state.matched += 1;
      const { nth } = state.fault.match ?? {};
      if (nth !== undefined && state.matched < nth) continue;
      const times = state.fault.times ?? 1;
      if (strikes !== undefined || (times !== 0 && state.struck >= times)) continue;
      state.struck += 1;
      strikes = state.fault;
    }
    return strikes;
  }

  #matches(fault: Fault, request: AzureRequest, writes: boolean): boolean {
    const { method, type, name, contains, operation } = fault.match ?? {};
    if (method === undefined ? !writes : method !== request.method) return false;
    if (operation !== undefined && (!writes || operation !== this.#operations)) return false;
    const target = targetOf(request);
    if (type !== undefined && type.toLowerCase() !== target.type.toLowerCase()) return false;
    if (contains !== undefined && !JSON.stringify(request.body ?? null).includes(contains))
      return false;
    return name === undefined || globOf(name).test(target.name);
  }

  /**
   * Denies the next GETs of what a request has just made, and the next lists that would show it.
   * @param made identifiers of the resources that it made besides the one that it names
   */
  deny(
    request: AzureRequest,
    response: AzureResponse,
    made: readonly string[],
    reads: number,
  ): void {
    const id =
      isObject(response.body) && typeof response.body.id === "string" ? response.body.id : "";
    const path = request.method === "POST" ? `${request.path}/${id}` : request.path;
    for (const hidden of [path, ...made]) this.#denied.set(keyOf(hidden), reads);
  }

  /** @throws AzureRefusal 404 where the plan still hides what was just made */
  checkVisible(request: AzureRequest): void {
    if (request.method !== "GET" || !this.#isDenied(request.path)) return;
    throw new AzureRefusal(
      404,
      "ResourceNotFound",
      `The Resource '${request.path}' was not found.`,
    );
  }

  /** A list without what the plan still hides. */
  withoutDenied(response: AzureResponse): AzureResponse {
    const { body } = response;
    if (this.#denied.size === 0 || !isObject(body) || !Array.isArray(body.value)) return response;
    const value = body.value.filter(
      (item) => !isObject(item) || typeof item.id !== "string" || !this.#isDenied(item.id),
    );
    return { ...response, body: { ...body, value } };
  }

  /** Whether a resource is still hidden; each question takes one read off. */
  #isDenied(id: string): boolean {
    const left = this.#denied.get(keyOf(id)) ?? 0;
    if (left > 0) this.#denied.set(keyOf(id), left - 1);
    return left > 0;
  }
}

/** What a request is about, for matching: an ARM type and name, or `graph/{collection}` and the object's id. */
export function targetOf(request: AzureRequest): { type: string; name: string } {
  const graph = /^\/graph\/(?:v1\.0|beta)\/(.+)$/i.exec(request.path)?.[1];
  if (graph !== undefined) {
    const words = graph.split("/");
    const named = request.method !== "POST" && words.length > 1;
    const name = named ? (words[words.length - 1] ?? "") : "";
    return { type: `graph/${(named ? words.slice(0, -1) : words).join("/")}`, name };
  }
  const id = parseResourceId(request.path);
  if (id !== undefined) return { type: id.type, name: id.name };
  const collection = parseCollection(request.path);
  return { type: collection?.type ?? "", name: collection?.parent?.name ?? "" };
}

function globOf(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*/g, ".*");
  return new RegExp(`^${escaped}$`, "i");
}

/** The refusal with which a fault answers, or undefined where it answers otherwise. */
export function refusalOf(fault: Fault): AzureRefusal | undefined {
  switch (fault.kind) {
    case "throttled": {
      // https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling
      const after = String(fault.retryAfter ?? 10);
      const text = `The request is being throttled (injected fault). Please try again after '${after}' seconds.`;
      return new AzureRefusal(429, "TooManyRequests", text, [], { "Retry-After": after });
    }
    case "anotherOperation":
      return new AzureRefusal(
        409,
        "AnotherOperationInProgress",
        "Another operation on this or dependent resource is in progress (injected fault).",
      );
    case "serverError": {
      const status = fault.status ?? 500;
      const codes: Readonly<Record<number, string>> = {
        502: "BadGateway",
        503: "ServiceUnavailable",
        504: "GatewayTimeout",
      };
      const text = "An error occurred on the server (injected fault). Please try again later.";
      return new AzureRefusal(status, codes[status] ?? "InternalServerError", text);
    }
    default:
      return undefined;
  }
}

/** What a fault orders for the long-running operation that the request begins. */
export function orderOf(fault: Fault | undefined): OperationOrder {
  if (fault?.kind === "acceptedThenFails") {
    return {
      failure: {
        code: "InternalOperationError",
        message: "An unexpected error occurred while processing the operation (injected fault).",
      },
    };
  }
  return fault?.kind === "slow" ? { delay: fault.seconds ?? 600 } : {};
}
