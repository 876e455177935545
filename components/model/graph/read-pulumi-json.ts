import { mergedProperties, type View } from "./merged-properties";
import {
  type GraphResource,
  isObject,
  type ResourceGraph,
  type Unread,
  withoutApiVersion,
} from "./resource-graph";
import { wireProperties } from "./wire-value";

/** Text that is neither a state nor a preview, or one that leaves something out; the message says the way out. */
export class UnreadableGraphError extends Error {
  override readonly name = "UnreadableGraphError";
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads what `pulumi stack export`, a state file, or `pulumi preview --json` wrote.
 * @throws UnreadableGraphError where it is none of them, or a preview that leaves unchanged resources out
 */
export function readPulumiJson(document: unknown, view: View): ResourceGraph {
  if (isObject(document)) {
    const deployment = deploymentOf(document);
    if (deployment !== undefined) return readDeployment(deployment, view);
    if (Array.isArray(document.steps)) return readPreview(document, document.steps);
  }
  throw new UnreadableGraphError(
    "neither a state nor a preview; give what `pulumi stack export` or `pulumi preview --json --show-sames` wrote",
  );
}

/** Whether the document has two views of a resource at all: a preview has inputs only. */
export function viewsOf(document: unknown): View[] {
  return isObject(document) && deploymentOf(document) !== undefined
    ? ["inputs", "outputs"]
    : ["inputs"];
}

/** `stack export` has `deployment`, a file of the local backend has `checkpoint.latest`. */
function deploymentOf(document: Json): Json | undefined {
  if (isObject(document.deployment)) return document.deployment;
  const { checkpoint } = document;
  return isObject(checkpoint) && isObject(checkpoint.latest) ? checkpoint.latest : undefined;
}

function readDeployment(deployment: Json, view: View): ResourceGraph {
  const states = Array.isArray(deployment.resources) ? deployment.resources : [];
  const unread: Unread[] = [];
  const resources: GraphResource[] = [];
  for (const state of states) {
    if (!isObject(state) || typeof state.urn !== "string") {
      throw new UnreadableGraphError("a resource of the state has no URN; is the export whole?");
    }
    if (state.delete === true) {
      unread.push({
        subject: state.urn,
        type: textOf(state.type),
        why: "is about to be deleted and still stands; run pulumi up again",
        bearsOn: ["network", "identity"],
      });
      continue;
    }
    resources.push(resourceOf(state.urn, state, view));
  }
  const pending = Array.isArray(deployment.pending_operations) ? deployment.pending_operations : [];
  for (const operation of pending) {
    const resource = isObject(operation) && isObject(operation.resource) ? operation.resource : {};
    unread.push({
      subject: textOf(resource.urn),
      type: textOf(resource.type),
      why: "an operation on it never ended; run pulumi refresh",
      bearsOn: ["network", "identity"],
    });
  }
  return { resources, unread };
}

function readPreview(document: Json, steps: readonly unknown[]): ResourceGraph {
  const next = new Map<string, GraphResource>();
  for (const step of steps) {
    if (!isObject(step) || typeof step.urn !== "string") continue;
    // A replacement is three steps with one URN; those that remove carry no new state.
    if (isObject(step.newState)) next.set(step.urn, resourceOf(step.urn, step.newState, "inputs"));
  }
  const summary = isObject(document.changeSummary) ? document.changeSummary : {};
  const unchanged = typeof summary.same === "number" ? summary.same : 0;
  const shown = steps.filter((step) => isObject(step) && step.op === "same").length;
  if (shown < unchanged) {
    throw new UnreadableGraphError(
      `the preview leaves ${unchanged - shown} unchanged resources out; write it with \`pulumi preview --json --show-sames\``,
    );
  }
  return { resources: [...next.values()], unread: [] };
}

function resourceOf(urn: string, state: Json, view: View): GraphResource {
  const inputs = wireProperties(state.inputs);
  const outputs = wireProperties(state.outputs);
  const id = typeof state.id === "string" && state.id !== "" ? state.id : undefined;
  return {
    urn,
    type: withoutApiVersion(textOf(state.type)),
    name: urn.split("::").slice(3).join("::"),
    ...(id === undefined ? {} : { id }),
    properties: mergedProperties(inputs, outputs, view),
    answered: Object.keys(outputs).filter((key) => !(key in inputs)),
    propertyDependencies: listsOf(state.propertyDependencies),
    dependencies: Array.isArray(state.dependencies) ? state.dependencies.map(textOf) : [],
    external: state.external === true,
  };
}

function listsOf(value: unknown): Record<string, readonly string[]> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([key, list]) => [key, Array.isArray(list) ? list.map(textOf) : []]),
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
