import { readFileSync, rmSync } from "node:fs";
import { answer, type EndpointOptions } from "./endpoint";
import { Faults } from "./faults";
import type { JsonObject, JsonValue } from "./json";
import { asObject, asText, isObject } from "./json";
import { openSimulation } from "./open-simulation";
import { endOperation } from "./operations";
import { parseCollection, parseResourceId } from "./resource-id";
import { assign, parseAssignment } from "./assignments";
import { parseDuration } from "./time-span";
import type { AzureResponse, Simulation } from "./simulation";

/** Where the simulated Azure lies that a verb reads or changes. No endpoint may be running on the same store. */
export interface VerbOptions {
  readonly storeFile: string;
  readonly tenantFile?: string | undefined;
  readonly clock?: "virtual" | "real";
}

/** A verb that cannot be carried out: a wrong word, or an answer of the simulated Azure that is a refusal. */
export class VerbError extends Error {
  override readonly name = "VerbError";
}

export const verbHelp = `Reads and changes the simulated Azure. Nothing here reaches Azure.

  azure get PATH                      what a GET answers, as "az rest --method get" would; Graph under /graph/v1.0
  azure set PATH key=value ...        reads the resource, sets what the keys name, writes it back
  azure set PUT|PATCH|POST PATH BODY  sends BODY (JSON, @FILE, or - for standard input)
  azure set delete PATH               deletes it
  azure set stop|deallocate|start VM  changes a VM's power state
  azure reset                         empties the simulated Azure; what the tenant file names comes back
  azure clock                         shows the simulated clock
  azure clock advance DURATION        puts it forward: 90s, 10m, 2h, 1d or PT8H

A key is a path such as properties.access or properties.addressPrefixes[0]; a value is JSON, else text.
PATH may carry ?api-version= and may start with https://management.azure.com or https://graph.microsoft.com.

  azure set /subscriptions/SUB/resourceGroups/RG/providers/Microsoft.Network/networkSecurityGroups/NSG/securityRules/RULE \\
    properties.sourceAddressPrefix=Internet
  azure set delete /subscriptions/SUB/resourceGroups/RG/providers/Microsoft.Network/virtualNetworks/VNET/virtualNetworkPeerings/PEERING
  azure set PATCH /graph/v1.0/identity/conditionalAccess/policies/ID '{"state": "disabled"}'
`;

interface Session {
  readonly simulation: Simulation;
  readonly endpoint: EndpointOptions;
}

function open(options: VerbOptions, elapsed: number): Session {
  const { simulation, services } = openSimulation({ ...options, elapsed });
  const faults = new Faults({ faults: [] });
  return { simulation, endpoint: { simulation, services, faults, onDeath: () => undefined } };
}

/** Path and query of an address as people write it. */
function addressOf(text: string): URL {
  const path = text
    .replace(/^https:\/\/management\.azure\.com/i, "")
    .replace(/^https:\/\/graph\.microsoft\.com/i, "/graph");
  if (!path.startsWith("/")) {
    throw new VerbError(
      `"${text}" is not a path; it starts with "/subscriptions/", "/graph/v1.0/" or "/providers/"`,
    );
  }
  return new URL(path, "http://simulated");
}

/** The newest version that the simulation plays of what a path names. */
function versionFor(simulation: Simulation, path: string): string {
  const type = parseResourceId(path)?.type ?? parseCollection(path)?.type ?? "";
  const known =
    simulation.types.find(type) ?? simulation.types.find(parseCollection(path)?.parent?.type ?? "");
  return known?.apiVersions[0] ?? "2024-05-01";
}

async function send(
  session: Session,
  method: string,
  address: string,
  body?: JsonValue,
): Promise<AzureResponse> {
  const url = addressOf(address);
  const { simulation } = session;
  if (!url.pathname.startsWith("/graph/") && !url.searchParams.has("api-version")) {
    url.searchParams.set("api-version", versionFor(simulation, url.pathname));
  }
  const path = decodeURIComponent(url.pathname).replace(/\/+$/, "");
  const request = {
    method,
    path,
    query: url.searchParams,
    headers: {},
    body,
    origin: "azure set" as const,
  };
  const outcome = await answer(request, session.endpoint);
  if (outcome.kind === "cut") throw new VerbError("the connection was cut");
  const { response } = outcome;
  if (response.status >= 400) throw refused(response);
  const begun =
    response.operation === undefined ? undefined : simulation.store.operation(response.operation);
  if (begun?.status !== "InProgress") return response;
  const ended = endOperation(simulation, begun);
  if (ended.status === "Failed") throw refused({ status: 409, body: { error: ended.error ?? {} } });
  return response;
}

function refused(response: AzureResponse): VerbError {
  const error = asObject(asObject(response.body).error);
  const code = asText(error.code) ?? String(response.status);
  return new VerbError(
    `the simulated Azure answers ${response.status} ${code}: ${asText(error.message) ?? ""}`,
  );
}

