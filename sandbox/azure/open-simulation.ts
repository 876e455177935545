import { openClock } from "./clock";
import { TypeRegistry } from "./registry";
import { servicesOf, type Service } from "./services";
import type { Simulation } from "./simulation";
import { Store } from "./store";
import { openTenantDirectory } from "./tenant/directory";
import { defaultTenantFile, readTenant } from "./tenant/read-tenant";
import { seedTenant } from "./tenant/seed";

export interface OpenOptions {
  readonly storeFile: string;
  readonly tenantFile?: string | undefined;
  readonly clock?: "virtual" | "real";
  readonly timeScale?: number | undefined;
  /** Filled in once the endpoint listens. */
  readonly address?: { readonly url: string };
  /** Seconds that have passed on the virtual clock since the store was last open. Default 300. */
  readonly elapsed?: number;
}

/** Five minutes: the time within which Azure refuses to remove a fresh eligibility, and what lies between two runs. */
const betweenRuns = 300;

/**
 * Opens store, clock and tenant, without an endpoint.
 * @throws Error where the store or the tenant file cannot be used
 */
export function openSimulation(options: OpenOptions): {
  simulation: Simulation;
  services: readonly Service[];
} {
  const store = new Store(options.storeFile);
  const last = store.lastClock;
  const clock = openClock({
    kind: options.clock ?? "virtual",
    timeScale: options.timeScale,
    startAt: last === undefined ? undefined : last + (options.elapsed ?? betweenRuns) * 1000,
  });
  store.now = () => clock.now();
  const tenant = readTenant(options.tenantFile ?? defaultTenantFile);
  seedTenant(store, tenant);
  const services = servicesOf(tenant);
  const types = new TypeRegistry(services.flatMap((service) => service.types));
  const simulation: Simulation = {
    store,
    clock,
    types,
    tenant: openTenantDirectory(tenant, store),
    get url() {
      return options.address?.url ?? "";
    },
  };
  return { simulation, services };
}
