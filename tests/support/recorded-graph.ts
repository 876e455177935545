import { type ResourceGraph, withoutApiVersion } from "../../components/model/graph/resource-graph";
import { wireProperties } from "../../components/model/graph/wire-value";
import type { Recording } from "./recorder";

/**
 * A recorded program as the resource graph that a preview or a state of it would give. Recorded in preview
 * mode nothing has an id and what comes from ids is unknown; in update mode the mocks have answered.
 */
export function recordedGraph(recording: Pick<Recording<unknown>, "registrations">): ResourceGraph {
  return {
    resources: recording.registrations.map((registration) => {
      const { urn, type, name, custom, id, external } = registration;
      return {
        urn,
        type: withoutApiVersion(type),
        name,
        ...(custom && id !== "" ? { id } : {}),
        properties: {
          ...wireProperties(registration.answer),
          ...wireProperties(registration.raw),
        },
        answered: Object.keys(registration.answer).filter((key) => !(key in registration.raw)),
        propertyDependencies: registration.propertyDependencyUrns,
        dependencies: registration.dependencyUrns,
        external,
      };
    }),
    unread: [],
  };
}
