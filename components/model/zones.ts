import { at, type Issue, shown } from "./issue";

/** Problems of one availability zone. */
export function checkZone(zone: string, path: string): Issue[] {
  return ["1", "2", "3"].includes(zone)
    ? []
    : [{ path, problem: `${shown(zone)} is no zone; use "1", "2" or "3"` }];
}

/** Problems of a list of availability zones. */
export function checkZones(zones: readonly string[], path: string): Issue[] {
  return zones.flatMap((zone, index) => [
    ...checkZone(zone, at(path, index)),
    ...(zones.indexOf(zone) === index
      ? []
      : [{ path: at(path, index), problem: `${shown(zone)} stands there twice; leave one out` }]),
  ]);
}
