import { prove } from "../components/model/claims/prove";
import { readEstate } from "../components/model/estate/read-estate";
import { fastest } from "./fastest";
import { largeEnvironment, VMS_PER_SPOKE } from "./large-environment";

const SPOKES = [6, 12, 25, 50, 100, 200];

/** How long all claims of an environment take the processor, and how that grows with it. */
function main(): void {
  const rows = SPOKES.map((spokes) => {
    const graph = largeEnvironment(spokes);
    let claims = 0;
    const seconds = fastest(() => {
      claims = prove(readEstate(graph)).claims.length;
    });
    return { spokes, vms: spokes * VMS_PER_SPOKE, claims, seconds };
  });
  const line = (...cells: string[]): string => cells.map((cell) => cell.padStart(10)).join("");
  console.log(line("spokes", "VMs", "claims", "seconds", "ms a VM", "growth"));
  for (const [index, { spokes, vms, claims, seconds }] of rows.entries()) {
    const before = rows[index - 1];
    // 1 is linear: twice the size, twice the time. 2 would be quadratic.
    const growth =
      before === undefined
        ? "-"
        : (Math.log(seconds / before.seconds) / Math.log(vms / before.vms)).toFixed(2);
    console.log(
      line(
        `${spokes}`,
        `${vms}`,
        `${claims}`,
        seconds.toFixed(3),
        ((seconds * 1000) / vms).toFixed(2),
        growth,
      ),
    );
  }
}

main();
