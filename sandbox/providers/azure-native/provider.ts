import { setMaxListeners } from "node:events";
import { isNotFound } from "../plugin/azure-error";
import { compare, detail, isIgnored, type Change, type Kind } from "../plugin/difference";
import { endpointOf } from "../plugin/endpoint";
import { currentOperation, Operation, within } from "../plugin/operation";
import {
  InitializationFailed,
  type CheckAnswer,
  type CheckRequest,
  type CreateAnswer,
  type CreateRequest,
  type DeleteRequest,
  type DiffAnswer,
  type DiffRequest,
  type Provider,
  type ReadAnswer,
  type ReadRequest,
  type UpdateRequest,
} from "../plugin/provider";
import { clockAt, type SimulatedClock } from "../plugin/simulated-clock";
import { equal, textOf, unknown, type Value, type Values } from "../plugin/values";
import { Azure } from "./azure";
import { defaultSubscription } from "./caller";
import { checkInputs, createBeforeDelete } from "./check";
import { previewOutputs, toOutputs } from "./convert";
import { createSchedule, deleteSchedule, readSchedule } from "./eligibility-schedule";
import { invokeFunction } from "./functions";
import { importedInputs, refreshedInputs } from "./read-inputs";
import { entryOf, type ResourceEntry } from "./resource-table";
import { createPolicy, deletePolicy, updatePolicy, withOriginal } from "./role-management-policy";
import { parametersOf } from "./template";

/** API version with which a resource group's location is read. */
const groupApiVersion = entryOf("azure-native:resources:ResourceGroup").apiVersion;

const folded = (value: Value): string =>
  typeof value === "string" ? value.replace(/ /g, "").toLowerCase() : "";

/** Names whose letters' case (and spaces, in a location) mean nothing. */
function isSameName(name: string, change: Change): boolean {
  if (name !== "location" && name !== "resourceGroupName") return false;
  return (
    change.kind === "update" &&
    folded(change.old) !== "" &&
    folded(change.old) === folded(change.new)
  );
}

/**
 * Plays azure-native 3.28.0 against the simulated Azure: the same checks, differences, requests and outputs as far as
 * they shape a plan or a body. What it leaves out on purpose: `azureApiVersion` among the inputs, because one API
 * version of each type is simulated, and arrays that the specification keys by `x-ms-identifiers`, which are compared
 * by position.
 */
export class AzureNative implements Provider {
  readonly name = "azure-native";
  readonly version = "3.28.0";
  readonly #abort = new AbortController();
  readonly #groupLocations = new Map<string, string>();
  #azure: Azure | undefined;
  #clock: SimulatedClock | undefined;
  #subscription: Promise<void> | undefined;
  #config: Readonly<Record<string, string>> = {};

  constructor(readonly url: string | undefined) {
    // Every request under way listens for the engine's cancellation.
    setMaxListeners(0, this.#abort.signal);
  }

  configure(config: Readonly<Record<string, string>>): void {
    const url = endpointOf(this.url, this.name);
    this.#config = config;
    this.#azure = new Azure(url);
    this.#clock = clockAt(url);
    this.#azure.subscriptionId = config.subscriptionId ?? "";
  }

  /** Runs work against the simulated Azure, within the call's time limit. */
  async #work<T>(timeout: number, work: (azure: Azure) => Promise<T>): Promise<T> {
    const [azure, clock] = [this.#azure, this.#clock];
    if (azure === undefined || clock === undefined)
      throw new Error("the provider is not configured");
    const operation = new Operation(clock, this.#abort.signal, timeout);
    return await within(operation, async () => {
      this.#subscription ??= this.#findSubscription(azure);
      await this.#subscription;
      return await work(azure);
    });
  }

  async #findSubscription(azure: Azure): Promise<void> {
    if (azure.subscriptionId === "") azure.subscriptionId = await defaultSubscription(azure);
  }

  async #groupLocation(azure: Azure, group: string): Promise<string | undefined> {
    const known = this.#groupLocations.get(group);
    if (known !== undefined) return known;
    const id = `/subscriptions/${azure.subscriptionId}/resourceGroups/${group}`;
    try {
      const location = textOf((await azure.get(id, groupApiVersion)).location);
      if (location !== undefined) this.#groupLocations.set(group, location);
      return location;
    } catch {
      return undefined;
    }
  }

