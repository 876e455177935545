import type { AddressRange } from "../../../components/model/address-range";
import type {
  IpConfiguration,
  LoadBalancerRule,
  Protocol,
  Subnet,
} from "../../../components/model/estate/estate";
import type { Known, Reference } from "../../../components/model/estate/known";
import { inside, isPublic } from "./addresses";
import { type End, type Ground, listOf, outside, type Seat, unknown } from "./ground";
import { besideGateway, flag, neighbourHolds, neighbours, networkHolds } from "./neighbours";
import type { World } from "./worlds";

/** Whether a packet can be sent to a machine at all, before any group is asked. */
export function canSend(
  ground: Ground,
  seat: Seat,
  source: End,
  { protocol, port }: { readonly protocol: Protocol; readonly port: number },
  world: World,
): boolean {
  return world.within("sending", () => {
    const { network } = seat;
    return (
      networkHolds(ground, network, source, world) ||
      neighbours(ground, network, world).some(
        (neighbour) =>
          flag(neighbour.half.forwarded, `${neighbour.half.key} forwards`, world) ||
          neighbourHolds(ground, neighbour, source, world),
      ) ||
      besideGateway(ground, network, world) ||
      forwarderIn(ground, seat, world) ||
      (isPublic(source.address) && arrives(ground, seat, protocol, port, world))
    );
  });
}

/** Another machine of the network that passes on what it is sent, with the source that it had. */
function forwarderIn(ground: Ground, { machine, network }: Seat, world: World): boolean {
  return ground.estate.interfaces.some((card) => {
    if (card.forwarding === false || listOf(machine.interfaces).includes(card.key)) return false;
    const { configurations } = card;
    const here = unknown(configurations)
      ? world.maybe(`${card.key} is in ${network}`)
      : configurations.some(({ subnet }) => standsIn(ground, subnet, network, world));
    return here && flag(card.forwarding, `${card.key} forwards`, world);
  });
}

function standsIn(
  ground: Ground,
  reference: Reference | undefined,
  network: string,
  world: World,
): boolean {
  const subnet = ground.subnet(reference);
  const where = subnet === undefined ? reference : subnet.network;
  return unknown(where)
    ? world.maybe(`what is there is in ${network}`)
    : subnet !== undefined && where === network;
}

/** From the Internet: by a public address or a balancer, both of which stay shut where no group stands. */
function arrives(
  ground: Ground,
  seat: Seat,
  protocol: Protocol,
  port: number,
  world: World,
): boolean {
  return (
    guarded(seat, world) &&
    (hasPublicAddress(ground, seat.configuration, world) ||
      balanced(ground, seat.configuration, protocol, port, world))
  );
}

export function guarded({ subnet, card }: Seat, world: World): boolean {
  return [subnet.securityGroup, card.securityGroup].some(
    (group, index) =>
      group !== undefined &&
      (!unknown(group) || world.maybe(`there is a group ${index} before ${card.key}`)),
  );
}

export function hasPublicAddress(
  ground: Ground,
  configuration: IpConfiguration,
  world: World,
): boolean {
  const { publicAddress } = configuration;
  if (publicAddress === undefined) return false;
  return (
    !unknown(publicAddress) || world.maybe(`public address of ${ground.placeOf(configuration)}`)
  );
}

/** Through a public frontend of a load balancer, which carries Tcp and Udp. */
export function balanced(
  ground: Ground,
  configuration: IpConfiguration,
  protocol: Protocol,
  port: number,
  world: World,
): boolean {
  if (protocol !== "Tcp" && protocol !== "Udp") return false;
  const { natRules, backendPools } = configuration;
  if (
    (mayBeOutside(natRules) || mayBeOutside(backendPools)) &&
    world.maybe(`a balancer outside leads to ${ground.placeOf(configuration)}`)
  ) {
    return true;
  }
  return ground.estate.loadBalancers
    .flatMap((balancer) => balancer.rules)
    .some((rule) => {
      const { backendPorts, protocols } = rule;
      if (
        unknown(protocols) ? !world.maybe(`${rule.key} protocols`) : !protocols.includes(protocol)
      )
        return false;
      if (unknown(backendPorts) ? !world.maybe(`${rule.key} ports`) : !inside(backendPorts, port))
        return false;
      return (
        feeds(ground, rule, configuration, world) && flag(rule.frontendIsPublic, rule.key, world)
      );
    });
}

