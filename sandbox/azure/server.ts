import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "./clock";
import { controlAnswer } from "./control";
import { answer, type EndpointOptions } from "./endpoint";
import type { FaultPlan } from "./fault-plan";
import { Faults, type Death } from "./faults";
import { guidOf } from "./guid";
import type { JsonValue } from "./json";
import { operationOf } from "./operation-answer";
import { endDueOperations } from "./operations";
import type { AzureRequest, AzureResponse, Simulation } from "./simulation";
import { openSimulation } from "./open-simulation";
import type { Store } from "./store";

export interface SimulatedAzureOptions {
  /** The file that holds the simulated Azure between runs; made when missing. */
  readonly storeFile: string;
  /** What stands outside the program (users, groups, subscriptions); the stacks' own tenant where absent. */
  readonly tenantFile?: string | undefined;
  /** Default `virtual`: waiting costs no time, and five minutes pass between two runs. */
  readonly clock?: "virtual" | "real";
  /** Simulated seconds per real second; where absent, operations are over as soon as somebody asks. */
  readonly timeScale?: number | undefined;
  readonly faults?: FaultPlan | undefined;
  /** Called when the fault plan orders a process's death; the endpoint itself kills nothing. */
  readonly onDeath?: (death: Death) => void;
  /** Gets one line per request, each of which says `simulated Azure`. */
  readonly log?: (line: string) => void;
}

/** A running simulated Azure. */
export interface SimulatedAzure {
  /** Such as `http://127.0.0.1:40123`; Resource Manager at its root, Graph under `/graph/v1.0` and `/graph/beta`. */
  readonly url: string;
  readonly store: Store;
  readonly clock: Clock;
  /** Stops listening, cuts open connections and writes the store. */
  close(): Promise<void>;
}

/** Resource Manager's own limit (https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices). */
const bodyLimit = 4 * 1024 * 1024;

/** Longest time that a poll is held back while the time scale is on, in real milliseconds. */
const longestHold = 20_000;

async function bodyOf(message: IncomingMessage): Promise<JsonValue | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of message as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > bodyLimit) throw new SyntaxError("the body is larger than 4 MB");
    parts.push(part);
  }
  const text = Buffer.concat(parts).toString("utf8");
  return text.trim() === "" ? undefined : (JSON.parse(text) as JsonValue);
}

/** The address that a request names; undefined where it cannot be read. */
function addressOf(written: string, base: string): URL | undefined {
  try {
    const [path = "/", ...query] = written.split("?");
    const url = new URL([`${base}${path.replace(/\/{2,}/g, "/")}`, ...query].join("?"));
    decodeURIComponent(url.pathname);
    return url;
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, answered: AzureResponse, requestId: string): void {
  const body = answered.body === undefined ? "" : JSON.stringify(answered.body);
  response.writeHead(answered.status, {
    Server: "simulated-azure",
    "x-ms-request-id": requestId,
    "x-ms-correlation-request-id": requestId,
    "Cache-Control": "no-cache",
    ...(body === "" ? {} : { "Content-Type": "application/json; charset=utf-8" }),
    ...answered.headers,
  });
  response.end(body);
}

/** Holds a poll back until the operation is over, so that a makespan does not hang on how often a client asks. */
async function holdPoll(request: AzureRequest, simulation: Simulation): Promise<void> {
  const { clock } = simulation;
  const { timeScale } = clock;
  const id = operationOf(request.path);
  const operation = id === undefined ? undefined : simulation.store.operation(id);
  if (timeScale === undefined || operation?.status !== "InProgress") return;
  const left = operation.ends - clock.now().getTime();
  await clock.wait(Math.min(left, longestHold * timeScale) / 1000);
}

/**
 * Starts the simulated Azure on the loopback interface, at a port that the system picks. One process at a time owns a
 * store file. On the virtual clock, five minutes have passed since the store was last open.
 */
export async function startSimulatedAzure(options: SimulatedAzureOptions): Promise<SimulatedAzure> {
  const address = { url: "" };
  const { simulation, services } = openSimulation({ ...options, address });
  const { store, clock } = simulation;
  const endpoint: EndpointOptions = {
    simulation,
    services,
    faults: new Faults(options.faults ?? { faults: [] }),
    onDeath: options.onDeath ?? (() => undefined),
  };
  let count = 0;

  async function respond(message: IncomingMessage, response: ServerResponse): Promise<void> {
    count += 1;
    const url = addressOf(message.url ?? "/", address.url);
    if (url === undefined) {
      const error = {
        code: "InvalidRequestUri",
        message: `The address '${message.url ?? ""}' is malformed.`,
      };
      send(response, { status: 400, body: { error } }, guidOf(`request/${count}`));
      return;
    }
    const requestId = guidOf(`request/${count}/${message.method ?? ""}/${url.pathname}`);
    let body: JsonValue | undefined;
    try {
      body = await bodyOf(message);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      const refusal = {
        code: "InvalidRequestContent",
        message: `The request content was invalid: ${text}`,
      };
      send(response, { status: 400, body: { error: refusal } }, requestId);
      return;
    }
    const request: AzureRequest = {
      method: (message.method ?? "GET").toUpperCase(),
      path: decodeURIComponent(url.pathname),
      query: url.searchParams,
      headers: message.headers,
      body,
    };
    const control = await controlAnswer(request, simulation, endpoint.faults);
    if (control !== undefined) {
      send(response, control, requestId);
      return;
    }
    await holdPoll(request, simulation);
    const outcome = await answer(request, endpoint);
    const shown = outcome.kind === "cut" ? "connection cut" : String(outcome.response.status);
    options.log?.(`simulated Azure: ${request.method} ${request.path} ${shown}`);
    if (outcome.kind === "cut") message.socket.destroy();
    else send(response, outcome.response, requestId);
  }

  const server = createServer((message, response) => {
    respond(message, response).catch((error: unknown) => {
      // A defect of the simulation, not a refusal: said as such, so that nobody takes it for Azure's.
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      options.log?.(`simulated Azure: defect: ${text}`);
      const body = {
        error: { code: "SimulationDefect", message: `the simulated Azure failed: ${text}` },
      };
      if (!response.headersSent) send(response, { status: 500, body }, "defect");
    });
  });
  address.url = await listen(server);
  return {
    url: address.url,
    store,
    clock,
    async close() {
      const closed = new Promise<void>((resolve) =>
        server.close(() => {
          resolve();
        }),
      );
      server.closeAllConnections();
      await closed;
      endDueOperations(simulation);
      store.flush();
    },
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
