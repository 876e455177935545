import type { Permission, Role } from "../estate/access-estate";
import { anyOf, isKnown, type Known, Unknown } from "../estate/known";

/** Control plane: Resource Manager's own operations. Data plane: what a resource itself offers, sign-in among it. */
export type Plane = "control" | "data";

/** One of these operations, whichever. */
export interface Operations {
  readonly plane: Plane;
  readonly operations: readonly string[];
}

/**
 * Whether a pattern covers an operation: `*` stands for any text, slashes included, and the letters' case
 * does not count.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/custom-roles#wildcard-permissions
 */
export function covers(pattern: string, operation: string): boolean {
  const text = operation.toLowerCase();
  const [first = "", ...rest] = pattern.toLowerCase().split("*");
  if (!text.startsWith(first)) return false;
  const last = rest.pop();
  if (last === undefined) return text === first;
  let from = first.length;
  for (const piece of rest) {
    const at = text.indexOf(piece, from);
    if (at === -1) return false;
    from = at + piece.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}

/**
 * Whether a role allows any of some operations. What is taken back is taken back within one permission
 * only; permissions add up.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/role-definitions
 */
export function allows(role: Known<Role>, { plane, operations }: Operations): Known<boolean> {
  if (!isKnown(role)) return role;
  if (!isKnown(role.permissions)) return role.permissions;
  return anyOf(
    role.permissions.flatMap((permission) =>
      operations.some((operation) => grants(permission, plane, operation))
        ? [
            permission.conditional
              ? new Unknown(`a condition narrows the role ${role.name}, and is not evaluated`)
              : true,
          ]
        : [],
    ),
  );
}

function grants(permission: Permission, plane: Plane, operation: string): boolean {
  const [given, withheld] =
    plane === "control"
      ? [permission.actions, permission.notActions]
      : [permission.dataActions, permission.notDataActions];
  return (
    given.some((pattern) => covers(pattern, operation)) &&
    !withheld.some((pattern) => covers(pattern, operation))
  );
}
