import { asObject, asText, asTexts, at, isObject, textAt, type JsonObject } from "../json";
import type { Store } from "../store";
import { findStrength } from "./authentication-strengths";
import { graphObject, graphObjectBy } from "./objects";
import { badRequest, referenced } from "./request";

/** States of a Conditional Access policy: https://learn.microsoft.com/graph/api/resources/conditionalaccesspolicy */
export const states = ["enabled", "disabled", "enabledForReportingButNotEnforced"] as const;

const applicationGroups = ["All", "None", "Office365", "MicrosoftAdminPortals"];
const userGroups = ["All", "None", "GuestsOrExternalUsers"];
const clientAppTypes = [
  "all",
  "browser",
  "mobileAppsAndDesktopClients",
  "exchangeActiveSync",
  "easSupported",
  "other",
];
const builtInControls = [
  "block",
  "mfa",
  "compliantDevice",
  "domainJoinedDevice",
  "approvedApplication",
  "compliantApplication",
  "passwordChange",
];

const examples =
  "For examples, please see API documentation at https://docs.microsoft.com/en-us/graph/api/conditionalaccessroot-post-policies?view=graph-rest-1.0.";

/** The lists of a policy's condition, with an empty list for each that is not given. */
function lists(value: unknown, names: readonly string[]): JsonObject {
  const given = asObject(value);
  return { ...given, ...Object.fromEntries(names.map((name) => [name, asTexts(given[name])])) };
}

/**
 * A policy with every member that Graph answers, whatever the request left out. A strength given by reference
 * (`authenticationStrength@odata.bind`) is kept by its id.
 */
export function completePolicy(sent: JsonObject): JsonObject {
  const conditions = asObject(sent.conditions);
  const grant = sent.grantControls;
  const bound = isObject(grant) ? asText(grant["authenticationStrength@odata.bind"]) : undefined;
  const strength =
    bound === undefined ? textAt(grant, "authenticationStrength.id") : referenced(bound);
  return {
    templateId: null,
    displayName: asText(sent.displayName) ?? "",
    createdDateTime: sent.createdDateTime ?? null,
    modifiedDateTime: sent.modifiedDateTime ?? null,
    state: sent.state ?? null,
    conditions: {
      devices: null,
      platforms: null,
      locations: null,
      clientApplications: null,
      authenticationFlows: null,
      insiderRiskLevels: null,
      ...conditions,
      clientAppTypes: "clientAppTypes" in conditions ? (conditions.clientAppTypes ?? []) : ["all"],
      userRiskLevels: asTexts(conditions.userRiskLevels),
      signInRiskLevels: asTexts(conditions.signInRiskLevels),
      servicePrincipalRiskLevels: asTexts(conditions.servicePrincipalRiskLevels),
      applications: {
        applicationFilter: null,
        ...lists(conditions.applications, [
          "includeApplications",
          "excludeApplications",
          "includeUserActions",
          "includeAuthenticationContextClassReferences",
        ]),
      },
      users: {
        includeGuestsOrExternalUsers: null,
        excludeGuestsOrExternalUsers: null,
        ...lists(conditions.users, [
          "includeUsers",
          "excludeUsers",
          "includeGroups",
          "excludeGroups",
          "includeRoles",
          "excludeRoles",
        ]),
      },
    },
    grantControls: isObject(grant)
      ? {
          operator: grant.operator ?? null,
          builtInControls: asTexts(grant.builtInControls),
          customAuthenticationFactors: asTexts(grant.customAuthenticationFactors),
          termsOfUse: asTexts(grant.termsOfUse),
          authenticationStrength: strength === undefined ? null : { id: strength },
        }
      : null,
    sessionControls: sent.sessionControls ?? null,
  };
}

function checkUsers(store: Store, users: JsonObject): void {
  const included = ["includeUsers", "includeGroups", "includeRoles"].flatMap((name) =>
    asTexts(users[name]),
  );
  if (included.length === 0 && !isObject(users.includeGuestsOrExternalUsers)) {
    throw badRequest(
      `'users' condition must specify the users to include. Try 'includeUsers' = ['none'] to start with. ${examples}`,
    );
  }
  for (const name of ["includeUsers", "excludeUsers"]) {
    const unknown = asTexts(users[name]).find(
      (id) =>
        !userGroups.some((group) => group.toLowerCase() === id.toLowerCase()) &&
        graphObject(store, "users", id) === undefined,
    );
    if (unknown !== undefined)
      throw badRequest(`'users' condition: '${unknown}' in '${name}' is no user of this tenant.`);
  }
  for (const name of ["includeGroups", "excludeGroups"]) {
    const unknown = asTexts(users[name]).find(
      (id) => graphObject(store, "groups", id) === undefined,
    );
    if (unknown !== undefined)
      throw badRequest(`'users' condition: '${unknown}' in '${name}' is no group of this tenant.`);
  }
}

