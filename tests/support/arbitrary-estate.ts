import fc from "fast-check";
import type { Estate } from "../../components/model/estate/estate";
import { groupChanges } from "./arbitrary/group-changes";
import { machineChanges } from "./arbitrary/machine-changes";
import { networkChanges } from "./arbitrary/network-changes";
import { rightEstate, type Shape } from "./right-estate";

/** Small, so that brute force is exact: one spoke and one machine most of the time. */
const shape: fc.Arbitrary<Shape> = fc.record({
  spokes: fc.constantFrom<Shape["spokes"]>(
    ["app"],
    ["app"],
    ["app"],
    ["app", "data"],
    ["app", "data"],
    ["app", "data", "ops"],
  ),
  machines: fc.constantFrom<Shape["machines"]>(["web"], ["web"], ["web"], ["db"], ["web", "db"]),
  hubMachine: fc.constantFrom(false, false, false, false, false, true),
  fixed: fc.constantFrom(true, true, false),
  egress: fc.constantFrom<Shape["egress"]>("nat", "nat", "appliance", "implicit", "none"),
  forwarded: fc.constantFrom(false, false, true),
});

const change = fc.oneof(...groupChanges, ...networkChanges, ...machineChanges);

/**
 * Estates near the right one: a change or two tell more than noise would, since a claim that fails for ten
 * reasons does not show which of them was seen.
 */
export const arbitraryEstate: fc.Arbitrary<Estate> = fc
  .tuple(shape, fc.array(change, { maxLength: 6, size: "max" }))
  .map(([right, changes]): Estate => {
    const estate = rightEstate(right);
    for (const { apply } of changes) apply(estate);
    // A failure shows how the estate came about, which is shorter than what it is.
    const text = [fc.stringify(right), ...changes.map((one) => one.text)].join("\n  ");
    return Object.defineProperty(estate, fc.toStringMethod, { value: () => text });
  });
