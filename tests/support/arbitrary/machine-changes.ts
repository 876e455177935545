import fc from "fast-check";
import type {
  Estate,
  IpConfiguration,
  LoadBalancerRule,
} from "../../../components/model/estate/estate";
import { Outside, type Reference, Unknown } from "../../../components/model/estate/known";
import {
  card,
  configuration as newConfiguration,
  type Draft,
  keyOf,
  part,
  ports,
  rule as newRule,
} from "../estate-parts";
import { type Change, changeOf, configurations, machineSubnets, nothing } from "./changes";

type Configuration = Draft<IpConfiguration>;
const notKnown = new Unknown("it is not known");
const maybe = fc.constantFrom<boolean | Unknown>(true, true, false, false, notKnown);
const elsewhere = fc.constantFrom<Reference>(new Outside("/outside/thing"), notKnown);

/** An address of the subnet that nobody has; Azure refuses any other. */
function fix(configuration: Configuration, offset: number, estate: Draft<Estate>): void {
  const home = estate.subnets.find(({ key }) => key === configuration.subnet);
  if (home === undefined || !Array.isArray(home.ranges)) return;
  const at = home.ranges[0]!.first + offset;
  if (!configurations(estate).some(({ address: taken }) => taken === at))
    configuration.address = at;
}
const address = changeOf(
  "address",
  configurations,
  fc.constantFrom(4, 5, 9, 16, undefined, notKnown),
  (configuration, to, estate) => {
    if (typeof to === "number") fix(configuration, to, estate);
    else configuration.address = to;
  },
);
const publicAddress = changeOf(
  "public address",
  configurations,
  fc.option(elsewhere, { freq: 2, nil: undefined }),
  (configuration, other, estate) => {
    const name = `public-address-${estate.publicAddresses.length}`;
    estate.publicAddresses.push(part(name));
    configuration.publicAddress = other ?? keyOf(name);
  },
);
const secondInterface = changeOf(
  "second interface",
  (estate) => estate.machines,
  fc.tuple(fc.nat(9), fc.option(fc.constantFrom(20, 21))),
  (machine, [place, offset], estate) => {
    const subnets = machineSubnets(estate);
    const home = subnets[place % Math.max(1, subnets.length)];
    const name = `${machine.subject}-nic-${estate.interfaces.length}`;
    if (home === undefined || !Array.isArray(machine.interfaces)) return;
    const second = newConfiguration(home.subject);
    if (offset !== null) fix(second, offset, estate);
    estate.interfaces.push({ ...card(name, home.subject), configurations: [second] });
    machine.interfaces = [...machine.interfaces, keyOf(name)];
  },
);
const secondAddress = changeOf(
  "second address",
  (estate) => estate.interfaces,
  nothing,
  (one, _, estate) => {
    const home = machineSubnets(estate).at(-1);
    if (home === undefined || !Array.isArray(one.configurations)) return;
    one.configurations.push(newConfiguration(home.subject));
  },
);
const hiddenInterface = changeOf(
  "hidden interface",
  (estate) => estate.machines,
  fc.option(elsewhere, { nil: undefined }),
  (machine, other) => {
    if (other === undefined) machine.interfaces = notKnown;
    else if (Array.isArray(machine.interfaces)) machine.interfaces.push(other);
  },
);
const hiddenPlace = changeOf("hidden place", configurations, elsewhere, (configuration, other) => {
  configuration.subnet = other;
});
const hiddenConfigurations = changeOf(
  "hidden configurations",
  (estate) => estate.interfaces,
  nothing,
  (one) => {
    one.configurations = notKnown;
  },
);
const forwarding = changeOf(
  "forwarding",
  (estate) => estate.interfaces,
  fc.constantFrom<boolean | Unknown>(true, true, notKnown),
  (one, value) => {
    one.forwarding = value;
  },
);

const balancerRule = fc
  .record({
    isPublic: fc.constantFrom<boolean | Unknown>(true, true, true, false, notKnown),
    protocols: fc.constantFrom<Draft<LoadBalancerRule>["protocols"]>(
      ["Tcp"],
      ["Tcp"],
      ["Udp"],
      notKnown,
    ),
    backend: fc.constantFrom("22", "443", "3389", "5985", "0-65535", "unknown"),
    pooled: fc.boolean(),
    outbound: fc.boolean(),
    open: fc.boolean(),
  })
  .map(({ isPublic, protocols, backend, pooled, outbound, open }) => ({
    outbound,
    open,
    pooled,
    rule: {
      ...part("balancer-rule"),
      frontendIsPublic: isPublic,
      protocols,
      frontendPorts: { first: 443, last: 443 },
      backendPorts: backend === "unknown" ? notKnown : ports(backend),
      pool: pooled ? keyOf("pool") : undefined,
    },
  }));
