import {
  Metadata,
  status,
  type handleUnaryCall,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { Mortality } from "./mortality";
import {
  InitializationFailed,
  type Autonaming,
  type CheckRequest,
  type DiffAnswer,
  type Provider,
  type Subject,
} from "./provider";
import { readProperties, writeProperties } from "./values";

function failureOf(error: unknown): {
  code: status;
  details: string;
  metadata?: Metadata;
} {
  const details = error instanceof Error ? error.message : String(error);
  if (!(error instanceof InitializationFailed)) return { code: status.UNKNOWN, details };
  const detail = new proto.ErrorResourceInitFailed();
  detail.setId(error.id);
  detail.setProperties(writeProperties(error.state));
  detail.setInputs(writeProperties(error.inputs));
  detail.setReasonsList([details]);
  const any = new Any();
  any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const rpc = new Status();
  rpc.setCode(status.UNKNOWN);
  rpc.setMessage(details);
  rpc.addDetails(any);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(rpc.serializeBinary()));
  return { code: status.UNKNOWN, details, metadata };
}

function handler<Q, R>(answer: (request: Q) => R | Promise<R>): handleUnaryCall<Q, R> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => answer(call.request))
      .then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          callback(failureOf(error));
        },
      );
  };
}

/** Type and logical name from the request, or from the URN where an older engine sends the URN alone. */
function subjectOf(request: { getUrn(): string; getType(): string; getName(): string }): Subject {
  const urn = request.getUrn();
  const parts = urn.split("::");
  const type = request.getType() || (parts[2]?.split("$").pop() ?? "");
  return { urn, type, name: request.getName() || (parts[3] ?? "") };
}

function autonamingOf(request: proto.CheckRequest): Autonaming | undefined {
  const options = request.getAutonaming();
  if (options === undefined) return undefined;
  const { DISABLE, ENFORCE } = proto.CheckRequest.AutonamingOptions.Mode;
  const mode = options.getMode();
  return {
    mode: mode === DISABLE ? "disable" : mode === ENFORCE ? "enforce" : "propose",
    proposedName: options.getProposedName(),
  };
}

const kinds = {
  add: proto.PropertyDiff.Kind.ADD,
  addReplace: proto.PropertyDiff.Kind.ADD_REPLACE,
  delete: proto.PropertyDiff.Kind.DELETE,
  deleteReplace: proto.PropertyDiff.Kind.DELETE_REPLACE,
  update: proto.PropertyDiff.Kind.UPDATE,
  updateReplace: proto.PropertyDiff.Kind.UPDATE_REPLACE,
} as const;

