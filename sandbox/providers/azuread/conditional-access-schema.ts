import { computed, either, optional, required, type Schema } from "./attribute";

const filter: Schema = { mode: required("string"), rule: required("string") };

const guests: Schema = {
  guestOrExternalUserTypes: required("list"),
  externalTenants: optional("blocks", {
    of: { membershipKind: required("string"), members: optional("list") },
  }),
};

const users: Schema = {
  includedUsers: optional("list"),
  excludedUsers: optional("list"),
  includedGroups: optional("list"),
  excludedGroups: optional("list"),
  includedRoles: optional("list"),
  excludedRoles: optional("list"),
  includedGuestsOrExternalUsers: optional("blocks", { of: guests }),
  excludedGuestsOrExternalUsers: optional("blocks", { of: guests }),
};

const conditions: Schema = {
  applications: required("block", {
    of: {
      includedApplications: optional("list"),
      excludedApplications: optional("list"),
      includedUserActions: optional("list"),
    },
  }),
  authenticationFlowTransferMethods: optional("list"),
  clientAppTypes: required("list"),
  clientApplications: optional("block", {
    of: {
      includedServicePrincipals: optional("list"),
      excludedServicePrincipals: optional("list"),
      filter: optional("block", { of: filter }),
    },
  }),
  devices: optional("block", { of: { filter: optional("block", { of: filter }) } }),
  insiderRiskLevels: either("string"),
  locations: optional("block", {
    of: { includedLocations: required("list"), excludedLocations: optional("list") },
  }),
  platforms: optional("block", {
    of: { includedPlatforms: required("list"), excludedPlatforms: optional("list") },
  }),
  servicePrincipalRiskLevels: optional("list"),
  signInRiskLevels: optional("list"),
  userRiskLevels: optional("list"),
  users: required("block", { of: users }),
};

/**
 * The lists are ordered: Terraform has them as lists, not as sets. From
 * internal/services/conditionalaccess/conditional_access_policy_resource.go of hashicorp/terraform-provider-azuread
 * and the argument types of @pulumi/azuread 6.9.1.
 */
export const conditionalAccessSchema: Schema = {
  displayName: required("string"),
  state: required("string"),
  conditions: required("block", { of: conditions }),
  grantControls: optional("block", {
    of: {
      operator: required("string"),
      builtInControls: optional("list"),
      authenticationStrengthPolicyId: optional("string"),
      customAuthenticationFactors: optional("list"),
      termsOfUses: optional("list"),
    },
  }),
  sessionControls: optional("block", {
    of: {
      applicationEnforcedRestrictionsEnabled: optional("boolean"),
      cloudAppSecurityPolicy: optional("string"),
      disableResilienceDefaults: optional("boolean"),
      persistentBrowserMode: optional("string"),
      signInFrequency: optional("number"),
      signInFrequencyAuthenticationType: either("string"),
      signInFrequencyInterval: either("string"),
      signInFrequencyPeriod: optional("string"),
    },
  }),
  objectId: computed("string"),
};
