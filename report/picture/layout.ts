import type { NetworkScene, Scene, SubnetScene, Tile } from "./scene";
import { type Placed, placeSubnets, type PlacedSubnet } from "./subnet-layout";

/** Width of a network, and of the gutters beside it through which lines run. */
export const CARD = 316;
export const GUTTER = 28;
export const CELL = CARD + 2 * GUTTER;
const ACTORS = 78;
const CORRIDOR = 34;
const GAP = 26;
const HEADER = 66;
const FOOT = 10;
/** Up to so many spokes stand beside the hub instead of below it. */
const BESIDE = 3;

export interface PlacedNetwork extends Placed {
  readonly scene: NetworkScene;
  readonly subnets: readonly PlacedSubnet[];
}

/** The networks that are not drawn one by one. */
export interface PlacedRest extends Placed {
  readonly networks: readonly NetworkScene[];
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly hubs: readonly PlacedNetwork[];
  readonly spokes: readonly PlacedNetwork[];
  readonly rest: PlacedRest | undefined;
  /** Whether the spokes stand beside the hubs, and not below them. */
  readonly beside: boolean;
  /** Height at which lines cross from one gutter to another. */
  readonly corridor: number;
  readonly operator: { readonly x: number; readonly y: number };
  readonly internet: { readonly x: number; readonly y: number };
}

export type { Placed, PlacedSubnet, SubnetScene, Tile };

/**
 * Where everything stands. Hubs come first: beside the spokes where there is room for two columns and few
 * spokes, above them otherwise.
 * @param columns how many networks stand side by side at most
 * @param most how many spokes are drawn one by one
 */
export function layoutOf(scene: Scene, columns: number, most: number): Layout {
  // The rest is one entry: the table of networks has them all.
  const fits = scene.spokes.length <= most;
  const drawn = fits ? scene.spokes : scene.spokes.slice(0, most - 1);
  const rest = scene.spokes.slice(drawn.length);
  const count = drawn.length + (rest.length > 0 ? 1 : 0);
  const beside = columns > 1 && count > 0 && count <= BESIDE && scene.hubs.length <= BESIDE;
  const used = beside ? 2 : Math.max(1, Math.min(columns, Math.max(count, scene.hubs.length)));
  const top = ACTORS + (beside ? CORRIDOR : 0);
  const hubs = grid(scene.hubs, beside ? 1 : used, 0, top);
  const spokesTop = beside ? top : bottomOf(hubs, top) + CORRIDOR;
  const spokes = grid(drawn, beside ? 1 : used, beside ? 1 : 0, spokesTop);
  const place =
    rest.length > 0 ? restPlace(spokes, beside ? 1 : used, beside ? 1 : 0, spokesTop) : undefined;
  const bottom = Math.max(
    bottomOf(hubs, top),
    bottomOf(spokes, spokesTop),
    place === undefined ? 0 : place.y + place.height,
  );
  const width = used * CELL;
  return {
    width,
    height: bottom + FOOT,
    hubs,
    spokes,
    rest: place === undefined ? undefined : { ...place, networks: rest },
    beside,
    corridor: beside ? ACTORS + CORRIDOR / 2 : spokesTop - CORRIDOR / 2,
    operator: { x: GUTTER - 18, y: 26 },
    internet: { x: width - GUTTER, y: 26 },
  };
}

/** Networks row by row; each row is as high as its highest. */
function grid(
  networks: readonly NetworkScene[],
  columns: number,
  firstColumn: number,
  top: number,
): PlacedNetwork[] {
  const placed: PlacedNetwork[] = [];
  let y = top;
  for (let index = 0; index < networks.length; index += columns) {
    const row = networks
      .slice(index, index + columns)
      .map((scene, column) => placeNetwork(scene, firstColumn + column, y));
    placed.push(...row);
    y = bottomOf(row, y) + GAP;
  }
  return placed;
}

function placeNetwork(scene: NetworkScene, column: number, y: number): PlacedNetwork {
  const x = column * CELL + GUTTER;
  const subnets = placeSubnets(scene.subnets, x + FOOT, y + HEADER, CARD - 2 * FOOT);
  const height = bottomOf(subnets, y + HEADER) - y + FOOT;
  return { scene, x, y, width: CARD, height, subnets };
}

/** The next free place of the grid. */
function restPlace(
  spokes: readonly PlacedNetwork[],
  columns: number,
  firstColumn: number,
  top: number,
): Placed {
  const column = spokes.length % columns;
  const row = spokes.slice(spokes.length - column);
  const y =
    column === 0 ? (spokes.length === 0 ? top : bottomOf(spokes, top) + GAP) : (row[0]?.y ?? top);
  return { x: (firstColumn + column) * CELL + GUTTER, y, width: CARD, height: HEADER + FOOT };
}

function bottomOf(placed: readonly Placed[], otherwise: number): number {
  return placed.reduce((bottom, { y, height }) => Math.max(bottom, y + height), otherwise);
}
