import { currentOperation } from "../plugin/operation";
import { isValues, textOf, type Values } from "../plugin/values";
import { computed, either, optional, required, type Schema } from "./attribute";
import type { EntraResource } from "./entra-resource";
import { objectIdOf, textsOf, type Graph } from "./graph";

const path = "/servicePrincipals";

const schema: Schema = {
  clientId: required("string", { forceNew: true }),
  accountEnabled: optional("boolean", { default: true }),
  alternativeNames: optional("set"),
  appRoleAssignmentRequired: optional("boolean"),
  description: optional("string"),
  featureTags: either("blocks", {
    of: {
      customSingleSignOn: optional("boolean"),
      enterprise: optional("boolean"),
      gallery: optional("boolean"),
      hide: optional("boolean"),
    },
  }),
  loginUrl: optional("string"),
  notes: optional("string"),
  notificationEmailAddresses: optional("set"),
  owners: optional("set"),
  preferredSingleSignOnMode: optional("string"),
  samlSingleSignOn: optional("block", { of: { relayState: optional("string") } }),
  tags: either("set"),
  useExisting: optional("boolean"),
  appRoleIds: computed("map"),
  appRoles: computed("blocks"),
  applicationTenantId: computed("string"),
  displayName: computed("string"),
  homepageUrl: computed("string"),
  logoutUrl: computed("string"),
  oauth2PermissionScopeIds: computed("map"),
  oauth2PermissionScopes: computed("blocks"),
  objectId: computed("string"),
  redirectUris: computed("list"),
  samlMetadataUrl: computed("string"),
  servicePrincipalNames: computed("list"),
  signInAudience: computed("string"),
  type: computed("string"),
};

/** Tags that stand for the block `featureTags`. */
const features: readonly (readonly [string, string])[] = [
  ["customSingleSignOn", "WindowsAzureActiveDirectoryCustomSingleSignOnApplication"],
  ["enterprise", "WindowsAzureActiveDirectoryIntegratedApp"],
  ["gallery", "WindowsAzureActiveDirectoryGalleryApplicationNonPrimaryV1"],
  ["hide", "HideApp"],
];

function tagsOf(plan: Values): string[] {
  const [chosen] = Array.isArray(plan.featureTags) ? plan.featureTags.filter(isValues) : [];
  if (chosen === undefined || plan.tags !== undefined) return textsOf(plan.tags);
  return features.filter(([name]) => chosen[name] === true).map(([, tag]) => tag);
}

function bodyOf(plan: Values): Values {
  const saml = plan.samlSingleSignOn;
  return {
    accountEnabled: plan.accountEnabled !== false,
    alternativeNames: textsOf(plan.alternativeNames),
    appRoleAssignmentRequired: plan.appRoleAssignmentRequired === true,
    description: plan.description ?? null,
    loginUrl: plan.loginUrl ?? null,
    notes: plan.notes ?? null,
    notificationEmailAddresses: textsOf(plan.notificationEmailAddresses),
    preferredSingleSignOnMode: plan.preferredSingleSignOnMode ?? null,
    samlSingleSignOnSettings: isValues(saml) ? { relayState: saml.relayState ?? "" } : null,
    tags: tagsOf(plan),
  };
}

async function findByAppId(graph: Graph, appId: string): Promise<string | undefined> {
  const doing = "Could not list existing service principals";
  const [found] = await graph.list(doing, path, `appId eq '${appId}'`);
  return textOf(found?.id);
}

/** An existing one is waited for: one that was just made elsewhere is seen late. */
async function findExisting(graph: Graph, appId: string): Promise<string | undefined> {
  const limit = 300;
  for (let spent = 0; ; spent += 10) {
    const found = await findByAppId(graph, appId);
    if (found !== undefined || spent >= limit) return found;
    await currentOperation().wait(10);
  }
}

function stateOf(found: Values, state: Values): Values {
  const tags = textsOf(found.tags);
  return {
    clientId: found.appId,
    accountEnabled: found.accountEnabled !== false,
    alternativeNames: textsOf(found.alternativeNames),
    appRoleAssignmentRequired: found.appRoleAssignmentRequired === true,
    description: textOf(found.description) ?? "",
    featureTags: [Object.fromEntries(features.map(([name, tag]) => [name, tags.includes(tag)]))],
    loginUrl: textOf(found.loginUrl) ?? "",
    notes: textOf(found.notes) ?? "",
    notificationEmailAddresses: textsOf(found.notificationEmailAddresses),
    preferredSingleSignOnMode: textOf(found.preferredSingleSignOnMode) ?? "",
    samlSingleSignOn: isValues(found.samlSingleSignOnSettings)
      ? found.samlSingleSignOnSettings
      : undefined,
    tags,
    useExisting: state.useExisting,
    owners: state.owners,
    appRoleIds: {},
    appRoles: [],
    applicationTenantId: textOf(found.appOwnerOrganizationId) ?? "",
    displayName: found.displayName,
    homepageUrl: textOf(found.homepage) ?? "",
    logoutUrl: textOf(found.logoutUrl) ?? "",
    oauth2PermissionScopeIds: {},
    oauth2PermissionScopes: [],
    objectId: found.id,
    redirectUris: textsOf(found.replyUrls),
    samlMetadataUrl: textOf(found.samlMetadataUrl) ?? "",
    servicePrincipalNames: textsOf(found.servicePrincipalNames),
    signInAudience: textOf(found.signInAudience) ?? "",
    type: textOf(found.servicePrincipalType) ?? "",
  };
}

/**
 * azuread:index/servicePrincipal:ServicePrincipal. With `useExisting` it adopts and changes what is there; its
 * removal deletes the service principal either way (pulumi/pulumi-azuread#2045).
 */
export const servicePrincipal: EntraResource = {
  schema,
  limits: { create: 600, update: 600, delete: 300 },
  check(inputs) {
    const owners = textsOf(inputs.owners);
    if (owners.length === 0) return [];
    return [
      {
        property: "owners",
        reason:
          "the simulated azuread does not keep owners of a service principal; leave them out in the sandbox",
      },
    ];
  },
  async create(graph, plan) {
    const appId = textOf(plan.clientId) ?? "";
    const adopt = plan.useExisting === true;
    const existing = adopt ? await findExisting(graph, appId) : await findByAppId(graph, appId);
    if (existing !== undefined) {
      const id = `${path}/${existing}`;
      if (!adopt) {
        throw new Error(
          `A resource with the ID "${id}" already exists - to be managed via Terraform this resource needs to be imported into the State. Please see the resource documentation for "azuread_service_principal" for more information.`,
        );
      }
      await this.update(graph, id, plan, {});
      return id;
    }
    const made = await graph.create("Could not create service principal", path, {
      appId,
      ...bodyOf(plan),
    });
    await graph.waitFor(`Waiting for creation of ${path}/${made}`, `${path}/${made}`, "there");
    return `${path}/${made}`;
  },
  async read(graph, id, state) {
    const found = await graph.find(`retrieving ${id}`, `${path}/${objectIdOf(id)}`);
    return found === undefined ? undefined : stateOf(found, state);
  },
  async update(graph, id, plan) {
    await graph.send(`Updating ${id}`, "PATCH", `${path}/${objectIdOf(id)}`, bodyOf(plan));
  },
  async delete(graph, id) {
    await graph.remove(`Deleting ${id}`, `${path}/${objectIdOf(id)}`);
  },
};
