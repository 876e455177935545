import type { Field, ObjectShape, Shape } from "./shape";

/** A property of a body that no client of Microsoft's carries in the API version, written by hand. */
interface Property {
  readonly shape: Shape;
  readonly readOnly?: boolean;
  readonly required?: boolean;
  readonly wire?: readonly string[];
}
type Properties = Readonly<Record<string, Property>>;

const text: Shape = { kind: "string" };
const flag: Shape = { kind: "boolean" };
const number: Shape = { kind: "number" };
const anything: Shape = { kind: "any" };
const list = (of: Shape): Shape => ({ kind: "list", of });
const map = (of: Shape): Shape => ({ kind: "map", of });

const some = (shape: Shape): Property => ({ shape });
const needed = (shape: Shape): Property => ({ shape, required: true });
const read = (shape: Shape): Property => ({ shape, readOnly: true });

function fieldsOf(properties: Properties, container: readonly string[]): Map<string, Field> {
  return new Map(
    Object.entries(properties).map(([name, property]) => [
      name,
      {
        wire: property.wire ?? [...container, name],
        readOnly: property.readOnly === true,
        required: property.required === true,
        shape: property.shape,
      },
    ]),
  );
}

function object(properties: Properties): ObjectShape {
  const fields = fieldsOf(properties, []);
  return { kind: "object", fields: () => fields };
}

const systemData = read(
  object({
    createdBy: some(text),
    createdByType: some(text),
    createdAt: some(text),
    lastModifiedBy: some(text),
    lastModifiedByType: some(text),
    lastModifiedAt: some(text),
  }),
);

/** A resource: `id`, `name`, `type` and what stands beside `properties`, and what stands in it, flattened. */
function resource(beside: Properties, inside: Properties): ObjectShape {
  const fields = new Map([
    ...fieldsOf({ id: read(text), name: read(text), type: read(text), ...beside }, []),
    ...fieldsOf(inside, ["properties"]),
  ]);
  return { kind: "object", fields: () => fields };
}

// Property lists from the REST reference of each type and version: https://learn.microsoft.com/rest/api

/** Microsoft.Resources/resourceGroups 2024-03-01. The only type whose `properties` azure-native keeps nested. */
export const resourceGroup = resource(
  {
    location: needed(text),
    managedBy: some(text),
    tags: some(map(text)),
    properties: read(object({ provisioningState: some(text) })),
  },
  {},
);

/** Microsoft.Authorization/locks 2020-05-01. */
export const lock = resource(
  { systemData },
  {
    level: needed(text),
    notes: some(text),
    owners: some(list(object({ applicationId: some(text) }))),
  },
);

/** Microsoft.Authorization/roleDefinitions 2022-05-01-preview; `roleType` is `properties.type`. */
export const roleDefinition = resource(
  { systemData },
  {
    roleName: some(text),
    description: some(text),
    roleType: { shape: text, wire: ["properties", "type"] },
    permissions: some(
      list(
        object({
          actions: some(list(text)),
          notActions: some(list(text)),
          dataActions: some(list(text)),
          notDataActions: some(list(text)),
          condition: read(text),
          conditionVersion: read(text),
        }),
      ),
    ),
    assignableScopes: some(list(text)),
    createdOn: read(text),
    updatedOn: read(text),
    createdBy: read(text),
    updatedBy: read(text),
  },
);

const retentionPolicy = object({ enabled: needed(flag), days: needed(number) });

/** Microsoft.Insights/diagnosticSettings 2021-05-01-preview. */
export const diagnosticSetting = resource(
  { systemData },
  {
    storageAccountId: some(text),
    serviceBusRuleId: some(text),
    eventHubAuthorizationRuleId: some(text),
    eventHubName: some(text),
    workspaceId: some(text),
    marketplacePartnerId: some(text),
    logAnalyticsDestinationType: some(text),
    metrics: some(
      list(
        object({
          timeGrain: some(text),
          category: some(text),
          enabled: needed(flag),
          retentionPolicy: some(retentionPolicy),
        }),
      ),
    ),
    logs: some(
      list(
        object({
          category: some(text),
          categoryGroup: some(text),
          enabled: needed(flag),
          retentionPolicy: some(retentionPolicy),
        }),
      ),
    ),
  },
);

/** Microsoft.OperationalInsights/workspaces 2023-09-01. */
export const workspace = resource(
  {
    location: needed(text),
    tags: some(map(text)),
    etag: read(text),
    systemData,
    identity: some(
      object({
        principalId: read(text),
        tenantId: read(text),
        type: needed(text),
        userAssignedIdentities: some({ kind: "set" }),
      }),
    ),
  },
  {
    provisioningState: read(text),
    customerId: read(text),
    sku: some(
      object({
        name: needed(text),
        capacityReservationLevel: some(number),
        lastSkuUpdate: read(text),
      }),
    ),
    retentionInDays: some(number),
    workspaceCapping: some(
      object({
        dailyQuotaGb: some(number),
        quotaNextResetTime: read(text),
        dataIngestionStatus: read(text),
      }),
    ),
    createdDate: read(text),
    modifiedDate: read(text),
    publicNetworkAccessForIngestion: some(text),
    publicNetworkAccessForQuery: some(text),
    forceCmkForQuery: some(flag),
    privateLinkScopedResources: read(list(object({ resourceId: some(text), scopeId: some(text) }))),
    features: some(
      object({
        enableDataExport: some(flag),
        immediatePurgeDataOn30Days: some(flag),
        enableLogAccessUsingOnlyResourcePermissions: some(flag),
        clusterResourceId: some(text),
        disableLocalAuth: some(flag),
        unifiedSentinelBillingOnly: read(flag),
      }),
    ),
    defaultDataCollectionRuleResourceId: some(text),
  },
);

