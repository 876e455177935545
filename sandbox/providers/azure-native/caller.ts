import { isValues, textOf, type Values } from "../plugin/values";
import type { Azure } from "./azure";

/** Who is signed in to the simulated Azure. */
export interface Caller {
  readonly tenantId: string;
  readonly objectId: string;
  readonly clientId: string;
}

/** The Azure CLI's application: a user's token names it as its client. */
const azureCli = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

function firstOf(page: Values): Values {
  const value = Array.isArray(page.value) ? page.value.find(isValues) : undefined;
  return value ?? {};
}

/** Asks the simulated Graph who the caller is and which tenant it is in. */
export async function callerOf(azure: Azure): Promise<Caller> {
  const organization = await azure.rest.send({ method: "GET", path: "/graph/v1.0/organization" });
  const me = await azure.rest.send({ method: "GET", path: "/graph/v1.0/me" });
  return {
    tenantId: textOf(firstOf(organization).id) ?? "",
    objectId: textOf(me.id) ?? "",
    clientId: textOf(me.appId) ?? azureCli,
  };
}

/**
 * The tenant's first subscription, as the Azure CLI's default one is used where the program configures none.
 * @throws Error where the tenant has none.
 */
export async function defaultSubscription(azure: Azure): Promise<string> {
  const page = await azure.get("/subscriptions", "2022-12-01");
  const found = textOf(firstOf(page).subscriptionId);
  if (found === undefined) {
    throw new Error(
      "the simulated tenant has no subscription; name one in the tenant file or run pulumi config set azure-native:subscriptionId",
    );
  }
  return found;
}
