import type { EnvironmentChoice } from "../environment-check";
import type { ResourceGraph } from "../graph/resource-graph";
import { plannedEligibility, plannedReaders, plannedSignIn } from "./planned-access";
import { plannedHub } from "./planned-hub";
import { plannedSpoke } from "./planned-spoke";

/**
 * What `SecureJumpAccess` will register for these arguments, as far as a claim looks at it: made from the
 * same documents as the components, before anything is registered. A test holds the two together.
 * @param args without problems, see `checkEnvironment`
 */
export function plannedGraph(name: string, args: EnvironmentChoice<unknown>): ResourceGraph {
  const hub = plannedHub(name, args);
  const spokes = Object.entries(args.spokes).map(([key, spoke]) => ({
    key,
    ...plannedSpoke(name, key, spoke, args, hub),
  }));
  return {
    resources: [
      ...plannedSignIn(name, args),
      ...hub.resources,
      ...spokes.flatMap(({ resources }) => resources),
      ...plannedReaders(name, args, hub.hostId),
      ...spokes.flatMap(({ key, scope }) => plannedEligibility(name, key, args, scope)),
    ],
    unread: [],
  };
}
