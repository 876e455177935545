import { type Content, markup } from "../html/markup";
import type { Flow, Place } from "./flows";
import { GUTTER, type Layout, type PlacedNetwork, type PlacedSubnet } from "./layout";
import { arrowHead, cross, type Point, polyline, type Port, route } from "./lines";

/** Lines that run side by side in a gutter do not lie on each other. */
const LANES = 5;
const LANE = 4;

/** Peerings, and on them the path from the operator through Bastion to the VMs. */
export function drawWaysIn(layout: Layout): Content {
  const hub = layout.hubs.find(({ subnets }) =>
    subnets.some(({ bastion }) => bastion !== undefined),
  );
  const host = hub?.subnets.find(({ bastion }) => bastion !== undefined);
  const peerings = layout.spokes.flatMap((spoke) => drawPeering(spoke, layout));
  if (hub === undefined || host?.bastion === undefined) return peerings;
  const { bastion } = host;
  const enter: Port = { x: bastion.x, y: bastion.y + 10, gutter: layout.operator.x };
  const way = [
    { x: layout.operator.x, y: layout.operator.y + 20 },
    { x: enter.gutter, y: enter.y },
    { x: enter.x, y: enter.y },
  ];
  const arriving = [...layout.hubs, ...layout.spokes].flatMap((network) =>
    network.subnets.flatMap((subnet) => drawArrival(network, subnet, hub, bastion.y + 22, layout)),
  );
  return [peerings, polyline(way, "admitted"), arrowHead(way, "admitted-head"), arriving];
}

function drawArrival(
  network: PlacedNetwork,
  subnet: PlacedSubnet,
  hub: PlacedNetwork,
  leaves: number,
  layout: Layout,
): Content[] {
  const { arrives, scene } = subnet;
  if (arrives === undefined || scene.reached === undefined) return [];
  const from = exitOf(hub, network, leaves, layout);
  const to: Port = { x: subnet.x + 20, y: arrives, gutter: leftGutter(network) };
  const points = route(from, to, layout.corridor);
  if (scene.reached === "refuted") {
    const edge = { x: network.x - 1, y: arrives };
    return [polyline([...points.slice(0, -1), edge], "admitted open"), cross(edge, "stop")];
  }
  const style = scene.reached === "unknown" ? "admitted open" : "admitted";
  return [polyline(points, style), arrowHead(points, "admitted-head")];
}

/** A peering is a band from the edge of one network to the edge of the other. */
function drawPeering(spoke: PlacedNetwork, layout: Layout): Content[] {
  return spoke.scene.peers.flatMap(({ name, connected }) => {
    const hub = layout.hubs.find(({ scene }) => scene.name === name);
    if (hub === undefined) return [];
    const bastion = hub.subnets.find((subnet) => subnet.bastion !== undefined)?.bastion;
    const leaves = bastion === undefined ? hub.y + 24 : bastion.y + 22;
    const y = spoke.subnets.find(({ arrives }) => arrives !== undefined)?.arrives ?? spoke.y + 24;
    const from = exitOf(hub, spoke, leaves, layout);
    const points = route(from, { x: spoke.x, y, gutter: leftGutter(spoke) }, layout.corridor);
    const style = connected === "yes" ? "peering" : "peering broken";
    const title = `peering of ${spoke.scene.name} with ${name}${connected === "yes" ? "" : connected === "no" ? ", one half only" : ", the other half is not in the graph"}`;
    return [markup`<g><title>${title}</title>${polyline(points, style)}</g>`];
  });
}

/** A path leaves a hub on the side where the network stands. */
function exitOf(hub: PlacedNetwork, to: PlacedNetwork, y: number, { beside }: Layout): Port {
  return beside && to.x > hub.x
    ? { x: hub.x + hub.width, y, gutter: rightGutter(hub) }
    : { x: hub.x, y, gutter: leftGutter(hub) };
}

/** The packets that show what does not hold, each with its number. */
export function drawFlows(flows: readonly Flow[], layout: Layout): Content {
  const used = new Map<string, number>();
  return flows.map((flow, index) => {
    const lane = (index % LANES) * LANE;
    const from = portOf(flow.from, layout, used, lane);
    const to = portOf(flow.to, layout, used, lane);
    if (from === undefined || to === undefined) return undefined;
    const points = route(from, to, layout.corridor - 8 + lane);
    const label = `${flow.number}: ${flow.label} ${flow.ends}`;
    return markup`<g
      ><title>${label}</title>${polyline(points, "refuted-line")}${
        flow.ends === "gets in"
          ? arrowHead(points, "refuted-head")
          : cross(flow.leaving ? from : to, "stop")
      }${numberMark(flow.leaving ? points[1] : points.at(-2), flow.number)}</g
    >`;
  });
}

/** The number stands where the line runs alone: in the gutter, beside its end. */
function numberMark(corner: Point | undefined, number: number): Content {
  if (corner === undefined) return undefined;
  const { x, y } = corner;
  return markup`<circle class="number" cx="${x}" cy="${y}" r="8" /><text
      class="number-text"
      x="${x}"
      y="${y + 4}"
      text-anchor="middle"
      >${number}</text
    >`;
}

/** Where a packet's line starts or ends: on the right edge of a subnet, one below the other. */
function portOf(
  place: Place,
  layout: Layout,
  used: Map<string, number>,
  lane: number,
): Port | undefined {
  if (place.kind === "internet" || place.kind === "elsewhere") {
    const { x, y } = place.kind === "internet" ? layout.internet : elsewhereOf(layout);
    return { x, y: y + 2, gutter: layout.internet.x + 6 + lane };
  }
  const network = [...layout.hubs, ...layout.spokes].find(
    ({ scene }) => scene.key === place.network,
  );
  if (network === undefined) return undefined;
  const subnet = network.subnets.find(({ scene }) => scene.key === place.subnet);
  const key = place.subnet ?? place.network;
  const count = used.get(key) ?? 0;
  used.set(key, count + 1);
  const room = Math.max(1, Math.floor(((subnet?.height ?? network.height) - 24) / 18));
  const y = (subnet?.y ?? network.y) + 16 + (count % room) * 18;
  const x = subnet === undefined ? network.x + network.width : subnet.x + subnet.width;
  return { x, y, gutter: rightGutter(network) - 2 + lane };
}

function leftGutter({ x }: PlacedNetwork): number {
  return x - GUTTER / 2 + 6;
}

function rightGutter({ x, width }: PlacedNetwork): number {
  return x + width + GUTTER / 2 - 6;
}

/** The place of what is neither the Internet nor drawn. */
function elsewhereOf({ internet }: Layout): { x: number; y: number } {
  return { x: internet.x, y: internet.y + 36 };
}

export function drawElsewhere(layout: Layout): Content {
  const { x, y } = elsewhereOf(layout);
  return markup`<rect class="internet elsewhere" x="${x - 92}" y="${y - 14}" width="92" height="26" rx="13" /><text x="${x - 46}" y="${y + 3}" text-anchor="middle">elsewhere</text>`;
}

/** What becomes of everybody else: shown where it is proved of every VM. */
export function drawRefusal({ internet }: Layout): Content {
  const { x, y } = internet;
  const end = y + 34;
  return markup`<g><title>nobody else reaches a management port, and no address is reachable</title>
<polyline class="refused" points="${x - 46},${y + 14} ${x - 46},${end}" /><path class="refusal" d="M${x - 56} ${end}H${x - 36}" />
<text class="soft" x="${x - 62}" y="${end + 1}" text-anchor="end">refused</text></g>`;
}
