import { isValues, textOf, type Value, type Values } from "../plugin/values";
import { objectIdOf, objectOf, textsOf } from "./graph";

// Between the arguments and Graph's conditionalAccessPolicy
// (https://learn.microsoft.com/graph/api/resources/conditionalaccesspolicy), as the Terraform provider maps them:
// internal/services/conditionalaccess/conditionalaccess.go of hashicorp/terraform-provider-azuread.

const strengthPath = "/policies/authenticationStrengthPolicies/";
const both = "primaryAndSecondaryAuthentication";

function guestsBody(value: Value | undefined): Values | null {
  const [first] = Array.isArray(value) ? value.filter(isValues) : [];
  if (first === undefined) return null;
  const [tenants] = Array.isArray(first.externalTenants)
    ? first.externalTenants.filter(isValues)
    : [];
  return {
    guestOrExternalUserTypes: textsOf(first.guestOrExternalUserTypes).join(","),
    ...(tenants === undefined
      ? {}
      : {
          externalTenants: {
            "@odata.type": `#microsoft.graph.conditionalAccess${tenants.membershipKind === "enumerated" ? "Enumerated" : "All"}ExternalTenants`,
            membershipKind: tenants.membershipKind,
            ...(tenants.membershipKind === "enumerated"
              ? { members: textsOf(tenants.members) }
              : {}),
          },
        }),
  };
}

function usersBody(users: Values): Values {
  return {
    includeUsers: textsOf(users.includedUsers),
    excludeUsers: textsOf(users.excludedUsers),
    includeGroups: textsOf(users.includedGroups),
    excludeGroups: textsOf(users.excludedGroups),
    includeRoles: textsOf(users.includedRoles),
    excludeRoles: textsOf(users.excludedRoles),
    includeGuestsOrExternalUsers: guestsBody(users.includedGuestsOrExternalUsers),
    excludeGuestsOrExternalUsers: guestsBody(users.excludedGuestsOrExternalUsers),
  };
}

/** The block's part of the body, or null where the program has no such block. */
function block(value: Value | undefined, make: (values: Values) => Values | null): Values | null {
  return isValues(value) ? make(value) : null;
}

const filterBody = (filter: Value | undefined): Value =>
  isValues(filter) ? { mode: filter.mode, rule: filter.rule } : null;

function conditionsBody(conditions: Values): Values {
  const applications = objectOf(conditions.applications);
  const flows = textsOf(conditions.authenticationFlowTransferMethods);
  return {
    applications: {
      includeApplications: textsOf(applications.includedApplications),
      excludeApplications: textsOf(applications.excludedApplications),
      includeUserActions: textsOf(applications.includedUserActions),
    },
    users: usersBody(objectOf(conditions.users)),
    clientAppTypes: textsOf(conditions.clientAppTypes),
    clientApplications: block(conditions.clientApplications, (values) => ({
      includeServicePrincipals: textsOf(values.includedServicePrincipals),
      excludeServicePrincipals: textsOf(values.excludedServicePrincipals),
      servicePrincipalFilter: filterBody(values.filter),
    })),
    devices: block(conditions.devices, (values) => ({
      deviceFilter: filterBody(values.filter),
    })),
    locations: block(conditions.locations, (values) => ({
      includeLocations: textsOf(values.includedLocations),
      excludeLocations: textsOf(values.excludedLocations),
    })),
    platforms: block(conditions.platforms, (values) => ({
      includePlatforms: textsOf(values.includedPlatforms),
      excludePlatforms: textsOf(values.excludedPlatforms),
    })),
    servicePrincipalRiskLevels: textsOf(conditions.servicePrincipalRiskLevels),
    signInRiskLevels: textsOf(conditions.signInRiskLevels),
    userRiskLevels: textsOf(conditions.userRiskLevels),
    insiderRiskLevels:
      conditions.insiderRiskLevels === "" ? null : (conditions.insiderRiskLevels ?? null),
    authenticationFlows: flows.length === 0 ? null : { transferMethods: flows.join(",") },
  };
}

function grantControlsBody(controls: Values): Values {
  const strength = textOf(controls.authenticationStrengthPolicyId) ?? "";
  return {
    operator: controls.operator,
    builtInControls: textsOf(controls.builtInControls),
    customAuthenticationFactors: textsOf(controls.customAuthenticationFactors),
    termsOfUse: textsOf(controls.termsOfUses),
    authenticationStrength: strength === "" ? null : { id: objectIdOf(strength) },
  };
}

function signInFrequencyBody(controls: Values): Values | null {
  const value = Number(controls.signInFrequency ?? 0);
  const interval = textOf(controls.signInFrequencyInterval) ?? "";
  const type = textOf(controls.signInFrequencyAuthenticationType) ?? "";
  if (value > 0) {
    return {
      isEnabled: true,
      value,
      type: controls.signInFrequencyPeriod,
      authenticationType: type || both,
      frequencyInterval: interval || "timeBased",
    };
  }
  if (interval !== "")
    return {
      isEnabled: true,
      value: null,
      type: null,
      authenticationType: type || both,
      frequencyInterval: interval,
    };
  return type === "" || type === both ? null : { isEnabled: false, authenticationType: type };
}

/** Null where nothing in it takes effect: Graph refuses such an object and stores none. */
function sessionControlsBody(controls: Values): Values | null {
  const signInFrequency = signInFrequencyBody(controls);
  const everyTime = signInFrequency?.frequencyInterval === "everyTime";
  const restrictions = controls.applicationEnforcedRestrictionsEnabled === true;
  const resilience = controls.disableResilienceDefaults === true;
  const cloudApp = textOf(controls.cloudAppSecurityPolicy) ?? "";
  const browser = textOf(controls.persistentBrowserMode) ?? "";
  if (signInFrequency === null && !restrictions && !resilience && cloudApp === "" && browser === "")
    return null;
  return {
    applicationEnforcedRestrictions: everyTime ? null : { isEnabled: restrictions },
    disableResilienceDefaults: everyTime ? null : resilience,
    cloudAppSecurity: cloudApp === "" ? null : { isEnabled: true, cloudAppSecurityType: cloudApp },
    persistentBrowser: browser === "" ? null : { isEnabled: true, mode: browser },
    signInFrequency,
  };
}

