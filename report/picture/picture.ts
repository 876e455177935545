import { type Content, markup, when } from "../html/markup";
import type { Report } from "../proof-report";
import { counted } from "../verdict-words";
import { drawNetwork, drawRest } from "./draw-network";
import { drawElsewhere, drawFlows, drawRefusal, drawWaysIn } from "./draw-ways";
import { type Flow, flowsOf } from "./flows";
import { CELL, type Layout, layoutOf } from "./layout";
import type { Scene } from "./scene";

/** Most packets that one picture bears; the list below it has all. */
const MOST_FLOWS = 12;
const WIDE = { columns: 3, most: 12 };
const NARROW = { columns: 1, most: 5 };

/** The network drawn: once for wide screens, and where that is wider than a phone once for narrow ones. */
export function pictures(report: Report, scene: Scene): Content {
  if (scene.hubs.length + scene.spokes.length === 0) return undefined;
  const flows = flowsOf(report.claims, scene);
  const wide = layoutOf(scene, WIDE.columns, WIDE.most);
  if (wide.width <= CELL) return picture(wide, flows, scene, "");
  const narrow = layoutOf(scene, NARROW.columns, NARROW.most);
  return [picture(wide, flows, scene, "wide"), picture(narrow, flows, scene, "narrow")];
}

function picture(layout: Layout, flows: readonly Flow[], scene: Scene, kind: string): Content {
  const { width, height, hubs, spokes, rest, operator, internet } = layout;
  const id = kind === "" ? "network-picture" : `network-picture-${kind}`;
  const all = [...scene.hubs, ...scene.spokes];
  const largest = Math.max(2, ...all.map(({ size }) => size));
  const drawn = flows.slice(0, MOST_FLOWS);
  return markup`<svg
    class="picture ${kind}"
    viewBox="0 0 ${width} ${height}"
    width="${width}"
    height="${height}"
    role="img"
    aria-labelledby="${id}-title ${id}-description"
  >
    <title id="${id}-title">The network, its ranges to scale, and who reaches whom</title>
    <desc id="${id}-description">${description(scene, flows)}</desc>
    ${[...hubs, ...spokes].map((network) => drawNetwork(network, largest))}
    ${when(rest !== undefined, () => (rest === undefined ? undefined : drawRest(rest)))}
    ${drawWaysIn(layout)}
    <circle class="actor" cx="${operator.x + 6}" cy="${operator.y - 12}" r="6" />
    <path class="actor" d="M${operator.x - 5} ${operator.y + 10} a11 12 0 0 1 22 0 z" />
    <text class="strong" x="${operator.x + 26}" y="${operator.y + 4}">operator</text>
    <rect class="internet" x="${internet.x - 92}" y="${internet.y - 16}" width="92" height="30" rx="15" />
    <text class="strong" x="${internet.x - 46}" y="${internet.y + 4}" text-anchor="middle">Internet</text>
    ${when(drawn.some(isElsewhere), () => drawElsewhere(layout))}
    ${when(scene.refused, () => drawRefusal(layout))}${drawFlows(drawn, layout)}
  </svg>`;
}

function isElsewhere({ from, to }: Flow): boolean {
  return from.kind === "elsewhere" || to.kind === "elsewhere";
}

/** What the picture shows, for who does not see it. The tables beside it have the rest. */
function description({ hubs, spokes, adrift }: Scene, flows: readonly Flow[]): string {
  const hosts = hubs.flatMap(({ name, subnets }) =>
    subnets.flatMap(({ bastion }) => (bastion === undefined ? [] : [`${bastion} in ${name}`])),
  );
  const machines = [...hubs, ...spokes].reduce((sum, network) => sum + network.machines, 0);
  return [
    hosts.length === 0 ? "No Bastion host." : `Bastion ${hosts.join(", ")}.`,
    `${counted(hubs.length + spokes.length, "network")} with ${counted(machines, "VM")}.`,
    flows.length === 0
      ? "No packet of a counterexample."
      : `Packets of counterexamples: ${flows
          .slice(0, MOST_FLOWS)
          .map(({ number, label, ends }) => `${number} ${label} ${ends}`)
          .join(
            ", ",
          )}${flows.length > MOST_FLOWS ? ` and ${flows.length - MOST_FLOWS} more` : ""}.`,
    ...(adrift.length === 0 ? [] : [`${counted(adrift.length, "VM")} without a known place.`]),
  ].join(" ");
}
