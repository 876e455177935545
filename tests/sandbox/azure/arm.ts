import { expect } from "chai";
import { asObject, asText, type JsonObject, type JsonValue } from "../../../sandbox/azure/json";
import { onAzure, subscription, type TestAzure } from "../tenant/simulated-tenant";

export { subscription };
export const group = `${subscription}/resourceGroups/rg-test`;

/** Identifier of a resource in the test's resource group: `at("virtualNetworks/hub")` is of Microsoft.Network. */
export function at(path: string, scope = group): string {
  const compute = /^(virtualMachines|disks)\//.test(path);
  return `${scope}/providers/Microsoft.${compute ? "Compute" : "Network"}/${path}`;
}

/** Version that azure-native sends for what a path names. */
function versionOf(path: string): string {
  const namespace = /.*\/providers\/([^/]+)\/([^/]+)/.exec(path);
  if (namespace === null) return "2024-03-01";
  const [, provider = "", type = ""] = namespace;
  const known: Readonly<Record<string, string>> = {
    "Microsoft.Network": "2024-05-01",
    "Microsoft.Compute": type === "disks" ? "2024-03-02" : "2024-11-01",
    "Microsoft.Insights": "2021-05-01-preview",
    "Microsoft.OperationalInsights": "2023-09-01",
    "Microsoft.Storage": "2024-01-01",
    "Microsoft.Authorization": "2020-05-01",
    "Microsoft.Features": "2021-07-01",
  };
  return known[provider] ?? "2024-03-01";
}

/** What an operation came to. */
export interface Result {
  /** Status of the first answer. */
  readonly status: number;
  readonly headers: Headers;
  /** The resource after the operation, or the body of the refusal. */
  readonly body: JsonObject;
  /** The error with which an accepted operation ended. */
  readonly failure: JsonObject | undefined;
}

/** A plain client of Resource Manager, written against the protocol and nothing else. */
export class Arm {
  constructor(readonly azure: TestAzure) {}

  /** One request, nothing awaited. */
  async request(
    method: string,
    path: string,
    body?: JsonValue,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const query = path.includes("api-version=")
      ? ""
      : `${path.includes("?") ? "&" : "?"}api-version=${versionOf(path)}`;
    return fetch(path.startsWith("http") ? path : `${this.azure.azure.url}${path}${query}`, {
      method,
      headers: { "Content-Type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** A request and, where it begins a long-running operation, the operation to its end. */
  async send(
    method: string,
    path: string,
    body?: JsonValue,
    headers: Record<string, string> = {},
  ): Promise<Result> {
    const response = await this.request(method, path, body, headers);
    const first = await bodyOf(response);
    const poll = response.headers.get("azure-asyncoperation");
    const done = {
      status: response.status,
      headers: response.headers,
      body: first,
      failure: undefined,
    };
    if (poll === null || response.status >= 400) return done;
    for (let turn = 0; turn < 1000; turn += 1) {
      const state = await bodyOf(await this.request("GET", poll));
      if (state.status === "InProgress") continue;
      if (state.status === "Failed") return { ...done, failure: asObject(state.error) };
      return method === "DELETE" || method === "POST"
        ? done
        : { ...done, body: await this.get(path) };
    }
    throw new Error(`${method} ${path} does not end`);
  }

  /** The resource; fails the test where there is none. */
  async get(path: string): Promise<JsonObject> {
    const response = await this.request("GET", path);
    const body = await bodyOf(response);
    expect(response.status, JSON.stringify(body)).to.equal(200);
    return body;
  }

  /** Writes a resource; fails the test where that is refused. */
  async put(path: string, body: JsonObject): Promise<JsonObject> {
    const result = await this.send("PUT", path, body);
    expect(result.status, JSON.stringify(result.body)).to.be.oneOf([200, 201]);
    expect(result.failure).to.equal(undefined);
    return result.body;
  }

  /** Deletes a resource; fails the test where that is refused. */
  async remove(path: string): Promise<void> {
    const result = await this.send("DELETE", path);
    expect(result.status, JSON.stringify(result.body)).to.be.oneOf([200, 202, 204]);
    expect(result.failure).to.equal(undefined);
  }

  /** Expects a refusal with a status and a code, and returns its message. */
  async refused(
    method: string,
    path: string,
    body: JsonValue | undefined,
    status: number,
    code: string,
  ): Promise<string> {
    const result = await this.send(method, path, body);
    const error = asObject(result.body.error);
    expect({ status: result.status, code: error.code }, JSON.stringify(result.body)).to.deep.equal({
      status,
      code,
    });
    return asText(error.message) ?? "";
  }

  /** Expects an operation that is accepted and then fails, and returns the error's message. */
  async fails(method: string, path: string, body: JsonValue, code: string): Promise<string> {
    const result = await this.send(method, path, body);
    expect(result.status, JSON.stringify(result.body)).to.be.oneOf([200, 201, 202]);
    expect(result.failure?.code, JSON.stringify(result.failure)).to.equal(code);
    return asText(result.failure?.message) ?? "";
  }
}

async function bodyOf(response: Response): Promise<JsonObject> {
  const text = await response.text();
  return text === "" ? {} : asObject(JSON.parse(text));
}

/** A test with a resource group `rg-test` in a simulated Azure of its own. */
export function onArm(
  test: (arm: Arm) => Promise<void>,
  changes: JsonObject = {},
): () => Promise<void> {
  return onAzure(async (azure) => {
    const arm = new Arm(azure);
    await arm.put(group, { location: "westeurope" });
    await test(arm);
  }, changes);
}
