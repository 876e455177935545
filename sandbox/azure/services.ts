import { authorizationService } from "./authorization/service";
import { graphService } from "./graph/service";
import { computeService } from "./compute";
import { managementLock } from "./management-locks";
import { diagnosticSetting } from "./monitor/diagnostic-settings";
import { workspace } from "./monitor/workspaces";
import { networkService } from "./network";
import type { ResourceType } from "./resource-type";
import { resourceGroup } from "./resource-group";
import type { Route } from "./simulation";
import { blobContainer, blobService, storageAccount } from "./storage/storage-accounts";
import { subscriptionService } from "./subscriptions";
import type { Tenant } from "./tenant/tenant";

/** One Azure service of the simulation: its resource types, and the requests that are no plain resource requests. */
export interface Service {
  readonly types: readonly ResourceType[];
  /** Tried in order before the resource types, on paths of Resource Manager. */
  readonly routes?: readonly Route[];
  /** Tried in order on paths under `/graph`. */
  readonly graph?: readonly Route[];
}

/** Everything that the simulated Azure plays, for a tenant. */
export function servicesOf(tenant: Tenant): readonly Service[] {
  return [
    subscriptionService(tenant),
    { types: [resourceGroup, managementLock] },
    networkService,
    computeService,
    { types: [diagnosticSetting, workspace] },
    { types: [storageAccount, blobService, blobContainer] },
    authorizationService(tenant),
    graphService(tenant),
  ];
}
