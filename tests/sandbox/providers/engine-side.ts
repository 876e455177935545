import { credentials, type ServiceError } from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { Mortality } from "../../../sandbox/providers/plugin/mortality";
import type { Provider } from "../../../sandbox/providers/plugin/provider";
import { serve } from "../../../sandbox/providers/plugin/serve";
import { writeProperties, type Values } from "../../../sandbox/providers/plugin/values";

/** What a provider answered, as it stood on the wire: secret marks included. */
export interface Created {
  readonly id: string;
  readonly state: Values;
}

export interface Diffed {
  readonly changes: "none" | "some";
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
  /** Kinds by path, such as `{"sku.name": "UPDATE_REPLACE"}`. */
  readonly detail: Readonly<Record<string, string>>;
}

/** The resource that a failed creation or update left behind, as the engine reads it from the error. */
export interface Left {
  readonly id: string;
  readonly state: Values;
  readonly reasons: readonly string[];
}

type Call<Q, R> = (
  request: Q,
  callback: (error: ServiceError | null, response: R) => void,
) => unknown;

function ask<Q, R>(call: Call<Q, R>, request: Q): Promise<R> {
  return new Promise((resolve, reject) => {
    call(request, (error, response) => {
      if (error === null) resolve(response);
      else reject(error);
    });
  });
}

/** The resource that an error says was left behind; undefined where it says none. */
export function leftBehind(error: unknown): Left | undefined {
  const [packed] = (error as ServiceError).metadata.get("grpc-status-details-bin");
  if (!Buffer.isBuffer(packed)) return undefined;
  const [detail] = Status.deserializeBinary(packed).getDetailsList();
  const failed = proto.ErrorResourceInitFailed.deserializeBinary(
    detail?.getValue_asU8() ?? new Uint8Array(),
  );
  return {
    id: failed.getId(),
    state: failed.getProperties()?.toJavaScript() ?? {},
    reasons: failed.getReasonsList(),
  };
}

const kindNames = Object.fromEntries(
  Object.entries(proto.PropertyDiff.Kind).map(([name, value]) => [Number(value), name]),
);

/** Plays the engine's side of the provider protocol against a provider served in this process. */
export class EngineSide {
  private constructor(
    private readonly client: ResourceProviderClient,
    private readonly stop: () => void,
  ) {}

  static async start(provider: Provider, mortality?: Mortality): Promise<EngineSide> {
    const served = await serve(provider, mortality);
    const client = new ResourceProviderClient(
      `127.0.0.1:${served.port}`,
      credentials.createInsecure(),
    );
    return new EngineSide(client, () => {
      client.close();
      served.close();
    });
  }

  close(): void {
    this.stop();
  }

  async configure(
    variables: Readonly<Record<string, string>> = {},
  ): Promise<proto.ConfigureResponse> {
    const request = new proto.ConfigureRequest();
    for (const [key, value] of Object.entries(variables)) request.getVariablesMap().set(key, value);
    request.setAcceptsecrets(true);
    return await ask<proto.ConfigureRequest, proto.ConfigureResponse>(
      this.client.configure.bind(this.client),
      request,
    );
  }

  async check(
    type: string,
    name: string,
    news: Values,
    more: {
      olds?: Values;
      randomSeed?: string;
      autonaming?: proto.CheckRequest.AutonamingOptions;
    } = {},
  ): Promise<{ inputs: Values; failures: { property: string; reason: string }[] }> {
    const request = new proto.CheckRequest();
    request.setUrn(urnOf(type, name));
    request.setType(type);
    request.setName(name);
    request.setOlds(writeProperties(more.olds ?? {}));
    request.setNews(writeProperties(news));
    request.setRandomseed(more.randomSeed ?? Buffer.alloc(32, 7).toString("base64"));
    if (more.autonaming !== undefined) request.setAutonaming(more.autonaming);
    const response = await ask<proto.CheckRequest, proto.CheckResponse>(
      this.client.check.bind(this.client),
      request,
    );
    return {
      inputs: response.getInputs()?.toJavaScript() ?? {},
      failures: response.getFailuresList().map((failure) => ({
        property: failure.getProperty(),
        reason: failure.getReason(),
      })),
    };
  }

