import type { OperationSpec, ServiceClient } from "@azure/core-client";
import { currentOperation } from "../plugin/operation";
import { redirectPipeline } from "../plugin/pipeline";
import type { Value, Values } from "../plugin/values";
import { lostOnTheWire } from "./problems";
import { azureNativeRetries } from "./retries";
import { shapeOf } from "./sdk-shape";
import type { ObjectShape } from "./shape";

/** One of Microsoft's clients for Resource Manager, in the version whose API version azure-native 3.28 uses. */
export type SdkName = "network" | "compute" | "authorization" | "storage";

/** A write of one of these clients: `bastionHosts.beginCreateOrUpdateAndWait`. */
export interface SdkWrite {
  readonly client: SdkName;
  /** Operation group of the client. */
  readonly group: string;
  /** Method that writes, and waits for a long-running operation. */
  readonly method: string;
  /** Method that only begins it, from which the shapes of body and answer are read. */
  readonly begins: string;
}

type Method = (...args: unknown[]) => Promise<unknown>;

const credential = { getToken: () => Promise.resolve(null) };

async function load(name: SdkName, subscriptionId: string, url: string): Promise<ServiceClient> {
  const options = { endpoint: url, allowInsecureConnection: true };
  switch (name) {
    case "network":
      return new (await import("@azure/arm-network")).NetworkManagementClient(
        credential,
        subscriptionId,
        options,
      );
    case "compute":
      return new (await import("@azure/arm-compute")).ComputeManagementClient(
        credential,
        subscriptionId,
        options,
      );
    case "authorization":
      return new (await import("@azure/arm-authorization")).AuthorizationManagementClient(
        credential,
        subscriptionId,
        options,
      );
    case "storage":
      return new (await import("@azure/arm-storage")).StorageManagementClient(
        credential,
        subscriptionId,
        options,
      );
  }
}

function methodOf(client: ServiceClient, group: string, method: string): Method {
  const groups = client as unknown as Readonly<Record<string, Readonly<Record<string, Method>>>>;
  const operations = groups[group];
  const found = operations?.[method];
  if (operations === undefined || found === undefined)
    throw new Error(`Microsoft's client has no ${group}.${method}`);
  return (...args) => found.apply(operations, args);
}

class Captured extends Error {
  constructor(readonly spec: OperationSpec) {
    super("captured");
  }
}

export interface SdkShapes {
  readonly body: ObjectShape;
  readonly answer: ObjectShape;
}

/** Microsoft's clients, turned to the simulated Azure; each is loaded when its first resource needs it. */
export class SdkClients {
  readonly #clients = new Map<SdkName, Promise<ServiceClient>>();
  readonly #shapes = new Map<string, Promise<SdkShapes>>();

  constructor(
    readonly url: string,
    readonly subscriptionId: () => string,
  ) {}

  /** The shapes of body and answer, read from what the client itself serialises by. */
  shapes(write: SdkWrite): Promise<SdkShapes> {
    const key = `${write.client}.${write.group}`;
    const known = this.#shapes.get(key);
    if (known !== undefined) return known;
    const read = this.#readShapes(write);
    this.#shapes.set(key, read);
    return read;
  }

  async #readShapes(write: SdkWrite): Promise<SdkShapes> {
    const client = await load(write.client, "subscription", this.url);
    client.sendOperationRequest = (_, spec) => Promise.reject(new Captured(spec));
    const operation = methodOf(client, write.group, write.begins);
    const spec = await operation("a", "b", "c", "d", "e").then(
      () => undefined,
      (error: unknown) => (error instanceof Captured ? error.spec : undefined),
    );
    const body = spec?.requestBody?.mapper;
    const answer = spec?.responses["200"]?.bodyMapper ?? spec?.responses["201"]?.bodyMapper;
    if (spec === undefined || body === undefined || answer === undefined) {
      throw new Error(`Microsoft's client has no body for ${write.group}.${write.begins}`);
    }
    const models = spec.serializer.modelMappers;
    return {
      body: shapeOf(body, models) as ObjectShape,
      answer: shapeOf(answer, models) as ObjectShape,
    };
  }

  /**
   * Writes a body through Microsoft's client and waits until Azure is done.
   *
   * @param path the path parameters, in their order.
   * @param model the body in the client's own names.
   * @param expected the same body in the names of the wire: what of it does not arrive there fails the write.
   */
  async write(
    write: SdkWrite,
    path: readonly string[],
    model: Values,
    expected: Values,
    query: Readonly<Record<string, Value>>,
  ): Promise<void> {
    let client = this.#clients.get(write.client);
    if (client === undefined) {
      client = load(write.client, this.subscriptionId(), this.url).then((made) => {
        redirectPipeline(made.pipeline, azureNativeRetries);
        return made;
      });
      this.#clients.set(write.client, client);
    }
    const method = methodOf(await client, write.group, write.method);
    const operation = currentOperation();
    operation.onBody = (body) => {
      const lost = lostOnTheWire(expected, body as Value);
      if (lost.length > 0) {
        throw new Error(
          `Microsoft's client drops ${lost.map((path) => `'${path}'`).join(", ")} from the body; no request was sent`,
        );
      }
    };
    try {
      await method(...path, model, { ...query, updateIntervalInMs: 0 });
    } finally {
      operation.onBody = undefined;
    }
  }
}