const balancer = changeOf(
  "balancer",
  configurations,
  balancerRule,
  (configuration, { rule, pooled, outbound, open }, estate) => {
    if (estate.loadBalancers.length > 0) return;
    // Half of the balancers stand before a group that lets the Internet in.
    const groups = open ? estate.securityGroups.slice(1) : [];
    for (const { rules } of groups) {
      if (Array.isArray(rules)) rules.push(newRule("198 Inbound Allow * Internet > * : *"));
    }
    estate.loadBalancers.push({
      ...part("balancer"),
      rules: [rule],
      outboundPools: outbound ? [keyOf("pool")] : [],
    });
    if (pooled) configuration.backendPools = [keyOf("pool")];
    else configuration.natRules = [rule.key];
  },
);
const hiddenPool = changeOf(
  "hidden pool",
  configurations,
  fc.constantFrom("backendPools" as const, "natRules" as const),
  (configuration, what) => {
    configuration[what] = notKnown;
  },
);

const natGateway = changeOf(
  "nat gateway",
  machineSubnets,
  fc.option(elsewhere, { freq: 1, nil: undefined }),
  (one, other) => {
    one.natGateway = other;
  },
);
const implicit = changeOf("implicit", machineSubnets, maybe, (one, value) => {
  one.defaultOutbound = value;
});
const extension = changeOf(
  "extension",
  (estate) => estate.machines,
  fc.boolean(),
  (machine, there, estate) => {
    estate.loginExtensions = estate.loginExtensions.filter((one) => one.machine !== machine.key);
    if (there)
      estate.loginExtensions.push({ ...part(`${machine.subject}-login`), machine: machine.key });
  },
);
const signInPort = changeOf(
  "sign in port",
  (estate) => estate.machines,
  fc.constantFrom<readonly number[]>([2222], [22, 3389]),
  (machine, list) => {
    machine.signInPorts = [...list];
  },
);

const sku = changeOf(
  "sku",
  (estate) => estate.bastionHosts,
  fc.constantFrom("Developer", "Basic", "Premium", notKnown),
  (host, value) => {
    host.sku = value;
  },
);
const hostElsewhere = changeOf(
  "host elsewhere",
  (estate) => estate.bastionHosts,
  fc.option(elsewhere, { nil: undefined }),
  (host, other) => {
    host.subnet = other;
  },
);
const noHost: fc.Arbitrary<Change> = fc.constant({
  text: "no host",
  apply: (estate) => {
    estate.bastionHosts = [];
  },
});
const unread: fc.Arbitrary<Change> = fc
  .constantFrom("network" as const, "identity" as const)
  .map((theorem) => ({
    text: `unread ${theorem}`,
    apply: ({ unread: list }) => {
      list.push({ subject: "odd", type: "odd", why: "nobody reads it", bearsOn: [theorem] });
    },
  }));

export const machineChanges: { arbitrary: fc.Arbitrary<Change>; weight: number }[] = [
  { arbitrary: address, weight: 3 },
  { arbitrary: publicAddress, weight: 4 },
  { arbitrary: secondInterface, weight: 1 },
  { arbitrary: secondAddress, weight: 1 },
  { arbitrary: hiddenInterface, weight: 1 },
  { arbitrary: hiddenPlace, weight: 1 },
  { arbitrary: hiddenConfigurations, weight: 1 },
  { arbitrary: forwarding, weight: 2 },
  { arbitrary: balancer, weight: 6 },
  { arbitrary: hiddenPool, weight: 1 },
  { arbitrary: natGateway, weight: 5 },
  { arbitrary: implicit, weight: 3 },
  { arbitrary: extension, weight: 1 },
  { arbitrary: signInPort, weight: 1 },
  { arbitrary: sku, weight: 3 },
  { arbitrary: hostElsewhere, weight: 1 },
  { arbitrary: noHost, weight: 1 },
  { arbitrary: unread, weight: 1 },
];