  async diff(
    type: string,
    name: string,
    before: { id?: string; inputs: Values; state?: Values },
    news: Values,
    ignoreChanges: string[] = [],
  ): Promise<Diffed> {
    const request = new proto.DiffRequest();
    request.setUrn(urnOf(type, name));
    request.setType(type);
    request.setName(name);
    request.setId(before.id ?? "id");
    request.setOlds(writeProperties(before.state ?? {}));
    request.setOldInputs(writeProperties(before.inputs));
    request.setNews(writeProperties(news));
    request.setIgnorechangesList(ignoreChanges);
    const response = await ask<proto.DiffRequest, proto.DiffResponse>(
      this.client.diff.bind(this.client),
      request,
    );
    const detail: Record<string, string> = {};
    response.getDetaileddiffMap().forEach((property: proto.PropertyDiff, path: string) => {
      detail[path] = kindNames[property.getKind()] ?? "?";
    });
    const some = response.getChanges() === proto.DiffResponse.DiffChanges.DIFF_SOME;
    return {
      changes: some ? "some" : "none",
      replaces: response.getReplacesList(),
      deleteBeforeReplace: response.getDeletebeforereplace(),
      detail,
    };
  }

  async create(
    type: string,
    name: string,
    inputs: Values,
    more: { preview?: boolean; timeout?: number } = {},
  ): Promise<Created> {
    const request = new proto.CreateRequest();
    request.setUrn(urnOf(type, name));
    request.setType(type);
    request.setName(name);
    request.setProperties(writeProperties(inputs));
    request.setPreview(more.preview ?? false);
    request.setTimeout(more.timeout ?? 0);
    const response = await ask<proto.CreateRequest, proto.CreateResponse>(
      this.client.create.bind(this.client),
      request,
    );
    return {
      id: response.getId(),
      state: response.getProperties()?.toJavaScript() ?? {},
    };
  }

  /** Without `inputs` it is an import. */
  async read(
    type: string,
    name: string,
    id: string,
    before: { inputs?: Values; state?: Values } = {},
  ): Promise<{ id: string; state: Values; inputs: Values }> {
    const request = new proto.ReadRequest();
    request.setUrn(urnOf(type, name));
    request.setType(type);
    request.setName(name);
    request.setId(id);
    request.setProperties(writeProperties(before.state ?? {}));
    if (before.inputs !== undefined) request.setInputs(writeProperties(before.inputs));
    const response = await ask<proto.ReadRequest, proto.ReadResponse>(
      this.client.read.bind(this.client),
      request,
    );
    return {
      id: response.getId(),
      state: response.getProperties()?.toJavaScript() ?? {},
      inputs: response.getInputs()?.toJavaScript() ?? {},
    };
  }

  async update(
    type: string,
    name: string,
    before: { id: string; inputs: Values; state: Values },
    news: Values,
    more: { preview?: boolean; timeout?: number } = {},
  ): Promise<Values> {
    const request = new proto.UpdateRequest();
    request.setUrn(urnOf(type, name));
    request.setType(type);
    request.setName(name);
    request.setId(before.id);
    request.setOlds(writeProperties(before.state));
    request.setOldInputs(writeProperties(before.inputs));
    request.setNews(writeProperties(news));
    request.setPreview(more.preview ?? false);
    request.setTimeout(more.timeout ?? 0);
    const response = await ask<proto.UpdateRequest, proto.UpdateResponse>(
      this.client.update.bind(this.client),
      request,
    );
    return response.getProperties()?.toJavaScript() ?? {};
  }

  async delete(
    type: string,
    name: string,
    id: string,
    state: Values = {},
    timeout = 0,
  ): Promise<void> {
    const request = new proto.DeleteRequest();
    request.setUrn(urnOf(type, name));
    request.setType(type);
    request.setName(name);
    request.setId(id);
    request.setProperties(writeProperties(state));
    request.setTimeout(timeout);
    await ask<proto.DeleteRequest, Empty>(this.client.delete.bind(this.client), request);
  }

  async invoke(token: string, args: Values = {}): Promise<Values> {
    const request = new proto.InvokeRequest();
    request.setTok(token);
    request.setArgs(writeProperties(args));
    const response = await ask<proto.InvokeRequest, proto.InvokeResponse>(
      this.client.invoke.bind(this.client),
      request,
    );
    return response.getReturn()?.toJavaScript() ?? {};
  }

  async cancel(): Promise<void> {
    await ask<Empty, Empty>(this.client.cancel.bind(this.client), new Empty());
  }
}

function urnOf(type: string, name: string): string {
  return `urn:pulumi:test::project::${type}::${name}`;
}