  check(request: CheckRequest): Promise<CheckAnswer> {
    const entry = entryOf(request.type);
    return this.#work(0, (azure) =>
      checkInputs(azure, entry, request, this.#config.location, (group) =>
        this.#groupLocation(azure, group),
      ),
    );
  }

  /** New inputs against old inputs; the state decides only whether a property that is new changes anything. */
  diff(request: DiffRequest): Promise<DiffAnswer> {
    const entry = entryOf(request.type);
    const old = request.oldInputs ?? {};
    const changes = compare(old, request.news);
    for (const [name, change] of changes) {
      if (isSameName(name, change)) changes.delete(name);
    }
    const replaceKeys = new Set([...parametersOf(entry.path), ...(entry.forceNew ?? [])]);
    const paths = new Map<string, Kind>();
    for (const [path, kind] of detail(changes, replaceKeys)) {
      if (isIgnored(path, request.ignoreChanges)) continue;
      const settles = kind === "addReplace" && equal(request.news[path], request.state[path]);
      paths.set(path, settles ? "add" : kind);
    }
    const replaces = [...paths.values()].some((kind) => kind.endsWith("Replace"));
    const flag = old[createBeforeDelete];
    return Promise.resolve({
      detail: paths,
      deleteBeforeReplace: typeof flag === "boolean" ? !flag : replaces,
    });
  }

  create(request: CreateRequest): Promise<CreateAnswer> {
    const entry = entryOf(request.type);
    return this.#work(request.timeout, async (azure) => {
      const shapes = await azure.shapesOf(entry);
      if (request.preview) return { id: "", state: previewOutputs(request.inputs, shapes.answer) };
      const id = azure.idOf(entry, request.inputs);
      const { inputs } = request;
      switch (entry.custom) {
        case "roleManagementPolicy":
          return { id, state: stateOf(entry, await createPolicy(azure, entry, id, inputs)) };
        case "eligibilitySchedule":
          return { id, state: stateOf(entry, await createSchedule(azure, entry, id, inputs)) };
        case undefined: {
          await azure.checkAbsent(entry, id);
          const lists = await azure.maintained(entry, inputs, id, false);
          return await this.#write(azure, entry, id, inputs, lists);
        }
      }
    });
  }

  /** A whole PUT, then a read; where the service took it and failed later, what it left is handed to the engine. */
  async #write(
    azure: Azure,
    entry: ResourceEntry,
    id: string,
    inputs: Values,
    lists: Values,
  ): Promise<CreateAnswer> {
    const { answer } = await azure.shapesOf(entry);
    let written: Values;
    try {
      written = await azure.put(entry, { ...inputs, ...lists }, id);
    } catch (error) {
      if (!currentOperation().accepted) throw error;
      const text = error instanceof Error ? error.message : String(error);
      const left = await azure.get(id, entry.apiVersion).then(
        (body) => ({ state: stateOf(entry, toOutputs(body, answer)), text }),
        (failure: unknown) => ({
          state: {},
          text: `resource created but read failed ${failure instanceof Error ? failure.message : String(failure)}: ${text}`,
        }),
      );
      throw new InitializationFailed(left.text, id, left.state, inputs);
    }
    const canonical = textOf(written.id) ?? id;
    // A read that fails just after a write is a warning to azure-native; it keeps what the write answered.
    const body = await azure.get(canonical, entry.apiVersion).catch(() => written);
    return { id: canonical, state: stateOf(entry, toOutputs(body, answer)) };
  }

  read(request: ReadRequest): Promise<ReadAnswer> {
    const entry = entryOf(request.type);
    const { id } = request;
    return this.#work(0, async (azure) => {
      const shapes = await azure.shapesOf(entry);
      let outputs: Values | undefined;
      if (entry.custom === "eligibilitySchedule") {
        outputs = await readSchedule(azure, entry, request.state);
      } else {
        try {
          outputs = toOutputs(await azure.get(id, entry.apiVersion), shapes.answer);
        } catch (error) {
          if (!isNotFound(error)) throw error;
        }
      }
      if (outputs === undefined) return undefined;
      const inputs =
        request.inputs === undefined
          ? importedInputs(entry, shapes, id, outputs)
          : refreshedInputs(entry, shapes, request.inputs, request.state, outputs);
      return { id, state: withOriginal(stateOf(entry, outputs), request.state), inputs };
    });
  }

  update(request: UpdateRequest): Promise<Values> {
    const entry = entryOf(request.type);
    const { news, state } = request;
    return this.#work(request.timeout, async (azure) => {
      if (request.preview) {
        const { answer } = await azure.shapesOf(entry);
        const outputs = previewOutputs(news, answer);
        for (const name of ["name", "location"])
          outputs[name] = state[name] ?? outputs[name] ?? unknown;
        return outputs;
      }
      const id = azure.idOf(entry, news);
      switch (entry.custom) {
        case "roleManagementPolicy":
          return stateOf(entry, await updatePolicy(azure, entry, id, news, state));
        case "eligibilitySchedule":
          throw new Error(
            `${request.name}: an eligibility cannot be updated; name the changed property in replaceOnChanges, with deleteBeforeReplace`,
          );
        case undefined: {
          const lists = await azure.maintained(entry, news, id, true);
          return (await this.#write(azure, entry, id, news, lists)).state;
        }
      }
    });
  }

  delete(request: DeleteRequest): Promise<void> {
    const entry = entryOf(request.type);
    const { id, state } = request;
    return this.#work(request.timeout, async (azure) => {
      switch (entry.custom) {
        case "roleManagementPolicy":
          await deletePolicy(azure, entry, id, state);
          return;
        case "eligibilitySchedule":
          await deleteSchedule(azure, entry, id, state);
          return;
        case undefined:
          await azure.delete(id, entry.apiVersion);
      }
    });
  }

  invoke(token: string, args: Values): Promise<Values> {
    return this.#work(0, (azure) => invokeFunction(azure, token, args));
  }

  cancel(): void {
    this.#abort.abort(new Error("the operation was cancelled"));
  }
}

function stateOf(entry: ResourceEntry, outputs: Values): Values {
  return { ...outputs, azureApiVersion: entry.apiVersion };
}
