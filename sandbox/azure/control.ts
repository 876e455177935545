import { asText, isObject } from "./json";
import type { Faults } from "./faults";
import type { AzureRequest, AzureResponse, Simulation } from "./simulation";

/**
 * Requests about the simulation itself, under `/simulated`, which no Azure has:
 *
 * - `GET /simulated/clock`: `{"now": ISO 8601, "kind", "timeScale"}`
 * - `POST /simulated/clock` with `{"wait": seconds}` or `{"advance": seconds}`: lets time pass, then answers as above
 * - `GET /simulated/journal?after=N`: the journal's entries with a higher sequence number
 * - `GET /simulated/operations`: `{"count": requests that may change something since the start}`
 */
export async function controlAnswer(
  request: AzureRequest,
  simulation: Simulation,
  faults: Faults,
): Promise<AzureResponse | undefined> {
  if (!request.path.startsWith("/simulated/")) return undefined;
  const { clock, store } = simulation;
  switch (`${request.method} ${request.path}`) {
    case "GET /simulated/clock":
      return clockAnswer(simulation);
    case "POST /simulated/clock": {
      const body = isObject(request.body) ? request.body : {};
      const { wait, advance } = body;
      if (typeof wait === "number" && wait >= 0) await clock.wait(wait);
      else if (typeof advance === "number" && advance >= 0) clock.advance(advance);
      else
        return problem(
          `the body is ${JSON.stringify(body)}; use {"wait": seconds} or {"advance": seconds}`,
        );
      return clockAnswer(simulation);
    }
    case "GET /simulated/journal": {
      const after = Number(asText(request.query.get("after")) ?? "0");
      const entries = store.journal().filter((entry) => entry.sequence > after);
      return {
        status: 200,
        body: JSON.parse(JSON.stringify({ value: entries })) as AzureResponse["body"] & object,
      };
    }
    case "GET /simulated/operations":
      return { status: 200, body: { count: faults.operations } };
  }
  return problem(`the simulation knows no ${request.method} ${request.path}`);
}

function clockAnswer({ clock }: Simulation): AzureResponse {
  return {
    status: 200,
    body: { now: clock.now().toISOString(), kind: clock.kind, timeScale: clock.timeScale ?? null },
  };
}

function problem(message: string): AzureResponse {
  return { status: 400, body: { error: { code: "SimulatedRequest", message } } };
}