const userSet = object({
  userType: some(text),
  isBackup: some(flag),
  id: some(text),
  description: some(text),
});
const target = some(
  object({
    caller: some(text),
    operations: some(list(text)),
    level: some(text),
    targetObjects: some(list(text)),
    inheritableSettings: some(list(text)),
    enforcedSettings: some(list(text)),
  }),
);

const rules: Readonly<Record<string, Properties>> = {
  RoleManagementPolicyApprovalRule: {
    setting: some(
      object({
        isApprovalRequired: some(flag),
        isApprovalRequiredForExtension: some(flag),
        isRequestorJustificationRequired: some(flag),
        approvalMode: some(text),
        approvalStages: some(
          list(
            object({
              approvalStageTimeOutInDays: some(number),
              isApproverJustificationRequired: some(flag),
              escalationTimeInMinutes: some(number),
              primaryApprovers: some(list(userSet)),
              isEscalationEnabled: some(flag),
              escalationApprovers: some(list(userSet)),
            }),
          ),
        ),
      }),
    ),
  },
  RoleManagementPolicyAuthenticationContextRule: { isEnabled: some(flag), claimValue: some(text) },
  RoleManagementPolicyEnablementRule: { enabledRules: some(list(text)) },
  RoleManagementPolicyExpirationRule: {
    isExpirationRequired: some(flag),
    maximumDuration: some(text),
    exceptionMembers: some(list(userSet)),
  },
  RoleManagementPolicyNotificationRule: {
    notificationType: some(text),
    notificationLevel: some(text),
    recipientType: some(text),
    notificationRecipients: some(list(text)),
    isDefaultRecipientsEnabled: some(flag),
  },
  RoleManagementPolicyPimOnlyModeRule: {
    pimOnlyModeSettings: some(
      object({
        mode: some(text),
        excludes: some(list(object({ type: some(text), id: some(text), displayName: some(text) }))),
        excludedAssignmentTypes: some(list(text)),
      }),
    ),
  },
};

const anyRule: Properties = { id: some(text), ruleType: needed(text), target };
const ruleShapes = new Map(
  Object.entries(rules).map(([type, own]) => [type, object({ ...anyRule, ...own })]),
);
const rule: ObjectShape = {
  ...object(anyRule),
  variant: (value) => ruleShapes.get(String(value.ruleType)),
};

/** Microsoft.Authorization/roleManagementPolicies 2024-09-01-preview. */
export const roleManagementPolicy = resource(
  { systemData },
  {
    scope: some(text),
    displayName: some(text),
    description: some(text),
    isOrganizationDefault: some(flag),
    lastModifiedBy: read(anything),
    lastModifiedDateTime: read(text),
    rules: some(list(rule)),
    effectiveRules: read(list(rule)),
    policyProperties: read(anything),
  },
);

/** Microsoft.Authorization/roleManagementPolicyAssignments 2024-09-01-preview; made by Azure alone. */
export const roleManagementPolicyAssignment = resource(
  { systemData },
  {
    scope: some(text),
    roleDefinitionId: some(text),
    policyId: some(text),
    effectiveRules: read(list(rule)),
    policyAssignmentProperties: read(anything),
  },
);

const expanded = (extra: Properties): Property =>
  some(object({ id: some(text), displayName: some(text), type: some(text), ...extra }));

/** Microsoft.Authorization/roleEligibilityScheduleRequests 2020-10-01, which also describes a schedule. */
export const eligibilitySchedule = resource(
  {},
  {
    scope: some(text),
    roleDefinitionId: needed(text),
    principalId: needed(text),
    principalType: read(text),
    requestType: read(text),
    status: read(text),
    approvalId: read(text),
    scheduleInfo: some(
      object({
        startDateTime: some({ kind: "date" }),
        expiration: some(
          object({ type: some(text), endDateTime: some({ kind: "date" }), duration: some(text) }),
        ),
      }),
    ),
    targetRoleEligibilityScheduleId: some(text),
    targetRoleEligibilityScheduleInstanceId: some(text),
    justification: some(text),
    ticketInfo: some(object({ ticketNumber: some(text), ticketSystem: some(text) })),
    condition: some(text),
    conditionVersion: some(text),
    createdOn: read(text),
    requestorId: read(text),
    expandedProperties: read(
      object({
        scope: expanded({}),
        roleDefinition: expanded({}),
        principal: expanded({ email: some(text) }),
      }),
    ),
  },
);
