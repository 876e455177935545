import { at, type Issue, shown } from "./issue";

/** Problems of a list of availability zones. */
export function checkZones(zones: readonly string[], path: string): Issue[] {
  return zones.flatMap((zone, index) => {
    if (!["1", "2", "3"].includes(zone)) {
      return [{ path: at(path, index), problem: `${shown(zone)} is no zone; use "1", "2" or "3"` }];
    }
    return zones.indexOf(zone) === index
      ? []
      : [{ path: at(path, index), problem: `${shown(zone)} stands there twice; leave one out` }];
  });
}
