import { GraphIndex } from "../graph/graph-index";
import type { ResourceGraph, Unread } from "../graph/resource-graph";
import type { Declaration } from "./access-estate";
import type { Estate } from "./estate";
import { part } from "./part";
import { readAccess } from "./read-access";
import { readBastionHosts } from "./read-bastion";
import { readInterfaces } from "./read-interfaces";
import { withoutLate } from "./read-late";
import { readLoadBalancers, registerBalancerParts } from "./read-load-balancers";
import { readMachines } from "./read-machines";
import { readNetworks, registerInlineSubnets } from "./read-networks";
import { readRest } from "./read-rest";
import { readRouteTables } from "./read-routes";
import { readSecurityGroups } from "./read-security-groups";

/**
 * The estate that a graph describes. What the reader does not understand is in `unread`.
 * @param declared what the program's author says is meant, besides what the components in it say themselves
 */
export function readEstate(whole: ResourceGraph, declared: Partial<Declaration> = {}): Estate {
  const graph = withoutLate(whole);
  const unread: Unread[] = [...graph.unread];
  const index = new GraphIndex(graph);
  registerInlineSubnets(index);
  registerBalancerParts(index);
  const parts = (type: string): Estate["publicAddresses"] =>
    index.ofType(`azure-native:network:${type}`).map((resource) => part(index, resource));
  return {
    ...readNetworks(index, unread),
    ...readSecurityGroups(index, unread),
    routeTables: readRouteTables(index, unread),
    interfaces: readInterfaces(index, unread),
    publicAddresses: parts("PublicIPAddress"),
    natGateways: parts("NatGateway"),
    loadBalancers: readLoadBalancers(index, unread),
    bastionHosts: readBastionHosts(index, unread),
    ...readMachines(index, unread),
    ...readAccess(index, unread, declared),
    unread: [...unread, ...readRest(index)],
  };
}
