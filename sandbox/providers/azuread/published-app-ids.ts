/**
 * Applications of Microsoft's by the names that `getApplicationPublishedAppIds` uses: the part of
 * sdk/environments/application_ids.go of hashicorp/go-azure-sdk that has to do with signing in and managing Azure.
 */
export const publishedAppIds = {
  AzureActiveDirectoryGraph: "00000002-0000-0000-c000-000000000000",
  AzureServiceManagement: "797f4846-ba00-4fd7-ba43-dac1f8f63013",
  AzureVPN: "41b23e61-6c1e-4545-b367-cd054e0ed4b4",
  MicrosoftAzureCli: "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
  MicrosoftGraph: "00000003-0000-0000-c000-000000000000",
} as const;
