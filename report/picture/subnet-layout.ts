import type { SubnetScene, Tile } from "./scene";

export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedTile extends Placed {
  readonly tile: Tile;
  /** Too many to carry their names. */
  readonly small: boolean;
}

export interface PlacedSubnet extends Placed {
  readonly scene: SubnetScene;
  readonly bastion: Placed | undefined;
  /** Where the path from Bastion arrives. */
  readonly arrives: number | undefined;
  readonly tiles: readonly PlacedTile[];
  readonly left: number;
  /** Baselines of what guards it and of its way out; undefined where it holds no VM. */
  readonly guard: number;
  readonly wayOut: number | undefined;
}

const PAD = 8;
const TITLE = 24;
const ROW = 19;
const BETWEEN = 8;
const NAMED = { most: 6, height: 30, gap: 6 };
const SMALL = { size: 18, gap: 4, most: 65 };
const BASTION = 36;

/**
 * Places the subnets of a network one below the other. Subnets without VMs and without Bastion are on the
 * network's ruler only.
 */
export function placeSubnets(
  scenes: readonly SubnetScene[],
  x: number,
  top: number,
  width: number,
): PlacedSubnet[] {
  const placed: PlacedSubnet[] = [];
  let y = top;
  for (const scene of scenes) {
    if (scene.machines.length === 0 && scene.bastion === undefined) continue;
    const subnet = placeSubnet(scene, x, y, width);
    placed.push(subnet);
    y += subnet.height + BETWEEN;
  }
  return placed;
}

function placeSubnet(scene: SubnetScene, x: number, top: number, width: number): PlacedSubnet {
  const inner = { x: x + PAD, width: width - 2 * PAD };
  let y = top + TITLE;
  const bastion =
    scene.bastion === undefined ? undefined : { ...inner, y: y + 2, height: BASTION - 4 };
  if (bastion !== undefined) y += BASTION;
  const holds = scene.machines.length > 0;
  const arrives = holds ? y + ROW / 2 : undefined;
  if (holds) y += ROW + 3;
  const tiles = placeTiles(scene.machines, inner.x, y, inner.width);
  const last = tiles.at(-1);
  if (last !== undefined) y = last.y + last.height + 5;
  const guard = y + ROW - 5;
  y += ROW;
  const wayOut = holds ? y + ROW - 6 : undefined;
  if (holds) y += ROW;
  return {
    scene,
    x,
    y: top,
    width,
    height: y - top + 4,
    bastion,
    arrives,
    tiles,
    left: scene.machines.length - tiles.length,
    guard,
    wayOut,
  };
}

function placeTiles(machines: readonly Tile[], x: number, y: number, width: number): PlacedTile[] {
  const named = machines.length <= NAMED.most;
  const perRow = named ? 2 : Math.floor((width + SMALL.gap) / (SMALL.size + SMALL.gap));
  const gap = named ? NAMED.gap : SMALL.gap;
  const size = named
    ? { width: (width - gap) / 2, height: NAMED.height }
    : { width: SMALL.size, height: SMALL.size };
  return machines.slice(0, named ? NAMED.most : SMALL.most).map((tile, index) => ({
    tile,
    small: !named,
    x: x + (index % perRow) * (size.width + gap),
    y: y + Math.floor(index / perRow) * (size.height + gap),
    ...size,
  }));
}
