import { AzureError, isNotFound } from "../plugin/azure-error";
import { currentOperation } from "../plugin/operation";
import { RestClient } from "../plugin/rest-client";
import type { Values } from "../plugin/values";
import { toBody, toInputs, toModel, toOutputs } from "./convert";
import type { ResourceEntry } from "./resource-table";
import { azureNativeRetries } from "./retries";
import { SdkClients, type SdkShapes } from "./sdk-client";
import type { ObjectShape } from "./shape";
import { fillTemplate, parametersOf } from "./template";

/** The shape with these properties marked as the service's own. */
function withReadOnly(shape: ObjectShape, names: readonly string[]): ObjectShape {
  const fields = new Map(shape.fields());
  for (const name of names) {
    const field = fields.get(name);
    if (field !== undefined) fields.set(name, { ...field, readOnly: true });
  }
  return { ...shape, fields: () => fields };
}

/** The simulated Resource Manager as the provider uses it: bodies through Microsoft's clients, the rest as it is. */
export class Azure {
  readonly rest: RestClient;
  readonly sdk: SdkClients;
  /** The subscription that the provider is configured for. */
  subscriptionId = "";

  constructor(url: string) {
    this.rest = new RestClient(url, azureNativeRetries);
    this.sdk = new SdkClients(url, () => this.subscriptionId);
  }

  /** The shapes of a type's body and of what is answered. */
  async shapesOf(entry: ResourceEntry): Promise<SdkShapes> {
    if ("shape" in entry.body) return { body: entry.body.shape, answer: entry.body.shape };
    const shapes = await this.sdk.shapes(entry.body.sdk);
    const { outputOnly } = entry;
    if (outputOnly === undefined) return shapes;
    return { ...shapes, body: withReadOnly(shapes.body, outputOnly) };
  }

  idOf(entry: ResourceEntry, inputs: Values): string {
    return fillTemplate(entry.path, inputs, this.subscriptionId);
  }

  get(
    id: string,
    apiVersion: string,
    query: Readonly<Record<string, string>> = {},
  ): Promise<Values> {
    return this.rest.send({
      method: "GET",
      path: id,
      query: { "api-version": apiVersion, ...query },
    });
  }

  /** @throws Error where there is a resource already, in azure-native's words. */
  async checkAbsent(entry: ResourceEntry, id: string): Promise<void> {
    let found: Values;
    try {
      found = await this.get(id, entry.apiVersion);
    } catch (error) {
      if (isNotFound(error)) return;
      if (!(error instanceof AzureError)) throw error;
      throw new Error(
        `cannot check existence of resource '${id}': status code ${error.status}, ${error.message}`,
        { cause: error },
      );
    }
    if (Object.keys(found).length > 0)
      throw new Error(`cannot create already existing resource '${id}'`);
  }

  /**
   * Lists that the program leaves out: empty at a creation; at an update as they are, so that standalone subnets,
   * peerings, rules and routes survive the whole PUT of their parent.
   */
  async maintained(
    entry: ResourceEntry,
    inputs: Values,
    id: string,
    exists: boolean,
  ): Promise<Values> {
    const missing = (entry.maintained ?? []).filter((name) => inputs[name] === undefined);
    if (missing.length === 0) return {};
    if (!exists) return Object.fromEntries(missing.map((name) => [name, []]));
    const shapes = await this.shapesOf(entry);
    const outputs = toOutputs(await this.get(id, entry.apiVersion), shapes.answer);
    const current = toInputs(outputs, shapes.body);
    return Object.fromEntries(missing.map((name) => [name, current[name]]));
  }

  /** Writes a whole resource and answers what came back last. */
  async put(entry: ResourceEntry, inputs: Values, id: string): Promise<Values> {
    const operation = currentOperation();
    const shapes = await this.shapesOf(entry);
    const parameters = parametersOf(entry.path);
    const own = new Set([...parameters, ...(entry.query ?? [])]);
    const fields = shapes.body.fields();
    const inBody = Object.fromEntries(
      Object.entries(inputs).filter(
        ([name]) => fields.get(name)?.readOnly === false && !own.has(name),
      ),
    );
    const body = toBody(inBody, shapes.body);
    if ("shape" in entry.body) {
      return await this.rest.send({
        method: "PUT",
        path: id,
        query: { "api-version": entry.apiVersion },
        body,
      });
    }
    const path = parameters.map((name) => {
      const value = inputs[name];
      return typeof value === "string" ? value.replace(/^\/+|\/+$/g, "") : "";
    });
    const query = Object.fromEntries(
      (entry.query ?? []).flatMap((name) => {
        const value = inputs[name];
        return value === undefined ? [] : [[name, value]];
      }),
    );
    await this.sdk.write(entry.body.sdk, path, toModel(inBody, shapes.body), body, query);
    return operation.answer;
  }

  /** Deletes and waits until it is gone; what is gone already is no error. */
  async delete(id: string, apiVersion: string): Promise<void> {
    try {
      await this.rest.send({ method: "DELETE", path: id, query: { "api-version": apiVersion } });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}