/** What the address holds now, for a person to see. */
async function shown(session: Session, address: string): Promise<JsonValue> {
  return (await send(session, "GET", address)).body ?? null;
}

function bodyOf(text: string | undefined): JsonValue {
  if (text === undefined)
    throw new VerbError('the body is missing; give JSON, "@FILE", or "-" for standard input');
  const json =
    text === "-"
      ? readFileSync(0, "utf8")
      : text.startsWith("@")
        ? readFileSync(text.slice(1), "utf8")
        : text;
  try {
    return JSON.parse(json) as JsonValue;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new VerbError(`the body is not JSON: ${problem}`, { cause: error });
  }
}

async function setKeys(
  session: Session,
  address: string,
  keys: readonly string[],
): Promise<JsonValue> {
  if (keys.length === 0)
    throw new VerbError(
      `nothing to set on ${address}; give key=value, such as properties.access=Deny`,
    );
  const assignments = keys.map((key) => {
    const parsed = parseAssignment(key);
    if (parsed === undefined)
      throw new VerbError(`"${key}" is not key=value; write it as properties.access=Deny`);
    return parsed;
  });
  if (address.startsWith("/graph/") || /^https:\/\/graph\./i.test(address)) {
    let change: JsonObject = {};
    for (const assignment of assignments) change = assign(change, assignment);
    await send(session, "PATCH", address, change);
  } else {
    const before = await shown(session, address);
    if (!isObject(before) || "value" in before)
      throw new VerbError(`${address} is not a single resource`);
    let after: JsonObject = before;
    for (const assignment of assignments) after = assign(after, assignment);
    await send(session, "PUT", address, after);
  }
  return await shown(session, address);
}

async function setVerb(session: Session, words: readonly string[]): Promise<JsonValue> {
  const [first = "", address = "", ...rest] = words;
  switch (first) {
    case "delete":
      await send(session, "DELETE", address);
      return null;
    case "stop":
    case "deallocate":
    case "start":
      await send(session, "POST", `${address}/${first === "stop" ? "powerOff" : first}`);
      return await shown(session, `${address}/instanceView`);
    case "PUT":
    case "PATCH":
    case "POST": {
      const response = await send(session, first, address, bodyOf(rest[0]));
      return first === "POST" ? (response.body ?? null) : await shown(session, address);
    }
    default:
      return await setKeys(session, first, words.slice(1));
  }
}

/** The simulated clock as people read it. */
function clockText({ clock }: Simulation): string {
  return `${clock.now().toISOString()} (simulated clock, ${clock.kind})\n`;
}

function clockVerb(session: Session, words: readonly string[]): string {
  const [verb = "show", duration] = words;
  const { simulation } = session;
  if (verb === "advance") {
    const seconds = duration === undefined ? undefined : parseDuration(duration);
    if (seconds === undefined) {
      throw new VerbError(`"${duration ?? ""}" is not a duration; write 90s, 10m, 2h, 1d or PT8H`);
    }
    simulation.clock.advance(seconds);
  } else if (verb !== "show")
    throw new VerbError(`"azure clock ${verb}" is unknown; use "show" or "advance DURATION"`);
  return clockText(simulation);
}

function json(value: JsonValue): string {
  return value === null ? "" : `${JSON.stringify(value, undefined, 2)}\n`;
}

/**
 * Carries out a verb of `azure`, directly on the store, and returns what belongs on standard output.
 * @param words the words after `azure`, such as `["get", "/subscriptions"]`
 * @throws VerbError with the way out, or what is wrong with the store or the tenant file
 */
export async function runVerb(words: readonly string[], options: VerbOptions): Promise<string> {
  const [verb, ...rest] = words;
  if (verb === undefined || verb === "help" || verb === "--help" || verb === "-h") return verbHelp;
  if (!["get", "set", "reset", "clock"].includes(verb)) {
    throw new VerbError(`"azure ${verb}" is unknown; use get, set, reset or clock`);
  }
  if (verb === "reset") {
    resetStore(options);
    return "";
  }
  const session = open(options, 0);
  try {
    if (verb === "clock") return clockVerb(session, rest);
    if (verb === "set") {
      if (rest.length === 0) throw new VerbError('nothing to set; see "azure --help"');
      return json(await setVerb(session, rest));
    }
    const [address, ...more] = rest;
    if (address === undefined || more.length > 0) throw new VerbError('"azure get" takes one path');
    return json(await shown(session, address));
  } finally {
    session.simulation.store.flush();
  }
}

/** Empties the store and fills it again with what the tenant file names. */
function resetStore(options: VerbOptions): void {
  rmSync(options.storeFile, { force: true });
  open(options, 0).simulation.store.flush();
}
