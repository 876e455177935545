/** Public addresses that the tags of Azure's services cannot tell apart; Microsoft alone knows which they are. */
export interface Cell {
  readonly name: string;
  /** Whether any tag of Azure holds it; the rest is somebody else's. */
  readonly azure: boolean;
  readonly service: string | undefined;
  readonly region: string | undefined;
}

const OTHERS = undefined;
/** Microsoft's eight rows name it, whatever the estate does. */
const ALWAYS = "gatewaymanager";

/**
 * One cell for each service and region that the tags name, one for the others, and one outside Azure. A
 * service lies in AzureCloud, its regional tag in the service and in AzureCloud of the region.
 * Source: https://learn.microsoft.com/azure/virtual-network/service-tags-overview
 */
export function cellsOf(tags: readonly string[]): readonly Cell[] {
  const parts = tags.map((tag) => tag.split("."));
  const services = new Set([ALWAYS, ...parts.map(([service]) => service!)]);
  services.delete("azurecloud");
  const regions = new Set(parts.flatMap(([, region]) => (region === undefined ? [] : [region])));
  return [
    { name: "outside Azure", azure: false, service: OTHERS, region: OTHERS },
    ...[OTHERS, ...services].flatMap((service) =>
      [OTHERS, ...regions].map((region) => ({
        name: `${service ?? "another service"} in ${region ?? "another region"}`,
        azure: true,
        service,
        region,
      })),
    ),
  ];
}

export function tagHolds(tag: string, cell: Cell): boolean {
  const [service, region] = tag.split(".");
  if (!cell.azure) return false;
  if (service !== "azurecloud" && service !== cell.service) return false;
  return region === undefined || region === cell.region;
}
