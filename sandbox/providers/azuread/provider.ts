import { setMaxListeners } from "node:events";
import { compare, detail, isIgnored } from "../plugin/difference";
import { endpointOf } from "../plugin/endpoint";
import { Operation, within } from "../plugin/operation";
import type {
  CheckAnswer,
  CheckRequest,
  CreateAnswer,
  CreateRequest,
  DeleteRequest,
  DiffAnswer,
  DiffRequest,
  Provider,
  ReadAnswer,
  ReadRequest,
  UpdateRequest,
} from "../plugin/provider";
import { clockAt, type SimulatedClock } from "../plugin/simulated-clock";
import { unknown, type Values } from "../plugin/values";
import {
  comparable,
  forceNewPaths,
  imported,
  planned,
  problemsOf,
  refreshed,
  withDefaults,
} from "./attribute";
import { authenticationStrengthPolicy } from "./authentication-strength-policy";
import { conditionalAccessPolicy } from "./conditional-access-policy";
import type { EntraResource } from "./entra-resource";
import { invokeFunction } from "./functions";
import { Graph } from "./graph";
import { group, groupMember } from "./group";
import { namedLocation } from "./named-location";
import { servicePrincipal } from "./service-principal";
import { user } from "./user";

/** Resource types by Pulumi's token. */
export const entraResources: Readonly<Record<string, EntraResource>> = {
  "azuread:index/authenticationStrengthPolicy:AuthenticationStrengthPolicy":
    authenticationStrengthPolicy,
  "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy": conditionalAccessPolicy,
  "azuread:index/group:Group": group,
  "azuread:index/groupMember:GroupMember": groupMember,
  "azuread:index/namedLocation:NamedLocation": namedLocation,
  "azuread:index/servicePrincipal:ServicePrincipal": servicePrincipal,
  "azuread:index/user:User": user,
};

function resourceOf(token: string): EntraResource {
  const resource = entraResources[token];
  if (resource !== undefined) return resource;
  const types = Object.keys(entraResources).map((known) => known.split(":").pop() ?? known);
  throw new Error(
    `${token}: the simulated azuread does not have this type; it has ${types.join(", ")}`,
  );
}

/**
 * Plays azuread 6.9.1, which bridges Terraform's provider 3.8.0, against the simulated Graph: its ids, its defaults,
 * its differences (state against what the program asks for, by the schema) and its order of steps. What it leaves out
 * on purpose: the bookkeeping of the bridge (`__defaults`, `__meta`), which shapes no plan.
 */
export class AzureAd implements Provider {
  readonly name = "azuread";
  readonly version = "6.9.1";
  readonly #abort = new AbortController();
  #graph: Graph | undefined;
  #clock: SimulatedClock | undefined;

  constructor(readonly url: string | undefined) {
    // Every request under way listens for the engine's cancellation.
    setMaxListeners(0, this.#abort.signal);
  }

  configure(): void {
    const url = endpointOf(this.url, this.name);
    this.#graph = new Graph(url);
    this.#clock = clockAt(url);
  }

  async #work<T>(limit: number, work: (graph: Graph) => Promise<T>): Promise<T> {
    const [graph, clock] = [this.#graph, this.#clock];
    if (graph === undefined || clock === undefined)
      throw new Error("the provider is not configured");
    const operation = new Operation(clock, this.#abort.signal, limit);
    return await within(operation, () => work(graph));
  }

  check(request: CheckRequest): Promise<CheckAnswer> {
    const resource = resourceOf(request.type);
    const { schema } = resource;
    const rules = resource.check?.(request.news) ?? [];
    const failures = [...problemsOf(request.news, schema), ...rules];
    return Promise.resolve({ inputs: withDefaults(request.news, schema), failures });
  }

  /** What the program asks for against the state: drift that a refresh brought into the state is seen here. */
  diff(request: DiffRequest): Promise<DiffAnswer> {
    const { schema } = resourceOf(request.type);
    const plan = planned(request.news, schema, request.state, undefined);
    const changes = compare(comparable(request.state, schema), comparable(plan, schema));
    // Blocks of which nothing takes effect: Graph stores none, and the provider suppresses the difference.
    const session = changes.get("sessionControls");
    if (session?.kind === "add" && Object.keys(session.new ?? {}).length === 0)
      changes.delete("sessionControls");
    const paths = [...detail(changes, new Set(forceNewPaths(schema)), false)];
    return Promise.resolve({
      detail: new Map(paths.filter(([path]) => !isIgnored(path, request.ignoreChanges))),
      deleteBeforeReplace: false,
    });
  }

  create(request: CreateRequest): Promise<CreateAnswer> {
    const resource = resourceOf(request.type);
    const plan = planned(
      request.inputs,
      resource.schema,
      undefined,
      request.preview ? unknown : undefined,
    );
    if (request.preview) return Promise.resolve({ id: "", state: plan });
    return this.#work(request.timeout || resource.limits.create, async (graph) => {
      const id = await resource.create(graph, plan);
      return { id, state: await this.#stateOf(graph, resource, id, plan) };
    });
  }

  async #stateOf(graph: Graph, resource: EntraResource, id: string, plan: Values): Promise<Values> {
    const state = await resource.read(graph, id, plan);
    if (state === undefined) throw new Error(`${id} was written and is not there`);
    return { ...state, id };
  }

  read(request: ReadRequest): Promise<ReadAnswer> {
    const resource = resourceOf(request.type);
    return this.#work(300, async (graph) => {
      const state = await resource.read(graph, request.id, request.state);
      if (state === undefined) return undefined;
      const { inputs } = request;
      return {
        id: request.id,
        state: { ...state, id: request.id },
        inputs:
          inputs === undefined
            ? imported(state, resource.schema)
            : refreshed(inputs, state, resource.schema),
      };
    });
  }

  update(request: UpdateRequest): Promise<Values> {
    const resource = resourceOf(request.type);
    const plan = planned(request.news, resource.schema, request.state, undefined);
    if (request.preview) return Promise.resolve({ ...plan, id: request.id });
    return this.#work(request.timeout || resource.limits.update, async (graph) => {
      await resource.update(graph, request.id, plan, request.state);
      return await this.#stateOf(graph, resource, request.id, plan);
    });
  }

  delete(request: DeleteRequest): Promise<void> {
    const resource = resourceOf(request.type);
    return this.#work(request.timeout || resource.limits.delete, (graph) =>
      resource.delete(graph, request.id, request.state),
    );
  }

  invoke(token: string, args: Values): Promise<Values> {
    return this.#work(300, (graph) => invokeFunction(graph, token, args));
  }

  cancel(): void {
    this.#abort.abort(new Error("the operation was cancelled"));
  }
}