/** Whether a list may name a balancer that stands outside the estate, of which nothing is known. */
export function mayBeOutside(list: Known<readonly Reference[]>): boolean {
  return unknown(list) || list.some((one) => unknown(one) || outside(one));
}

function feeds(
  ground: Ground,
  rule: LoadBalancerRule,
  configuration: IpConfiguration,
  world: World,
): boolean {
  const question = `interface ${ground.placeOf(configuration)} is behind ${rule.key}`;
  return (
    names(configuration.natRules, rule.key, question, world) ||
    (rule.pool !== undefined && inPool(ground, configuration, rule.pool, world))
  );
}

export function inPool(
  ground: Ground,
  configuration: IpConfiguration,
  pool: Reference,
  world: World,
): boolean {
  const { backendPools } = configuration;
  const question = `interface ${ground.placeOf(configuration)} is in`;
  if (outside(pool)) {
    return listOf(backendPools).some((one) => outside(one) && one.id === pool.id);
  }
  if (unknown(pool)) {
    const none = !unknown(backendPools) && backendPools.length === 0;
    return !none && world.maybe(`${question} a pool not known`);
  }
  return names(backendPools, pool, `${question} ${pool}`, world);
}

function names(
  list: Known<readonly Reference[]>,
  key: string,
  question: string,
  world: World,
): boolean {
  if (unknown(list)) return world.maybe(question);
  return list.includes(key) || (list.some(unknown) && world.maybe(question));
}

/** Where a subnet's own routes send a packet, or `system` where Azure's decide. */
export function nextHop(ground: Ground, subnet: Subnet, to: End, world: World): string {
  const reference = subnet.routeTable;
  if (reference === undefined) return "system";
  const table = ground.estate.routeTables.find(({ key }) => key === reference);
  if (table === undefined || unknown(table.routes)) {
    return ["system", "None", "VirtualAppliance"][
      world.choose(`routes of ${subnet.key} to ${to.about}`, 3, to.about)
    ]!;
  }
  let longest = systemBits(ground, subnet, to, world);
  let hop = "system";
  table.routes.forEach(({ range, nextHop: next }, place) => {
    const question = `route ${place} of ${table.key} takes ${to.about}`;
    let bits: number;
    if (range === undefined || unknown(range)) {
      // A service tag routes public addresses; its prefixes are longer than any other's here but for a single
      // address, of which Azure takes no second route, or do not match.
      if (range === undefined && !isPublic(to.address)) return;
      if (!world.maybe(question, to.about)) return;
      bits = 31.5;
    } else {
      if (!inside(range, to.address)) return;
      bits = range.bits;
    }
    // Of the same length a route of one's own goes before Azure's.
    if (bits < longest || (bits === longest && hop !== "system")) return;
    longest = bits;
    hop = unknown(next) ? HOPS[world.choose(`${question} where`, HOPS.length)]! : next;
  });
  return hop;
}

const HOPS = ["None", "VnetLocal", "Internet", "VirtualAppliance", "VirtualNetworkGateway"];

/** Length of the prefix by which Azure routes: the network's own, a neighbour's, or everywhere. */
function systemBits(ground: Ground, subnet: Subnet, to: End, world: World): number {
  const network = ground.networkOf(subnet);
  if (network === undefined) return 0;
  const length = (key: string | undefined, known: Known<readonly AddressRange[]>): number => {
    if (!unknown(known)) {
      return Math.max(0, ...known.filter((one) => inside(one, to.address)).map(({ bits }) => bits));
    }
    const here = key !== undefined && networkHolds(ground, key, to, world);
    return here ? 1 + 31 * world.choose(`length of ${key} around ${to.about}`, 2, to.about) : 0;
  };
  const rangesOf = (key: string | undefined): Known<readonly AddressRange[]> | undefined =>
    ground.estate.networks.find((one) => one.key === key)?.ranges;
  return Math.max(
    length(network, rangesOf(network) ?? []),
    ...neighbours(ground, network, world).map(({ half, network: key }) =>
      length(key, rangesOf(key) ?? half.remoteRanges ?? []),
    ),
  );
}