function checkApplications(store: Store, applications: JsonObject): void {
  const included = asTexts(applications.includeApplications);
  const actions = asTexts(applications.includeUserActions);
  const contexts = asTexts(applications.includeAuthenticationContextClassReferences);
  const kinds = [included, actions, contexts].filter((list) => list.length > 0).length;
  if (kinds === 0) {
    throw badRequest(
      `1011: 'applications' condition must specify the applications to include. Try 'includeApplications' = ['none'] to start with. ${examples}`,
    );
  }
  if (kinds > 1)
    throw badRequest(
      "'applications' condition: applications, user actions and authentication contexts exclude each other.",
    );
  for (const name of ["includeApplications", "excludeApplications"]) {
    const unknown = asTexts(applications[name]).find(
      (id) =>
        !applicationGroups.some((group) => group.toLowerCase() === id.toLowerCase()) &&
        graphObjectBy(store, "servicePrincipals", "appId", id) === undefined,
    );
    if (unknown !== undefined) {
      throw badRequest(
        `'applications' condition: '${unknown}' in '${name}' is no application with a service principal in this tenant.`,
      );
    }
  }
  const context = contexts.find(
    (id) => graphObject(store, "authenticationContextClassReferences", id) === undefined,
  );
  if (context !== undefined)
    throw badRequest(
      `'applications' condition: '${context}' is no authentication context of this tenant.`,
    );
}

function checkConditions(store: Store, conditions: JsonObject): void {
  const clients = asTexts(conditions.clientAppTypes);
  if (clients.length === 0) {
    throw badRequest(
      `1064: 'clientAppTypes' condition does not support []. If you want to target all client apps, use ['All']. If you want to target modern authentication clients, use ['browser', 'mobileAppsAndDesktopClients']. ${examples}`,
    );
  }
  const client = clients.find(
    (type) => !clientAppTypes.some((known) => known.toLowerCase() === type.toLowerCase()),
  );
  if (client !== undefined)
    throw badRequest(`'clientAppTypes' condition: '${client}' is not known.`);
  checkUsers(store, asObject(conditions.users));
  checkApplications(store, asObject(conditions.applications));
  for (const name of ["includeLocations", "excludeLocations"]) {
    const unknown = asTexts(at(conditions, `locations.${name}`)).find(
      (id) =>
        !/^(All|AllTrusted|00000000-0000-0000-0000-000000000000)$/i.test(id) &&
        graphObject(store, "namedLocations", id) === undefined,
    );
    if (unknown !== undefined)
      throw badRequest(
        `'locations' condition: '${unknown}' in '${name}' is no named location of this tenant.`,
      );
  }
}

function checkControls(store: Store, policy: JsonObject): void {
  const grant = asObject(policy.grantControls);
  const controls = asTexts(grant.builtInControls);
  const strength = textAt(grant, "authenticationStrength.id");
  const others = [...asTexts(grant.customAuthenticationFactors), ...asTexts(grant.termsOfUse)];
  const grants = controls.length + others.length + (strength === undefined ? 0 : 1);
  if (grants === 0 && !isObject(policy.sessionControls)) {
    throw badRequest(`The policy must have grant controls or session controls. ${examples}`);
  }
  if (grants === 0) return;
  if (grant.operator !== "AND" && grant.operator !== "OR")
    throw badRequest("'grantControls' must have the operator 'AND' or 'OR'.");
  const control = controls.find((name) => !builtInControls.includes(name));
  if (control !== undefined)
    throw badRequest(`'grantControls' holds the control '${control}', which is not known.`);
  if (controls.includes("block") && grants > 1)
    throw badRequest("'grantControls': 'block' stands alone.");
  if (strength !== undefined && controls.includes("mfa")) {
    throw badRequest(
      "1108: Authentication strengths cannot be used alongside the MFA built-in control.",
    );
  }
  if (strength !== undefined && findStrength(store, strength) === undefined) {
    throw badRequest(
      `'grantControls': '${strength}' is no authentication strength policy of this tenant.`,
    );
  }
}

/**
 * Checks a complete policy. The numbers in the texts are Graph's: 1007 from hashicorp/terraform-provider-azuread#790,
 * 1011 from KelvinTegelaar/CIPP#5200, 1064 from AlexFilipin/ConditionalAccess#3, 1108 from
 * Microsoft365DSC/Microsoft365DSC#6218. Where the number is not known the text has none.
 * @throws AzureRefusal 400 BadRequest
 */
export function checkPolicy(store: Store, policy: JsonObject): void {
  if (
    (asText(policy.displayName) ?? "") === "" ||
    !states.some((state) => state === policy.state)
  ) {
    throw badRequest(
      `1007: Incoming ConditionalAccessPolicy object is null or does not match the schema of ConditionalAccessPolicy type. ${examples}`,
    );
  }
  checkConditions(store, asObject(policy.conditions));
  checkControls(store, policy);
}
