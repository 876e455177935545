import type { VirtualMachine } from "../../../components/model/estate/estate";
import { inside, isPublic } from "./addresses";
import { type End, type Ground, listOf, type Origin, type Seat, unknown } from "./ground";
import { EVERY_PROTOCOL, type Header, headers, WITH_PORTS } from "./headers";
import { neighbourHolds, neighbours, networkHolds } from "./neighbours";
import { Walk } from "./packet-walk";
import { balanced, canSend, guarded, hasPublicAddress } from "./ways";
import { fact, type Formula, open, type World } from "./worlds";

/** That no packet with one of these headers comes from there to the machine's address. */
function shut(
  ground: Ground,
  seat: Seat,
  origin: Origin,
  packets: readonly Header[],
  comes: (source: End, header: Header, world: World) => boolean,
): Formula {
  return {
    kind: "packets",
    about: origin.about,
    headers: packets,
    holds: (world, header) => {
      const source = origin.end(world);
      if (!comes(source, header, world)) return true;
      const destination = ground.endOf(seat, world);
      const walk = new Walk(ground, world, seat.subnet);
      return !walk.into(seat, { ...header, source, destination });
    },
  };
}

/** Of an interface that the estate does not show, anything may be true. */
export function hiddenSeats(machine: VirtualMachine): Formula {
  return open(`what ${machine.key} has besides`);
}

/** N1: nobody but Bastion reaches a management port. */
export function onlyBastion(ground: Ground, machine: VirtualMachine): Formula {
  const declared = [...machine.signInPorts, ...ground.estate.declared.customPorts];
  const packets = headers(ground, WITH_PORTS, [...new Set([22, 3389, ...declared])]);
  return unreached(ground, machine, packets, isBastion);
}

/** N7: nobody at all reaches a port of remote administration. */
export function noRemoteAdministration(ground: Ground, machine: VirtualMachine): Formula {
  const packets = headers(ground, WITH_PORTS, [135, 445, 5985, 5986]);
  return unreached(ground, machine, packets, () => false);
}

function unreached(
  ground: Ground,
  machine: VirtualMachine,
  packets: readonly Header[],
  meant: (ground: Ground, seat: Seat, source: End, world: World) => boolean,
): Formula {
  const { seats, hidden } = ground.seats(machine);
  const parts = seats.flatMap((seat) =>
    ground.origins.map((origin) =>
      shut(
        ground,
        seat,
        origin,
        packets,
        (source, { protocol, destinationPort: port }, world) =>
          !meant(ground, seat, source, world) &&
          canSend(ground, seat, source, { protocol, port }, world),
      ),
    ),
  );
  return { kind: "every", parts: hidden ? [...parts, hiddenSeats(machine)] : parts };
}

/** Whether it stands in AzureBastionSubnet of the machine's own network or a connected one. */
function isBastion(ground: Ground, { network }: Seat, end: End, world: World): boolean {
  return world.within("Bastion", () => {
    const around = neighbours(ground, network, world);
    const connected = [network, ...around.map((neighbour) => neighbour.network)];
    const known = ground.estate.subnets.some((subnet) => {
      const name = unknown(subnet.name)
        ? world.maybe(`${subnet.key} is AzureBastionSubnet`)
        : subnet.name === "AzureBastionSubnet";
      if (!name) return false;
      const where = ground.networkOf(subnet);
      const here =
        where === undefined
          ? world.maybe(`${subnet.key} is in a connected network`)
          : connected.includes(where);
      if (!here) return false;
      if (!unknown(subnet.ranges)) return subnet.ranges.some((one) => inside(one, end.address));
      const inNetwork = where === undefined || networkHolds(ground, where, end, world);
      return inNetwork && world.maybe(`${subnet.key} holds ${end.about}`, end.about);
    });
    return (
      known ||
      around.some(
        (neighbour) =>
          neighbour.network === undefined &&
          neighbourHolds(ground, neighbour, end, world) &&
          world.maybe(`${end.about} is Bastion beyond ${neighbour.half.key}`, end.about),
      )
    );
  });
}

/** N4: no public address, and nothing of the Internet through a load balancer. */
export function noWayFromInternet(ground: Ground, machine: VirtualMachine): Formula {
  const { seats, hidden } = ground.seats(machine);
  const cards = ground.estate.interfaces.filter(({ key }) =>
    listOf(machine.interfaces).includes(key),
  );
  const addresses = cards
    .flatMap(({ configurations }) => listOf(configurations))
    .map((configuration) => fact((world) => !hasPublicAddress(ground, configuration, world)));
  const packets = headers(ground, WITH_PORTS, ground.ports);
  const balancers = seats.flatMap((seat) =>
    ground.origins
      .filter((origin) => origin.public)
      .map((origin) =>
        shut(
          ground,
          seat,
          origin,
          packets,
          (source, { protocol, destinationPort }, world) =>
            isPublic(source.address) &&
            guarded(seat, world) &&
            balanced(ground, seat.configuration, protocol, destinationPort, world),
        ),
      ),
  );
  const parts = [...addresses, ...balancers];
  return { kind: "every", parts: hidden ? [...parts, hiddenSeats(machine)] : parts };
}

/**
 * N5: nothing comes from another spoke to one of this spoke's machines. A spoke has machines and no Bastion.
 * What comes through an appliance is the appliance's to stop, so only a peering of the two counts.
 */
export function noOtherSpoke(ground: Ground, network: string): Formula {
  const { machines, networks } = ground.estate;
  const seats = machines.flatMap((machine) => ground.seats(machine).seats);
  const hidden = machines.filter((machine) => ground.seats(machine).hidden);
  const spokes = networks.filter(({ key }) => key !== network && !isHub(ground, key));
  const populated = (key: string, world: World): boolean =>
    seats.some((seat) => seat.network === key) ||
    hidden.some((machine) => world.maybe(`${machine.key} is in ${key}`));
  const packets = headers(ground, EVERY_PROTOCOL, ground.ports);
  const parts = seats
    .filter((seat) => seat.network === network)
    .flatMap((seat) =>
      ground.origins.map((origin) =>
        shut(
          ground,
          seat,
          origin,
          packets,
          (source, _, world) =>
            !isBastion(ground, seat, source, world) &&
            world.within("from another spoke", () => {
              const peered = neighbours(ground, network, world).map((one) => one.network);
              const fromOther = spokes.some(
                ({ key }) =>
                  peered.includes(key) &&
                  networkHolds(ground, key, source, world) &&
                  populated(key, world),
              );
              return fromOther || fromOutside(ground, seat, source, world);
            }),
        ),
      ),
    );
  return { kind: "every", parts: [...parts, ...hidden.map(hiddenSeats)] };
}

/** Whether a subnet of the network is AzureBastionSubnet by name. */
export function isHub(ground: Ground, network: string): boolean {
  return ground.estate.subnets.some(
    (subnet) => subnet.network === network && subnet.name === "AzureBastionSubnet",
  );
}

/** A connected network that stands outside the estate may have machines. */
function fromOutside(ground: Ground, { network }: Seat, source: End, world: World): boolean {
  return neighbours(ground, network, world).some(
    (neighbour) =>
      neighbour.network === undefined &&
      neighbourHolds(ground, neighbour, source, world) &&
      world.maybe(`machines beyond ${neighbour.half.key}`),
  );
}
