import type { PolicyResource } from "@pulumi/policy";
import { readEstate } from "../components/model/estate/read-estate";
import type { Estate } from "../components/model/estate/estate";
import { mergedProperties, type View } from "../components/model/graph/merged-properties";
import {
  type Properties,
  type ResourceGraph,
  withoutApiVersion,
} from "../components/model/graph/resource-graph";
import { wireProperties } from "../components/model/graph/wire-value";
import type { Declaration } from "../components/model/estate/access-estate";

/** Asked for by this name, the proxy around a resource's properties gives what it guards. */
const BEHIND_THE_PROXY = "__getSpecialProxyTarget";

/**
 * The properties of a resource as the engine sent them. The proxy throws at the first unknown value, and a
 * proof has to see what is unknown.
 */
export function sentProperties(props: Record<string, unknown>): Properties {
  return wireProperties(props[BEHIND_THE_PROXY] ?? props);
}

/**
 * A program as the engine shows it to a pack: each resource's inputs before its operation, and at the end
 * all resources with what their providers answered and what they depend on. Names and parents are in the
 * inputs, ids in the answers, so both are needed.
 */
export class SeenProgram {
  readonly #inputs = new Map<string, Properties>();

  public seeInputs(urn: string, props: Record<string, unknown>): void {
    this.#inputs.set(urn, sentProperties(props));
  }

  /** Both views of the program: what was asked for first, and what the providers answered first. */
  public views(resources: readonly PolicyResource[], declared: Partial<Declaration>): Estate[] {
    return (["inputs", "outputs"] as const).map((view) =>
      readEstate(this.#graph(resources, view), declared),
    );
  }

  #graph(resources: readonly PolicyResource[], view: View): ResourceGraph {
    return {
      resources: resources.map(({ urn, type, name, props, dependencies, propertyDependencies }) => {
        const outputs = sentProperties(props);
        const inputs = this.#inputs.get(urn) ?? {};
        const { id } = outputs;
        return {
          urn,
          type: withoutApiVersion(type),
          name,
          ...(typeof id === "string" && id !== "" ? { id } : {}),
          properties: mergedProperties(inputs, outputs, view),
          answered: Object.keys(outputs).filter((key) => !(key in inputs)),
          dependencies: dependencies.map((dependency) => dependency.urn),
          propertyDependencies: Object.fromEntries(
            Object.entries(propertyDependencies).map(([key, list]) => [
              key,
              list.map((dependency) => dependency.urn),
            ]),
          ),
          external: !this.#inputs.has(urn),
        };
      }),
      unread: [],
    };
  }
}
