import * as pulumi from "@pulumi/pulumi";
import { InvalidArgsError } from "./invalid-args-error";
import { checkGroups, type NamedGroup } from "./model/access-groups";

/**
 * Group ids that have been held against each other. Ids that are plain were judged before anything was
 * registered; those known later are judged here, in one apply through which every id passes, so that a
 * collision fails the run before a policy or an eligibility could be made from either.
 */
export function checkedGroups(
  subject: string,
  groups: readonly NamedGroup<pulumi.Input<string>>[],
): (path: string) => pulumi.Output<string> {
  const checked = pulumi.all(groups.map(({ id }) => id)).apply((ids) => {
    const known = groups.map((group, index) => ({ ...group, id: ids[index] }));
    InvalidArgsError.throwIfAny(subject, checkGroups(known));
    return Object.fromEntries(known.map(({ path, id }) => [path, id]));
  });
  return (path) =>
    checked.apply((ids) => {
      const id = ids[path];
      if (id === undefined) throw new RangeError(`${path} names no group`);
      return id;
    });
}
