import { type Content, markup, when } from "../html/markup";
import { counted } from "../verdict-words";
import type { PlacedNetwork, PlacedRest, PlacedSubnet } from "./layout";
import { tidy } from "./lines";
import type { PlacedTile } from "./subnet-layout";

const RULER = { top: 48, height: 10 };
/** Characters that fit in a line of the picture. */
const LINE = 40;
const TILE_NAME = 15;

/** A network: its name, its ranges as a ruler, and its subnets. */
export function drawNetwork(network: PlacedNetwork, largest: number): Content {
  const { scene, x, y, width, height, subnets } = network;
  const addresses = scene.size === 0 ? "" : ` · ${counted(scene.size, "address", "addresses")}`;
  return markup`<g class="network">
    <rect class="card" x="${x}" y="${y}" width="${width}" height="${height}" rx="8" />
    <text class="strong" x="${x + 12}" y="${y + 21}">${short(scene.name, 36)}</text>
    <text class="soft" x="${x + 12}" y="${y + 38}">${short(scene.ranges + addresses, LINE)}</text>
    ${ruler(network, largest)}${subnets.map((subnet) => drawSubnet(subnet, scene.name))}
  </g>`;
}

/**
 * The range of a network to scale. Within it a subnet takes its share; between networks a step in length
 * is a doubling, so that a /26 is still seen beside a /16.
 */
function ruler({ scene, x, y, width }: PlacedNetwork, largest: number): Content {
  if (scene.size === 0) return undefined;
  const length = (width - 24) * (Math.log2(scene.size) / Math.log2(Math.max(largest, 2)));
  const at = (address: number): number => {
    let before = 0;
    for (const { first, last } of scene.spans) {
      if (address <= last) return ((before + Math.max(0, address - first)) / scene.size) * length;
      before += last - first + 1;
    }
    return length;
  };
  return markup`<rect
      class="ruler"
      x="${x + 12}"
      y="${y + RULER.top}"
      width="${tidy(length)}"
      height="${RULER.height}"
      rx="2"
    />${scene.subnets.flatMap((subnet) =>
      subnet.spans.map(({ first, last }) => {
        const kind = subnet.bastion === undefined ? "share" : "share bastion-share";
        const share = Math.max(1, at(last + 1) - at(first));
        return markup`<rect
          class="${kind}"
          x="${tidy(x + 12 + at(first))}"
          y="${y + RULER.top}"
          width="${tidy(share)}"
          height="${RULER.height}"
          rx="2"
          ><title>${`${subnet.name} ${subnet.ranges}`}</title></rect
        >`;
      }),
    )}`;
}

function drawSubnet(subnet: PlacedSubnet, network: string): Content {
  const { scene, x, y, width, height, bastion, arrives, tiles, left, guard, wayOut } = subnet;
  return markup`<g class="subnet">
    <rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="5" />
    <text x="${x + 8}" y="${y + 16}"
      >${short(scene.name, 22)}<tspan class="soft" dx="8">${short(scene.ranges, 19)}</tspan></text
    >
    ${when(
      bastion !== undefined,
      () =>
        markup`<g
          ><rect class="bastion" x="${bastion?.x}" y="${bastion?.y}" width="${bastion?.width}" height="${bastion?.height}" rx="4" /><text
            class="strong"
            x="${(bastion?.x ?? 0) + 10}"
            y="${(bastion?.y ?? 0) + 21}"
            >${`Bastion ${short(scene.bastion ?? "", 28)}`}</text
          ></g
        >`,
    )}
    ${when(arrives !== undefined, () => markup`<text class="soft" x="${x + 24}" y="${(arrives ?? 0) + 4}">${arrivalText(subnet)}</text>`)}
    ${tiles.map((tile) => drawTile(tile, network))}${when(left > 0, () => markup`<text class="soft" x="${x + width - 8}" y="${(arrives ?? 0) + 4}" text-anchor="end">${`and ${left} more`}</text>`)}
    <text class="soft" x="${x + 8}" y="${guard}">${`guard: ${short(scene.guard, 32)}`}</text>
    ${when(wayOut !== undefined, () => markup`<text class="soft" x="${x + 8}" y="${wayOut}">${`way out: ${short(scene.wayOut, 30)}`}</text>`)}
  </g>`;
}

function arrivalText({ scene: { ports, reached } }: PlacedSubnet): string {
  const from = `${ports.join(", ")} from Bastion`;
  if (reached === "refuted") return `${from} does not arrive`;
  return reached === "unknown" || reached === undefined ? `${from}: not known` : from;
}

function drawTile({ tile, small, x, y, width, height }: PlacedTile, network: string): Content {
  const { name, os, verdict } = tile;
  const title = markup`<title>${`${name}, ${os}, ${verdict ?? "nothing claimed"}`}</title>`;
  const icon = small ? 12 : 14;
  const mark = markup`<use
    href="#mark-${verdict ?? "unknown"}"
    class="mark ${verdict ?? "unknown"}"
    x="${tidy(small ? x + 3 : x + width - 20)}"
    y="${tidy(y + (height - icon) / 2)}"
    width="${icon}"
    height="${icon}"
  />`;
  const box = markup`<rect
    class="machine ${verdict ?? "unknown"}"
    x="${tidy(x)}"
    y="${tidy(y)}"
    width="${tidy(width)}"
    height="${height}"
    rx="3"
  />`;
  return small
    ? markup`<g>${title}${box}${mark}</g>`
    : markup`<g
        >${title}${box}<text x="${tidy(x + 8)}" y="${tidy(y + 19)}">${short(ownPart(name, network), TILE_NAME)}</text>${mark}</g
      >`;
}

/** The networks that are not drawn one by one. */
export function drawRest({ networks, x, y, width, height }: PlacedRest): Content {
  const machines = networks.reduce((sum, network) => sum + network.machines, 0);
  return markup`<g>
    <rect class="card rest" x="${x}" y="${y}" width="${width}" height="${height}" rx="8" />
    <text class="strong" x="${x + 12}" y="${y + 26}">${counted(networks.length, "more network")}</text>
    <text class="soft" x="${x + 12}" y="${y + 46}"
      >${`${counted(machines, "VM")}; the table of networks lists them`}</text
    >
  </g>`;
}

/** What a VM's name adds to that of its network: `jump-app-web-vm` in `jump-app-network` is `web-vm`. */
function ownPart(name: string, network: string): string {
  let same = 0;
  while (same < name.length && name[same] === network[same]) same += 1;
  return name.slice(name.lastIndexOf("-", same - 1) + 1);
}

/** A long name keeps its beginning and its end: what tells names apart is often last. */
export function short(text: string, most: number): string {
  const characters = Array.from(text);
  if (characters.length <= most) return text;
  const tail = Math.floor((most - 1) / 2);
  return `${characters.slice(0, most - 1 - tail).join("")}…${characters.slice(-tail).join("")}`;
}
