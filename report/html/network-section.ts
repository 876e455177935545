import { pictures } from "../picture/picture";
import { type NetworkScene, sceneOf } from "../picture/scene";
import type { Report } from "../proof-report";
import { counted } from "../verdict-words";
import { markShape, verdictMark } from "./marks";
import { type Content, markup, when } from "./markup";
import { nameList } from "./names";
import { table } from "./table";

/** Rows of the table of networks that stand in the open. */
const OPEN = 12;

/** The network as a picture, and the same as a table. */
export function networkSection(report: Report): Content {
  const scene = sceneOf(report);
  const networks = [...scene.hubs, ...scene.spokes];
  return markup`<section aria-labelledby="network">
<h2 id="network">The network</h2>
${
  networks.length === 0
    ? markup`<p>The graph holds no virtual network.</p>`
    : markup`<div class="figure">${pictures(report, scene)}</div>
${legend(report)}
${networkTable(networks)}`
}
${when(scene.adrift.length > 0, () => markup`<p>Where these stand is not known: ${nameList(scene.adrift, "VM")}.</p>`)}
</section>
`;
}

function legend({ claims }: Report): Content {
  const refuted = claims.some(({ verdict }) => verdict === "refuted");
  return markup`<ul class="legend">
<li>${sample("peering")} peering</li>
<li>${sample("admitted")} path from the operator through Bastion to a sign-in port</li>
${when(refuted, () => markup`<li>${sample("refuted-line")} packet that shows what does not hold, with its number; a cross is where it is stopped</li>`)}
<li>${markShape("proved")} worst verdict on the network path to a VM: a check proved, a cross refuted, a question mark unknown, a clock staged</li>
<li>The bar in a network is its range: a step in length is a doubling, a subnet has its share of it.</li>
</ul>
`;
}

function sample(className: string): Content {
  return markup`<svg aria-hidden="true" focusable="false" width="34" height="12"><polyline class="${className}" points="0,6 34,6" /></svg>`;
}

function networkTable(networks: readonly NetworkScene[]): Content {
  const columns = [
    { name: "network" },
    { name: "range" },
    { name: "verdict" },
    { name: "peered with" },
    { name: "subnets" },
    { name: "VMs" },
    { name: "way out" },
  ];
  const rows = networks.map(networkRow);
  const open = table("Networks", columns, rows.slice(0, OPEN));
  if (rows.length <= OPEN) return open;
  const rest = table("Networks, the rest", columns, rows.slice(OPEN));
  return markup`${open}<details><summary>${counted(rows.length - OPEN, "more network")}</summary>${rest}</details>`;
}

function networkRow({ name, ranges, verdict, peers, subnets }: NetworkScene): Content[] {
  const machines = subnets.flatMap((subnet) => subnet.machines.map((tile) => tile.name));
  const holding = subnets.filter((subnet) => subnet.machines.length > 0);
  return [
    markup`<code>${name}</code>`,
    markup`<span class="whole">${ranges}</span>`,
    verdictMark(verdict),
    peers.length === 0 ? "none" : nameList(peers.map(peerText), "network"),
    nameList(
      subnets.map(
        (subnet) =>
          `${subnet.name} ${subnet.ranges}${subnet.bastion === undefined ? "" : " (Bastion)"}`,
      ),
      "subnet",
    ),
    machines.length === 0 ? "none" : nameList(machines, "VM"),
    holding.length === 0 ? "no VM" : [...new Set(holding.map(({ wayOut }) => wayOut))].join(", "),
  ];
}

function peerText({ name, connected }: NetworkScene["peers"][number]): string {
  if (connected === "yes") return name;
  return connected === "no" ? `${name} (one half only)` : `${name} (other half not in the graph)`;
}
