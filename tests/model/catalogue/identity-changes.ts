import type {
  GraphResource,
  ResourceGraph,
  Value,
} from "../../../components/model/graph/resource-graph";
import { changed } from "../../support/changed-graph";
import { resource, roleId, SUBSCRIPTION } from "../identity/plain-program";

type Json = Record<string, Value>;
type Change = (graph: ResourceGraph) => ResourceGraph;

export const SPOKE = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-jump-dev-app`;
export const OWN_ROLE = "99999999-0000-4000-8000-000000000001";

/** Adds a resource that somebody has written beside the environment. */
export function beside(...more: GraphResource[]): Change {
  return ({ resources, unread }) => ({ resources: [...resources, ...more], unread });
}

/** Changes one property of the resource with that logical name. */
export function property(name: string, key: string, change: (value: Json) => Value): Change {
  return (graph) =>
    changed(graph, {
      [name]: (properties) => ({ ...properties, [key]: change(properties[key] as Json) }),
    });
}

export function ownRole(actions: string[]): GraphResource {
  const permissions = [{ actions }];
  return resource("definition", "own", { roleName: "Own", permissions }, { id: roleId(OWN_ROLE) });
}

export const policy = (change: (conditions: Json) => Json): Change =>
  property("jump-sign-in-policy", "conditions", change);
export const users = (more: Json): Change =>
  policy((conditions) => ({ ...conditions, users: { ...(conditions.users as Json), ...more } }));
export const grant = (more: Json): Change =>
  property("jump-sign-in-policy", "grantControls", (controls) => ({ ...controls, ...more }));
export const RULES = "jump-app-dev-westeurope-users-policy";
export const rules = (change: (rules: Json[]) => Json[]): Change =>
  property(RULES, "rules", (list) => change(list as unknown as Json[]));
export const rule = (id: string, more: Json): Change =>
  rules((list) => list.map((each) => (each.id === id ? { ...each, ...more } : each)));
export const MAY = "jump-app-dev-westeurope-users-operators";
export const expires = (expiration: Json): Change =>
  property(MAY, "scheduleInfo", () => ({ expiration }));
export const machine = (os: string, change: (profile: Json) => Json): Change =>
  property(`jump-app-${os}-vm`, "osProfile", change);
