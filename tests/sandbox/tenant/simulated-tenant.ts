import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import {
  asObject,
  asText,
  isObject,
  type JsonObject,
  type JsonValue,
} from "../../../sandbox/azure/json";
import { startSimulatedAzure, type SimulatedAzure } from "../../../sandbox/azure/server";
import { defaultTenantFile } from "../../../sandbox/azure/tenant/read-tenant";

export const subscription = "/subscriptions/22222222-2222-4222-8222-222222222222";
export const observability = `${subscription}/resourceGroups/rg-observability`;
export const operators = "33333333-0000-4000-8000-000000000001";
export const administrators = "33333333-0000-4000-8000-000000000002";
export const approvers = "33333333-0000-4000-8000-000000000003";
export const emergency = "33333333-0000-4000-8000-000000000004";
export const deployer = "44444444-0000-4000-8000-000000000001";
export const olga = "44444444-0000-4000-8000-000000000011";
export const omar = "44444444-0000-4000-8000-000000000012";
export const ada = "44444444-0000-4000-8000-000000000021";
export const petra = "44444444-0000-4000-8000-000000000031";
export const firstEmergency = "44444444-0000-4000-8000-000000000041";
export const uma = "44444444-0000-4000-8000-000000000051";

export const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
export const contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
export const owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
export const userLogin = "fb879df8-f326-4884-b1cf-06f3ad86be52";
export const administratorLogin = "1c0163c0-47e6-4577-8991-ea5c82e286e4";

export const azureManagement = "797f4846-ba00-4fd7-ba43-dac1f8f63013";
export const linuxSignIn = "ce6ff14a-7fdc-4685-bbe0-f6afdfcfa8e0";
export const remoteDesktop = "a4a365df-50f1-4397-bc59-1a1564b8bb9c";

/** A GUID that is easily told from another: `id(7)`. */
export function id(number: number): string {
  return `77777777-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

/** A role's identifier in the one form that Azure gives back. */
export function roleId(role: string): string {
  return `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
}

export interface Answer {
  readonly status: number;
  readonly body: JsonValue;
}

/** The default tenant, with these members in place of its own. */
export function tenantWith(changes: JsonObject): JsonObject {
  return { ...(JSON.parse(readFileSync(defaultTenantFile, "utf8")) as JsonObject), ...changes };
}

/** A simulated Azure of the test's own, spoken to over HTTP. */
export class TestAzure {
  private constructor(
    readonly azure: SimulatedAzure,
    readonly folder: string,
    readonly tenantFile: string,
  ) {}

  static async start(changes: JsonObject = {}): Promise<TestAzure> {
    const folder = mkdtempSync(join(tmpdir(), "simulated-azure-"));
    const tenantFile = join(folder, "tenant.json");
    writeFileSync(tenantFile, JSON.stringify(tenantWith(changes)));
    const azure = await startSimulatedAzure({ storeFile: join(folder, "store.json"), tenantFile });
    return new TestAzure(azure, folder, tenantFile);
  }

  async close(): Promise<void> {
    await this.azure.close();
    rmSync(this.folder, { recursive: true });
  }

  /** Puts the simulated clock forward. */
  advance(minutes: number): void {
    this.azure.clock.advance(minutes * 60);
  }

  async send(method: string, path: string, body?: JsonValue, token?: string): Promise<Answer> {
    const response = await fetch(`${this.azure.url}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? null : (JSON.parse(text) as JsonValue) };
  }

  /** A request to Microsoft.Authorization at a scope, in the version that azure-native sends. */
  async authorization(
    method: string,
    scope: string,
    rest: string,
    body?: JsonValue,
    options: { readonly filter?: string; readonly token?: string } = {},
  ): Promise<Answer> {
    const type = rest.split("/")[0] ?? "";
    const version = type.startsWith("roleManagement")
      ? "2024-09-01-preview"
      : /^role(Assignments|Definitions)$/.test(type)
        ? "2022-04-01"
        : type === "roleAssignmentApprovals"
          ? "2021-01-01-preview"
          : "2020-10-01";
    const filter =
      options.filter === undefined ? "" : `&$filter=${encodeURIComponent(options.filter)}`;
    const path = `${scope === "/" ? "" : scope}/providers/Microsoft.Authorization/${rest}?api-version=${version}${filter}`;
    return this.send(method, path, body, options.token);
  }

  graph(method: string, path: string, body?: JsonValue): Promise<Answer> {
    return this.send(method, `/graph/v1.0/${path}`, body);
  }

  /** Signs a user in and returns the answer; the token is for {@link authorization}. */
  async signIn(body: JsonObject): Promise<JsonObject> {
    const answer = await this.send("POST", "/signin", body);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
    return asObject(answer.body);
  }

  /** Token of a user after a sign-in to Azure management. */
  async token(user: string, methods: readonly string[] = ["fido2"]): Promise<string> {
    const answer = await this.signIn({ user, application: azureManagement, methods: [...methods] });
    expect(answer.granted, JSON.stringify(answer)).to.equal(true);
    return asText(answer.accessToken) ?? "";
  }

  /** Locks a scope against deletion, behind everybody's back. */
  lock(scope: string, level = "CanNotDelete"): void {
    const lockId = `${scope}/providers/Microsoft.Authorization/locks/keep`;
    const type = "Microsoft.Authorization/locks";
    this.azure.store.put({
      id: lockId,
      type,
      name: "keep",
      body: { id: lockId, name: "keep", type, properties: { level } },
    });
  }
}

/** Runs a test against a simulated Azure of its own. */
export function onAzure(
  test: (azure: TestAzure) => Promise<void>,
  changes: JsonObject = {},
): () => Promise<void> {
  return async () => {
    const azure = await TestAzure.start(changes);
    try {
      await test(azure);
    } finally {
      await azure.close();
    }
  };
}

/** The `error` of a refusal with this status and code. */
export function refusal(answer: Answer, status: number, code: string): JsonObject {
  const error = asObject(asObject(answer.body).error);
  expect({ status: answer.status, code: error.code }, JSON.stringify(answer.body)).to.deep.equal({
    status,
    code,
  });
  return error;
}

/** The body of an answer with this status. */
export function answered(answer: Answer, status: number): JsonObject {
  expect(answer.status, JSON.stringify(answer.body)).to.equal(status);
  return asObject(answer.body);
}

/** The items of a list. */
export function items(answer: Answer): JsonObject[] {
  const { value } = answered(answer, 200);
  expect(value).to.be.an("array");
  return (value as JsonValue[]).filter(isObject);
}
