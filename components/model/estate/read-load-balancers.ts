import type { GraphIndex } from "../graph/graph-index";
import { isObject, type Unread, type Value } from "../graph/resource-graph";
import type { LoadBalancer, LoadBalancerRule, PortRange, Protocol } from "./estate";
import { isKnown, type Known, type Reference, Unknown } from "./known";
import type { PropertyReader } from "./property-reader";
import { part, readerOf } from "./part";
import { parseProtocols } from "./rule-syntax";

const BALANCER = "azure-native:network:LoadBalancer";
const POOL = "azure-native:network:LoadBalancerBackendAddressPool";
const NAT_RULE = "azure-native:network:InboundNatRule";

/** Lists of a load balancer whose elements are referred to by id, with the type that each has by itself. */
const CHILDREN = [
  ["frontendIPConfigurations", "frontend"],
  ["backendAddressPools", POOL],
  ["inboundNatRules", NAT_RULE],
] as const;

/** Makes a load balancer's inline frontends, pools and NAT rules findable. */
export function registerBalancerParts(index: GraphIndex): void {
  for (const balancer of index.ofType(BALANCER)) {
    const path = index.pathOf(balancer);
    for (const [list, type] of CHILDREN) {
      const values = balancer.properties[list];
      if (!Array.isArray(values)) continue;
      (values as readonly Value[]).forEach((value, place) => {
        const name = isObject(value) && typeof value.name === "string" ? value.name : undefined;
        index.addInline(
          {
            key: `${balancer.urn}#${list}[${place}]`,
            type,
            parent: balancer.urn,
            path:
              isKnown(path) && name !== undefined
                ? `${path}/${list.toLowerCase()}/${name.toLowerCase()}`
                : new Unknown(`${balancer.name}.${list}[${place}] has no name`),
          },
          balancer,
        );
      });
    }
  }
}

export function readLoadBalancers(index: GraphIndex, unread: Unread[]): LoadBalancer[] {
  return index.ofType(BALANCER).map((resource) => {
    const reader = readerOf(resource, unread);
    const frontends = reader.objects("frontendIPConfigurations");
    const isPublic = publicFrontends(frontends);
    const rules = [
      ...inlineRules(reader, "loadBalancingRules", index, isPublic, true),
      ...inlineRules(reader, "inboundNatRules", index, isPublic, false),
    ];
    const standalone = index
      .ofType(NAT_RULE)
      .filter((rule) => index.parentOf(rule) === resource.urn)
      .map((rule) => readRule(readerOf(rule, unread), index, rule.urn, rule.name, isPublic, ""));
    return {
      ...part(index, resource),
      rules: [...rules, ...standalone],
      outboundPools: isPublic === false ? [] : outbound(reader, index),
    };
  });
}

/** Whether traffic of the Internet can arrive at any frontend. One that cannot be told counts for all. */
function publicFrontends(frontends: Known<readonly PropertyReader[]>): Known<boolean> {
  if (!isKnown(frontends)) return frontends;
  return frontends.some(
    (frontend) =>
      frontend.value("publicIPAddress") !== undefined ||
      frontend.value("publicIPPrefix") !== undefined ||
      frontend.value("gatewayLoadBalancer") !== undefined,
  );
}

function inlineRules(
  reader: PropertyReader,
  list: "loadBalancingRules" | "inboundNatRules",
  index: GraphIndex,
  isPublic: Known<boolean>,
  pooled: boolean,
): LoadBalancerRule[] {
  const rules = reader.objects(list);
  if (!isKnown(rules)) {
    reader.odd(list, "is not known, and might let the Internet in");
    return [];
  }
  return rules.map((rule, place) => {
    const key = `${reader.resource.urn}#${list}[${place}]`;
    const name = rule.text("name");
    const subject = `${reader.resource.name}/${typeof name === "string" ? name : String(place)}`;
    return readRule(rule, index, key, subject, isPublic, pooled ? list : "");
  });
}

/** @param property top-level property that a reference to the pool comes from; empty where there is no pool */
function readRule(
  reader: PropertyReader,
  index: GraphIndex,
  key: string,
  subject: string,
  frontendIsPublic: Known<boolean>,
  property: string,
): LoadBalancerRule {
  const pool = reader.value("backendAddressPool");
  return {
    key,
    subject,
    path: new Unknown("a rule of a load balancer"),
    frontendIsPublic,
    protocols: protocols(reader),
    frontendPorts: portOf(reader, "frontendPort", "frontendPortRangeStart", "frontendPortRangeEnd"),
    backendPorts: portOf(reader, "backendPort"),
    pool:
      pool === undefined
        ? undefined
        : index.refer(
            reader.resource,
            property === "" ? "backendAddressPool" : property,
            isObject(pool) ? pool.id : pool,
            [POOL],
          ),
  };
}

function protocols(reader: PropertyReader): Known<readonly Protocol[]> {
  const text = reader.text("protocol");
  if (!isKnown(text)) return text;
  const named = text === undefined || text.toLowerCase() === "all" ? "*" : text;
  return parseProtocols(named) ?? reader.odd("protocol", `"${named}" is not understood`);
}

/** A port, or a range of them; 0 stands for all, as in a rule for high availability ports. */
function portOf(
  reader: PropertyReader,
  one: string,
  first?: string,
  last?: string,
): Known<PortRange> {
  const single = reader.number(one);
  const from = first === undefined ? undefined : reader.number(first);
  const to = last === undefined ? undefined : reader.number(last);
  if (single === 0) return { first: 0, last: 65535 };
  if (single !== undefined) return isKnown(single) ? { first: single, last: single } : single;
  if (!isKnown(from)) return from;
  if (!isKnown(to)) return to;
  return from === undefined ? reader.odd(one, "is missing") : { first: from, last: to ?? from };
}

/** Backend pools that an outbound rule, or a public balancing rule without a bar to it, gives a way out. */
function outbound(reader: PropertyReader, index: GraphIndex): Reference[] {
  const rules = reader.objects("outboundRules");
  const balancing = reader.objects("loadBalancingRules");
  const pools = [
    ...(isKnown(rules) ? rules : []).map((rule) => ["outboundRules", rule] as const),
    ...(isKnown(balancing) ? balancing : [])
      .filter((rule) => rule.flag("disableOutboundSnat") !== true)
      .map((rule) => ["loadBalancingRules", rule] as const),
  ];
  return pools.flatMap(([property, rule]) => {
    const pool = rule.value("backendAddressPool");
    const reference = index.refer(reader.resource, property, isObject(pool) ? pool.id : pool, [
      POOL,
    ]);
    return reference === undefined ? [] : [reference];
  });
}
