import { sealed } from "../arm-write";
import { asObject, asText, compact } from "../json";
import { AzureRefusal } from "../refusal";
import { keyOf } from "../resource-id";
import type { ResourceType, Write, Written } from "../resource-type";

const type = "Microsoft.Storage/storageAccounts";
const versions = ["2024-01-01", "2023-05-01", "2023-01-01", "2022-09-01"];

/** Rules and codes: https://learn.microsoft.com/azure/storage/common/storage-account-overview, "storage account name". */
function checkAccountName(write: Write): void {
  const { name } = write.id;
  if (!/^[a-z0-9]{3,24}$/.test(name)) {
    throw new AzureRefusal(
      400,
      "AccountNameInvalid",
      `${name} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.`,
    );
  }
  const other = write.simulation.store
    .ofType(type)
    .find((found) => found.name === name && keyOf(found.id) !== write.id.key);
  if (other === undefined) return;
  throw new AzureRefusal(
    409,
    "StorageAccountAlreadyTaken",
    `The storage account named ${name} is already taken.`,
  );
}

function put(write: Write): Written {
  checkAccountName(write);
  const { body, id, existing, simulation } = write;
  const properties = asObject(body.properties);
  const sku = asText(asObject(body.sku).name);
  if (sku === undefined) {
    throw new AzureRefusal(
      400,
      "InvalidRequestPropertyValue",
      "The value of property 'sku.name' is missing.",
    );
  }
  const endpoint = (part: string): string => `https://${id.name}.${part}.core.windows.net/`;
  return {
    body: compact({
      location: body.location,
      tags: body.tags,
      identity: body.identity,
      kind: body.kind ?? "StorageV2",
      sku: { name: sku, tier: sku.split("_")[0] ?? "Standard" },
      properties: compact({
        ...properties,
        accessTier: properties.accessTier ?? "Hot",
        allowBlobPublicAccess: properties.allowBlobPublicAccess ?? false,
        minimumTlsVersion: properties.minimumTlsVersion ?? "TLS1_2",
        supportsHttpsTrafficOnly: properties.supportsHttpsTrafficOnly ?? true,
        networkAcls: properties.networkAcls ?? {
          bypass: "AzureServices",
          virtualNetworkRules: [],
          ipRules: [],
          defaultAction: "Allow",
        },
        encryption: properties.encryption ?? {
          services: {
            blob: { enabled: true, keyType: "Account" },
            file: { enabled: true, keyType: "Account" },
          },
          keySource: "Microsoft.Storage",
        },
        primaryEndpoints: {
          blob: endpoint("blob"),
          file: endpoint("file"),
          queue: endpoint("queue"),
          table: endpoint("table"),
        },
        primaryLocation: body.location,
        statusOfPrimary: "available",
        creationTime: existing?.createdAt ?? simulation.clock.now().toISOString(),
        provisioningState: undefined,
      }),
    }),
  };
}

/** https://learn.microsoft.com/rest/api/storagerp/storage-accounts; what boot diagnostics and session recording name. */
export const storageAccount: ResourceType = {
  type,
  apiVersions: versions,
  placement: "resourceGroup",
  located: true,
  longRunning: { put: "storageAccountPut" },
  put,
  written({ simulation, resource }) {
    const id = `${resource.id}/blobServices/default`;
    if (simulation.store.get(id) !== undefined) return;
    const body = sealed(blobService, id, "default", { properties: {} });
    simulation.store.put({ id, type: blobService.type, name: "default", body });
  },
};

/** The one blob service of an account, which Azure makes with it; a PUT sets its properties. */
export const blobService: ResourceType = {
  type: `${type}/blobServices`,
  apiVersions: versions,
  placement: "resourceGroup",
  located: false,
  put: ({ body }) => ({ body: { properties: asObject(body.properties) } }),
};

/** https://learn.microsoft.com/rest/api/storagerp/blob-containers */
export const blobContainer: ResourceType = {
  type: `${type}/blobServices/containers`,
  apiVersions: versions,
  placement: "resourceGroup",
  located: false,
  etag: true,
  put({ id, body }) {
    if (!/^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$/.test(id.name)) {
      // https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata
      throw new AzureRefusal(
        400,
        "ContainerNameInvalid",
        `The container name '${id.name}' is invalid.`,
      );
    }
    const properties = asObject(body.properties);
    return {
      body: {
        properties: compact({ ...properties, publicAccess: properties.publicAccess ?? "None" }),
      },
    };
  },
};
