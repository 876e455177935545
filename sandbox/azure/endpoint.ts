import { answerArm } from "./arm";
import type { Fault } from "./fault-plan";
import type { Death, Faults } from "./faults";
import { orderOf, refusalOf } from "./faults";
import { withoutSecrets } from "./journal";
import type { JsonValue } from "./json";
import { isObject } from "./json";
import { endDueOperations } from "./operations";
import { AzureRefusal } from "./refusal";
import type { Service } from "./services";
import type { AzureRequest, AzureResponse, Simulation } from "./simulation";

/** How a request ended: with an answer, or with a connection cut. */
export type Outcome =
  { readonly kind: "answer"; readonly response: AzureResponse } | { readonly kind: "cut" };

export interface EndpointOptions {
  readonly simulation: Simulation;
  readonly services: readonly Service[];
  readonly faults: Faults;
  readonly onDeath: (death: Death) => void;
}

const injected = "x-simulated-fault";

/**
 * Answers one request: ends what is due, lets the fault plan strike, dispatches, writes the journal. Apart from
 * {@link Clock.wait} for a slowed synchronous request it never yields, so requests do not interleave.
 */
export async function answer(request: AzureRequest, options: EndpointOptions): Promise<Outcome> {
  const { simulation, faults } = options;
  endDueOperations(simulation);
  const fault = faults.strike(request);
  const before = fault === undefined ? undefined : strikeBefore(request, fault, options);
  if (before !== undefined) return before;
  const response = carryOut(request, fault, options);
  if (fault === undefined) return { kind: "answer", response };
  return await strikeAfter(request, response, fault, options);
}

function strikeBefore(
  request: AzureRequest,
  fault: Fault,
  options: EndpointOptions,
): Outcome | undefined {
  const refusal = refusalOf(fault);
  const death = deathOf(fault);
  const cuts = fault.kind === "connectionReset" || death !== undefined;
  if (fault.when === "after" || (refusal === undefined && !cuts)) return undefined;
  note(request, fault, refusal, options);
  if (death !== undefined)
    options.onDeath({ process: death, when: "before", method: request.method, path: request.path });
  if (refusal === undefined) return { kind: "cut" };
  return { kind: "answer", response: refusalAnswer(refusal, fault) };
}

async function strikeAfter(
  request: AzureRequest,
  response: AzureResponse,
  fault: Fault,
  options: EndpointOptions,
): Promise<Outcome> {
  const { simulation, faults } = options;
  const done = response.status < 400;
  const refusal = refusalOf(fault);
  const death = deathOf(fault);
  if (death !== undefined) {
    options.onDeath({ process: death, when: "after", method: request.method, path: request.path });
    return { kind: "cut" };
  }
  if (fault.kind === "connectionReset") return { kind: "cut" };
  if (refusal !== undefined) return { kind: "answer", response: refusalAnswer(refusal, fault) };
  if (fault.kind === "notFoundAfterCreate" && response.status === 201)
    faults.deny(request, response, madeBy(options), fault.reads ?? 2);
  if (done && response.operation === undefined) {
    if (fault.kind === "slow") await simulation.clock.wait(fault.seconds ?? 600);
    if (fault.kind === "acceptedThenFails") {
      const failure = new AzureRefusal(
        500,
        "InternalServerError",
        "The request was accepted and then failed (injected fault).",
      );
      return { kind: "answer", response: refusalAnswer(failure, fault) };
    }
  }
  return {
    kind: "answer",
    response: { ...response, headers: { ...response.headers, [injected]: fault.kind } },
  };
}

/** Identifiers of what the request made that has just been carried out. */
function madeBy({ simulation }: EndpointOptions): string[] {
  const effects = simulation.store.journal().at(-1)?.effects ?? [];
  return effects.filter(({ change }) => change === "created").map(({ id }) => id);
}

function deathOf(fault: Fault): Death["process"] | undefined {
  if (fault.kind === "providerDeath") return "provider";
  return fault.kind === "engineDeath" ? "engine" : undefined;
}

/** Carries a request out and writes its line of the journal. */
function carryOut(
  request: AzureRequest,
  fault: Fault | undefined,
  options: EndpointOptions,
): AzureResponse {
  const { simulation, faults } = options;
  const writes = request.method !== "GET" && request.method !== "HEAD";
  let response: AzureResponse;
  let refusal: AzureRefusal | undefined;
  try {
    faults.checkVisible(request);
    const run = (): AzureResponse => faults.withoutDenied(dispatch(request, fault, options));
    // A read may end operations that are due, which must stay even where it then finds nothing.
    response = writes ? simulation.store.transaction(run) : run();
  } catch (error) {
    if (!(error instanceof AzureRefusal)) throw error;
    refusal = error;
    response = refusalAnswer(error, undefined);
  }
  if (writes || fault !== undefined) {
    const accepted = response.operation !== undefined;
    simulation.store.record({
      method: request.method,
      id: request.path,
      status: response.status,
      outcome: response.status >= 400 ? "refused" : accepted ? "accepted" : "succeeded",
      ...(refusal === undefined ? {} : { code: refusal.code, message: refusal.message }),
      ...(response.operation === undefined ? {} : { operation: response.operation }),
      ...requestOf(request.body),
      ...(request.origin === undefined ? {} : { origin: request.origin }),
      ...(fault === undefined ? {} : { fault: fault.kind }),
    });
  }
  return response;
}

function dispatch(
  request: AzureRequest,
  fault: Fault | undefined,
  options: EndpointOptions,
): AzureResponse {
  const { simulation, services } = options;
  const isGraph = /^\/graph(\/|$)/i.test(request.path);
  const routes = services.flatMap((service) => (isGraph ? service.graph : service.routes) ?? []);
  for (const route of routes) {
    const response = route(request, simulation);
    if (response !== undefined) return response;
  }
  if (isGraph) {
    throw new AzureRefusal(
      400,
      "BadRequest",
      `The simulated Graph knows no ${request.method} of '${request.path}'.`,
    );
  }
  return answerArm(request, simulation, orderOf(fault));
}

function requestOf(body: JsonValue | undefined): { request?: JsonValue } {
  const shown = withoutSecrets(body);
  return shown === undefined ? {} : { request: shown };
}

function note(
  request: AzureRequest,
  fault: Fault,
  refusal: AzureRefusal | undefined,
  options: EndpointOptions,
): void {
  options.simulation.store.record({
    method: request.method,
    id: request.path,
    ...(refusal === undefined
      ? {}
      : { status: refusal.status, code: refusal.code, message: refusal.message }),
    outcome: "refused",
    ...requestOf(request.body),
    fault: fault.kind,
  });
}

/** The answer that carries a refusal, in Azure's form. */
export function refusalAnswer(refusal: AzureRefusal, fault: Fault | undefined): AzureResponse {
  return {
    status: refusal.status,
    headers: { ...refusal.headers, ...(fault === undefined ? {} : { [injected]: fault.kind }) },
    body: isObject(refusal.error) ? { error: refusal.error } : null,
  };
}