function diffResponse(answer: DiffAnswer): proto.DiffResponse {
  const response = new proto.DiffResponse();
  const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
  const paths = [...answer.detail];
  response.setChanges(paths.length > 0 ? DIFF_SOME : DIFF_NONE);
  response.setDiffsList([...new Set(paths.map(([path]) => path.split(/[.[]/)[0] ?? path))]);
  response.setReplacesList(
    paths.filter(([, kind]) => kind.endsWith("Replace")).map(([path]) => path),
  );
  response.setHasdetaileddiff(true);
  for (const [path, kind] of paths) {
    const property = new proto.PropertyDiff();
    property.setKind(kinds[kind]);
    property.setInputdiff(true);
    response.getDetaileddiffMap().set(path, property);
  }
  response.setDeletebeforereplace(answer.deleteBeforeReplace);
  return response;
}

function configurationOf(request: proto.ConfigureRequest): Record<string, string> {
  const config: Record<string, string> = {};
  request.getVariablesMap().forEach((value: string, key: string) => {
    config[key.split(":").pop() ?? key] = value;
  });
  for (const [key, value] of Object.entries(readProperties(request.getArgs()))) {
    if (typeof value === "string") config[key] = value;
  }
  return config;
}

/** The engine's protocol (`ResourceProvider` of pulumi's provider.proto) over a provider. */
export function serviceOf(provider: Provider, mortality: Mortality): UntypedServiceImplementation {
  const oldInputsOf = (request: {
    hasOldInputs(): boolean;
    getOldInputs(): Parameters<typeof readProperties>[0];
  }) => (request.hasOldInputs() ? readProperties(request.getOldInputs()) : undefined);
  return {
    getPluginInfo: handler<Empty, PluginInfo>(() => {
      const info = new PluginInfo();
      info.setVersion(provider.version);
      return info;
    }),
    attach: handler(() => new Empty()),
    getSchema: handler<proto.GetSchemaRequest, proto.GetSchemaResponse>(() => {
      const response = new proto.GetSchemaResponse();
      const { name, version } = provider;
      response.setSchema(
        JSON.stringify({ name, version, resources: {}, types: {}, functions: {} }),
      );
      return response;
    }),
    getMapping: handler(() => new proto.GetMappingResponse()),
    getMappings: handler(() => new proto.GetMappingsResponse()),
    checkConfig: handler<proto.CheckRequest, proto.CheckResponse>((request) => {
      const response = new proto.CheckResponse();
      response.setInputs(request.getNews());
      return response;
    }),
    diffConfig: handler(() => new proto.DiffResponse()),
    configure: handler<proto.ConfigureRequest, proto.ConfigureResponse>((request) => {
      provider.configure(configurationOf(request));
      // As azure-native answers: the engine takes secrets off inputs and marks outputs of the same name as secret.
      const response = new proto.ConfigureResponse();
      response.setSupportspreview(true);
      response.setSupportsAutonamingConfiguration(true);
      return response;
    }),
    check: handler<proto.CheckRequest, proto.CheckResponse>(async (request) => {
      const check: CheckRequest = {
        ...subjectOf(request),
        olds: readProperties(request.getOlds()),
        news: readProperties(request.getNews()),
        randomSeed: request.getRandomseed_asU8(),
        autonaming: autonamingOf(request),
      };
      const answer = await provider.check(check);
      const response = new proto.CheckResponse();
      response.setInputs(writeProperties(answer.inputs));
      for (const { property, reason } of answer.failures) {
        const failure = new proto.CheckFailure();
        failure.setProperty(property);
        failure.setReason(reason);
        response.addFailures(failure);
      }
      return response;
    }),
    diff: handler<proto.DiffRequest, proto.DiffResponse>(async (request) => {
      const answer = await provider.diff({
        ...subjectOf(request),
        id: request.getId(),
        state: readProperties(request.getOlds()),
        oldInputs: oldInputsOf(request),
        news: readProperties(request.getNews()),
        ignoreChanges: request.getIgnorechangesList(),
      });
      return diffResponse(answer);
    }),
    create: handler<proto.CreateRequest, proto.CreateResponse>(async (request) => {
      const preview = request.getPreview();
      const create = {
        ...subjectOf(request),
        inputs: readProperties(request.getProperties()),
        preview,
        timeout: request.getTimeout(),
      };
      const answer = await mortality.during(preview, () => provider.create(create));
      const response = new proto.CreateResponse();
      response.setId(answer.id);
      response.setProperties(writeProperties(answer.state));
      return response;
    }),
    read: handler<proto.ReadRequest, proto.ReadResponse>(async (request) => {
      const answer = await provider.read({
        ...subjectOf(request),
        id: request.getId(),
        state: readProperties(request.getProperties()),
        inputs: request.hasInputs() ? readProperties(request.getInputs()) : undefined,
      });
      const response = new proto.ReadResponse();
      if (answer === undefined) return response;
      response.setId(answer.id);
      response.setProperties(writeProperties(answer.state));
      response.setInputs(writeProperties(answer.inputs));
      return response;
    }),
    update: handler<proto.UpdateRequest, proto.UpdateResponse>(async (request) => {
      const preview = request.getPreview();
      const update = {
        ...subjectOf(request),
        id: request.getId(),
        state: readProperties(request.getOlds()),
        oldInputs: oldInputsOf(request),
        news: readProperties(request.getNews()),
        preview,
        timeout: request.getTimeout(),
      };
      const state = await mortality.during(preview, () => provider.update(update));
      const response = new proto.UpdateResponse();
      response.setProperties(writeProperties(state));
      return response;
    }),
    delete: handler<proto.DeleteRequest, Empty>(async (request) => {
      const removal = {
        ...subjectOf(request),
        id: request.getId(),
        state: readProperties(request.getProperties()),
        oldInputs: oldInputsOf(request),
        timeout: request.getTimeout(),
      };
      await mortality.during(false, () => provider.delete(removal));
      return new Empty();
    }),
    invoke: handler<proto.InvokeRequest, proto.InvokeResponse>(async (request) => {
      const response = new proto.InvokeResponse();
      const args = readProperties(request.getArgs());
      response.setReturn(writeProperties(await provider.invoke(request.getTok(), args)));
      return response;
    }),
    cancel: handler(() => {
      provider.cancel();
      return new Empty();
    }),
  };
}
