import { textOf, type Values } from "../plugin/values";
import { objectIdOf, objectOf, textsOf, type Graph } from "./graph";
import { group } from "./group";
import { publishedAppIds } from "./published-app-ids";
import { servicePrincipal } from "./service-principal";
import { user } from "./user";

type DataSource = (graph: Graph, args: Values) => Promise<Values>;

/** The Azure CLI's application: a user's token names it as its client. */
const azureCli = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

function quoted(text: string): string {
  return `'${text.replace(/'/g, "''")}'`;
}

/** The id of the one object that the first argument given names; the objects that it does not name are an error. */
async function lookUp(
  graph: Graph,
  what: string,
  path: string,
  args: Values,
  keys: Readonly<Record<string, string>>,
): Promise<string> {
  for (const [argument, property] of Object.entries(keys)) {
    const value = textOf(args[argument]);
    if (value === undefined) continue;
    const found =
      property === "id"
        ? [await graph.find(`retrieving ${what}`, `${path}/${value}`)]
        : await graph.list(`listing ${what}s`, path, `${property} eq ${quoted(value)}`);
    const ids = found.flatMap((object) => textOf(object?.id) ?? []);
    const [id] = ids;
    if (id === undefined) throw new Error(`no ${what} found with ${argument}: "${value}"`);
    if (ids.length > 1) throw new Error(`more than one ${what} found with ${argument}: "${value}"`);
    return `${path}/${id}`;
  }
  throw new Error(`one of \`${Object.keys(keys).join(",")}\` must be specified`);
}

async function stateOf(
  graph: Graph,
  id: string,
  resource: { read: (graph: Graph, id: string, state: Values) => Promise<Values | undefined> },
): Promise<Values> {
  const state = await resource.read(graph, id, {});
  if (state === undefined) throw new Error(`${id} was not found`);
  return { id, ...state };
}

async function clientConfig(graph: Graph): Promise<Values> {
  const doing = "reading the client's configuration";
  const [organization] = await graph.list(doing, "/organization");
  const me = await graph.send(doing, "GET", "/me");
  const tenantId = textOf(organization?.id) ?? "";
  const objectId = textOf(me.id) ?? "";
  const clientId = textOf(me.appId) ?? azureCli;
  return { id: `${tenantId}-${clientId}-${objectId}`, clientId, objectId, tenantId };
}

async function members(graph: Graph, id: string, transitive: boolean): Promise<string[]> {
  const list = transitive ? "transitiveMembers" : "members";
  const found = await graph.list(
    `retrieving members of ${id}`,
    `/groups/${objectIdOf(id)}/${list}`,
  );
  return found.map((object) => textOf(object.id) ?? "").sort();
}

/** Data sources by Pulumi's token. */
const dataSources: Readonly<Record<string, DataSource>> = {
  "azuread:index/getClientConfig:getClientConfig": (graph) => clientConfig(graph),
  "azuread:index/getApplicationPublishedAppIds:getApplicationPublishedAppIds": () =>
    Promise.resolve({ id: "appIds", result: publishedAppIds }),
  "azuread:index/getGroup:getGroup": async (graph, args) => {
    const keys = { objectId: "id", displayName: "displayName", mailNickname: "mailNickname" };
    const id = await lookUp(graph, "group", "/groups", args, keys);
    const state = await stateOf(graph, id, group);
    const transitive = args.includeTransitiveMembers === true;
    return { ...state, members: await members(graph, id, transitive), dynamicMemberships: [] };
  },
  "azuread:index/getUser:getUser": async (graph, args) => {
    const keys = {
      objectId: "id",
      userPrincipalName: "userPrincipalName",
      mail: "mail",
      mailNickname: "mailNickname",
      employeeId: "employeeId",
    };
    const state = await stateOf(graph, await lookUp(graph, "user", "/users", args, keys), user);
    return { ...state, password: undefined };
  },
  "azuread:index/getServicePrincipal:getServicePrincipal": async (graph, args) => {
    const keys = { objectId: "id", clientId: "appId", displayName: "displayName" };
    const id = await lookUp(graph, "service principal", "/servicePrincipals", args, keys);
    const state = await stateOf(graph, id, servicePrincipal);
    const saml = objectOf(state.samlSingleSignOn);
    return { ...state, features: [], samlSingleSignOns: [saml], tags: textsOf(state.tags) };
  },
};

/** @throws Error where the function is not simulated, or what it looks for is not there. */
export async function invokeFunction(graph: Graph, token: string, args: Values): Promise<Values> {
  const source = dataSources[token];
  if (source === undefined) {
    throw new Error(
      `${token}: the simulated azuread does not have this function; it has ${Object.keys(dataSources).join(", ")}`,
    );
  }
  return await source(graph, args);
}
