import { textOf, type Values } from "../plugin/values";
import type { Azure } from "./azure";
import { callerOf } from "./caller";
import { toOutputs } from "./convert";
import { entryOf } from "./resource-table";
import { fillTemplate, parametersOf } from "./template";

/** Query parameters of a few getters. */
const queryOf: Readonly<Record<string, readonly string[]>> = {
  "azure-native:compute:getVirtualMachine": ["expand"],
  "azure-native:compute:getVirtualMachineExtension": ["expand"],
  "azure-native:network:getVirtualNetwork": ["expand"],
  "azure-native:network:getSubnet": ["expand"],
  "azure-native:network:getNetworkSecurityGroup": ["expand"],
  "azure-native:network:getNetworkInterface": ["expand"],
};

function encoded(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

/**
 * A token of the simulated caller, unsigned (`"alg": "none"`), good for nothing but the simulated Azure. Its audience
 * is the endpoint asked for, by default the simulated Resource Manager.
 */
async function clientToken(azure: Azure, endpoint: string | undefined): Promise<Values> {
  const caller = await callerOf(azure);
  const audience = endpoint === undefined || endpoint === "" ? azure.rest.url : endpoint;
  const header = { alg: "none", typ: "JWT" };
  const claims = {
    aud: audience,
    iss: `${azure.rest.url}/simulated/${caller.tenantId}/`,
    tid: caller.tenantId,
    oid: caller.objectId,
    sub: caller.objectId,
    appid: caller.clientId,
    ver: "1.0",
    simulated: true,
  };
  return { token: `${encoded(header)}.${encoded(claims)}.` };
}

/**
 * Carries out a function: the caller, its token, or the read of a resource (`azure-native:network:getSubnet`).
 * @throws Error where the function is not simulated, or the resource is not there.
 */
export async function invokeFunction(azure: Azure, token: string, args: Values): Promise<Values> {
  if (token === "azure-native:authorization:getClientConfig") {
    const { clientId, objectId, tenantId } = await callerOf(azure);
    return { clientId, objectId, subscriptionId: azure.subscriptionId, tenantId };
  }
  if (token === "azure-native:authorization:getClientToken") {
    return await clientToken(azure, textOf(args.endpoint));
  }
  const resource = token.replace(/:get(\w+)$/, ":$1");
  if (resource === token)
    throw new Error(`${token}: the simulated azure-native does not have this function`);
  const entry = entryOf(resource);
  const missing = parametersOf(entry.path).filter((name) => args[name] === undefined);
  if (missing.length > 0)
    throw new Error(`${token}: missing required property '${missing.join("', '")}'`);
  const id = fillTemplate(entry.path, args, azure.subscriptionId);
  const query = Object.fromEntries(
    (queryOf[token] ?? []).flatMap((name) => {
      const value = textOf(args[name]);
      return value === undefined ? [] : [[`$${name}`, value]];
    }),
  );
  let body: Values;
  try {
    body = await azure.get(id, entry.apiVersion, query);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new Error(`request failed ${id}: ${text}`, { cause: error });
  }
  const { answer } = await azure.shapesOf(entry);
  return { ...toOutputs(body, answer), azureApiVersion: entry.apiVersion };
}