/** The body that creates or changes a policy. */
export function policyBody(plan: Values): Values {
  return {
    displayName: plan.displayName,
    state: plan.state,
    conditions: conditionsBody(objectOf(plan.conditions)),
    grantControls: block(plan.grantControls, grantControlsBody),
    sessionControls: block(plan.sessionControls, sessionControlsBody),
  };
}

function guestsState(value: Value | undefined): Value[] {
  if (!isValues(value)) return [];
  const tenants = value.externalTenants;
  return [
    {
      guestOrExternalUserTypes: (textOf(value.guestOrExternalUserTypes) ?? "")
        .split(",")
        .map((type) => type.trim()),
      externalTenants: isValues(tenants)
        ? [{ membershipKind: tenants.membershipKind, members: textsOf(tenants.members) }]
        : [],
    },
  ];
}

const filterState = (filter: Value | undefined): Value | undefined =>
  isValues(filter) ? { mode: filter.mode, rule: filter.rule } : undefined;

function stateBlock(
  value: Value | undefined,
  make: (values: Values) => Values,
): Values | undefined {
  return isValues(value) ? make(value) : undefined;
}

function conditionsState(conditions: Values): Values {
  const applications = objectOf(conditions.applications);
  const users = objectOf(conditions.users);
  const transfer = textOf(objectOf(conditions.authenticationFlows).transferMethods) ?? "";
  return {
    applications: {
      includedApplications: textsOf(applications.includeApplications),
      excludedApplications: textsOf(applications.excludeApplications),
      includedUserActions: textsOf(applications.includeUserActions),
    },
    users: {
      includedUsers: textsOf(users.includeUsers),
      excludedUsers: textsOf(users.excludeUsers),
      includedGroups: textsOf(users.includeGroups),
      excludedGroups: textsOf(users.excludeGroups),
      includedRoles: textsOf(users.includeRoles),
      excludedRoles: textsOf(users.excludeRoles),
      includedGuestsOrExternalUsers: guestsState(users.includeGuestsOrExternalUsers),
      excludedGuestsOrExternalUsers: guestsState(users.excludeGuestsOrExternalUsers),
    },
    clientAppTypes: textsOf(conditions.clientAppTypes),
    clientApplications: stateBlock(conditions.clientApplications, (values) => ({
      includedServicePrincipals: textsOf(values.includeServicePrincipals),
      excludedServicePrincipals: textsOf(values.excludeServicePrincipals),
      filter: filterState(values.servicePrincipalFilter),
    })),
    devices: stateBlock(conditions.devices, (values) => ({
      filter: filterState(values.deviceFilter),
    })),
    locations: stateBlock(conditions.locations, (values) => ({
      includedLocations: textsOf(values.includeLocations),
      excludedLocations: textsOf(values.excludeLocations),
    })),
    platforms: stateBlock(conditions.platforms, (values) => ({
      includedPlatforms: textsOf(values.includePlatforms),
      excludedPlatforms: textsOf(values.excludePlatforms),
    })),
    servicePrincipalRiskLevels: textsOf(conditions.servicePrincipalRiskLevels),
    signInRiskLevels: textsOf(conditions.signInRiskLevels),
    userRiskLevels: textsOf(conditions.userRiskLevels),
    insiderRiskLevels: textOf(conditions.insiderRiskLevels) ?? "",
    authenticationFlowTransferMethods: transfer === "" ? [] : transfer.split(","),
  };
}

/** The state that a policy of Graph amounts to. */
export function policyState(policy: Values): Values {
  const strengthOf = (controls: Values): string => {
    const id = textOf(objectOf(controls.authenticationStrength).id);
    return id === undefined ? "" : `${strengthPath}${id}`;
  };
  return {
    objectId: policy.id,
    displayName: policy.displayName,
    state: policy.state,
    conditions: conditionsState(objectOf(policy.conditions)),
    grantControls: stateBlock(policy.grantControls, (controls) => ({
      operator: controls.operator,
      builtInControls: textsOf(controls.builtInControls),
      authenticationStrengthPolicyId: strengthOf(controls),
      customAuthenticationFactors: textsOf(controls.customAuthenticationFactors),
      termsOfUses: textsOf(controls.termsOfUse),
    })),
    sessionControls: stateBlock(policy.sessionControls, (controls) => {
      const frequency = objectOf(controls.signInFrequency);
      const timed = typeof frequency.value === "number" && typeof frequency.type === "string";
      return {
        applicationEnforcedRestrictionsEnabled:
          objectOf(controls.applicationEnforcedRestrictions).isEnabled === true,
        cloudAppSecurityPolicy:
          textOf(objectOf(controls.cloudAppSecurity).cloudAppSecurityType) ?? "",
        disableResilienceDefaults: controls.disableResilienceDefaults === true,
        persistentBrowserMode: textOf(objectOf(controls.persistentBrowser).mode) ?? "",
        signInFrequency: timed ? frequency.value : 0,
        signInFrequencyPeriod: timed ? frequency.type : "",
        signInFrequencyAuthenticationType: textOf(frequency.authenticationType) ?? "",
        signInFrequencyInterval: textOf(frequency.frequencyInterval) ?? "",
      };
    }),
  };
}
