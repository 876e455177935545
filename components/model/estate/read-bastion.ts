import type { GraphIndex } from "../graph/graph-index";
import type { Unread } from "../graph/resource-graph";
import type { BastionHost } from "./estate";
import { isKnown, type Known, type Reference } from "./known";
import { part, readerOf } from "./part";
import type { PropertyReader } from "./property-reader";
import { referTo } from "./read-networks";

const BASTION = "azure-native:network:BastionHost";
const SUBNET = "azure-native:network:Subnet";

export function readBastionHosts(index: GraphIndex, unread: Unread[]): BastionHost[] {
  return index.ofType(BASTION).map((resource) => {
    const reader = readerOf(resource, unread);
    return {
      ...part(index, resource),
      sku: skuOf(reader),
      subnet: subnetOf(reader, index),
      privateOnly: reader.flag("enablePrivateOnlyBastion") ?? false,
    };
  });
}

function skuOf(reader: PropertyReader): Known<string> {
  const sku = reader.object("sku");
  if (!isKnown(sku)) return sku;
  const name = sku?.text("name");
  // Left out, Azure makes a Basic host: https://learn.microsoft.com/rest/api/virtualnetwork/bastion-hosts
  return name ?? "Basic";
}

function subnetOf(reader: PropertyReader, index: GraphIndex): Reference | undefined {
  const configurations = reader.objects("ipConfigurations");
  if (!isKnown(configurations)) return configurations;
  const [first] = configurations;
  return first === undefined
    ? undefined
    : referTo(first, index, "subnet", "ipConfigurations", SUBNET);
}
